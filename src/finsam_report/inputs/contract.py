"""What each table must hold: one definition per column, from the declarations of the study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from finsam_report.inputs import meanings
from finsam_report.study import Covariate, Label, Register, Study, Survey
from finsam_report.study_pieces import LAST_PERIOD

Kind = Literal["text", "category", "number", "whole", "binary", "date"]

# What cells of a kind hold, in words; numbers add their range and categories their values.
HOLDS: dict[Kind, Label] = {
    "text": Label(en="text", sv="text"),
    "category": Label(en="one of", sv="något av"),
    "number": Label(en="a number", sv="ett tal"),
    "whole": Label(en="a whole number", sv="ett heltal"),
    "binary": Label(en="0 or 1", sv="0 eller 1"),
    "date": Label(
        en="a date like 2019-08-01 or a month like 2019-08",
        sv="ett datum som 2019-08-01 eller en månad som 2019-08",
    ),
}
_FROM_TO = Label(en=" from {} to {}", sv=" från {} till {}")
_AT_LEAST = Label(en=", {} or more", sv=", {} eller mer")
_AT_MOST = Label(en=", {} or less", sv=", {} eller mindre")


def _plain(number: float, language: str) -> str:
    text = f"{number:.15g}"
    return text.replace(".", ",") if language == "sv" else text


@dataclass(frozen=True)
class Column:
    """A column of a table: the one definition that check, templates and dictionary are made from.

    Attributes:
        name: Heading in the file.
        kind: How the cells are read.
        required: Whether the column must be there.
        empty: Whether a cell may be empty.
        values: Allowed values, for kind "category".
        minimum: Smallest allowed number.
        maximum: Largest allowed number.
        personal: Whether a cell says something of a person, so that it is never printed.
        meaning: What a cell means.
        unit: Unit of the numbers, where there is one.
        labels: What the values mean, one for each of them, or none at all.
    """

    name: str
    kind: Kind
    required: bool = True
    empty: bool = False
    values: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    personal: bool = True
    meaning: Label | None = None
    unit: Label | None = None
    labels: tuple[Label, ...] = ()

    def holds(self, language: str = "en", values: Sequence[str] | None = None) -> str:
        """What a cell holds, in words.

        Args:
            language: "en" or "sv".
            values: What to write in place of the allowed values.
        """
        text = HOLDS[self.kind].text(language)
        if self.kind == "category":
            return f"{text} {', '.join(self.values if values is None else values)}"
        if self.kind not in ("number", "whole"):
            return text
        ends = [_plain(n, language) for n in (self.minimum, self.maximum) if n is not None]
        if len(ends) == 2:
            return text + _FROM_TO.text(language).format(*ends)
        if ends:
            more = _AT_LEAST if self.minimum is not None else _AT_MOST
            return text + more.text(language).format(*ends)
        return text

    def expected(self) -> str:
        """What a cell should hold, in words for a problem."""
        return self.holds() + (" (may be empty)" if self.empty else "")


@dataclass(frozen=True)
class Table:
    """A table of the contract: its file, its columns, and what makes a row unique.

    Attributes:
        file: Name of the file in the study directory.
        columns: The columns, in the order of a template.
        key: Columns that together name a row.
        name: Name of the table, the same for every study.
        row: What a row is.
    """

    file: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    name: str = ""
    row: Label | None = None

    def column(self, name: str) -> Column:
        """The column of this name."""
        return next(column for column in self.columns if column.name == name)


def _covariates(covariates: Sequence[Covariate], blocks: Sequence[str]) -> list[Column]:
    kinds: dict[str, Kind] = {"binary": "binary", "number": "number", "category": "category"}
    return [
        Column(
            covariate.id,
            kinds[covariate.kind],
            empty=covariate.id not in blocks,
            values=tuple(level.value for level in covariate.levels),
            minimum=covariate.minimum,
            maximum=covariate.maximum,
            meaning=meanings.covariate(
                covariate.label, binary=covariate.kind == "binary", block=covariate.id in blocks
            ),
            unit=covariate.unit,
            labels=tuple(level.label for level in covariate.levels),
        )
        for covariate in covariates
    ]


def _optional_date(name: str, meaning: Label) -> Column:
    return Column(name, "date", required=False, empty=True, meaning=meaning)


EXITS = ("death", "emigration")


def _exits(period: str) -> list[Column]:
    """Where a person was no longer in the country, and why."""
    return [
        Column(
            "exit",
            "category",
            required=False,
            empty=True,
            values=EXITS,
            meaning=meanings.EXIT,
            labels=meanings.EXITS,
        ),
        Column(
            "exit_period",
            "whole",
            required=False,
            empty=True,
            minimum=0,
            maximum=LAST_PERIOD,
            meaning=meanings.EXIT_PERIOD,
            unit=meanings.MANY_PERIODS[period],
        ),
    ]


def participants(part: Survey | Register) -> Table:
    """The table of those who were randomised, a row per person."""
    known = {covariate.id for covariate in part.covariates}
    arms = (part.arms.support, part.arms.control)
    survey = isinstance(part, Survey)
    columns = [
        Column("person", "text", meaning=meanings.PERSON),
        *(
            Column(name, "text", personal=False, meaning=meanings.BLOCK)
            for name in part.assignment.blocks
            if name not in known
        ),
        _optional_date("referred", meanings.REFERRED),
        _optional_date("randomised", meanings.RANDOMISED),
        Column(
            "arm",
            "category",
            values=tuple(arm.value for arm in arms),
            personal=False,
            meaning=meanings.ARM,
            labels=tuple(arm.label for arm in arms),
        ),
    ]
    if survey:
        columns.append(
            Column("consent", "binary", required=False, empty=True, meaning=meanings.CONSENT)
        )
    columns += _covariates(part.covariates, part.assignment.blocks)
    if part.take_up:
        met = meanings.met_team(part.treatment, survey=survey)
        columns.append(Column("met_team", "binary", meaning=met))
    columns.append(_optional_date("met_date", meanings.MET_DATE))
    if isinstance(part, Register):
        columns += _exits(part.period)
    return Table(
        part.participants,
        tuple(columns),
        ("person",),
        "survey-participants" if survey else "register-participants",
        meanings.ROW_PERSON,
    )


def answers(part: Survey) -> Table:
    """The table of answers, a row per person and wave that came back."""
    items = [
        Column(
            item.id,
            "whole",
            empty=True,
            minimum=item.minimum,
            maximum=item.maximum,
            meaning=meanings.item(item),
            unit=meanings.SCALE_POINTS,
        )
        for item in part.items
    ]
    columns = (
        Column("person", "text", meaning=meanings.PERSON),
        Column(
            "wave",
            "category",
            values=tuple(str(wave.wave) for wave in part.waves),
            personal=False,
            meaning=meanings.WAVE,
            labels=tuple(meanings.wave(wave) for wave in part.waves),
        ),
        _optional_date("answered", meanings.ANSWERED),
        *items,
    )
    return Table(part.answers, columns, ("person", "wave"), "survey-answers", meanings.ROW_ANSWER)


def outcomes(part: Register, *, prices: bool = False) -> Table:
    """The table of outcomes, a row per person and period since the draw.

    Args:
        part: The part as declared.
        prices: Whether the study has a price index.
    """
    columns = [
        Column("person", "text", meaning=meanings.PERSON),
        Column(
            "period",
            "whole",
            minimum=-LAST_PERIOD,
            maximum=LAST_PERIOD,
            personal=False,
            meaning=meanings.period(part.period),
            unit=meanings.MANY_PERIODS[part.period],
        ),
    ]
    for name in dict.fromkeys(n for outcome in part.outcomes for n in outcome.columns):
        # Several outcomes may be made from one column; its own declaration gives the range.
        made = [outcome for outcome in part.outcomes if name in outcome.columns]
        own = next((outcome for outcome in made if outcome.id == name), None)
        share = any(outcome.unit == "share" and outcome.above is None for outcome in made)
        columns.append(
            Column(
                name,
                "binary" if share else "number",
                empty=True,
                minimum=own.minimum if own else None,
                maximum=own.maximum if own else None,
                meaning=meanings.outcome(made, name, part.period, binary=share, prices=prices),
                unit=meanings.outcome_unit(made),
            )
        )
    return Table(
        part.outcome_table,
        tuple(columns),
        ("person", "period"),
        "register-outcomes",
        meanings.row_period(part.period),
    )


def tables(study: Study) -> tuple[Table, ...]:
    """Every table that a study declares."""
    out: list[Table] = []
    if study.survey is not None:
        out += [participants(study.survey), answers(study.survey)]
    if study.register_ is not None:
        prices = study.prices is not None
        out += [participants(study.register_), outcomes(study.register_, prices=prices)]
    # Late, because the contract of the other parts is written in the words of this one.
    from finsam_report.inputs.parts_contract import other_tables

    return (*out, *other_tables(study))
