"""Tables of the municipality chapter: other estimators, other choices, and what they rest on."""

from __future__ import annotations

from finsam_report.display.context import Context
from finsam_report.display.format import NONE
from finsam_report.display.lookup import Row
from finsam_report.display.municipality_courses import ABREAST
from finsam_report.display.municipality_names import (
    ALL,
    MAIN,
    PART,
    SEXES,
    declared,
    main_outcomes,
    outcome,
    overall,
    places,
    robust,
    sex,
    with_error,
)
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import frame_of, suppression_note

# What is named for how it estimates, and what for a choice within the main way of estimating.
ANTICIPATION = "anticipation"
ESTIMATORS = ("never", "not_yet", "dr", "imputation", "twfe")
CHOICES = (
    "cs_group", "cs_event", "cs_calendar", *ESTIMATORS[:3], "weighted", "unweighted",
    ANTICIPATION, "drop_late", *ESTIMATORS[3:], "county_trends",
)  # fmt: skip
# Of these the estimate is the main one, and only its standard error another.
ERRORS = ("cluster_association", "cluster_municipality", "uncorrected", "bootstrap")
# Specifications whose short name needs a sentence under the table.
NOTED = (
    "never", "dr", "weighted", "cluster_association", "uncorrected", "bootstrap", ANTICIPATION,
    "drop_late", "county_trends",
)  # fmt: skip
KINDS = ("treated_never", "later_earlier", "earlier_later", "treated_always")


def estimate(context: Context, name: str, spec: str, who: str = ALL) -> Row | None:
    """The overall effect under a specification; the main one under its own name."""
    if spec == MAIN or spec.startswith("cs_"):
        return overall(context, name, who, spec)
    return robust(context, name, spec, who)


def made(context: Context, wanted: tuple[str, ...]) -> list[str]:
    """The main estimate and those of the wanted specifications that the study has."""
    look = context.look
    there = {row.estimator for row in look.rows(PART, "robustness")}
    there |= {row.estimator for row in look.rows(PART, "overall")}
    found = [MAIN]
    for spec in wanted:
        # The number of years of anticipation is part of the name.
        found += sorted(
            one
            for one in there
            if one == spec or (one.startswith(f"{spec}_") and spec == ANTICIPATION)
        )
    return found


def short(context: Context, spec: str) -> str:
    """The name of a specification in a table."""
    name, _, years = spec.partition("_") if spec.startswith("anticipation") else (spec, "", "0")
    return context.word(f"municipality-short-{name}", years=int(years))


def estimators(context: Context) -> Table:
    """The effect among everybody by estimator."""
    word, specs = context.word, made(context, ESTIMATORS)
    names = main_outcomes(context)
    table = {(n, s): estimate(context, n, s) for n in names for s in specs}
    digits = places(table.values())
    rows = [
        (outcome(context, n), *(with_error(context, table[n, s], digits) for s in specs))
        for n in names
    ]
    return Table(
        name="municipality-estimators",
        columns=(
            Column(word("head-outcome"), "left", wide=True),
            *(Column(short(context, spec)) for spec in specs),
        ),
        rows=tuple(rows),
        notes=(word("municipality-note-estimators"), *suppression_note(context, rows)),
        data=frame_of([row for row in table.values() if row is not None]),
    )


def bacon(context: Context) -> Table:
    """Weights of the comparisons behind the two-way regression, and their mean effects."""
    word, fmt, look = context.word, context.fmt, context.look
    names = [name for name in main_outcomes(context) if look.rows(PART, "bacon", outcome=name)][
        :ABREAST
    ]
    table = {
        (name, kind): look.row(PART, "bacon", name, "bacon", group=f"type={kind}")
        for name in names
        for kind in KINDS
    }
    digits = places([overall(context, name) for name in names])
    rows, used = [], [row for row in table.values() if row is not None]
    for kind in KINDS:
        line = [table[name, kind] for name in names]
        known = [row for row in line if row is not None]
        if not known:
            continue
        shares = {round(row.control_mean, 3) for row in known}
        one = fmt.number(100 * shares.pop(), 1) if len(shares) == 1 else NONE
        cells = (NONE if row is None else fmt.number(row.estimate, digits) for row in line)
        rows.append((word(f"municipality-comparison-{kind}"), one, *cells))
    total = [robust(context, name, "twfe") for name in names]
    used += [row for row in total if row is not None]
    rows.append(
        (
            word("municipality-row-twfe"),
            fmt.number(100.0, 1),
            *(NONE if row is None else fmt.number(row.estimate, digits) for row in total),
        )
    )
    return Table(
        name="municipality-bacon",
        columns=(
            Column(word("municipality-head-kind"), "left"),
            Column(word("municipality-head-weight")),
            *(Column(outcome(context, name)) for name in names),
        ),
        rows=tuple(rows),
        notes=(word("municipality-note-bacon"), *suppression_note(context, rows)),
        data=frame_of(used),
        totals=1,
    )


def robustness(context: Context) -> Table:
    """Every specification, for all, women and men."""
    word, specs = context.word, made(context, CHOICES)
    names = main_outcomes(context)
    used: list[Row] = []
    rows: list[tuple[str, ...]] = []
    groups: list[str] = []
    every = [overall(context, name, who) for name in names for who in SEXES]
    digits, abreast = places(every), len(names) <= ABREAST
    for who in SEXES:
        for spec in specs:
            line = [estimate(context, name, spec, who) for name in names]
            known = [row for row in line if row is not None]
            if not known:
                continue
            used += known
            if abreast:
                groups.append(sex(context, who))
                cells = (with_error(context, row, digits) for row in line)
                rows.append((short(context, spec), *cells))
                continue
            for name, row in zip(names, line, strict=True):
                groups.append(f"{sex(context, who)}: {short(context, spec)}")
                rows.append((outcome(context, name), with_error(context, row, digits)))
    errors = _errors(context, names, digits + 1) if abreast else []
    rows += [cells for cells, _ in errors]
    groups += [word("municipality-errors")] * len(errors)
    used += [row for _, behind in errors[1:] for row in behind]
    first = word("municipality-head-choice" if abreast else "head-outcome")
    heads = (
        [Column(outcome(context, name)) for name in names]
        if abreast
        else [Column(word("municipality-head-effect-se"))]
    )
    return Table(
        name="municipality-robustness",
        columns=(Column(first, "left"), *heads),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(
            word("municipality-note-choices"),
            *(
                _note(context, spec)
                for spec in (*specs, *made(context, ERRORS)[1:])
                if spec.rstrip("_0123456789") in NOTED
            ),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )


def _errors(
    context: Context, names: list[str], digits: int
) -> list[tuple[tuple[str, ...], list[Row]]]:
    """Standard errors of the main estimates by kind: cells, and the rows behind them."""
    out = []
    for spec in made(context, ERRORS):
        line = [estimate(context, name, spec) for name in names]
        cells = (NONE if row is None else context.fmt.number(row.std_error, digits) for row in line)
        out.append(((short(context, spec), *cells), [row for row in line if row is not None]))
    return out if len(out) > 1 else []


def _note(context: Context, spec: str) -> str:
    """A sentence on a specification whose name does not say enough."""
    part = declared(context)
    name = ANTICIPATION if spec.startswith(ANTICIPATION) else spec
    return context.word(
        f"municipality-note-{name}",
        late=str(part.late or ""),
        draws=context.fmt.number(part.bootstrap),
    )
