"""Published national figures on coordination associations, each with its source.

The figures stand in ``published.csv``, a row each. Figures of different definitions are different
series, or carry different definitions within one: nothing that is drawn may run through both. What
was worked out from published figures says how.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, cast

from finsam_report.study_pieces import Label

Precision = Literal["exact", "about", "over"]


@dataclass(frozen=True)
class Source:
    """Where figures were published; ``key`` is that of the bibliography.

    ``date`` is that of publication, or the year that is told of where that is all that is known.
    """

    key: str
    title: Label
    date: str


@dataclass(frozen=True)
class Figure:
    """A published figure.

    Attributes:
        series: What is counted.
        year: The calendar year that it is of; of numbers of units, its end.
        value: The figure in ``unit``, or None where it was published and is not legible.
        unit: SEK, people, percent and the like.
        precision: Whether the source says "about" or "over".
        source: Key of the source.
        definition: What exactly was counted.
        derived: How the figure was worked out from others, or None where it was published.
    """

    series: str
    year: int
    value: float | None
    unit: str
    precision: Precision
    source: str
    definition: Label
    derived: Label | None

    @property
    def estimator(self) -> str:
        """Source and precision as the ledger names them, such as ``isf2023|about``."""
        more = [] if self.precision == "exact" else [self.precision]
        return "|".join([self.source, *more, *(["derived"] if self.derived else [])])


SOURCES = {
    source.key: source
    for source in (
        Source(
            "isf2023",
            Label(
                en="Summary of ISF's report 2023:2",
                sv="Sammanfattningen av ISF:s rapport 2023:2",
            ),
            "2023-03-31",
        ),
        Source(
            "fk2012",
            Label(
                en="Försäkringskassan's account of financial coordination in 2012",
                sv="Försäkringskassans redovisning av finansiell samordning 2012",
            ),
            "year 2012",
        ),
        Source(
            "fk2016",
            Label(
                en="Försäkringskassan's account of financial coordination in 2016",
                sv="Försäkringskassans redovisning av finansiell samordning 2016",
            ),
            "year 2016",
        ),
        Source(
            "finsam2019",
            Label(
                en="The associations' national website on the associations",
                sv="Finsam.se om samordningsförbunden",
            ),
            "2019-01",
        ),
        Source(
            "finsam2021",
            Label(
                en="The associations' national website on the year of the pandemic",
                sv="Finsam.se om pandemiåret",
            ),
            "2021-02-24",
        ),
        Source(
            "nns2012",
            Label(
                en="The associations' national network on its first indicators",
                sv="NNS om de första indikatorerna",
            ),
            "2012",
        ),
        Source(
            "nns2022",
            Label(
                en="The associations' national network on its indicators",
                sv="NNS om indikatorerna",
            ),
            "2022",
        ),
        Source(
            "af2019",
            Label(
                en="Arbetsförmedlingen's report back to the government in May 2019",
                sv="Arbetsförmedlingens återrapportering i maj 2019",
            ),
            "2019-05-17",
        ),
    )
}


@cache
def figures() -> tuple[Figure, ...]:
    """Every published figure, in the order of series and year."""
    text = resources.files("finsam_report").joinpath("published.csv").read_text(encoding="utf-8")
    return tuple(_figure(row) for row in csv.DictReader(text.splitlines()))


def _figure(row: dict[str, str]) -> Figure:
    return Figure(
        series=row["series"],
        year=int(row["year"]),
        value=float(row["value"]) if row["value"] else None,
        unit=row["unit"],
        precision=cast("Precision", row["precision"]),
        source=row["source"],
        definition=Label(en=row["definition_en"], sv=row["definition_sv"]),
        derived=Label(en=row["derived_en"], sv=row["derived_sv"]) if row["derived_en"] else None,
    )


def figure(series: str, year: int) -> Figure | None:
    """The figure of a series and a year, or None where none was found."""
    for one in figures():
        if (one.series, one.year) == (series, year) and one.value is not None:
            return one
    return None
