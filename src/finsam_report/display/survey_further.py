"""Beyond the comparison of arms: later answers, staff, open answers, what could be found."""

from __future__ import annotations

import math

from finsam_report.display.context import Context
from finsam_report.display.format import NONE, decimals
from finsam_report.display.lookup import Row
from finsam_report.display.sentences import level
from finsam_report.display.survey_effects import family_groups, in_order
from finsam_report.display.survey_names import declared
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import (
    coded_note,
    estimate_cell,
    frame_of,
    interval_cell,
    n_cell,
    suppression_note,
)

THEME = "theme="
ARMS = ("support", "control")


def people(row: Row) -> float:
    """People behind a row, of one arm where the other was not asked."""
    known = [n for n in (row.n_support, row.n_control) if not math.isnan(n)]
    return sum(known) if known and row.known else math.nan


def waves(rows: list[Row]) -> list[float]:
    """The surveys that rows belong to, in the order of time."""
    return sorted({row.horizon for row in rows})


def survey_at(context: Context, months: float) -> str:
    """Such as "Survey 2, after 6 months"."""
    part = declared(context)
    wave = next((w.wave for w in part.waves if float(w.month) == months), 0)
    return context.word("wave", wave=wave, month=int(months))


def later_rows(context: Context) -> list[Row]:
    """Changes in the arm that alone was asked later, survey by survey."""
    rows = in_order(context, context.look.rows("survey", "later_wave", estimator="paired_change"))
    return sorted(rows, key=lambda row: row.horizon)


def _paired(
    context: Context, name: str, rows: list[Row], heads: tuple[str, str, str], note: str
) -> Table:
    """One mean, the other, and the difference within the same people."""
    word, cells, groups = context.word, [], []
    for row in rows:
        places = decimals(row.unit, row.sizes)
        groups.append(survey_at(context, row.horizon))
        cells.append(
            (
                context.outcome("survey", row.outcome),
                context.fmt.number(row.control_mean, places),
                context.fmt.number(row.control_mean + row.estimate, places),
                estimate_cell(context, row, places),
                interval_cell(context, row, places),
                context.fmt.number(people(row)),
            )
        )
    return Table(
        name=name,
        columns=(
            Column(word("head-item"), "left", wide=True),
            *(Column(head) for head in heads),
            Column(word("head-interval", level=level(context)), whole=True),
            Column(word("head-pairs")),
        ),
        rows=tuple(cells),
        groups=tuple(groups) if len(set(groups)) > 1 else (),
        notes=(
            note,
            *coded_note(context),
            *suppression_note(context, cells),
        ),
        data=frame_of(rows),
    )


def later_wave(context: Context) -> Table:
    """Change since the primary survey in the arm that alone was asked later."""
    part, word = declared(context), context.word
    before = survey_at(context, float(part.wave(part.primary_wave).month))
    return _paired(
        context,
        "survey-later-wave",
        later_rows(context),
        (word("head-mean-at", survey=before), word("head-mean-later"), word("head-change")),
        word("note-later-wave", level=level(context)),
    )


def staff_rows(context: Context) -> list[Row]:
    """Gaps between staff and participants, survey by survey."""
    rows = in_order(context, context.look.rows("survey", "staff", estimator="paired_gap"))
    return sorted(rows, key=lambda row: row.horizon)


def staff(context: Context) -> Table:
    """Staff's answers beside those of the people they speak of."""
    word = context.word
    heads = (word("head-own-mean"), word("head-staff-mean"), word("head-staff-gap"))
    note = word("note-staff", level=level(context))
    return _paired(context, "survey-staff", staff_rows(context), heads, note)


def themes(context: Context) -> list[str]:
    """What open answers are counted by: whether anything was written, then each theme."""
    return ["wrote", *(f"{THEME}{theme.value}" for theme in declared(context).themes)]


def theme_name(context: Context, outcome: str) -> str:
    """The label of a theme, or what stands for all."""
    if outcome in ("wrote", "all_themes"):
        return context.word("theme-wrote" if outcome == "wrote" else "theme-all")
    value = outcome.removeprefix(THEME)
    labels = {theme.value: context.label(theme.label) for theme in declared(context).themes}
    return labels.get(value, value)


def open_row(context: Context, outcome: str, group: str, horizon: float) -> Row | None:
    """A share of an arm, or the difference between the arms (group "all")."""
    estimator = "unadjusted" if group == "all" else "share"
    return context.look.row(
        "survey", "open_answers", outcome, estimator, group=group, horizon=horizon
    )


