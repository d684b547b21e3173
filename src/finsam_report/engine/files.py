"""Putting a few files in their places together: all of them, or none."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from finsam_report.errors import FinsamError


def _missing(target: Path) -> list[Path]:
    """The directories above a file that are not there, the lowest first."""
    return [folder for folder in target.parents if not folder.exists()]


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())


@dataclass
class _Staged:
    """A file on its way: written apart, then renamed; what it replaces is kept until the end."""

    target: Path
    folder: Path
    moved: bool = False

    def write(self, content: bytes) -> None:
        _write(self.folder / "new", content)
        if self.target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if self.target.exists():
            shutil.copymode(self.target, self.folder / "new")
            shutil.copy2(self.target, self.folder / "old")

    def move(self) -> None:
        self.moved = True
        (self.folder / "new").replace(self.target)

    def back(self) -> None:
        if (self.folder / "old").exists():
            if self.moved:
                (self.folder / "old").replace(self.target)
        elif self.moved and not (self.folder / "new").exists():
            self.target.unlink(missing_ok=True)


def put(files: Mapping[Path, bytes]) -> None:
    """Write files; each is written apart and renamed, and on any error all are as they were.

    Args:
        files: Content by place; directories are made.

    Raises:
        FinsamError: A file cannot be written.
    """
    made: list[Path] = []
    staged: list[_Staged] = []
    finished = False
    try:
        for path, content in files.items():
            target = path.resolve()
            made += [folder for folder in _missing(target) if folder not in made]
            target.parent.mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=".finsam.new-", dir=target.parent))
            staged.append(_Staged(target, folder))
            staged[-1].write(content)
        for file in staged:
            file.move()
        finished = True
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "its path goes in a circle"
        names = ", ".join(path.name for path in files)
        raise FinsamError(
            f"{names} cannot be written ({reason}); everything is as it was"
        ) from None
    finally:
        _clear(staged, made, finished=finished)


def _clear(staged: list[_Staged], made: list[Path], *, finished: bool) -> None:
    for file in staged:
        if not finished:
            file.back()
        shutil.rmtree(file.folder, ignore_errors=True)
    for folder in () if finished else sorted(made, key=lambda f: -len(f.parts)):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
