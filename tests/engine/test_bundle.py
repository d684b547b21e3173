"""The archive for reviewers: what is in it, what is not, and that it is the same every time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from rocrate.rocrate import ROCrate
from typer.testing import CliRunner, Result

import endure
from finsam_report import cli
from finsam_report.engine import bundle
from finsam_report.places import SOURCE

TABLES = {"answers.csv", "people.csv", "drawn.csv", "months.csv"}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli.app, [str(a) for a in arguments])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, _small: Path) -> Path:
    """A directory with a study and the results that were made of it."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(_small, folder / "study")
    done = run("analyse", folder / "study", "--out", folder / "results")
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def bundled(made: Path, tmp_path: Path) -> Any:
    def make(*more: object, name: str = "one.zip") -> Path:
        out = tmp_path / name
        done = run("bundle", made / "study", "--results", made / "results", "--out", out, *more)
        assert done.exit_code == 0, done.output
        return out

    return make


def names(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as archive:
        found = archive.namelist()
    roots = {name.split("/")[0] for name in found}
    assert len(roots) == 1  # unpacking fills one directory and not the place where one stands
    return {name.partition("/")[2] for name in found}


def unpacked(path: Path, folder: Path) -> Path:
    shutil.unpack_archive(path, folder)
    return next(folder.iterdir())


def test_it_holds_source_lock_documents_results_and_the_synthetic_study(bundled: Any) -> None:
    found = names(bundled())
    assert {
        "README.md", "ro-crate-metadata.json", "results/results.csv", "results/manifest.json",
        "study/study.toml", "source/pyproject.toml", "source/requirements.lock",
        "source/noxfile.py", "source/_quarto.yml", "source/report/en/report.qmd",
        "source/src/finsam_report/cli/archive.py", "source/tests/engine/test_bundle.py",
        "source/data/synthetic/study.toml", f"source/{SOURCE}",
    } <= found  # fmt: skip


def test_no_table_of_the_study_is_in_it_unless_it_is_asked_for(bundled: Any) -> None:
    assert not {f"study/{name}" for name in TABLES} & names(bundled())
    with_data = names(bundled("--with-data", name="two.zip"))
    assert {f"study/{name}" for name in TABLES} <= with_data


def test_nothing_that_is_no_source_is_in_it(bundled: Any) -> None:
    for name in names(bundled()):
        assert not {".git", ".nox", "_output", "__pycache__"} & set(name.split("/"))


def test_the_same_study_gives_the_same_bytes(bundled: Any) -> None:
    assert bundled().read_bytes() == bundled(name="two.zip").read_bytes()


def test_the_readme_gives_the_two_commands_and_says_what_is_missing(
    bundled: Any, tmp_path: Path
) -> None:
    text = (unpacked(bundled(), tmp_path / "a") / "README.md").read_text("utf-8")
    assert "nox -s report -- ../study --out ../rebuilt" in text
    assert "nox -s tests" in text
    assert "| `answers.csv` |" in text
    held = (unpacked(bundled("--with-data"), tmp_path / "b") / "README.md").read_text("utf-8")
    assert "What is not in it" not in held


def test_the_metadata_are_an_ro_crate_that_says_what_was_made_from_what(
    bundled: Any, tmp_path: Path
) -> None:
    folder = unpacked(bundled("--with-data"), tmp_path / "a")
    crate = ROCrate(folder)
    action = crate.dereference("#made")
    assert {entity.id for entity in action["object"]} == {
        "study/study.toml", *(f"study/{name}" for name in TABLES)
    }  # fmt: skip
    assert "results/results.csv" in {entity.id for entity in action["result"]}
    told = json.loads((folder / "ro-crate-metadata.json").read_text("utf-8"))
    for entity in told["@graph"]:
        if entity["@type"] == "File":
            assert (folder / entity["@id"]).is_file()


def test_results_of_another_version_of_the_program_are_refused(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "source_digest", lambda: "another")
    done = run("bundle", made / "study", "--results", made / "results", "--out", tmp_path / "x.zip")
    assert done.exit_code == 1
    assert "made by another version of the program" in " ".join(done.output.split())
    assert not (tmp_path / "x.zip").exists()


def test_results_of_something_else_are_refused(made: Path, tmp_path: Path) -> None:
    touched = shutil.copytree(made / "results", tmp_path / "results")
    (touched / "results.csv").write_text("changed", "utf-8")
    other = shutil.copytree(made / "study", tmp_path / "other")
    with (other / "answers.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    for study, results in ((made / "study", touched), (other, made / "results")):
        done = run("bundle", study, "--results", results, "--out", tmp_path / "x.zip")
        assert done.exit_code == 1
        assert "is not what its manifest says, or not made from this study" in done.output
    assert not (tmp_path / "x.zip").exists()


@pytest.mark.parametrize("name", ["x.tar", "folder.zip"])
def test_a_place_that_is_no_zip_file_is_refused(made: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.zip").mkdir()
    done = run("bundle", made / "study", "--results", made / "results", "--out", tmp_path / name)
    assert done.exit_code == 1
    assert name in done.output


@pytest.mark.slow
def test_an_unpacked_archive_rebuilds_to_equal_bytes(made: Path, tmp_path: Path) -> None:
    study = made / "study"
    documents = endure.documents(tmp_path / "documents", 1)
    rendered = subprocess.run(
        endure.command(study, documents, tmp_path / "results"), check=False, capture_output=True
    )
    assert rendered.returncode == 0
    out = tmp_path / "one.zip"
    done = run("bundle", study, "--with-data", "--results", tmp_path / "results", "--out", out)
    assert done.exit_code == 0, done.output
    folder = unpacked(out, tmp_path / "else where")
    again = subprocess.run(
        endure.command(folder / "study", documents, tmp_path / "rebuilt"), check=False,
        capture_output=True, env={**os.environ, "PYTHONPATH": str(folder / "source" / "src")},
        cwd=tmp_path,
    )  # fmt: skip
    assert again.returncode == 0
    for path in (folder / "results").rglob("*"):
        if path.is_file():
            name = path.relative_to(folder / "results")
            assert (tmp_path / "rebuilt" / name).read_bytes() == path.read_bytes(), name
