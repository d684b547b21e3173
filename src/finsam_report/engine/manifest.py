"""The manifest: what went in, what came out, and with what software; no path, no clock."""

from __future__ import annotations

import json
import platform
import subprocess
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

from finsam_report import __version__
from finsam_report.display.provenance import SOFTWARE, sha256
from finsam_report.places import checkout
from finsam_report.study import Study

NAME = "manifest.json"


def _commit() -> dict[str, object] | None:
    """The commit of the source, where it is a checkout and git is there."""
    root = checkout()
    if root is None:
        return None

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
    documents: Path | None = None,
) -> None:
    """Write ``manifest.json`` about everything else in an output directory.

    Args:
        directory: The output directory.
        study_directory: Where the inputs are.
        study: The study.
        command: The command without paths.
        engine: Engine and its versions; empty where nothing was rendered.
        suppressed: How many rows of the ledger were suppressed.
        documents: The documents that were rendered, if any.
    """
    content = {
        "tool": {"name": "finsam-report", "version": __version__, "source": _commit()},
        "command": command,
        "study": study.study.id,
        "synthetic": study.study.synthetic,
        "analysis": study.analysis.model_dump(),
        "inputs": {name: sha256(study_directory / name) for name in study.read_in(study_directory)},
        "documents": {} if documents is None else _hashes(documents),
        "outputs": {name: digest for name, digest in _hashes(directory).items() if name != NAME},
        "suppressed_rows": suppressed,
        "engine": dict(engine),
        "software": {
            "python": platform.python_version(),
            **{name: metadata.version(name) for name in SOFTWARE},
        },
    }
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    (directory / NAME).write_text(text, encoding="utf-8", newline="\n")
