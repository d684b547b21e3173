"""The command: what it says, where it writes, and with which exit code it ends."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from finsam_report import __version__
from finsam_report.cli import app
from finsam_report.places import synthetic_study

MAIN = """---
lang: en-GB
---

```{python}
#| include: false
from finsam_report.display import open_report
report = open_report("en")
```

## Summary

The survey has `{python} report.say("survey-n")` people.

::: {.content-visible when-meta="parts.register"}
## Register

The register has `{python} report.say("register-n")` people.
:::
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


def documents(folder: Path, main: str = MAIN) -> Path:
    """The smallest report there is."""
    (folder / "documents" / "en").mkdir(parents=True)
    (folder / "documents" / "en" / "report.qmd").write_text(main, "utf-8")
    return folder / "documents"


def seen(directory: Path) -> dict[str, tuple[int, int]]:
    return {
        p.relative_to(directory).as_posix(): (p.stat().st_mtime_ns, p.stat().st_size)
        for p in sorted(directory.rglob("*"))
    }


# ------------------------------------------------------------------------------------- exit codes
@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["check", "--nonsense"],
        ["check", "a", "b"],
        ["check", "--format", "yaml"],
        ["render", "--to", "docx"],
        ["render", "--to", ""],
        ["render", "--to", "html,docx"],
        ["render", "--engine", "word"],
        ["render", "--lang", "fi"],
        ["analyse", "--out"],
        ["synthesise"],
        ["synthesise", "--out", "x", "--seed", "-1"],
        ["synthesise", "--out", "x", "--seed", "one"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert done.exit_code == 2
    assert "Traceback" not in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_valid_study_ends_with_0(small: Any) -> None:
    done = run("check", small.directory)
    assert done.exit_code == 0
    assert (
        done.stdout
        == "No problems in study.toml, people.csv, answers.csv, drawn.csv, months.csv.\n"
    )
    done = run("check", small.directory, "--format", "json")
    assert (done.exit_code, json.loads(done.stdout)) == (0, {"problems": []})


def test_without_a_study_it_is_the_synthetic_one() -> None:
    done = run("check")
    assert done.exit_code == 0
    assert "survey_participants.csv" in done.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["render", "--help"], ["--version"]])
def test_help_and_version_end_with_0(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.exit_code == 0
    assert ("Usage" in done.output) or done.output == f"finsam-report {__version__}\n"


def test_the_installed_command_ends_with_1_and_a_message(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "finsam_report.cli", "analyse", str(tmp_path / "nowhere")],
        capture_output=True, text=True, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(
        "finsam-report: 1 problem in the input\n- nowhere: found no such directory"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_no_study(small: Any) -> None:
    done = run("check", small.path("study.toml"))
    assert done.exit_code == 1
    assert "name the directory" in done.output


# ---------------------------------------------------------------------------------------- analyse
def test_analysing_leaves_the_ledger_and_the_manifest(small: Any, tmp_path: Path) -> None:
    out = tmp_path / "a" / "out"
    done = run("analyse", small.directory, "--out", out)
    assert done.exit_code == 0
    assert sorted(p.name for p in out.iterdir()) == [
        "manifest.json", "release_log.csv", "results.csv",
    ]  # fmt: skip
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "study"]


def test_the_output_goes_below_where_one_stands(
    small: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert run("analyse", os.path.relpath(small.directory)).exit_code == 0
    assert (tmp_path / "elsewhere" / "_output" / "results.csv").is_file()


def test_a_study_in_a_path_with_blanks_and_other_letters(small: Any, tmp_path: Path) -> None:
    place = tmp_path / "Åsas mapp, ny" / "ö 'studie'"
    shutil.copytree(small.directory, place)
    out = tmp_path / "två ord" / "ut å"
    assert run("check", place).exit_code == 0
    assert run("analyse", place, "--out", out).exit_code == 0
    assert (out / "manifest.json").is_file()


def test_a_study_is_only_read(small: Any, tmp_path: Path) -> None:
    before = seen(small.directory)
    for path in (*small.directory.iterdir(), small.directory):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert run("check", small.directory).exit_code == 0
        assert run("analyse", small.directory, "--out", tmp_path / "out").exit_code == 0
        assert seen(small.directory) == before  # root could have written
    finally:
        small.directory.chmod(0o755)


def test_the_output_may_lie_in_the_study_and_leaves_its_files(small: Any) -> None:
    before = seen(small.directory)
    for out in (small.directory, small.path("_output")):
        for _ in range(2):
            assert run("analyse", small.directory, "--out", out).exit_code == 0
        assert (out / "results.csv").is_file()
    after = seen(small.directory)
    assert {name: after[name] for name in before} == before


def test_a_table_of_the_study_is_never_replaced(small: Any) -> None:
    small.path("people.csv").rename(small.path("results.csv"))
    small.toml('"people.csv"', '"results.csv"')
    before = seen(small.directory)
    done = run("analyse", small.directory, "--out", small.directory)
    assert done.exit_code == 1
    assert "the output would replace results.csv" in done.output
    assert seen(small.directory) == before


def test_a_file_as_output_is_refused(small: Any) -> None:
    before = seen(small.directory)
    done = run("analyse", small.directory, "--out", small.path("study.toml"))
    assert done.exit_code == 1
    assert "study.toml is a file" in done.output
    assert seen(small.directory) == before


# ----------------------------------------------------------------------------------------- render
@pytest.mark.slow
def test_rendering_another_copy_of_the_documents(small: Any, tmp_path: Path) -> None:
    before = seen(small.directory)
    out = tmp_path / "ut å"
    done = run(
        "render", small.directory, "--documents", documents(tmp_path), "--engine", "builtin",
        "--to", "html", "--out", out,
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "The survey has 80 people." in (out / "report.en.html").read_text("utf-8")
    assert not (out / "report.en.pdf").exists()
    assert {"manifest.json", "results.csv", "report.en.html"} <= {p.name for p in out.iterdir()}
    assert not [p for p in out.iterdir() if p.name.startswith(".")]
    assert seen(small.directory) == before


@pytest.mark.slow
def test_a_cell_that_fails_names_document_and_line_and_leaves_nothing(
    small: Any, tmp_path: Path
) -> None:
    main = MAIN + "\n```{python}\n1 / 0\n```\n"
    out = tmp_path / "made" / "out"
    done = run(
        "render", small.directory, "--documents", documents(tmp_path, main),
        "--engine", "builtin", "--to", "html", "--out", out,
    )  # fmt: skip
    assert done.exit_code == 1
    line = main.splitlines().index("1 / 0") + 1
    assert "report.qmd" in done.output
    assert str(line) in done.output or str(line - 1) in done.output
    assert "ZeroDivisionError" in done.output
    assert sorted(p.name for p in tmp_path.iterdir()) == ["documents", "study"]


def test_documents_that_are_not_there_are_named(small: Any, tmp_path: Path) -> None:
    done = run(
        "render", small.directory, "--documents", tmp_path / "none", "--engine", "builtin",
        "--out", tmp_path / "out",
    )  # fmt: skip
    assert done.exit_code == 1
    assert "Traceback" not in done.output
    assert isinstance(done.exception, SystemExit)
    assert not (tmp_path / "out").exists()


def test_quarto_is_missed_before_anything_is_computed(
    small: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from finsam_report.engine import quarto

    monkeypatch.setattr(quarto, "find", lambda: None)
    done = run("render", small.directory, "--engine", "quarto", "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "Quarto is not installed" in done.output
    assert not (tmp_path / "out").exists()


def test_the_synthetic_study_comes_along() -> None:
    assert (synthetic_study() / "study.toml").is_file()