def open_answers(context: Context) -> Table:
    """Who wrote something, and on what themes, by arm."""
    word, rows, groups, used = context.word, [], [], []
    found = context.look.rows("survey", "open_answers")
    for horizon in waves(found):
        for outcome in themes(context):
            shares = [open_row(context, outcome, f"arm:{arm}", horizon) for arm in ARMS]
            gap = open_row(context, outcome, "all", horizon)
            if not any(shares):
                continue
            used += [row for row in (*shares, gap) if row is not None]
            cells: list[str] = []
            for row in shares:
                if row is None:
                    cells += [NONE, NONE]
                else:
                    cells += [
                        context.fmt.number(people(row)), context.fmt.number(row.estimate, 1)
                    ]  # fmt: skip
            groups.append(survey_at(context, horizon))
            rows.append(
                (theme_name(context, outcome), *cells, estimate_cell(context, gap, 1),
                 interval_cell(context, gap, 1))
            )  # fmt: skip
    labels = context.arm_labels("survey")
    return Table(
        name="survey-open-answers",
        columns=(
            Column(word("head-theme"), "left", wide=True),
            *(
                Column(head)
                for label in labels
                for head in (word("head-open-n", arm=label), word("head-open-share", arm=label))
            ),
            Column(word("head-open-gap")),
            Column(word("head-interval", level=level(context)), whole=True),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        notes=(word("note-open-answers"), *suppression_note(context, rows)),
        data=frame_of(used),
    )


def agreement(context: Context) -> Table:
    """How far two coders agree on each theme."""
    word, rows, groups, used = context.word, [], [], []
    found = context.look.rows("survey", "agreement", estimator="kappa")
    order = [*themes(context)[1:], "all_themes"]
    for horizon in waves(found):
        own = [row for row in found if row.horizon == horizon and row.outcome in order]
        for kappa in sorted(own, key=lambda row: order.index(row.outcome)):
            same = context.look.row(
                "survey", "agreement", kappa.outcome, "percent_agreement", horizon=horizon
            )
            used += [kappa, *([same] if same else [])]
            groups.append(survey_at(context, horizon))
            rows.append(
                (
                    theme_name(context, kappa.outcome),
                    context.fmt.number(kappa.estimate, 2),
                    interval_cell(context, kappa, 2),
                    NONE if same is None else context.fmt.number(same.estimate, 1),
                    n_cell(context, kappa),
                )
            )
    return Table(
        name="survey-agreement",
        columns=(
            Column(word("head-theme"), "left", wide=True),
            Column(word("head-kappa")),
            Column(word("head-interval", level=level(context)), whole=True),
            Column(word("head-same")),
            Column(word("head-read")),
        ),
        rows=tuple(rows),
        groups=tuple(groups) if len(set(groups)) > 1 else (),
        notes=(word("note-agreement"), *suppression_note(context, rows)),
        data=frame_of(used),
    )


def mde_rows(context: Context, estimator: str) -> list[Row]:
    """Smallest effects that would have been found, item by item."""
    return in_order(context, context.look.rows("survey", "mde", estimator=estimator))


def mde(context: Context) -> Table:
    """The smallest effect on each item that the experiment would have found."""
    word, rows, used = context.word, [], []
    found = mde_rows(context, "lin")
    standard = {row.outcome: row for row in mde_rows(context, "lin_standardised")}
    for row in found:
        other = standard.get(row.outcome)
        used += [row, *([other] if other else [])]
        rows.append(
            (
                context.outcome("survey", row.outcome),
                context.fmt.number(row.estimate, decimals(row.unit)),
                NONE if other is None else context.fmt.number(other.estimate, 2),
                context.fmt.number(row.n_support),
                context.fmt.number(row.n_control),
            )
        )
    return Table(
        name="survey-mde",
        columns=(
            Column(word("head-item"), "left", wide=True),
            Column(word("head-mde-points")),
            Column(word("head-mde-sd")),
            *(Column(word("head-arm-n", arm=label)) for label in context.arm_labels("survey")),
        ),
        rows=tuple(rows),
        groups=family_groups(context, [row.outcome for row in found]),
        notes=(
            word(
                "note-mde",
                power=context.fmt.tick(100 * context.study.analysis.power),
                level=level(context),
            ),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )
