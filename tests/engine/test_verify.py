"""A report's files hashed again: what was touched is named, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from finsam_report.cli import app
from finsam_report.display.provenance import sha256
from finsam_report.engine import manifest, pipeline
from finsam_report.engine.verify import NotAnOutputError, verify


@pytest.fixture
def out(small: Any, tmp_path: Path) -> Path:
    pipeline.analyse(small.directory, tmp_path / "out", lambda _: None)
    return tmp_path / "out"


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, ["verify", *map(str, arguments)])


def listed(out: Path, **files: bytes) -> None:
    """Put files into an output, and into its manifest as if they had been made with it."""
    path = out / "manifest.json"
    content = json.loads(path.read_text("utf-8"))
    for name, data in files.items():
        place = out / name.replace("__", "/").replace("_dot_", ".")
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(data)
        content["outputs"][place.relative_to(out).as_posix()] = sha256(place)
    path.write_text(json.dumps(content), "utf-8")


def test_an_output_is_as_it_was_made(small: Any, out: Path) -> None:
    found = verify(out, small.directory)
    assert found.same
    assert found.outputs.unchanged == ("release_log.csv", "results.csv")
    assert found.inputs is not None
    assert set(found.inputs.unchanged) == {
        "study.toml", "people.csv", "answers.csv", "drawn.csv", "months.csv",
    }  # fmt: skip
    result = run(out)
    assert result.exit_code == 0
    assert result.stdout == "outputs: 2 unchanged\nas it was made\n"


def test_one_changed_byte_is_told(out: Path) -> None:
    path = out / "results.csv"
    data = bytearray(path.read_bytes())
    data[-2] ^= 1
    path.write_bytes(bytes(data))
    assert verify(out).outputs.touched == ("results.csv",)
    result = run(out)
    assert result.exit_code == 1
    assert result.stdout == (
        "outputs: 1 unchanged, 1 touched\n- touched: results.csv\nnot as it was made\n"
    )


def test_missing_and_extra_files_are_told_and_foreign_ones_are_not(out: Path) -> None:
    listed(out, figures__fig_x_dot_svg=b"a", tables__tbl_x_dot_csv=b"b", report_dot_en_dot_html=b"")
    (out / "tables" / "tbl_x.csv").unlink()
    (out / "tables" / "tbl-new.csv").write_text("mine")
    (out / "notes.txt").write_text("mine")
    found = verify(out).outputs
    assert found.missing == ("tables/tbl_x.csv",)
    assert found.extra == ("tables/tbl-new.csv",)
    assert found.unchanged == (
        "figures/fig_x.svg", "release_log.csv", "report.en.html", "results.csv",
    )  # fmt: skip
    assert run(out).exit_code == 1


def test_inputs_are_looked_at_only_where_the_study_is_named(small: Any, out: Path) -> None:
    small.cell("answers.csv", 2, "job", "")
    small.path("months.csv").unlink()
    assert verify(out).same
    found = verify(out, small.directory)
    assert not found.same
    assert found.inputs is not None
    assert found.inputs.touched == ("answers.csv",)
    assert found.inputs.missing == ("months.csv",)
    result = run(out, "--study", small.directory)
    assert result.exit_code == 1
    assert "inputs: 3 unchanged, 1 touched, 1 missing" in result.stdout


def test_a_program_that_changed_is_a_note_and_no_fault(out: Path) -> None:
    path = out / "manifest.json"
    content = json.loads(path.read_text("utf-8"))
    content["tool"] |= {"source_sha256": "0" * 64, "version": "0.0.1"}
    path.write_text(json.dumps(content), "utf-8")
    result = run(out)
    assert result.exit_code == 0
    assert "note: made by finsam-report 0.0.1, and this program" in result.stdout
    del content["tool"]["source_sha256"]  # as older versions wrote it
    path.write_text(json.dumps(content), "utf-8")
    assert "note" not in run(out).stdout


def test_machines_get_the_same(out: Path) -> None:
    (out / "results.csv").write_bytes(b"")
    content = json.loads(run(out, "--format", "json").stdout)
    assert content["same"] is False
    assert content["outputs"]["touched"] == ["results.csv"]
    assert content["inputs"] is None


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"inputs": {}, "outputs": []}',
        '{"inputs": {}, "outputs": {"a": 1}}',
        '{"inputs": {}, "outputs": {"../a": "x"}}',
        '{"inputs": {"/etc/passwd": "x"}, "outputs": {}}',
    ],
)
def test_what_is_no_manifest_is_wrong_usage(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(NotAnOutputError):
        verify(tmp_path)
    assert run(tmp_path).exit_code == 2


def test_a_directory_without_a_report_is_wrong_usage(small: Any, out: Path, tmp_path: Path) -> None:
    for wrong in (tmp_path / "nowhere", small.directory, out / "results.csv"):
        result = run(wrong)
        assert result.exit_code == 2
        assert result.stdout == ""
    assert run(out, "--study", tmp_path / "nowhere").exit_code == 2
    assert run().exit_code == 2


def test_the_manifest_tells_source_lock_seed_and_platform(out: Path) -> None:
    content = json.loads((out / "manifest.json").read_text("utf-8"))
    assert content["seed"] == 7
    assert content["tool"]["source_sha256"] == manifest.source_digest()
    lock = Path(__file__).parents[2] / "requirements.lock"
    if lock.is_file():
        assert content["tool"]["lock"] == {"requirements.lock": sha256(lock)}
    assert content["input_bytes"].keys() == content["inputs"].keys()
    assert {"python", "implementation", "system"} <= set(content["software"])


def test_the_source_hash_is_that_of_what_the_files_hold_and_are_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "package_directory", lambda: tmp_path)
    (tmp_path / "a.py").write_text("1")
    first = manifest.source_digest()
    (tmp_path / "cache.pyc").write_text("no source")
    assert manifest.source_digest() == first
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    second = manifest.source_digest()
    (tmp_path / "b.py").write_text("2")
    assert len({first, second, manifest.source_digest()}) == 3
