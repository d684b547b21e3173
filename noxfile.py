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


# Two machines that have little in common, as far as one can be made to look like two.
SURROUNDINGS = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"},
    {"PYTHONHASHSEED": "4242", "TZ": "Asia/Kathmandu", "LC_ALL": "sv_SE.UTF-8",
     "OPENBLAS_NUM_THREADS": "4", "LANG": "tr_TR.UTF-8"},
)  # fmt: skip


@nox.session
def reproduce(session: nox.Session) -> None:
    """Build from a clean copy and from an unpacked archive of it, elsewhere, and compare."""
    _install(session)
    python = str(Path(session.bin) / "python")
    with tempfile.TemporaryDirectory(prefix="finsam-reproduce-") as text:
        folder = Path(text)
        copy, archive = folder / "first" / "source", folder / "archive.zip"
        _copy(copy)
        places = (folder / "first", folder / "second build åäö")
        places[1].mkdir()

        def run(source: Path, number: int, *arguments: str) -> None:
            env = {**SURROUNDINGS[number], "PYTHONPATH": str(source / "src")}
            with session.chdir((copy, folder)[number]):
                session.run(
                    python, "-m", "finsam_report.cli", *arguments,
                    env={**env, "PYTHONDONTWRITEBYTECODE": "1"},
                )  # fmt: skip

        first, second = (place / "out" for place in places)
        study = ("data", "synthetic")
        render = ("render", "--engine", "builtin", "--out")
        run(copy, 0, *render, str(first), str(copy.joinpath(*study)))
        run(
            copy, 0, "bundle", str(copy.joinpath(*study)), "--results", str(first),
            "--out", str(archive),
        )  # fmt: skip
        shutil.unpack_archive(archive, places[1])
        unpacked = next(places[1].iterdir())
        source = unpacked / "source"
        run(source, 1, *render, str(second), str(source.joinpath(*study)))
        for one, two in ((first, second), (first, unpacked / "results")):
            session.run("python", "tests/compare_outputs.py", str(one), str(two))
        session.run(
            "python",
            "tests/compare_ledger.py",
            str(first / "results.csv"),
            "tests/expected/results.csv",
        )


@nox.session
def validate(session: nox.Session) -> None:
    """Hold estimates of thousands of synthetic trials against the known truth; some minutes."""
    _install(session)
    one = {"OPENBLAS_NUM_THREADS": "1"}  # two processes share the two cores
    session.run("python", "tests/validate.py", *session.posargs, env=one)


@nox.session
def attack(session: nox.Session) -> None:
    """Try to find what disclosure control took out of a thousand small studies; minutes."""
    _install(session)
    session.run("python", "tests/attack.py", *session.posargs)


@nox.session
def endure(session: nox.Session) -> None:
    """Kill a render fifty times at random: the old report or the new one is there, and whole."""
    _install(session)
    session.run("python", "tests/endure.py", *session.posargs)


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
