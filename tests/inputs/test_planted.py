"""Identifiers and free text that are planted in every table reach no output, error or log."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pypdfium2
import pytest

from finsam_report.inputs import contract
from finsam_report.study import read_study_file

WORD = "Zqxplanted"  # at the beginning of everything that is planted


def plant(study: Any) -> int:
    """Plant a word in all identifiers of people, and in a column of free text in each table."""
    planted = 0
    for table in contract.tables(read_study_file(study.directory)):
        frame = study.table(table.file)
        for column in table.columns:
            if column.personal and column.kind == "text" and column.name in frame:
                values = frame[column.name]
                frame[column.name] = values.where(values == "", WORD + values)
                planted += 1
        text = [f"{WORD} Anna {WORD}sson bor på {WORD}gatan {n}" for n in range(len(frame))]
        study.put(table.file, frame.assign(comment=text))
        planted += 1
    return planted


def command(*arguments: object) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "finsam_report.cli", *map(str, arguments)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def text_of(path: Path) -> str:
    if path.suffix != ".pdf":
        return path.read_text("utf-8", errors="replace")
    document = pypdfium2.PdfDocument(path)
    pages = [document[n].get_textpage().get_text_range() for n in range(len(document))]
    document.close()
    return "\n".join(pages)


def leaks(done: subprocess.CompletedProcess, out: Path) -> list[str]:
    """Where the word is found: in what was said, or in a file."""
    said = [name for name in ("stdout", "stderr") if WORD.lower() in getattr(done, name).lower()]
    files = [p for p in out.rglob("*") if p.is_file() and WORD.lower() in text_of(p).lower()]
    return said + [path.name for path in files]


@pytest.mark.slow
def test_what_is_planted_in_every_table_is_in_no_report(full: Any, tmp_path: Path) -> None:
    assert plant(full) > 20
    for name, arguments in (
        ("check", ["check", full.directory]),
        ("analyse", ["analyse", full.directory, "--out", tmp_path / "analyse"]),
        ("report", ["render", full.directory, "--out", tmp_path / "report"]),
        ("association", ["render", full.directory, "--association", "F1",
                         "--out", tmp_path / "association"]),
    ):  # fmt: skip
        done = command(*arguments)
        assert done.returncode == 0, done.stderr
        assert leaks(done, tmp_path / name) == []
    assert (tmp_path / "report" / "report.en.pdf").is_file()


def test_what_is_planted_is_in_no_error_message(full: Any, tmp_path: Path) -> None:
    """Each table is damaged in each column of people, one after the other."""
    plant(full)
    for table in contract.tables(read_study_file(full.directory)):
        whole = full.table(table.file)
        broken = whole.copy()
        for column in table.columns:
            if column.personal and column.name in broken and len(broken) > 2:
                broken.loc[1, column.name] = f"{WORD} in the wrong place"
                broken.loc[2, column.name] = ""
        full.put(table.file, pd.concat([broken, broken.head(2)]))
    for form in ("text", "json"):
        done = command("check", full.directory, "--format", form)
        assert done.returncode == 1
        assert len(re.findall(r"row", done.stdout)) > 10
        assert leaks(done, tmp_path / "none") == []
    done = command("render", full.directory, "--out", tmp_path / "report")
    assert done.returncode == 1
    assert leaks(done, tmp_path / "report") == []


@pytest.mark.slow
def test_a_subgroup_of_three_people_is_nowhere_in_the_report(small: Any, tmp_path: Path) -> None:
    small.toml("[register]\n", '[[survey.subgroups]]\nid = "sex"\n\n[register]\n')
    people = small.table("people.csv")
    few = people.index[:3]
    people["sex"] = "man"
    people.loc[few, "sex"] = "woman"
    small.put("people.csv", people)
    done = command("render", small.directory, "--out", tmp_path / "out", "--to", "html")
    assert done.returncode == 0, done.stderr
    ledger = pd.read_csv(tmp_path / "out" / "results.csv")
    about = ledger[(ledger["part"] == "survey") & ledger["group"].str.contains("sex=woman")]
    assert not about.empty
    numbers = ["estimate", "std_error", "ci_low", "ci_high", "n_support", "n_control"]
    assert about[numbers].fillna(0).eq(0).all().all()
    log = pd.read_csv(tmp_path / "out" / "release_log.csv")
    assert not {"estimate_value", "value"} & set(log.columns)
    for path in [*(tmp_path / "out").glob("*/*.csv")]:
        frame = pd.read_csv(path)
        if {"group", "estimate", "part"} <= set(frame):
            mine = frame[(frame["part"] == "survey") & frame["group"].eq("sex=woman")]
            assert mine[numbers].fillna(0).eq(0).all().all(), path.name
