"""One writer at a time for each place that is written to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from finsam_report.errors import FinsamError


@contextmanager
def only_writer(place: Path) -> Iterator[None]:
    """Hold a file or directory for oneself; the hold goes with the process, even a killed one.

    Args:
        place: The file or directory that is written.

    Raises:
        FinsamError: Another process holds it, or no lock can be made there.
    """
    place = place.resolve()
    folder = next(parent for parent in place.parents if parent.is_dir())
    if place.is_dir() and not os.access(folder, os.W_OK):
        folder = place  # a volume whose surroundings are not ours
    file = folder / ".".join(("", "finsam", *place.relative_to(folder).parts, "lock"))
    lock = FileLock(file)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise FinsamError(
            f"another finsam-report is writing {place.name}; wait until it has ended, "
            "or choose another place"
        ) from None
    except (OSError, NotImplementedError) as error:
        reason = getattr(error, "strerror", None) or "it cannot be locked"
        raise FinsamError(
            f"{place.name} cannot be written ({reason}); choose a place that can be written"
        ) from None
    try:
        yield
    finally:
        # While it is held: filelock sees that a file it waited for is gone, and begins again.
        with suppress(OSError):
            file.unlink(missing_ok=True)
        lock.release()
