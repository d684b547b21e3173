"""Sessions that build and test everything: ``nox`` runs lint, tests and report."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import nox

nox.needs_version = ">=2024.4.15"
nox.options.sessions = ["lint", "tests", "report"]
nox.options.reuse_existing_virtualenvs = True
nox.options.default_venv_backend = "uv|virtualenv"

ROOT = Path(__file__).parent
LOCK = "requirements.lock"
STAMP = "finsam-lock.txt"


def _install(session: nox.Session) -> None:
    """Install the locked environment and this package, unless it is there already."""
    # Modules are compiled once, not at every start of a program.
    session.env["PYTHONDONTWRITEBYTECODE"] = ""
    stamp = Path(session.virtualenv.location) / STAMP
    wanted = (ROOT / LOCK).read_text("utf-8") + str(ROOT)
    if not stamp.is_file() or stamp.read_text("utf-8") != wanted:
        session.install("--require-hashes", "-r", LOCK)
        session.install("--no-deps", "--no-build-isolation", "-e", ".")
        stamp.write_text(wanted, "utf-8")


@nox.session
def report(session: nox.Session) -> None:
    """Make the report on the synthetic study, or on the study named after ``--``."""
    _install(session)
    session.run("finsam-report", "render", "--engine", "builtin", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests."""
    _install(session)
    session.run("pytest", *(session.posargs or ("-n", "auto", "--dist", "loadgroup")))


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, types and the report documents."""
    _install(session)
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")
    session.run("panache", "lint", "report")
    session.run("python", "tests/lint_documents.py", "report")


@nox.session
def quarto(session: nox.Session) -> None:
    """Make the same report with Quarto, where 1.9 or newer is installed."""
    _install(session)
    found = session.run(
        "python",
        "-c",
        "from finsam_report.engine import quarto as q; f = q.find();"
        "print('ok' if f and f.usable else f'Quarto {f.version} is older than 1.9' if f else"
        " 'Quarto is not installed')",
        silent=True,
    )
    reason = str(found).strip().splitlines()[-1]
    if reason != "ok":
        session.skip(reason)
    session.run("finsam-report", "render", "--engine", "quarto", "--out", "_output/quarto")
    python = str(Path(session.bin) / "python")
    session.run(
        "quarto", "render", external=True, env={"QUARTO_PYTHON": python, "PYTHONHASHSEED": "0"}
    )


def _copy(target: Path) -> None:
    """A clean copy of what git knows of the working tree, or of the whole tree without git."""
    ignore = shutil.ignore_patterns(
        "_output", ".nox", ".quarto", "__pycache__", ".*_cache", "*.egg-info", "dist"
    )
    shutil.copytree(ROOT, target, ignore=ignore)


@nox.session
def reproduce(session: nox.Session) -> None:
    """Build twice from clean copies, compare byte by byte, then with the expected ledger."""
    _install(session)
    python = str(Path(session.bin) / "python")
    with tempfile.TemporaryDirectory(prefix="finsam-reproduce-") as folder:
        outputs = []
        for number, name in enumerate(("first", "second build åäö")):
            copy = Path(folder) / name / "source"
            _copy(copy)
            out = Path(folder) / name / "out"
            session.run(
                python,
                "-m",
                "finsam_report.cli",
                "render",
                str(copy / "data" / "synthetic"),
                "--engine",
                "builtin",
                "--out",
                str(out),
                env={
                    "PYTHONPATH": str(copy / "src"),
                    "PYTHONHASHSEED": str(number),
                    "PYTHONDONTWRITEBYTECODE": "1",
                },
            )
            outputs.append(out)
        session.run("python", "tests/compare_outputs.py", *map(str, outputs))
        session.run(
            "python",
            "tests/compare_ledger.py",
            str(outputs[0] / "results.csv"),
            "tests/expected/results.csv",
        )


@nox.session
def validate(session: nox.Session) -> None:
    """Hold estimates of thousands of synthetic trials against the known truth; some minutes."""
    _install(session)
    one = {"OPENBLAS_NUM_THREADS": "1"}  # two processes share the two cores
    session.run("python", "tests/validate.py", *session.posargs, env=one)


@nox.session
def bench(session: nox.Session) -> None:
    """Print how long analysis and rendering take, and how much memory they use."""
    _install(session)
    session.run("python", "tests/bench.py", *session.posargs)


@nox.session
def synthetic(session: nox.Session) -> None:
    """Make the committed synthetic study again."""
    _install(session)
    session.run("finsam-report", "synthesise", "--out", "data/synthetic", *session.posargs)
