"""Two directories change places in one step, where the system can do that."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_HERE = -100  # AT_FDCWD: paths as they stand
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS


def exchange(one: Path, two: Path) -> bool:
    """Swap two directories of one volume, so that nobody ever sees anything between.

    Args:
        one: A directory.
        two: Another.

    Returns:
        Whether it was done; where the system or the volume cannot, nothing was.
    """
    names = {"linux": "renameat2", "darwin": "renamex_np"}
    name = names.get(sys.platform)
    try:
        call = getattr(ctypes.CDLL(None, use_errno=True), name) if name else None
    except (OSError, AttributeError):
        call = None
    if call is None:
        return False
    first, second = os.fsencode(one), os.fsencode(two)
    if name == "renameat2":
        return bool(call(_HERE, first, _HERE, second, _EXCHANGE) == 0)
    return bool(call(first, second, _EXCHANGE) == 0)
