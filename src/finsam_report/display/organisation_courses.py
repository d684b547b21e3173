"""What became of a series, in a sentence that is right whichever way it went."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from finsam_report.display.context import Context
from finsam_report.display.organisation_names import MILLION, Break, Series, places
from finsam_report.display.organisation_shape import Course, course

Write = Callable[[float], str]


def whole(context: Context) -> Write:
    """Numbers without decimals."""
    return context.fmt.number


def millions(context: Context, found: Course) -> Write:
    """Amounts such as "SEK 339 million", with decimals that suit them all."""
    digits = places([value / MILLION for value in found.numbers.values()])
    return lambda value: context.word(
        "organisation-amount", number=context.fmt.number(value / MILLION, digits), millions=1
    )


def kronor(context: Context) -> Write:
    """Amounts such as "SEK 30,100"."""
    return lambda value: context.fmt.with_unit(value, "SEK", 0 if abs(value) >= 100 else 2)


def per_cent(context: Context) -> Write:
    """Shares such as "31.0 per cent"."""
    return lambda value: context.fmt.with_unit(value, "percent")


def sentence(
    context: Context,
    name: str,
    found: Course | None,
    write: Write | None = None,
    *,
    when: str = "in",
    years: str = "every",
    quiet: bool = False,
) -> str:
    """What became of a series.

    Args:
        context: Study, ledger and language.
        name: What is counted, as the subject of a sentence in the singular.
        found: Its course, or None where nothing may be shown.
        write: How its numbers are written; without decimals where not given.
        when: "in" for what belongs to a year, "end" for what is counted at its end.
        years: "every" for a series of its own, "known" for figures of some years only.
        quiet: Whether to leave out that earlier years were counted otherwise.
    """
    if found is None:
        return ""
    write = write or whole(context)
    start, end = write(found.start), write(found.end)
    turn = found.since
    return context.word(
        "organisation-course",
        name=name,
        shape=found.shape,
        start=start,
        end=end,
        first=str(found.first),
        last=str(found.last),
        turn=str(turn),
        at_turn=write(found.numbers[turn]),
        high=write(found.numbers[found.peak]),
        low=write(found.numbers[found.trough]),
        steady=int(found.steady),
        equal=int(start == end),
        when=when,
        years=years,
        broken=str(found.broken or ""),
        is_broken=int(found.broken is not None and not quiet),
    )


def told(
    context: Context,
    key: str,
    series: Series,
    at: Sequence[Break] = (),
    *,
    amounts: bool = False,
    when: str = "in",
    **words: str,
) -> str:
    """The sentence of a series whose name is a message of the catalogue."""
    found = course(series, at)
    if found is None:
        return ""
    write = millions(context, found) if amounts else None
    return sentence(context, context.word(key, **words), found, write, when=when)
