"""How people came into the survey experiment, month by month."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from finsam_report.display import theme
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.format import SUPPRESSED
from finsam_report.display.lookup import Row
from finsam_report.display.survey_names import (
    day_name,
    declared,
    month_name,
    party,
    party_order,
    split_group,
)
from finsam_report.display.trial_tables import frame_of
from finsam_report.study_trial import Event

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

COLUMNS = 2
PANEL_HEIGHT = 40.0
MOST_TICKS = 6


@dataclass(frozen=True)
class Recruitment:
    """People by month, for a referring party each; the empty party is everybody.

    Attributes:
        months: Every month from the first to the last, such as 2019-08.
        parties: The parties, in the order of the declaration.
        randomised: Rows by party and month.
        referred: Rows by party and month; empty where the study does not tell.
    """

    months: tuple[str, ...]
    parties: tuple[str, ...]
    randomised: dict[tuple[str, str], Row]
    referred: dict[tuple[str, str], Row]

    def panel(self, name: str) -> tuple[list[Row | None], list[Row | None]]:
        """A party's rows of both kinds, month by month."""
        return (
            [self.randomised.get((name, month)) for month in self.months],
            [self.referred.get((name, month)) for month in self.months],
        )


def _calendar(months: set[str]) -> tuple[str, ...]:
    """Every month between the first and the last."""
    if not months:
        return ()
    first, last = min(months), max(months)
    year, month = int(first[:4]), int(first[5:])
    out = [first]
    while out[-1] < last:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        out.append(f"{year:04d}-{month:02d}")
    return tuple(out)


def recruited(context: Context) -> Recruitment:
    """Who came into the experiment, and who was referred, from the ledger."""
    found: dict[str, dict[tuple[str, str], Row]] = {}
    for outcome in ("randomised", "referred"):
        rows = context.look.rows("survey", "recruitment", outcome=outcome)
        found[outcome] = {split_group(row.group): row for row in rows}
    keys = {*found["randomised"], *found["referred"]}
    order = {name: k for k, name in reversed(list(enumerate(["", *party_order(context)])))}
    names = sorted({who for who, _ in keys}, key=lambda n: (order.get(n, len(order)), n))
    return Recruitment(
        _calendar({month for _, month in keys}),
        tuple(names),
        found["randomised"],
        found["referred"],
    )


def _place(months: tuple[str, ...], event: Event) -> float | None:
    """Where an event lies on an axis on which each month's middle is a whole number."""
    month: str = f"{event.day:%Y-%m}"
    if month not in months:
        return None
    return float(months.index(month) - 0.5 + (event.day.day - 1) / 31)


def shown_events(context: Context, months: tuple[str, ...]) -> list[tuple[float, Event]]:
    """The declared events that fall within the months."""
    places = [(_place(months, event), event) for event in declared(context).events]
    return [(at, event) for at, event in places if at is not None]


def _panel(ax: Axes, rows: list[Row | None], others: list[Row | None], labels: list[str]) -> None:
    bars = [math.nan if row is None else row.estimate for row in rows]
    ax.bar(range(len(bars)), bars, width=0.74, color=theme.SUPPORT, label=labels[0])
    if any(row is not None for row in others):
        line = [math.nan if row is None else row.estimate for row in others]
        ax.plot(range(len(line)), line, color=theme.INK, lw=0.9, marker=".", ms=2.5,
                label=labels[1])  # fmt: skip
    for k, (row, other) in enumerate(zip(rows, others, strict=True)):
        if any(r is not None and math.isnan(r.estimate) for r in (row, other)):
            ax.annotate(
                SUPPRESSED,
                (k, 0),
                xytext=(0, 1.5),
                textcoords="offset points",
                ha="center",
                va="bottom",
                color=theme.INK,
            )


def _events(ax: Axes, context: Context, months: tuple[str, ...], *, label: bool) -> None:
    for at, event in shown_events(context, months):
        ax.axvline(at, color=theme.MUTED, lw=0.9, linestyle=(0, (3, 2)))
        if label:
            late = at > len(months) * 0.6
            ax.annotate(
                context.label(event.label),
                (at, 1),
                xycoords=ax.get_xaxis_transform(),
                xytext=(-3 if late else 3, -1),
                textcoords="offset points",
                ha="right" if late else "left",
                va="top",
                fontsize=theme.SMALL,
                color=theme.MUTED,
            )


