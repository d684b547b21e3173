"""The command randomise: exact shares, batch after batch, and nobody twice."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from finsam_report.cli import app
from finsam_report.engine.locking import only_writer
from finsam_report.inputs.read import read_inputs
from finsam_report.parts.people import characteristics, trial


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


def declare(small: Any, part: str = "survey") -> Any:
    block = "site" if part == "survey" else "draw"
    small.toml(f'blocks = ["{block}"]', f'blocks = ["{block}"]\nshare_support = 0.6')
    return small


def roster(size: int, start: int = 0, seed: int = 0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "person": [f"P{k:05d}" for k in range(start, start + size)],
            "site": rng.choice(["norr", "söder, inre", "väst"], size, p=[0.5, 0.3, 0.2]),
            "age": rng.integers(20, 60, size),
        }
    )


def put(path: Path, frame: pd.DataFrame) -> Path:
    if path.suffix == ".csv":
        frame.to_csv(path, index=False)
    elif path.suffix == ".xlsx":
        frame.to_excel(path, index=False)
    else:
        frame.to_parquet(path)
    return path


def given(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def files(directory: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(directory.iterdir()) if p.is_file()}


def decide(small: Any, people: Path, out: Path, *more: object, seed: int = 1) -> Result:
    return run(
        "randomise", people, "--study", small.directory, "--part", "survey",
        "--seed", seed, "--out", out, *more,
    )  # fmt: skip


def test_ten_thousand_people_in_forty_batches(small: Any, tmp_path: Path) -> None:
    declare(small)
    frame = roster(10_000).assign(batch=np.repeat(np.arange(1, 41), 250))
    people = put(tmp_path / "roster.csv", frame)
    out = tmp_path / "out.csv"
    done = decide(small, people, out)
    assert done.exit_code == 0, done.output
    got = given(out)
    assert sorted(got["person"]) == frame["person"].tolist()
    assert got["batch"].drop_duplicates().tolist() == [str(k) for k in range(1, 41)]
    support = got["arm"] == "support"
    for size, number in zip(*counts(support, [got["site"]]), strict=True):
        assert abs(number - 0.6 * size) < 1
    for size, number in zip(*counts(support, [got["site"], got["batch"]]), strict=True):
        assert abs(number - 0.6 * size) < 1
    # Another order of the rows, the same bytes; another seed, others.
    again = put(tmp_path / "again.csv", frame.sample(frac=1, random_state=3))
    assert decide(small, again, tmp_path / "two.csv").exit_code == 0
    assert (tmp_path / "two.csv").read_bytes() == out.read_bytes()
    assert decide(small, again, tmp_path / "three.csv", seed=2).exit_code == 0
    assert (tmp_path / "three.csv").read_bytes() != out.read_bytes()
    before = files(tmp_path)
    second = decide(small, people, out, seed=5)
    assert second.exit_code == 0
    assert "All 10000 people of roster.csv are assigned already: no change." in second.output
    assert files(tmp_path) == before


def counts(support: pd.Series, by: list[pd.Series]) -> tuple[list[int], list[int]]:
    groups = support.groupby(by)
    return groups.size().tolist(), groups.sum().tolist()


def test_batches_that_come_one_by_one_are_those_that_come_together(
    small: Any, tmp_path: Path
) -> None:
    declare(small)
    frame = roster(90).assign(batch=np.repeat([1, 2, 3], 30))
    whole = tmp_path / "whole.csv"
    assert decide(small, put(tmp_path / "all.csv", frame), whole).exit_code == 0
    out = tmp_path / "grows.csv"
    earlier = b""
    for batch in (1, 2, 3):
        some = frame[frame["batch"] == batch].drop(columns="batch")
        assert decide(small, put(tmp_path / f"{batch}.csv", some), out).exit_code == 0
        assert out.read_bytes().startswith(earlier)
        earlier = out.read_bytes()
    assert earlier == whole.read_bytes()
    audit = json.loads((tmp_path / "grows.csv.audit.json").read_text("utf-8"))
    assert [b["batch"] for b in audit["batches"]] == ["1", "2", "3"]
    assert audit["output"]["sha256"] == hashlib.sha256(earlier).hexdigest()
    assert (
        audit["batches"][2]["roster"]["sha256"]
        == hashlib.sha256((tmp_path / "3.csv").read_bytes()).hexdigest()
    )
    assert audit["batches"][0]["earlier"] is None
    assert {"file", "sha256"} == set(audit["batches"][1]["earlier"])
    assert audit["people"] == 90
    assert [b["people"] for b in audit["counts"]] == (
        frame.groupby("site").size().sort_index().tolist()
    )
    assert str(tmp_path) not in json.dumps(audit)


def test_another_place_leaves_the_earlier_file_alone(small: Any, tmp_path: Path) -> None:
    declare(small)
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    assert decide(small, put(tmp_path / "a.csv", roster(20)), one).exit_code == 0
    before = one.read_bytes()
    people = put(tmp_path / "b.csv", roster(20, 20))
    for _ in range(2):  # the same call again gives the same file
        assert decide(small, people, two, "--append", one).exit_code == 0
        assert one.read_bytes() == before
        assert two.read_bytes().startswith(before)
    other = put(tmp_path / "c.csv", roster(20, 40))
    kept = two.read_bytes()
    done = decide(small, other, two, "--append", one)
    assert (done.exit_code, two.read_bytes()) == (1, kept)
    assert "an assignment that is there already" in done.output


@pytest.mark.parametrize("first", [".csv", ".xlsx", ".parquet"])
@pytest.mark.parametrize("second", [".csv", ".xlsx", ".parquet"])
def test_every_format_goes_in_and_comes_out(
    small: Any, tmp_path: Path, first: str, second: str
) -> None:
    declare(small)
    people = put(tmp_path / f"roster{first}", roster(30))
    more = put(tmp_path / f"more{first}", roster(12, 30))
    plain, other = tmp_path / "plain.csv", tmp_path / f"other{second}"
    for name in (people, more):
        assert decide(small, name, plain).exit_code == 0
        assert decide(small, name, other).exit_code == 0
    if second == ".xlsx":
        got = pd.read_excel(other, dtype=str, engine="openpyxl")
    elif second == ".parquet":
        got = pd.read_parquet(other)
    else:
        got = given(other)
    assert got.astype(str).to_numpy().tolist() == given(plain).to_numpy().tolist()
    before = other.read_bytes()
    other.unlink()
    (tmp_path / f"other{second}.audit.json").unlink()
    for name in (people, more):
        assert decide(small, name, other).exit_code == 0
    assert other.read_bytes() == before


def test_all_problems_are_told_at_once_and_nothing_is_written(small: Any, tmp_path: Path) -> None:
    declare(small)
    out = tmp_path / "out.csv"
    first = roster(20)
    assert decide(small, put(tmp_path / "first.csv", first), out).exit_code == 0
    before = files(tmp_path)
    frame = pd.concat([first.iloc[:2], roster(4, 20), roster(1, 20)], ignore_index=True)
    frame.loc[3, "site"] = ""
    frame.loc[4, "person"] = "811228-9874"
    done = decide(small, put(tmp_path / "second.csv", frame), out)
    assert done.exit_code == 1
    assert "rows 2, 3: found people who are assigned already" in done.output
    assert "row 5: found an empty cell" in done.output
    assert "row 6: found Swedish personal identity numbers" in done.output
    assert "row 8: found the same person as in an earlier row" in done.output
    assert "811228" not in done.output
    (tmp_path / "second.csv").unlink()
    assert files(tmp_path) == before


def test_a_batch_that_is_closed_takes_nobody_more(small: Any, tmp_path: Path) -> None:
    declare(small)
    out = tmp_path / "out.csv"
    assert decide(small, put(tmp_path / "a.csv", roster(20)), out).exit_code == 0
    done = decide(small, put(tmp_path / "b.csv", roster(20, 20).assign(batch=1)), out)
    assert done.exit_code == 1
    assert "a batch that is decided already" in done.output


def test_an_earlier_file_that_was_changed_or_made_otherwise_is_refused(
    small: Any, tmp_path: Path
) -> None:
    declare(small)
    out, more = tmp_path / "out.csv", put(tmp_path / "b.csv", roster(20, 20))
    assert decide(small, put(tmp_path / "a.csv", roster(20)), out).exit_code == 0
    text = out.read_text("utf-8")
    out.write_text(text.replace(",support\n", ",waiting\n", 2), "utf-8")
    done = decide(small, more, out)
    assert done.exit_code == 1
    assert "changed since it was made" in done.output
    assert "blocks with another share of support" in done.output
    out.write_text(text, "utf-8")
    (tmp_path / "out.csv.audit.json").unlink()
    done = decide(small, more, out)
    assert done.exit_code == 0
    assert "no audit file beside it" in done.output
    out.write_text(out.read_text("utf-8").replace("arm\n", "arm,note\n", 1), "utf-8")
    (tmp_path / "out.csv.audit.json").write_text("{}", "utf-8")
    wide = put(out, given(out).assign(note="x"))
    before = wide.read_bytes()
    done = decide(small, put(tmp_path / "c.csv", roster(20, 40)), out)
    assert (done.exit_code, out.read_bytes()) == (1, before)
    assert "more columns than an assignment has (1)" in done.output
    assert "out.csv.audit.json: found no audit file" in done.output


def test_too_few_people_for_both_arms_are_told(small: Any, tmp_path: Path) -> None:
    declare(small)
    frame = roster(21)
    frame["site"] = ["norr"] * 20 + ["ensam"]
    done = decide(small, put(tmp_path / "a.csv", frame), tmp_path / "out.csv")
    assert done.exit_code == 0
    assert "row 22: found a block of batch 1 with too few people for both arms (ensam)" in (
        done.output
    )


def test_without_a_declared_share_nothing_is_decided(small: Any, tmp_path: Path) -> None:
    done = decide(small, put(tmp_path / "a.csv", roster(20)), tmp_path / "out.csv")
    assert done.exit_code == 1
    assert "survey.assignment.share_support: found nothing" in done.output
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [("a.csv", "the roster or a table"), ("x.txt", "the ending '.txt'"), (".", "ending ''")],
)
def test_the_assignment_goes_to_a_file_of_its_own(
    small: Any, tmp_path: Path, name: str, words: str
) -> None:
    declare(small)
    people = put(tmp_path / "a.csv", roster(20))
    before = files(tmp_path)
    done = decide(small, people, tmp_path / name)
    assert done.exit_code == 1
    assert words in done.output
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    "more", [[], ["--seed", "-1"], ["--seed", "1", "--part", "jury"], ["--seed", "1"]]
)
def test_wrong_usage_ends_with_2(small: Any, tmp_path: Path, more: list[str]) -> None:
    """The last one leaves open which of two experiments is meant."""
    declare(declare(small), "register")
    people = put(tmp_path / "a.csv", roster(20))
    done = run("randomise", people, "--study", small.directory, "--out", tmp_path / "o.csv", *more)
    assert done.exit_code == 2
    assert not (tmp_path / "o.csv").exists()


def test_a_write_that_fails_leaves_all_as_it_was(
    small: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare(small)
    out = tmp_path / "out.csv"
    assert decide(small, put(tmp_path / "a.csv", roster(20)), out).exit_code == 0
    people = put(tmp_path / "b.csv", roster(20, 20))
    before = files(tmp_path)
    rename = Path.replace
    calls = []

    def fails(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 2:  # the audit file is in its place, the assignment is not
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", fails)
    done = decide(small, people, out)
    assert done.exit_code == 1
    assert "No space left on device" in done.output
    assert files(tmp_path) == before
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


@pytest.mark.parametrize("blocks", ['["site", "batch"]', '["site"]', "[]", '["batch"]'])
def test_the_survey_takes_the_assignment_as_its_mechanism(
    small: Any, tmp_path: Path, blocks: str
) -> None:
    declare(small)
    small.toml('blocks = ["site"]', f"blocks = {blocks}")
    old = small.table("people.csv")
    out = tmp_path / "out.csv"
    for start in (0, 20):
        some = pd.concat([old.iloc[start : start + 20], old.iloc[start + 40 : start + 60]])
        people = put(tmp_path / "r.csv", some.drop(columns="arm"))
        assert decide(small, people, out).exit_code == 0
    got = given(out).merge(old.drop(columns=["arm", "site"], errors="ignore"), on="person")
    if "site" not in got:
        got["site"] = "x"
    small.put("people.csv", got.assign(met_team=(got["arm"] == "support").astype(int)))
    answers = small.table("answers.csv")
    small.put("answers.csv", answers[answers["wave"] != "3"])
    inputs = read_inputs(small.directory)
    part = inputs.study.survey
    people = inputs.survey.participants
    found = trial(part, people, characteristics(part.covariates, people), 0.95)
    size = found.assignment.sizes
    assert np.all(np.abs(found.assignment.n_support - 0.6 * size) < 1)
    assert len(size) == {'["site", "batch"]': 4, '["site"]': 2, "[]": 1, '["batch"]': 2}[blocks]


def test_the_register_takes_the_assignment_as_its_mechanism(small: Any, tmp_path: Path) -> None:
    declare(small, "register")
    old = small.table("drawn.csv")
    people = put(tmp_path / "r.csv", old[["person", "draw"]])
    out = tmp_path / "out.csv"
    done = run("randomise", people, "--study", small.directory, "--seed", 4, "--out", out)
    assert done.exit_code == 0, done.output
    small.toml('blocks = ["draw"]', 'blocks = ["draw", "batch"]')
    got = given(out).merge(old.drop(columns=["arm", "draw"]), on="person")
    small.put("drawn.csv", got.assign(met_team=(got["arm"] == "drawn").astype(int)))
    inputs = read_inputs(small.directory)
    part, people = inputs.study.register_, inputs.register.participants
    found = trial(part, people, characteristics(part.covariates, people), 0.95)
    assert found.assignment.n_support.tolist() == [36, 36]


def test_a_run_that_was_broken_off_is_finished_by_the_same_run_and_by_no_other(
    small: Any, tmp_path: Path
) -> None:
    declare(small)
    out = tmp_path / "arms.csv"
    decide(small, put(tmp_path / "one.csv", roster(40)), out)
    first = out.read_bytes()
    second = put(tmp_path / "two.csv", roster(40, start=40))
    decide(small, second, out)
    whole = files(tmp_path)
    out.write_bytes(first)  # killed between the new audit file and the new assignment

    refused = decide(small, second, out, seed=2)
    assert refused.exit_code == 1
    assert "broken off" in refused.output
    assert out.read_bytes() == first

    assert decide(small, second, out).exit_code == 0
    assert files(tmp_path) == whole


def test_who_removes_an_assignment_to_draw_again_is_told(small: Any, tmp_path: Path) -> None:
    declare(small)
    out = tmp_path / "arms.csv"
    people = put(tmp_path / "people.csv", roster(40))
    decide(small, people, out)
    whole = files(tmp_path)
    out.unlink()
    refused = decide(small, people, out, seed=2)
    assert refused.exit_code == 1
    assert "removed" in refused.output
    assert not out.exists()
    assert decide(small, people, out).exit_code == 0
    assert files(tmp_path) == whole


def test_an_assignment_that_another_process_writes_is_left_alone(
    small: Any, tmp_path: Path
) -> None:
    declare(small)
    out = tmp_path / "arms.csv"
    people = put(tmp_path / "people.csv", roster(40))
    with only_writer(out):
        refused = decide(small, people, out)
    assert refused.exit_code == 1
    assert "another finsam-report is writing arms.csv" in refused.output
    assert not out.exists()
    assert decide(small, people, out).exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == [
        "arms.csv", "arms.csv.audit.json", "people.csv",
    ]  # fmt: skip
