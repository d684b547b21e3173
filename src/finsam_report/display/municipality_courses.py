"""Tables of the municipality chapter: effects over time, and how alike trends were before."""

from __future__ import annotations

import math
from collections.abc import Sequence

from finsam_report.display.context import Context
from finsam_report.display.format import NONE, SUPPRESSED
from finsam_report.display.lookup import Row
from finsam_report.display.municipality_names import (
    ALL,
    MAIN,
    PART,
    declared,
    interval,
    main_outcomes,
    outcome,
    overall,
    p,
    places,
    with_error,
)
from finsam_report.display.sentences import level
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import frame_of, suppression_note

ABREAST = 5  # outcomes that fit beside one another on a page


def by_time(context: Context, analysis: str, name: str) -> dict[float, Row]:
    """Effects on an outcome among everybody, by horizon."""
    rows = context.look.rows(PART, analysis, outcome=name, estimator=MAIN, group=ALL)
    return {row.horizon: row for row in rows if not math.isnan(row.horizon)}


def _abreast(
    context: Context,
    analysis: str,
    names: Sequence[str],
    digits: int,
    head: str,
) -> tuple[list[tuple[str, ...]], list[str], list[Row]]:
    """Effects by time, outcomes beside one another; cells, groups, and the rows used."""
    found = {name: by_time(context, analysis, name) for name in names}
    times = sorted({at for rows in found.values() for at in rows})
    cells = [
        (
            _moment(context, analysis, at),
            *(with_error(context, found[name].get(at), digits) for name in names),
        )
        for at in times
    ]
    used = [found[name][at] for name in names for at in times if at in found[name]]
    return cells, [head] * len(cells), used


def _moment(context: Context, analysis: str, at: float) -> str:
    return context.fmt.number(at) if analysis == "event" else str(int(at))


def _stacked(
    context: Context, analysis: str, names: Sequence[str], digits: int, head: str
) -> tuple[list[tuple[str, ...]], list[str], list[Row]]:
    """Effects by time, outcomes under one another where there are too many."""
    cells: list[tuple[str, ...]] = []
    groups, used = [], []
    for name in names:
        for at, row in sorted(by_time(context, analysis, name).items()):
            groups.append(f"{outcome(context, name)}{head}")
            cells.append(
                (
                    _moment(context, analysis, at),
                    with_error(context, row, digits),
                    interval(context, row, digits),
                )
            )
            used.append(row)
    return cells, groups, used


def _table(
    context: Context, name: str, first: str, parts: Sequence[tuple[str, str]], note: str
) -> Table:
    """A table of effects by time; ``parts`` are analyses, each with a heading."""
    names = main_outcomes(context)
    rows: list[tuple[str, ...]] = []
    groups: list[str] = []
    used: list[Row] = []
    every = [
        row
        for a, _ in parts
        for outcome_id in names
        for row in by_time(context, a, outcome_id).values()
    ]
    digits, abreast = places(every), len(names) <= ABREAST
    for analysis, head in parts:
        make = _abreast if abreast else _stacked
        text = head if abreast or not head else f": {head}"
        cells, under, behind = make(context, analysis, names, digits, text)
        rows, groups, used = rows + cells, groups + under, used + behind
    heads = (
        [Column(outcome(context, item)) for item in names]
        if abreast
        else [
            Column(context.word("municipality-head-effect-se")),
            Column(context.word("head-interval", level=level(context))),
        ]
    )
    return Table(
        name=name,
        columns=(Column(first, "left"), *heads),
        rows=tuple(rows),
        groups=tuple(groups) if any(groups) else (),
        notes=(note, *suppression_note(context, rows)),
        data=frame_of(used),
    )


def course(context: Context) -> Table:
    """Effects on every main outcome by years since joining."""
    word = context.word
    part = declared(context)
    note = word("municipality-note-course", base=part.base, anticipation=part.anticipation)
    return _table(
        context, "municipality-course", word("municipality-head-since"), [("event", "")], note
    )


def averages(context: Context) -> Table:
    """Effects by year of joining and by calendar year."""
    word = context.word
    there = [
        (kind, word(f"municipality-by-{kind}"))
        for kind in ("group", "calendar")
        if context.look.rows(PART, kind, estimator=MAIN)
    ]
    note = word("municipality-note-averages")
    return _table(context, "municipality-averages", word("municipality-head-year"), there, note)


