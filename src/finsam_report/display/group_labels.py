"""What subgroups and their levels are called; for either experiment."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from babel.dates import format_date

from finsam_report.display.context import Context, Part
from finsam_report.display.format import locale
from finsam_report.display.shown import escaped
from finsam_report.study import Covariate, Level, Register, Subgroup

YES, NO = "1", "0"
CALENDAR = "calendar-split"


def between(marks: list[str]) -> tuple[str, ...]:
    """What the ledger calls the groups below, between and above cuts: "<30", "30-<45", ">=45"."""
    return (f"<{marks[0]}", *(f"{a}-<{b}" for a, b in pairwise(marks)), f">={marks[-1]}")


def _subgroup(context: Context, part: Part, name: str) -> Subgroup | None:
    declared = context.part(part)
    if name == CALENDAR and isinstance(declared, Register) and declared.calendar_split:
        split_at = declared.calendar_split
        return Subgroup.model_construct(id=name, dates=(split_at.day,), label=split_at.label)
    found = next((s for s in (declared.subgroups if declared else ()) if s.id == name), None)
    if found is None and _covariate(context, part, name) is not None:
        return Subgroup(id=name)  # women and men are set apart whether declared or not
    return found


def _covariate(context: Context, part: Part, column: str) -> Covariate | None:
    declared = context.part(part)
    return next((c for c in (declared.covariates if declared else ()) if c.id == column), None)


def split(group: str) -> tuple[str, str]:
    """A group of the ledger such as ``age=<40`` as variable and level."""
    variable, _, level = group.partition("=")
    return variable, level


def variable(context: Context, part: Part, name: str) -> str:
    """The label of a subgroup variable: its own, or that of the covariate it is made from.

    With the mark of what is exploratory, where the analysis plan has not these groups.
    """
    return context.grouped(part, _planned(name), _variable(context, part, name))


def _planned(name: str) -> str:
    """What the analysis plan calls a variable."""
    return name.replace("-", "_") if name == CALENDAR else name


def _variable(context: Context, part: Part, name: str) -> str:
    group = _subgroup(context, part, name)
    if group is None:
        return escaped(name) if context.markdown else name
    if group.label is not None:
        return context.label(group.label)
    known = _covariate(context, part, group.column)
    return context.label(known.label) if known else name


def _marks(group: Subgroup) -> list[str]:
    """The cuts as the ledger writes them."""
    if group.dates:
        return [day.isoformat() for day in group.dates]
    return [f"{cut:g}" for cut in group.cuts]


def _declared(group: Subgroup, known: Covariate | None) -> tuple[Level, ...]:
    return known.levels if known is not None and known.kind == "category" else group.levels


def levels(context: Context, part: Part, name: str, found: list[str]) -> list[str]:
    """Those of ``found`` in the order of the declaration; what is not declared comes last."""
    group = _subgroup(context, part, name)
    order: list[str] = []
    if group is not None:
        known = _covariate(context, part, group.column)
        if _marks(group):
            order = list(between(_marks(group)))
        elif known is not None and known.kind == "binary":
            order = [YES, NO]
        else:
            order = [level.value for level in _declared(group, known)]
    once = list(dict.fromkeys(found))
    return [v for v in order if v in once] + [v for v in once if v not in order]


def declared_levels(context: Context, part: Part, name: str) -> list[str]:
    """The levels that a subgroup variable has by declaration; empty where the data say so."""
    group = _subgroup(context, part, name)
    if group is None:
        return []
    if _marks(group):
        return list(between(_marks(group)))
    known = _covariate(context, part, group.column)
    if known is not None and known.kind == "binary":
        return [YES, NO]
    return [entry.value for entry in _declared(group, known)]


def level(context: Context, part: Part, name: str, value: str) -> str:
    """The label of a level: "Women", "Yes", "Under 40 years", "Before 1 March 2020"."""
    group = _subgroup(context, part, name)
    if group is not None:
        known = _covariate(context, part, group.column)
        if group.dates:
            names = between(_marks(group))
            return _dates(context, group.dates, names.index(value)) if value in names else value
        if group.cuts:
            names = between(_marks(group))
            unit = context.label(known.unit) if known is not None and known.unit else ""
            if value in names:
                return _cut(context, group.cuts, names.index(value), unit)
        if known is not None and known.kind == "binary" and value in (YES, NO):
            return context.word("level-yes" if value == YES else "level-no")
        for entry in _declared(group, known):
            if entry.value == value:
                return context.label(entry.label)
    return escaped(value) if context.markdown else value


def alone(context: Context, part: Part, name: str, value: str) -> str:
    """The label of a level where its variable is not named beside it, marked like that."""
    return context.grouped(part, _planned(name), level(context, part, name, value))


def full(context: Context, part: Part, group: str) -> str:
    """Variable and level together, for a sentence: "Born abroad: yes"."""
    name, value = split(group)
    text = level(context, part, name, value)
    declared = _subgroup(context, part, name)
    known = _covariate(context, part, declared.column) if declared else None
    if known is not None and known.kind == "binary":
        text = text.lower()
    return f"{variable(context, part, name)}: {text}"


def _amount(context: Context, value: float) -> str:
    digits = len(f"{value:g}".partition(".")[2])
    return context.fmt.number(value, digits)


def _cut(context: Context, cuts: tuple[float, ...], at: int, unit: str) -> str:
    """Which numbers lie in a group: below the first cut, from one to the next, from the last."""
    words: dict[str, str | int] = {"unit": unit, "bare": int(not unit)}
    if at == 0:
        return context.word("level-under", cut=_amount(context, cuts[0]), **words)
    if at == len(cuts):
        return context.word("level-or-more", cut=_amount(context, cuts[-1]), **words)
    low, high = list(pairwise(cuts))[at - 1]
    return context.word(
        "level-between", low=_amount(context, low), high=_amount(context, high), **words
    )


def day_in_words(context: Context, day: date) -> str:
    """Such as "1 March 2020"."""
    return format_date(day, format="d MMMM y", locale=locale(context.language))


def _dates(context: Context, days: tuple[date, ...], at: int) -> str:
    def name(day: date) -> str:
        return day_in_words(context, day)

    if at == 0:
        return context.word("level-before", day=name(days[0]))
    if at == len(days):
        return context.word("level-from", day=name(days[-1]))
    first, following = list(pairwise(days))[at - 1]
    return context.word("level-days", first=name(first), last=name(following - timedelta(days=1)))
