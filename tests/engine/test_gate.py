"""The gate: what was rendered is read back, and nobody can be found in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import typst

from finsam_report import release
from finsam_report.engine import gate
from finsam_report.engine.gate_text import telling, words_of
from finsam_report.errors import FinsamError
from finsam_report.inputs.read import read_inputs

FIGURE = '<svg><defs><path d="M0 0L1 1"/></defs>{}</svg>'


class Rendered:
    """An output directory as an engine leaves it, and the study behind it."""

    def __init__(self, study: Path, output: Path) -> None:
        self.inputs = read_inputs(study)
        self.released = release.released_study(self.inputs)
        self.output = output
        for folder in ("tables", "figures"):
            (output / folder).mkdir(parents=True)
        self.released.write(output / "results.csv")
        self.put("report.en.html", "<p>Nobody in particular.</p>")

    def put(self, name: str, text: str) -> None:
        (self.output / name).write_text(text, "utf-8")

    def table(self, name: str, frame: pd.DataFrame) -> None:
        frame.to_csv(self.output / name, index=False)

    def rows(self) -> pd.DataFrame:
        frame = self.released.frame
        return frame[frame["analysis"] == "flow"].head(12).copy()

    def figure(self, drawn: str) -> None:
        self.table("figures/fig-one.csv", self.rows())
        self.put("figures/fig-one.svg", FIGURE.format(drawn))

    def check(self, *said: str) -> None:
        gate.check(self.output, self.inputs, self.released, said)

    def refused(self, *said: str) -> str:
        with pytest.raises(FinsamError) as error:
            self.check(*said)
        return str(error.value)


@pytest.fixture
def rendered(small: Any, tmp_path: Path) -> Rendered:
    def named(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(person="Kod-" + frame["person"].astype(str))

    small.edit("people.csv", named)
    small.edit("answers.csv", named)
    return Rendered(small.directory, tmp_path / "out")


def test_a_report_of_released_numbers_passes(rendered: Rendered) -> None:
    rendered.figure('<path d="M0 0L1 1L2 2"/>' + "<use/>" * 20)
    rendered.table("tables/tbl-one.csv", rendered.rows())
    rendered.check()


@pytest.mark.parametrize(
    "text",
    ["<p>{}</p>", "<p>of {}.</p>", '<img alt="{}">', "<!-- {} -->", "<p>({})</p>", "<p>{},x</p>"],
)
def test_an_identifier_is_found_wherever_it_stands(rendered: Rendered, text: str) -> None:
    person = str(rendered.inputs.survey.participants["person"].iloc[3])
    rendered.put("report.en.html", text.format(person))
    told = rendered.refused()
    assert "report.en.html: an identifier from column 'person'" in told
    assert "(row 5)" in told
    assert person not in told


def test_an_identifier_is_found_in_every_kind_of_file(rendered: Rendered) -> None:
    person = str(rendered.inputs.survey.participants["person"].iloc[0])
    rendered.put("tables/tbl-one.csv", f"who\n{person}\n")
    rendered.figure(f"<text>{person.upper()}</text>")
    rendered.put("claims.csv", f"text\n{person}\n")
    told = rendered.refused()
    for name in ("tables/tbl-one.csv", "figures/fig-one.svg", "claims.csv"):
        assert f"{name}: an identifier" in told


def test_an_identifier_is_found_in_the_pdf(rendered: Rendered) -> None:
    person = str(rendered.inputs.survey.participants["person"].iloc[0])
    made = typst.compile(f"The first was {person}, who came.".encode(), format="pdf")
    (rendered.output / "report.en.pdf").write_bytes(made)
    assert "report.en.pdf: an identifier" in rendered.refused()


def test_a_word_that_the_documents_say_anyway_is_no_identifier(rendered: Rendered) -> None:
    person = str(rendered.inputs.survey.participants["person"].iloc[0])
    rendered.put("report.en.html", f"<p>{person}</p>")
    rendered.check(f"The documents speak of {person} themselves.")


@pytest.mark.parametrize(
    ("word", "sign"),
    [("17", False), ("2018", False), ("198112289874", True), ("P001", True), ("a1", False)],
)
def test_a_short_number_is_no_sign_of_a_person(word: str, sign: bool) -> None:
    assert telling(word) is sign


def test_an_identifier_of_several_words_is_found() -> None:
    words = words_of("<td>Anna Maria Berg</td>")
    assert words.holding(pd.Series(["Anna Berg", "Anna Maria Berg"])).tolist() == [1]


def test_a_number_that_the_ledger_does_not_hold_is_refused(rendered: Rendered) -> None:
    frame = rendered.rows()
    frame.iloc[2, frame.columns.get_loc("estimate")] += 1
    rendered.table("tables/tbl-one.csv", frame)
    assert "tables/tbl-one.csv, row 4: numbers that the released ledger" in rendered.refused()


def test_a_number_of_few_people_is_refused_even_where_the_ledger_holds_it(
    rendered: Rendered,
) -> None:
    frame = rendered.rows()
    frame.iloc[0, frame.columns.get_loc("estimate")] = 3
    leaky = release.Released(frame, rendered.released.door)
    rendered.table("tables/tbl-one.csv", frame)
    rendered.released = leaky
    assert "row 2: a number of fewer than 5 people" in rendered.refused()


def test_a_column_of_the_data_is_refused_in_any_order(rendered: Rendered) -> None:
    ages = rendered.inputs.survey.participants["age"].dropna().to_numpy()
    shuffled = np.random.default_rng(1).permutation(ages)
    rendered.table("tables/tbl-one.csv", pd.DataFrame({"x": shuffled}))
    assert "tables/tbl-one.csv, column 'x': the values of single people" in rendered.refused()


@pytest.mark.parametrize("drawn", ['<path d="M0 0' + "L1 1" * 200 + '"/>', "<use/>" * 200])
def test_a_figure_with_a_mark_for_each_person_is_refused(rendered: Rendered, drawn: str) -> None:
    rendered.figure(drawn)
    assert "figures/fig-one.svg: more marks than its table has rows" in rendered.refused()


def test_a_figure_without_its_numbers_is_refused(rendered: Rendered) -> None:
    rendered.put("figures/fig-one.svg", FIGURE.format(""))
    assert "a figure without the table of its numbers" in rendered.refused()
