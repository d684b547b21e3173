"""The manifest says what went in and what came out, and nothing about when or where."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from finsam_report import __version__
from finsam_report.engine import manifest, pipeline
from finsam_report.inputs.read import read_inputs


def analysed(directory: Path, out: Path) -> dict[str, Any]:
    pipeline.analyse(directory, out, lambda _: None)
    content: dict[str, Any] = json.loads((out / "manifest.json").read_text("utf-8"))
    return content


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def found(small: Any, tmp_path: Path) -> dict[str, Any]:
    return analysed(small.directory, tmp_path / "out")


def test_every_input_is_named_with_its_hash(small: Any, found: dict[str, Any]) -> None:
    names = ["study.toml", "people.csv", "answers.csv", "drawn.csv", "months.csv"]
    assert found["inputs"] == {name: sha256(small.path(name)) for name in names}


def test_every_output_is_named_with_its_hash(
    small: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "made"
    (out / "figures").mkdir(parents=True)
    for name in ("results.csv", "report.en.html", "figures/fig-å.svg"):
        (out / name).write_text(name, "utf-8")
    study = read_inputs(small.directory).study
    manifest.write(out, small.directory, study, command="x", engine={"a": "1"}, suppressed=3)
    found = json.loads((out / "manifest.json").read_text("utf-8"))
    names = ["figures/fig-å.svg", "report.en.html", "results.csv"]
    assert found["outputs"] == {name: sha256(out / name) for name in names}
    assert (found["engine"], found["suppressed_rows"]) == ({"a": "1"}, 3)


def test_a_changed_input_or_choice_shows(small: Any, found: dict[str, Any], tmp_path: Path) -> None:
    small.toml("seed = 7", "seed = 8")
    other = analysed(small.directory, tmp_path / "other")
    assert other["inputs"]["study.toml"] != found["inputs"]["study.toml"]
    assert other["analysis"] == {"seed": 8, "draws": 99, "level": 0.95, "power": 0.8}
    assert other["outputs"]["results.csv"] != found["outputs"]["results.csv"]


def test_versions_command_and_study_are_there(found: dict[str, Any]) -> None:
    assert found["tool"]["version"] == __version__
    assert found["command"] == "finsam-report analyse"
    assert (found["study"], found["synthetic"]) == ("small", True)
    assert {"python", "numpy", "scipy", "pandas"} <= set(found["software"])


def test_it_names_no_path_no_machine_and_no_clock(
    small: Any, found: dict[str, Any], tmp_path: Path
) -> None:
    text = json.dumps(found, ensure_ascii=False)
    for place in (tmp_path, small.directory, Path.cwd(), Path.home()):
        assert f"{place}/" not in text
    assert "/" not in "".join([*found["inputs"], *found["outputs"], found["command"]])
    assert not re.search(r"\b20\d\d-\d\d-\d\d\b|\d\d:\d\d:\d\d", text)


def test_two_runs_in_different_places_are_equal_byte_by_byte(
    small: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "one" / "out", tmp_path / "två ö" / "här"
    copy = shutil.copytree(small.directory, tmp_path / "kopia å" / "studie")
    pipeline.analyse(small.directory, first, lambda _: None)
    monkeypatch.chdir(copy.parent)
    pipeline.analyse(Path(copy.name), second, lambda _: None)
    pipeline.analyse(Path(copy.name), second, lambda _: None)  # over an old one
    for name in ("results.csv", "manifest.json"):
        assert (first / name).read_bytes() == (second / name).read_bytes()
    assert sorted(p.name for p in second.iterdir()) == [
        "manifest.json", "release_log.csv", "results.csv",
    ]  # fmt: skip
