"""Writing an output directory all at once: built beside it, then put in its place."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from finsam_report.errors import FinsamError

OURS = ("figures", "manifest.json", "results.csv", "tables")


def _ours(name: str) -> bool:
    """Whether an entry of an output directory is one that a render writes."""
    return name in OURS or (name.startswith("report.") and name.endswith((".html", ".pdf")))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _replace(staging: Path, target: Path) -> None:
    """Put the new entries in place of the old ones; what is not ours stays."""
    trash = Path(tempfile.mkdtemp(prefix=f".{target.name}.old-", dir=target.parent))
    try:
        if not target.exists() or not any(not _ours(p.name) for p in target.iterdir()):
            if target.exists():
                target.rename(trash / "old")
            staging.rename(target)
            return
        for entry in sorted(target.iterdir()):
            if _ours(entry.name):
                entry.rename(trash / entry.name)
        # The manifest last: without it a directory is no finished report.
        entries = sorted(staging.iterdir(), key=lambda p: (p.name == "manifest.json", p.name))
        for entry in entries:
            entry.rename(target / entry.name)
    finally:
        _remove(trash)


@contextmanager
def published(target: Path) -> Iterator[Path]:
    """A directory to write into, which takes the place of ``target`` at the end.

    If the body raises, nothing is left behind and ``target`` is as it was.

    Args:
        target: The output directory; it may exist.

    Raises:
        FinsamError: ``target`` is a file, or cannot be written.
    """
    target = target.absolute()
    if target.exists() and not target.is_dir():
        raise FinsamError(f"{target.name} is a file; choose a directory for the output")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f".{target.name}.new-", dir=target.parent))
    except OSError as error:
        raise FinsamError(
            f"the output directory {target.name} cannot be made ({error.strerror}); "
            "choose one that can be written"
        ) from None
    try:
        staging.chmod(0o755)
        yield staging
        _replace(staging, target)
    finally:
        if staging.exists():
            shutil.rmtree(staging)
