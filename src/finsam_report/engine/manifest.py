"""The manifest: what went in, what came out, and with what software; no path, no clock."""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path

from finsam_report import __version__
from finsam_report.display.provenance import SOFTWARE, sha256
from finsam_report.engine.beside import with_kept
from finsam_report.places import SOURCE, checkout, package_directory
from finsam_report.study import Study

NAME = "manifest.json"
LOCK = "requirements.lock"


def source() -> dict[str, object] | None:
    """The commit of the source and whether it was changed since; None where nobody knows."""
    root = checkout()
    if root is None:
        return None
    if (root / SOURCE).is_file():
        told = json.loads((root / SOURCE).read_text("utf-8"))
        return {key: told[key] for key in ("commit", "changed") if key in told} or None

    def git(*arguments: str) -> str:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(root), *arguments],  # noqa: S607
            capture_output=True, text=True, check=True, timeout=20,
        )  # fmt: skip
        return done.stdout.strip()

    try:
        # Untracked files are no part of the source, and the output may be one of them.
        changed = bool(git("status", "--porcelain", "--untracked-files=no"))
        return {"commit": git("rev-parse", "HEAD"), "changed": changed}
    except (OSError, subprocess.SubprocessError):
        return None


def source_digest() -> str:
    """SHA-256 over the package's own files: the same for equal programs, wherever they lie."""
    root = package_directory()
    told = hashlib.sha256()
    for path in sorted(root.rglob("*"), key=lambda p: p.relative_to(root).as_posix()):
        if path.suffix in (".py", ".ftl") and path.is_file():
            told.update(f"{path.relative_to(root).as_posix()} {sha256(path)}\n".encode())
    return told.hexdigest()


def _lock() -> dict[str, str]:
    """The file that pins every package, where the source is a checkout that has it."""
    root = checkout()
    path = None if root is None else root / LOCK
    return {LOCK: sha256(path)} if path is not None and path.is_file() else {}


def _hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file in a folder, by its place in it; hidden files are none of ours."""
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(p.startswith(".") for p in path.relative_to(folder).parts)
    )
    return {path.relative_to(folder).as_posix(): sha256(path) for path in files}


def write(
    directory: Path,
    study_directory: Path,
    study: Study,
    *,
    command: str,
    engine: Mapping[str, str],
    suppressed: int,
    rules: Mapping[str, int] | None = None,
    documents: Path | None = None,
    read: Sequence[str] | None = None,
    made: tuple[str, str] | None = None,
    target: Path | None = None,
) -> None:
    """Write ``manifest.json`` about everything else in an output directory.

    Args:
        directory: The output directory.
        study_directory: Where the inputs are.
        study: The study.
        command: The command without paths.
        engine: Engine and its versions; empty where nothing was rendered.
        suppressed: How many rows of the ledger were suppressed.
        rules: How many rows and numbers each rule of disclosure control took out or rounded.
        documents: The documents that were rendered, if any.
        read: Names of the inputs that were read, if not all of the study's.
        made: Name and language of the document that was rendered.
        target: Where the output will go; earlier documents there stay if made from the same.
    """
    if read is None:
        read = study.read_in(study_directory)
    content: dict[str, object] = {
        "tool": {
            "name": "finsam-report",
            "version": __version__,
            "source": source(),
            "source_sha256": source_digest(),
            "lock": _lock(),
        },
        "command": command,
        "study": study.study.id,
        "synthetic": study.study.synthetic,
        "seed": study.analysis.seed,
        "analysis": study.analysis.model_dump(),
        "inputs": {name: sha256(study_directory / name) for name in read},
        # Sizes and not numbers of rows: rows could tell how few did not answer.
        "input_bytes": {name: (study_directory / name).stat().st_size for name in read},
        "documents": {} if documents is None else _hashes(documents),
        "outputs": {name: digest for name, digest in _hashes(directory).items() if name != NAME},
        "suppressed_rows": suppressed,
        "release_rules": dict(rules or {}),
        "engine": dict(engine),
        "software": {
            "python": platform.python_version(),
            "implementation": platform.python_implementation(),
            "system": f"{platform.system()} {platform.machine()}",
            **{name: metadata.version(name) for name in SOFTWARE},
        },
    }
    if made is not None and target is not None:
        content = with_kept(content, directory, target, *made)
        content["outputs"] = {n: digest for n, digest in _hashes(directory).items() if n != NAME}
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    (directory / NAME).write_text(text, encoding="utf-8", newline="\n")
