"""The other engine: Quarto, where it is installed and new enough."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from finsam_report.display.claims import NAME as CLAIMS
from finsam_report.engine.job import FIXED_ENVIRONMENT, Progress, RenderJob, check_job
from finsam_report.errors import FinsamError

OLDEST = (1, 9)
"""The first Quarto that can make PDF/UA-1."""

_FORMATS = {"html": "html", "pdf": "typst"}
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_UNRESOLVED = re.compile(r"Unable to resolve crossref\s+(@?\S+)|citeproc: citation (\S+) not found")


@dataclass(frozen=True)
class QuartoInfo:
    """A Quarto that was found.

    Attributes:
        path: The program.
        version: What it says of itself, such as ``1.10.2``.
    """

    path: Path
    version: str

    @property
    def usable(self) -> bool:
        """Whether it is new enough for the report."""
        return tuple(int(part) for part in re.findall(r"\d+", self.version)[:2]) >= OLDEST


def find() -> QuartoInfo | None:
    """The Quarto that ``QUARTO_PATH`` names, else the one on the path; None if there is none."""
    named = os.environ.get("QUARTO_PATH") or shutil.which("quarto")
    if not named:
        return None
    try:
        done = subprocess.run(  # noqa: S603
            [named, "--version"], capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = done.stdout.strip().split("\n")[0].strip()
    if done.returncode or not re.match(r"\d+\.\d+", version):
        return None
    return QuartoInfo(Path(named), version)


def render(job: RenderJob, progress: Progress) -> dict[str, str]:
    """Render one document in one language with Quarto.

    Args:
        job: What to render, and where to.
        progress: Told in a few words what happens next.

    Returns:
        The engine and its version.

    Raises:
        FinsamError: If Quarto is missing, too old, or fails.
    """
    check_job(job)
    found = find()
    if found is None:
        raise FinsamError("Quarto is not installed: use --engine builtin")
    if not found.usable:
        raise FinsamError(
            f"Quarto {found.version} is too old (needed: "
            f"{OLDEST[0]}.{OLDEST[1]} or newer): use --engine builtin"
        )
    with TemporaryDirectory(prefix="finsam-quarto-") as folder:
        project = Path(folder)
        metadata = prepare_project(job, project)
        environment = quarto_environment(job, project)
        for name in job.formats:
            progress(f"rendering {name} with Quarto {found.version}")
            _run(command(found, job, name, metadata), project, environment)
            _keep(job, project, name)
        for part in ("figures", "tables"):
            made = project / "_output" / part
            if made.is_dir():
                shutil.copytree(made, job.output / part, dirs_exist_ok=True)
        if (project / "_output" / CLAIMS).is_file():
            shutil.copyfile(project / "_output" / CLAIMS, job.output / CLAIMS)
    return {"engine": "quarto", "quarto": found.version}


def command(found: QuartoInfo, job: RenderJob, name: str, metadata: Path) -> list[str]:
    """The command that renders one format."""
    return [
        str(found.path),
        "render",
        f"report/{job.language}/{job.document}.qmd",
        "--to",
        _FORMATS[name],
        "--metadata-file",
        str(metadata),
    ]


def prepare_project(job: RenderJob, project: Path) -> Path:
    """Copy the documents into a project directory and write the metadata file beside them.

    Raises:
        FinsamError: If the documents come without a ``_quarto.yml``.
    """
    places = (job.documents.resolve().parent, job.documents.resolve())
    settings = next((p / "_quarto.yml" for p in places if (p / "_quarto.yml").is_file()), None)
    if settings is None:
        raise FinsamError(f"there is no _quarto.yml beside {job.documents}")
    shutil.copytree(
        job.documents,
        project / "report",
        ignore=shutil.ignore_patterns("_quarto.yml", ".quarto", "*_files"),
    )
    shutil.copyfile(settings, project / "_quarto.yml")
    (project / "_output").mkdir()
    values: dict[str, object] = {
        key: job.metadata[key] for key in ("title", "author") if job.metadata.get(key)
    }
    # Quarto reads `date` as a calendar day and prints "Invalid Date" for words.
    lines = [job.metadata[key] for key in ("subtitle", "notice", "date") if job.metadata.get(key)]
    if lines:
        values["subtitle"] = ". ".join(line.rstrip(".") for line in lines)
    values["parts"] = {key.removeprefix("parts."): bool(on) for key, on in job.flags.items()}
    if job.layout == "sheet":
        values |= {"toc": False, "number-sections": False}
    elif job.layout == "short":
        values["toc"] = False
    # JSON is YAML, and leaves nothing to guess about quotes.
    metadata = project / "metadata.yml"
    metadata.write_text(json.dumps(values, ensure_ascii=False, indent=1), encoding="utf-8")
    return metadata


def quarto_environment(job: RenderJob, project: Path) -> dict[str, str]:
    """The environment of Quarto and of the cells it runs."""
    private = {}
    for variable in ("IPYTHONDIR", "MPLCONFIGDIR", "JUPYTER_RUNTIME_DIR"):
        folder = project / ".private" / variable.lower()
        folder.mkdir(parents=True, exist_ok=True)
        private[variable] = str(folder)
    return {
        **os.environ,
        **private,
        **FIXED_ENVIRONMENT,
        **job.environment,
        # Figures are named from the project's root in the documents.
        "FINSAM_OUTPUT": str(project / "_output"),
        "QUARTO_PYTHON": sys.executable,
        "TYPST_FONT_PATHS": str(project / "report" / "assets" / "fonts"),
    }


def _run(arguments: list[str], project: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(  # noqa: S603
        arguments,
        cwd=project,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    said = _ANSI.sub("", done.stdout.decode(errors="replace"))
    if done.returncode:
        last = [line for line in said.splitlines() if line.strip()][-12:]
        raise FinsamError(f"Quarto stopped with exit code {done.returncode}:\n" + "\n".join(last))
    unresolved = _UNRESOLVED.search(said)
    if unresolved:
        name = (unresolved[1] or f"@{unresolved[2]}").strip("\"'")
        raise FinsamError(f"the reference {name} points to nothing")


def _keep(job: RenderJob, project: Path, name: str) -> None:
    """Move what Quarto made to where it was asked for."""
    made = project / "_output" / "report" / job.language / f"{job.document}.{name}"
    if not made.is_file():
        raise FinsamError(f"Quarto ended without an error and without a {made.name}")
    shutil.move(made, job.made(name))
