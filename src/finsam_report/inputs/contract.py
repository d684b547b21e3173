"""What each table must hold: one definition per column, from the declarations of the study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from finsam_report.study import Covariate, Register, Survey
from finsam_report.study_pieces import LAST_PERIOD

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema

Kind = Literal["text", "category", "number", "whole", "binary", "date"]


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        name: Heading in the file.
        kind: How the cells are read.
        required: Whether the column must be there.
        empty: Whether a cell may be empty.
        values: Allowed values, for kind "category".
        minimum: Smallest allowed number.
        maximum: Largest allowed number.
        personal: Whether a cell says something of a person, so that it is never printed.
    """

    name: str
    kind: Kind
    required: bool = True
    empty: bool = False
    values: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    personal: bool = True

    def expected(self) -> str:
        """What a cell should hold, in words."""
        match self.kind:
            case "category":
                text = "one of " + ", ".join(self.values)
            case "binary":
                text = "0 or 1"
            case "date":
                text = "a date like 2019-08-01 or a month like 2019-08"
            case "text":
                text = "text"
            case _:
                text = "a whole number" if self.kind == "whole" else "a number"
                low, high = self.minimum, self.maximum
                if low is not None and high is not None:
                    text += f" from {low:g} to {high:g}"
                elif low is not None:
                    text += f", {low:g} or more"
                elif high is not None:
                    text += f", {high:g} or less"
        return text + (" (may be empty)" if self.empty else "")


@dataclass(frozen=True)
class Table:
    """A table of the contract: its file, its columns, and what makes a row unique."""

    file: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

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
        )
        for covariate in covariates
    ]


def participants(part: Survey | Register) -> Table:
    """The table of those who were randomised, a row per person."""
    known = {covariate.id for covariate in part.covariates}
    blocks = [
        Column(name, "text", personal=False) for name in part.assignment.blocks if name not in known
    ]
    arms = (part.arms.support.value, part.arms.control.value)
    columns = [
        Column("person", "text"),
        *blocks,
        Column("arm", "category", values=arms, personal=False),
        *_covariates(part.covariates, part.assignment.blocks),
    ]
    if part.take_up:
        columns.append(Column("met_team", "binary"))
    columns.append(Column("met_date", "date", required=False, empty=True))
    return Table(part.participants, tuple(columns), ("person",))


def answers(part: Survey) -> Table:
    """The table of answers, a row per person and wave that came back."""
    items = [
        Column(item.id, "whole", empty=True, minimum=item.minimum, maximum=item.maximum)
        for item in part.items
    ]
    columns = (
        Column("person", "text"),
        Column("wave", "category", values=tuple(str(w.wave) for w in part.waves), personal=False),
        Column("answered", "date", required=False, empty=True),
        *items,
    )
    return Table(part.answers, columns, ("person", "wave"))


def outcomes(part: Register) -> Table:
    """The table of outcomes, a row per person and period since the draw."""
    columns = [
        Column("person", "text"),
        Column("period", "whole", minimum=-LAST_PERIOD, maximum=LAST_PERIOD, personal=False),
    ]
    for name in dict.fromkeys(outcome.column for outcome in part.outcomes):
        # Several outcomes may be made from one column; its own declaration gives the range.
        made = [outcome for outcome in part.outcomes if outcome.column == name]
        own = next((outcome for outcome in made if outcome.id == name), None)
        share = any(outcome.unit == "share" for outcome in made)
        columns.append(
            Column(
                name,
                "binary" if share else "number",
                empty=True,
                minimum=own.minimum if own else None,
                maximum=own.maximum if own else None,
            )
        )
    return Table(part.outcome_table, tuple(columns), ("person", "period"))


def schema(table: Table, present: Sequence[str]) -> DataFrameSchema:
    """The pandera schema of the columns of a table that are there.

    Cells that could not be read are reported before; here they count as empty.
    """
    import pandera.pandas as pa

    columns = {}
    for column in table.columns:
        if column.name not in present:
            continue
        checks = []
        if column.kind == "category":
            checks.append(pa.Check.isin(list(column.values), name="values"))
        if column.kind == "binary":
            checks.append(pa.Check.isin([0.0, 1.0], name="values"))
        if column.kind == "whole":
            checks.append(pa.Check(lambda s: s == s.round(), name="whole"))
        if column.minimum is not None:
            checks.append(pa.Check.ge(column.minimum, name="range"))
        if column.maximum is not None:
            checks.append(pa.Check.le(column.maximum, name="range"))
        columns[column.name] = pa.Column(checks=checks, nullable=True, required=True)
    return pa.DataFrameSchema(columns)
