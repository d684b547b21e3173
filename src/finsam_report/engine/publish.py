"""Writing an output directory all at once: built apart, then put in its place."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from finsam_report.errors import FinsamError

# What a render writes; anything else in an output directory is somebody's own.
_OURS = re.compile(
    r"manifest\.json|results\.csv|report\.(en|sv)\.(html|pdf)"
    r"|figures/fig-[^/]+\.(svg|csv)|tables/tbl-[^/]+\.csv"
)


def _files(directory: Path) -> list[Path]:
    """The files of an output directory that a render writes, relative; the manifest last."""
    found = [
        path.relative_to(directory)
        for place in (directory, directory / "figures", directory / "tables")
        if place.is_dir()
        for path in place.iterdir()
        if path.is_file() and _OURS.fullmatch(path.relative_to(directory).as_posix())
    ]
    return sorted(found, key=lambda p: (p.name == "manifest.json", p.as_posix()))


def spare(target: Path, inputs: Iterable[Path]) -> None:
    """Make sure that no input would be replaced by the output.

    Args:
        target: The output directory.
        inputs: Files that must stay.

    Raises:
        FinsamError: An input lies where an output goes.
    """
    target = target.resolve()
    for path in inputs:
        place = path.resolve()
        inside = place.relative_to(target).as_posix() if place.is_relative_to(target) else ""
        if _OURS.fullmatch(inside):
            raise FinsamError(
                f"the output would replace {path.name}, a table of the study; "
                "choose another directory for the output"
            )


def _move(names: list[Path], source: Path, into: Path) -> None:
    """Move all files from one directory to another, or none."""
    done: list[Path] = []
    try:
        for name in names:
            (into / name).parent.mkdir(exist_ok=True)
            (source / name).rename(into / name)
            done.append(name)
    except BaseException:
        for name in reversed(done):
            (into / name).rename(source / name)
        raise


def _replace(staging: Path, target: Path) -> None:
    """Put the new files in place of the old ones; what is not ours stays."""
    old, new = _files(target), _files(staging)
    trash = Path(tempfile.mkdtemp(prefix=".finsam.old-", dir=target))
    try:
        _move(old, target, trash)
        try:
            # The manifest last: without it a directory is no finished report.
            _move(new, staging, target)
        except BaseException:
            _move(old, trash, target)
            raise
        for folder in (target / "figures", target / "tables"):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
    finally:
        shutil.rmtree(trash, ignore_errors=True)


def _made(target: Path) -> list[Path]:
    """Make a directory and those above it; which were made, the lowest first."""
    missing = [p for p in (target, *target.parents) if not p.exists()]
    target.mkdir(parents=True, exist_ok=True)
    return missing


@contextmanager
def published(target: Path) -> Iterator[Path]:
    """A directory to write into, whose entries take their place in ``target`` at the end.

    If the body raises, nothing is left behind and ``target`` is as it was. Where it exists
    already it is filled and not replaced: it may be a mounted volume or where somebody stands.

    Args:
        target: The output directory; it may exist.

    Raises:
        FinsamError: ``target`` is a file, or cannot be written.
    """
    finished = False
    made: list[Path] = []
    staging: Path | None = None
    try:
        target = target.resolve()
        if target.exists() and not target.is_dir():
            raise FinsamError(f"{target.name} is a file; choose a directory for the output")
        made = _made(target)
        # Inside, so that moving is never a copy between two volumes.
        staging = Path(tempfile.mkdtemp(prefix=".finsam.new-", dir=target))
        staging.chmod(0o755)
    except (OSError, RuntimeError) as error:
        _clear(staging, made)
        reason = getattr(error, "strerror", None) or "its path goes in a circle"
        raise FinsamError(
            f"the output directory {target.name} cannot be made ({reason}); "
            "choose one that can be written"
        ) from None
    try:
        yield staging
        try:
            _replace(staging, target)
        except OSError as error:
            raise FinsamError(
                f"the output directory {target.name} cannot be written ({error.strerror}); "
                "it is as it was"
            ) from None
        finished = True
    finally:
        _clear(staging, [] if finished else made)


def _clear(staging: Path | None, made: list[Path]) -> None:
    """Remove what was made on the way, the directories only where nothing else came in."""
    if staging is not None:
        shutil.rmtree(staging, ignore_errors=True)
    for path in made:
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