def trends(context: Context) -> Table:
    """The test of trends before joining, what it would have found, and what that would add."""
    word, look = context.word, context.look
    rows, used = [], []
    effects = [overall(context, name) for name in main_outcomes(context)]
    digits = places(effects)
    for effect in effects:
        if effect is None:
            continue
        name = effect.outcome
        test = look.row(PART, "pretest", name, "wald")
        mean = overall(context, name, estimator="cs_event") or effect
        power = [
            look.row(PART, "pretest_power", name, kind)
            for kind in ("slope_50", "slope_80", "bias_80")
        ]
        used += [row for row in (test, *power, mean) if row is not None]
        rows.append(
            (
                outcome(context, name),
                _statistic(context, test),
                p(context, None if test is None else test.p_value),
                *(_size(context, row, digits + 1) for row in power[:2]),
                _size(context, power[2], digits),
                _size(context, mean, digits),
            )
        )
    return Table(
        name="municipality-trends",
        columns=(
            Column(word("head-outcome"), "left", wide=True),
            Column(word("municipality-head-wald")),
            Column("p"),
            Column(word("municipality-head-slope", power="50")),
            Column(word("municipality-head-slope", power="80")),
            Column(word("municipality-head-bias", power="80")),
            Column(word("municipality-head-found")),
        ),
        rows=tuple(rows),
        notes=(word("municipality-note-trends"), *suppression_note(context, rows)),
        data=frame_of(used),
    )


def _statistic(context: Context, row: Row | None) -> str:
    if row is None or not row.known:
        return NONE
    df = context.fmt.number(row.n_support)
    return f"{context.fmt.number(row.estimate, 1)} ({df})"


def _size(context: Context, row: Row | None, digits: int) -> str:
    if row is None:
        return NONE
    return context.fmt.number(row.estimate, digits) if row.known else SUPPRESSED


def breakdown(context: Context, name: str, kind: str) -> Row | None:
    """The bound from which on the robust interval includes zero; "smoothness" or "relative"."""
    return context.look.row(PART, "honest_breakdown", name, kind)


def bent(context: Context, name: str, share: float) -> Row | None:
    """The robust interval if trends bend by so many times the largest bend before joining."""
    look = context.look
    most = look.row(PART, "honest", name, "largest_bend")
    rows = look.rows(PART, "honest", outcome=name, estimator="smoothness", group=ALL)
    if most is None or not rows:
        return None
    wanted = share * most.estimate
    return min(rows, key=lambda row: abs(row.horizon - wanted))


def target_years(context: Context) -> int:
    """Over how many years from joining on the effect in these intervals is an average."""
    rows = context.look.rows(PART, "honest", estimator="target_years")
    return int(max((row.estimate for row in rows), default=0))


def sensitivity(context: Context) -> Table:
    """Robust intervals if trends are not parallel, and where they come to include zero."""
    word, fmt, look = context.word, context.fmt, context.look
    rows, used = [], []
    names = main_outcomes(context)
    digits = places([overall(context, name) for name in names])
    for name in names:
        middle = look.row(PART, "honest", name, "parallel")
        if middle is None:
            continue
        robust = [
            bent(context, name, 0.0),
            bent(context, name, 1.0),
            look.row(PART, "honest", name, "relative", horizon=1.0),
        ]
        limits = [breakdown(context, name, kind) for kind in ("smoothness", "relative")]
        used += [row for row in (middle, *robust, *limits) if row is not None]
        rows.append(
            (
                outcome(context, name),
                _size(context, middle, digits),
                *(_ends(context, row, digits) for row in robust),
                _limit(context, limits[0], digits + 1),
                _limit(context, limits[1], 2),
            )
        )
    return Table(
        name="municipality-sensitivity",
        columns=(
            Column(word("head-outcome"), "left", wide=True),
            Column(word("municipality-head-parallel")),
            Column(word("municipality-head-straight")),
            Column(word("municipality-head-bend")),
            Column(word("municipality-head-change")),
            Column(word("municipality-head-bend-limit")),
            Column(word("municipality-head-change-limit")),
        ),
        rows=tuple(rows),
        notes=(
            word(
                "municipality-note-sensitivity",
                level=level(context),
                years=target_years(context),
                number=fmt.words(target_years(context)),
            ),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )


def _ends(context: Context, row: Row | None, digits: int) -> str:
    """An interval whose middle is no estimate."""
    if row is None or math.isnan(row.ci_low):
        return NONE
    low, high = context.fmt.ends(row.ci_low, row.ci_high, digits)
    return context.word("interval", low=low, high=high).replace(" ", "\u00a0")


def _limit(context: Context, row: Row | None, digits: int) -> str:
    """A bound that overturns; a plain nought where the interval always includes zero."""
    if row is not None and row.estimate == 0:
        return context.fmt.number(0.0)
    return _size(context, row, digits)
