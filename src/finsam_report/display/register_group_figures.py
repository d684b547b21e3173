"""Figures of effects in subgroups of the register experiment, and paths of women and men."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from finsam_report.display import group_labels, path_figures, survey_forest, theme
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.findings import places
from finsam_report.display.lookup import Row
from finsam_report.display.register_groups import SEX, effect, structure, subgroup_rows
from finsam_report.display.register_names import PART, declared, effect_of, outcomes
from finsam_report.display.sentences import level
from finsam_report.display.survey_forest import Line, Mark, Panel
from finsam_report.display.trial_tables import frame_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

ON_A_PAGE = 4
PAGES = 3
COLOURS = ((theme.WOMEN, "-"), (theme.MEN, (0, (4, 1.5))), (theme.MUTED, (0, (1, 1))))


def pages(context: Context) -> list[list[str]]:
    """Outcomes with effects in subgroups, those of a figure together; at most three figures."""
    names = outcomes(context, subgroup_rows(context))
    count = min(PAGES, math.ceil(len(names) / ON_A_PAGE))
    size = math.ceil(len(names) / count) if count else 0
    return [names[k : k + size] for k in range(0, len(names), size)] if size else []


def _mark(context: Context, row: Row | None) -> Mark:
    if row is None:
        return Mark(absent=context.word("group-not-estimated"))
    if not row.known:
        return Mark(absent=context.word("not-shown"))
    return Mark(row.estimate, row.ci_low, row.ci_high)


def _said(context: Context, label: str, row: Row | None) -> str:
    if row is None or not row.known:
        return context.word("alt-spec-none", spec=label)
    digits, fmt = places(row), context.fmt
    return context.word(
        "alt-spec",
        spec=label,
        effect=fmt.number(row.estimate, digits),
        interval=fmt.interval(row.ci_low, row.ci_high, digits),
    )


def _lines(context: Context) -> list[tuple[Line, str]]:
    out = []
    for variable, levels in structure(context):
        out.append((Line(group_labels.variable(context, PART, variable), heading=True), ""))
        for value in levels:
            name = group_labels.level(context, PART, variable, value)
            out.append((Line(name), f"{variable}={value}"))
    return out


def subgroups(context: Context, page: int = 0) -> Figure:
    """Effects at the last horizon in every subgroup, beside the effect among all."""
    word, found = context.word, pages(context)
    shown = found[page] if page < len(found) else []
    last = max((row.horizon for row in subgroup_rows(context)), default=math.nan)
    lines = _lines(context)
    panels, used, said = [], [], []
    for outcome in shown:
        rows = [effect(context, outcome, group, last) if group else None for _, group in lines]
        total = context.look.row(PART, "itt", outcome, "lin", horizon=last)
        known = [row for row in (*rows, total) if row is not None]
        used += known
        marks = [
            None if line.heading else _mark(context, row)
            for (line, _), row in zip(lines, rows, strict=True)
        ]
        title = effect_of(context, known[0]) if known else context.outcome(PART, outcome)
        panels.append(Panel(title, tuple(marks), total.estimate if total else math.nan))
        texts = [_said(context, word("all"), total)]
        texts += [
            _said(context, group_labels.full(context, PART, group), row)
            for (_, group), row in zip(lines, rows, strict=True)
            if group
        ]
        said.append(word("alt-panel", title=title, lines="; ".join(texts)))
    support, control = context.arm_labels(PART)
    columns = max(1, len(panels))

    def draw(canvas: Canvas) -> None:
        survey_forest.draw(
            canvas,
            [line for line, _ in lines],
            panels,
            columns,
            word("axis-own-unit", support=support, control=control),
            shared=False,
            tick=context.fmt.tick,
        )

    return Figure(
        name="register-subgroups" + (f"-{page + 1}" if page else ""),
        caption=word(
            "caption-register-subgroups",
            level=level(context),
            horizon=context.horizon(last),
            items=context.fmt.joined([context.outcome(PART, o) for o in shown]),
        ),
        alt=word("alt-register-subgroups", level=level(context), lines=" ".join(said)),
        data=frame_of(used),
        draw=draw,
        height=survey_forest.height(len(lines), columns, columns, [p.title for p in panels]),
    )


def _path(ax: Axes, rows: list[Row], look: tuple[str, object], name: str) -> None:
    colour, dashes = look
    x = [row.horizon for row in rows]
    low, high = [row.ci_low for row in rows], [row.ci_high for row in rows]
    ax.fill_between(x, low, high, color=colour, alpha=0.18, linewidth=0)
    for edge in (low, high):
        ax.plot(x, edge, color=colour, lw=0.4)
    ax.plot(x, [row.estimate for row in rows], color=colour, linestyle=dashes, label=name)


def paths(context: Context) -> Figure:
    """Effects month by month for women and for men, an outcome per panel."""
    word, fmt = context.word, context.fmt
    rows = context.look.rows(PART, "itt_by_sex", estimator="lin")
    short = {o.id for o in declared(context).outcomes if o.window == 1}
    names = [o for o in outcomes(context, rows) if o in short]
    levels = dict(structure(context)).get(SEX) or list(
        dict.fromkeys(group_labels.split(row.group)[1] for row in rows)
    )
    levels = levels[: len(COLOURS)]
    lines = {
        name: [
            sorted(
                (r for r in rows if r.outcome == name and r.group == f"{SEX}={value}"),
                key=lambda row: row.horizon,
            )
            for value in levels
        ]
        for name in names
    }
    labels = [group_labels.alone(context, PART, SEX, value) for value in levels]

    def draw(canvas: Canvas) -> None:
        grid = path_figures.grid(canvas, len(names))
        for number, (ax, name) in enumerate(zip(grid, names, strict=True)):
            for own, label, look in zip(lines[name], labels, COLOURS, strict=False):
                _path(ax, own, look, label)
            every = [row for own in lines[name] for row in own]
            ends = [abs(e) for r in every for e in (r.ci_low, r.ci_high) if math.isfinite(e)]
            reach = max(ends, default=1.0) * 1.1
            ax.set_ylim(-reach, reach)
            ax.axhline(0, color=theme.INK, lw=0.8)
            path_figures.title(ax, context, name, every[0].unit)
            ax.yaxis.set_major_formatter(lambda y, _: fmt.tick(y))
            path_figures.time_axis(
                ax, context, max(r.horizon for r in every),
                label=number >= len(names) - path_figures.COLUMNS,
            )  # fmt: skip
            if number == 0:
                canvas.legend(*ax.get_legend_handles_labels(), loc="outside upper left", ncols=3)

    said = []
    for name in names:
        ends = [own[-1] if own else None for own in lines[name]]
        texts = [_said(context, label, row) for label, row in zip(labels, ends, strict=True)]
        last = max(row.horizon for row in ends if row is not None)
        said.append(
            word(
                "alt-paths-sex-line",
                outcome=context.outcome(PART, name),
                horizon=context.horizon(last),
                lines="; ".join(texts),
            )
        )
    return Figure(
        name="register-paths-sex",
        caption=word(
            "caption-paths-sex",
            level=level(context),
            unit=declared(context).period,
            groups=fmt.joined([label.lower() for label in labels]),
        ),
        alt=word("alt-paths-sex", level=level(context), lines=" ".join(said)),
        data=frame_of([r for own in lines.values() for group in own for r in group]),
        draw=draw,
        height=path_figures.height(len(names)),
    )
