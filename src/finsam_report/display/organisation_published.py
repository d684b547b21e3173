"""Published national figures: each with its source, none joined to another by a line."""

from __future__ import annotations

from finsam_report import published as figures
from finsam_report.display.context import Context
from finsam_report.display.lookup import Row
from finsam_report.display.organisation_names import ALL, MILLION, PART, places, span
from finsam_report.display.organisation_tables import missing_note
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import frame_of

ANALYSIS = "published"
# The columns of the table by year; the figures of two definitions stand in two.
BY_YEAR = (
    "associations", "municipalities", "state", "participants", "efforts_individual",
    "efforts_structural", "efforts_individual_other",
)  # fmt: skip


def published(context: Context, series: str) -> dict[int, Row]:
    """The published figures of a series by year, in order."""
    rows = context.look.rows(PART, ANALYSIS, outcome=series, group=ALL)
    return {int(r.horizon): r for r in sorted(rows, key=lambda r: r.horizon) if r.known}


def there(context: Context) -> bool:
    """Whether the ledger has published figures."""
    return bool(context.look.rows(PART, ANALYSIS))


def source(row: Row) -> str:
    """The key of a figure's source."""
    return row.estimator.split("|")[0]


def derived(row: Row) -> bool:
    """Whether a figure was worked out from others."""
    return "derived" in row.estimator.split("|")


def _declared(row: Row) -> figures.Figure | None:
    """A row's figure in the table that travels with the package."""
    return next(
        (
            one
            for one in figures.figures()
            if (one.series, one.year, one.estimator)
            == (row.outcome, int(row.horizon), row.estimator)
        ),
        None,
    )


def definition(context: Context, row: Row) -> str:
    """What exactly was counted."""
    one = _declared(row)
    return context.label(one.definition) if one else row.outcome


def how(context: Context, row: Row) -> str:
    """How a figure was worked out; empty for one that was published as it stands."""
    one = _declared(row)
    return context.label(one.derived) if one and one.derived else ""


def title(context: Context, key: str) -> str:
    """A source as a reader finds it, with its date."""
    one = figures.SOURCES.get(key)
    if one is None:
        return key
    return context.word(
        "organisation-published-source", title=context.label(one.title), date=one.date
    )


def written(context: Context, row: Row, *, unit: bool = True) -> str:
    """A figure in words: "about 21,400", "more than SEK 700 million"."""
    fmt = context.fmt
    if row.unit == "SEK":
        in_millions = row.estimate >= MILLION / 10
        amount = row.estimate / MILLION if in_millions else row.estimate
        digits = 0 if amount == round(amount) or not in_millions else places([amount])
        number = fmt.number(amount, digits)
        if unit:
            number = context.word("organisation-amount", number=number, millions=int(in_millions))
    elif row.unit == "year":
        number = str(int(row.estimate))
    else:
        whole = row.estimate == round(row.estimate)
        number = fmt.number(row.estimate, 0 if whole else 1)
        if unit and row.unit == "percent":
            number = fmt.with_unit(row.estimate, "percent", 0 if whole else 1)
    words = row.estimator.split("|")
    precision = next((one for one in ("about", "over") if one in words), "exact")
    return context.word("organisation-published", number=number, precision=precision)


def letters(rows: list[Row]) -> dict[str, str]:
    """A letter for each source, in the order of the sources of the package."""
    used = {source(row) for row in rows}
    order = [key for key in figures.SOURCES if key in used]
    order += sorted(used - set(order))
    return {key: chr(ord("a") + k) for k, key in enumerate(order)}


def sources_note(context: Context, marks: dict[str, str]) -> str:
    """The sources by their letters."""
    items = [f"{mark}: {title(context, key)}" for key, mark in marks.items()]
    return context.word("organisation-note-sources", items="; ".join(items))


def by_year(context: Context) -> Table:
    """What has been published on the size of the activity, year by year."""
    series = {name: published(context, name) for name in BY_YEAR}
    used = [name for name in BY_YEAR if series[name]]
    every = [row for name in used for row in series[name].values()]
    marks, missing = letters(every), context.word("organisation-no-figure")
    rows = []
    for year in span(*(series[name] for name in used), published(context, "first_formed")):
        cells = []
        for name in used:
            row = series[name].get(year)
            cells.append(
                missing
                if row is None
                else context.word(
                    "organisation-published-cell",
                    figure=written(context, row, unit=False),
                    source=marks[source(row)],
                    derived=int(derived(row)),
                )
            )
        rows.append((str(year), *cells))
    worked = [
        context.word(
            "organisation-published-worked", year=str(int(row.horizon)),
            what=context.word(f"organisation-published-{row.outcome.replace('_', '-')}"),
            how=how(context, row),
        )
        for row in every
        if derived(row)
    ]  # fmt: skip
    return Table(
        name="organisation-published",
        columns=(
            Column(context.word("organisation-head-year"), "left", whole=True),
            *(
                Column(
                    context.word(f"organisation-published-{name.replace('_', '-')}"),
                    whole=name == "participants",  # the only one with words in its cells
                )
                for name in used
            ),
        ),
        rows=tuple(rows),
        notes=(
            sources_note(context, marks),
            *([context.word("organisation-note-derived", items=" ".join(worked), some=1)]
              if worked else []),
            *missing_note(context, rows),
        ),
        data=frame_of(every),
    )  # fmt: skip


def others(context: Context) -> Table:
    """The other published figures, with what each counts and who says so."""
    rows_ = [
        row
        for row in context.look.rows(PART, ANALYSIS, group=ALL)
        if row.outcome not in BY_YEAR and row.known
    ]
    marks = letters(rows_)
    rows = [
        (
            " ".join(filter(None, (definition(context, row), how(context, row)))),
            str(int(row.horizon)),
            context.word(
                "organisation-published-cell",
                figure=written(context, row),
                source=marks[source(row)],
                derived=int(derived(row)),
            ),
        )
        for row in rows_
    ]
    return Table(
        name="organisation-published-others",
        columns=(
            Column(context.word("organisation-head-what"), "left", wide=True),
            Column(context.word("organisation-head-year"), whole=True),
            Column(context.word("organisation-head-figure"), whole=True),
        ),
        rows=tuple(rows),
        notes=(
            sources_note(context, marks),
            *(
                [context.word("organisation-note-derived", items="", some=0)]
                if any(derived(row) for row in rows_)
                else []
            ),
        ),
        data=frame_of(rows_),
    )