def recruitment(context: Context) -> Figure:
    """People randomised by month and referring party; a line for all who were referred."""
    found = recruited(context)
    months, names = found.months, found.parties
    word = context.word
    labels = [word("legend-randomised"), word("legend-referred")]
    columns = min(COLUMNS, len(names))
    lines = math.ceil(len(names) / max(columns, 1))
    step = max(1, math.ceil(len(months) / MOST_TICKS))
    ticks = list(range(0, len(months), step))

    def draw(canvas: Canvas) -> None:
        axes = canvas.subplots(lines, columns, squeeze=False, sharex=True, sharey=True)
        panels = axes.ravel().tolist()
        for ax in panels[len(names) :]:
            ax.set_visible(False)
        for number, (ax, name) in enumerate(zip(panels, names, strict=False)):
            _panel(ax, *found.panel(name), labels)
            _events(ax, context, months, label=number == 0)
            title = word("axis-people-referred") if not name else party(context, name)
            ax.set_title(title, loc="left")
            ax.set_xlim(-0.7, len(months) - 0.3)
            ax.set_ylim(bottom=0)
            ax.yaxis.get_major_locator().set_params(integer=True)
            ax.set_xticks(ticks, [month_name(context, months[k], short=True) for k in ticks])
            ax.tick_params(axis="x", labelbottom=number + columns >= len(names), labelsize=7)
            if number % columns == 0:
                ax.set_ylabel(word("axis-people"))
        once = {text: handle for ax in panels[: len(names)]
                for handle, text in zip(*ax.get_legend_handles_labels(), strict=True)}  # fmt: skip
        texts = [text for text in labels if text in once]
        canvas.legend([once[text] for text in texts], texts, loc="outside upper left", ncols=2)

    rows = [*found.randomised.values(), *found.referred.values()]
    hidden = any(math.isnan(row.estimate) for row in rows)
    return Figure(
        name="survey-recruitment",
        caption=word(
            "caption-recruitment",
            parties=int(names != ("",)),
            referred=int(bool(found.referred)),
            hidden=int(hidden),
            mark=SUPPRESSED,
        ),
        alt=_alt(context, found),
        data=frame_of(rows),
        draw=draw,
        height=PANEL_HEIGHT * lines + 12,
    )


def _alt(context: Context, found: Recruitment) -> str:
    fmt, word = context.fmt, context.word
    lines = []
    for name in found.parties:
        rows, _ = found.panel(name)
        known = [(m, r.estimate) for m, r in zip(found.months, rows, strict=True) if r and r.known]
        if not known:
            lines.append(word("alt-recruitment-hidden", party=party(context, name)))
            continue
        month, most = max(known, key=lambda pair: pair[1])
        lines.append(
            word(
                "alt-recruitment-line",
                party=party(context, name),
                most=fmt.number(most),
                month=month_name(context, month),
                hidden=sum(r is not None and math.isnan(r.estimate) for r in rows),
            )
        )
    events = [
        word("event", label=context.label(e.label), day=day_name(context, e.day))
        for _, e in shown_events(context, found.months)
    ]
    return word(
        "alt-recruitment",
        first=month_name(context, found.months[0]),
        last=month_name(context, found.months[-1]),
        lines=" ".join(lines),
        referred=int(bool(found.referred)),
        events=fmt.joined(events),
        marked=int(bool(events)),
    )


def without_anybody(found: Recruitment) -> list[str]:
    """Months within recruitment in which nobody was randomised."""
    total = dict.fromkeys(found.months, 0.0)
    for (_, month), row in found.randomised.items():
        total[month] += 1 if math.isnan(row.estimate) else row.estimate
    some = [month for month in found.months if total[month]]
    return [m for m in found.months if some and some[0] < m < some[-1] and not total[m]]


def runs(months: list[str]) -> list[tuple[str, str]]:
    """Months that follow on one another, as first and last."""
    out: list[tuple[str, str]] = []
    start = months[:1]
    for one, two in pairwise(months):
        if _calendar({one, two}) != (one, two):
            out.append((start[0], one))
            start = [two]
    return [*out, (start[0], months[-1])] if months else out
