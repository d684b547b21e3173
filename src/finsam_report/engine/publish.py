"""Writing an output directory all at once: built apart, then put in its place."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from finsam_report.display.provenance import sha256
from finsam_report.engine.documents import DOCUMENTS
from finsam_report.engine.locking import only_writer
from finsam_report.engine.swap import exchange
from finsam_report.errors import FinsamError

# What a render writes; anything else in an output directory is somebody's own.
# New files; old ones, a part of them; all of them.
_STAGING, _PART, _WHOLE = ".finsam.new-", ".finsam.part-", ".finsam.old-"
_OURS = re.compile(
    rf"manifest\.json|results\.csv|release_log\.csv|claims\.csv|({'|'.join(DOCUMENTS)})\.(en|sv)\.(html|pdf)"
    r"|analysis_plan\.toml"
    r"|figures/fig-[^/]+\.(svg|csv)|tables/tbl-[^/]+\.csv"
)


def files(directory: Path) -> list[Path]:
    """The files of an output directory that a render writes, relative; the manifest last."""
    found = [
        path.relative_to(directory)
        for place in (directory, directory / "figures", directory / "tables")
        if place.is_dir()
        for path in place.iterdir()
        if path.is_file() and _OURS.fullmatch(path.relative_to(directory).as_posix())
    ]
    return sorted(found, key=lambda p: (p.name == "manifest.json", p.as_posix()))


def keep(
    target: Path, staging: Path, document: str, language: str, hashes: Mapping[str, str]
) -> list[str]:
    """Copy other documents of ours into a new output, with what belongs to them.

    Args:
        target: The output directory.
        staging: The new content, made from the same as the old; what is kept is copied there.
        document: The document that is made anew: none of its old formats stays.
        language: Its language: documents in other languages have other tables, and do not stay.
        hashes: SHA-256 of the old files by name; a file that was changed since does not stay.

    Returns:
        The names of what was copied; none where nothing stays that the rest belongs to.
    """
    stay = []
    for path in files(target):
        name = path.as_posix()
        base, _, rest = name.partition(".")
        gone = base in DOCUMENTS and (base == document or not rest.startswith(f"{language}."))
        if not gone and not (staging / path).exists() and hashes.get(name) == sha256(target / path):
            stay.append(name)
    if not any(name == "results.csv" or name.split(".")[0] in DOCUMENTS for name in stay):
        return []
    for name in stay:
        (staging / name).parent.mkdir(exist_ok=True)
        shutil.copy2(target / name, staging / name)
    return stay


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


def _foreign(target: Path) -> bool:
    """Whether a directory holds anything that a render did not write."""
    ours = {*map(Path.as_posix, files(target)), "figures", "tables"}
    found = (p.relative_to(target).as_posix() for p in target.rglob("*"))
    return any(not name.startswith(_STAGING) and name not in ours for name in found)


def _swapped(staging: Path, target: Path) -> bool:
    """Let the new directory take the place of the old one in one step, where that can be.

    Not where somebody's own files are in it, where it is a volume of its own, or where this very
    process stands in it.
    """
    stands = Path.cwd()
    if _foreign(target) or target.is_mount() or stands.is_relative_to(target):
        return False
    shutil.copymode(target, staging)
    if staging.parent == target or not exchange(staging, target):
        return False
    shutil.rmtree(staging, ignore_errors=True)
    return True


def _replace(staging: Path, target: Path) -> None:
    """Put the new files in place of the old ones; what is not ours stays."""
    if _swapped(staging, target):
        return
    old, new = files(target), files(staging)
    trash = Path(tempfile.mkdtemp(prefix=_PART, dir=target))
    try:
        _move(old, target, trash)
        try:
            # Its name says how far this came, should the process be killed.
            trash = trash.rename(_named(trash, _PART, _WHOLE))
            # The manifest last: without it a directory is no finished report.
            _move(new, staging, target)
        except BaseException:
            _move(old, trash, target)
            raise
        with suppress(OSError):
            trash = trash.rename(_named(trash, _WHOLE, _STAGING))
        for folder in (target / "figures", target / "tables"):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
    finally:
        shutil.rmtree(trash, ignore_errors=True)


def _named(folder: Path, prefix: str, other: str) -> Path:
    return folder.with_name(folder.name.replace(prefix, other))


def _beside(target: Path) -> str:
    """How the names of new content beside a directory begin."""
    return f"{_STAGING}{target.name}-"


def _recover(target: Path) -> None:
    """Take back what a process that was killed left half done, and clear away the rest."""
    for trash in sorted(target.glob(f"{_PART}*")) + sorted(target.glob(f"{_WHOLE}*")):
        if trash.name.startswith(_WHOLE):
            for name in files(target):
                (target / name).unlink()
        _move(files(trash), trash, target)
        shutil.rmtree(trash, ignore_errors=True)
    # Not what is made just now for another directory whose name only begins like this one's.
    ours = re.compile(re.escape(_beside(target)) + "[a-z0-9_]+")
    beside = [path for path in target.parent.iterdir() if ours.fullmatch(path.name)]
    for left in (*target.glob(f"{_STAGING}*"), *beside):
        shutil.rmtree(left, ignore_errors=True)


def _made(target: Path) -> list[Path]:
    """Make a directory and those above it; which were made, the lowest first."""
    missing = [p for p in (target, *target.parents) if not p.exists()]
    target.mkdir(parents=True, exist_ok=True)
    return missing


@contextmanager
def published(target: Path) -> Iterator[Path]:
    """A directory to write into, whose entries take their place in ``target`` at the end.

    If the body raises, nothing is left behind and ``target`` is as it was. A process that is
    killed leaves the old report or the new one; where somebody's own files are in ``target``, or
    the system cannot swap directories, the next one may first have to take the old report back.

    Args:
        target: The output directory; it may exist.

    Raises:
        FinsamError: ``target`` is a file, or cannot be written, or another process writes it.
    """
    made: list[Path] = []
    try:
        target = target.resolve()
        if target.exists() and not target.is_dir():
            raise FinsamError(f"{target.name} is a file; choose a directory for the output")
        made = _made(target)
        if not os.access(target, os.W_OK):  # it could be exchanged, but somebody closed it
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except (OSError, RuntimeError) as error:
        _clear(None, made)
        raise _unwritable(target, error) from None
    finished = False
    try:
        with only_writer(target), _staged(target) as staging:
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
        _clear(None, [] if finished else made)


def _unwritable(target: Path, error: Exception) -> FinsamError:
    reason = getattr(error, "strerror", None) or "its path goes in a circle"
    return FinsamError(
        f"the output directory {target.name} cannot be made ({reason}); "
        "choose one that can be written"
    )


@contextmanager
def _staged(target: Path) -> Iterator[Path]:
    """A directory for what is made, gone at the end."""
    staging: Path | None = None
    try:
        _recover(target)
        # Beside it, so that the directory never holds a part of a report; inside where it is a
        # volume of its own, or its surroundings cannot be written: moving is never a copy.
        if target.is_mount() or not os.access(target.parent, os.W_OK):
            staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=target))
        else:
            staging = Path(tempfile.mkdtemp(prefix=_beside(target), dir=target.parent))
        staging.chmod(0o755)
    except OSError as error:
        _clear(staging, [])
        raise _unwritable(target, error) from None
    try:
        yield staging
    finally:
        _clear(staging, [])


def _clear(staging: Path | None, made: list[Path]) -> None:
    """Remove what was made on the way, the directories only where nothing else came in."""
    if staging is not None:
        shutil.rmtree(staging, ignore_errors=True)
    for path in made:
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
