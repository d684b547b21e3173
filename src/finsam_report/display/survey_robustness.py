"""The effects again under other choices: tables and sentences."""

from __future__ import annotations

import math

from finsam_report.display.context import Context
from finsam_report.display.findings import listed
from finsam_report.display.format import NONE, SUPPRESSED, decimals
from finsam_report.display.lookup import Row
from finsam_report.display.sentences import capital, level
from finsam_report.display.survey_effects import family_groups, in_order, primary_month
from finsam_report.display.table import Column, Table
from finsam_report.display.trial_tables import coded_note, frame_of, suppression_note

MAIN = "lin"
IN_POINTS = ("lin", "unadjusted", "no_blocks", "ipw", "imputation")
OTHER_MEASURES = ("top_two", "better_answer", "ordered_logit")
BOUNDS = ("lee", "lee_tight", "manski")
POINTS = (*IN_POINTS, *OTHER_MEASURES)
STANDARDISED = "_standardised"


def spec(context: Context, item: str, name: str) -> Row | None:
    """A specification of an item, or None where it was not made."""
    return context.look.row("survey", "robustness", item, name, horizon=primary_month(context))


def items(context: Context) -> list[str]:
    """Items that have specifications, those of a family together."""
    rows = in_order(context, context.look.rows("survey", "robustness", estimator=MAIN))
    return [row.outcome for row in rows]


def made(context: Context, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those specifications that some item has numbers for."""
    found = {row.estimator for row in context.look.rows("survey", "robustness")}
    return tuple(name for name in names if name in found)


def _cell(context: Context, row: Row | None) -> str:
    """An estimate above its interval, which stays on one line."""
    if row is None:
        return NONE
    if not row.known:
        return SUPPRESSED
    places = decimals(row.unit, row.sizes)
    low, high = context.fmt.ends(row.ci_low, row.ci_high, places)
    interval = context.word("interval", low=low, high=high).replace(" ", "\u00a0")
    return f"{context.fmt.number(row.estimate, places)} ({interval})"


def _table(context: Context, name: str, specs: tuple[str, ...], note: str) -> Table:
    word, rows, used = context.word, [], []
    chosen = items(context)
    for item in chosen:
        found = [spec(context, item, key) for key in specs]
        used += [row for row in found if row is not None]
        rows.append((context.outcome("survey", item), *(_cell(context, row) for row in found)))
    return Table(
        name=name,
        columns=(
            Column(word("head-item"), "left", wide=True),
            *(Column(word(f"spec-{key}")) for key in specs),
        ),
        rows=tuple(rows),
        groups=family_groups(context, chosen),
        notes=(
            word(note, level=level(context)),
            *[word(f"note-spec-{key}") for key in specs],
            *coded_note(context),
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )


def in_points(context: Context) -> Table:
    """Specifications in scale points."""
    return _table(context, "survey-robustness", made(context, IN_POINTS), "note-robustness")


def measures(context: Context) -> Table:
    """Specifications that measure the answers in another way."""
    return _table(context, "survey-measures", made(context, OTHER_MEASURES), "note-measures")


def bounds(context: Context) -> Table:
    """Bounds for those who did not answer, each with the interval for the effect."""
    word, fmt, rows, used = context.word, context.fmt, [], []
    kinds, chosen = made(context, BOUNDS), items(context)

    def ends(low: float, high: float) -> str:
        if math.isnan(low) or math.isnan(high):
            return SUPPRESSED
        text = word("interval", low=fmt.number(low, 2), high=fmt.number(high, 2))
        return text.replace(" ", "\u00a0")

    for item in chosen:
        cells = []
        for name in kinds:
            low, high, both = (
                spec(context, item, key) for key in (f"{name}_lower", f"{name}_upper", name)
            )
            used += [row for row in (low, high, both) if row is not None]
            if low is None or high is None or both is None:
                cells.append(NONE)
            else:
                bars = ends(low.estimate, high.estimate)
                cells.append(f"{bars} ({ends(both.ci_low, both.ci_high)})")
        rows.append((context.outcome("survey", item), *cells))
    return Table(
        name="survey-bounds",
        columns=(
            Column(word("head-item"), "left", wide=True),
            *(Column(word(f"spec-{name}")) for name in kinds),
        ),
        rows=tuple(rows),
        groups=family_groups(context, chosen),
        notes=(
            word("note-bounds", level=level(context)),
            *[word(f"note-spec-{name}") for name in kinds],
            *suppression_note(context, rows),
        ),
        data=frame_of(used),
    )


def verdicts(context: Context, item: str) -> tuple[str, list[str]]:
    """What the main specification says of an item, and which others say something else."""
    main = spec(context, item, MAIN + STANDARDISED)
    verdict = main.verdict if main else "unknown"
    others = []
    for name in made(context, POINTS)[1:]:
        row = spec(context, item, name + STANDARDISED)
        if row is not None and row.verdict not in ("unknown", verdict):
            others.append(name)
    return verdict, others


def clear_of_zero(context: Context, name: str) -> list[str]:
    """Items whose interval around a pair of bounds excludes zero."""
    found = [(item, spec(context, item, name)) for item in items(context)]
    return [item for item, row in found if row is not None and row.verdict in ("up", "down")]


def known_bounds(context: Context, name: str) -> list[str]:
    """Items that have an interval around a pair of bounds."""
    found = [(item, spec(context, item, name)) for item in items(context)]
    return [item for item, row in found if row is not None and row.verdict != "unknown"]


def _names(context: Context, ids: list[str]) -> str:
    return context.fmt.joined([context.outcome("survey", item) for item in ids])


def findings(context: Context) -> str:
    """For how many items the reading holds in every specification, and which it does not."""
    word, words = context.word, context.fmt.words
    read = {item: verdicts(context, item) for item in items(context)}
    known = {item: found for item, found in read.items() if found[0] != "unknown"}
    if not known:
        return word("robustness-none")
    specs = len(made(context, POINTS))
    clear = [item for item, (verdict, _) in known.items() if verdict != "unclear"]
    differing = {item: others for item, (_, others) in known.items() if others}
    text = word(
        "robustness-lead",
        specs=specs,
        number=words(specs),
        items=len(known),
        items_number=words(len(known)),
        differing=len(differing),
        hold=len(known) - len(differing),
        hold_number=words(len(known) - len(differing)),
        clear=len(clear),
        clear_number=words(len(clear)),
        firm=sum(item not in differing for item in clear),
        every=int(not any(item in differing for item in clear)),
        firm_number=words(sum(item not in differing for item in clear)),
    )
    paragraphs = [text]
    if differing:
        parts = [
            word(
                "robustness-item",
                item=context.outcome("survey", item),
                was="clear" if item in clear else "unclear",
                specs=context.fmt.joined([word(f"in-spec-{n}") for n in others]),
            )
            for item, others in differing.items()
        ]
        paragraphs.append(word("robustness-differing", items=listed(parts)))
    return "\n\n".join([*paragraphs, *_bounds_text(context)])


def _bounds_text(context: Context) -> list[str]:
    word, pieces = context.word, []
    for name in made(context, BOUNDS):
        known, clear = known_bounds(context, name), clear_of_zero(context, name)
        if not known:
            continue
        pieces.append(
            word(
                "robustness-bounds",
                kind=name,
                count=len(clear),
                all=int(len(clear) == len(known)),
                items=_names(context, clear),
            )
        )
    return [capital(" ".join(pieces))] if pieces else []
