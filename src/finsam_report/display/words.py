"""Short computed strings that stand within sentences of the documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from finsam_report import __version__
from finsam_report.display.context import Context, limits
from finsam_report.display.conventions import said
from finsam_report.display.group_labels import day_in_words
from finsam_report.study import Register


def _of_register(make: Callable[[Context, Register], str]) -> Callable[[Context], str]:
    """A string about the register experiment, empty where the study has none."""

    def words(context: Context) -> str:
        register = context.study.register_
        return "" if register is None else make(context, register)

    return words


def _wave(context: Context) -> str:
    survey = context.study.survey
    return str(survey.wave(survey.primary_wave).month) if survey else ""


def _split(context: Context, part: Register) -> str:
    """What the day is that effects are split at in calendar time."""
    return context.label(part.calendar_split.label) if part.calendar_split else ""


def _day(context: Context, part: Register) -> str:
    return day_in_words(context, part.calendar_split.day) if part.calendar_split else ""


def _index(context: Context) -> str:
    prices = context.study.prices
    if prices is None:
        return ""
    return context.label(prices.source) if prices.source else context.word("price-index")


def _convention(name: str) -> Callable[[Context], str]:
    return lambda context: said(context.language)[name]


LIMITS = (
    "threshold", "mean-minimum", "percentile-side", "model-minimum", "model-df", "rounding",
    "dominance-share",
)  # fmt: skip


def _limit(name: str) -> Callable[[Context], str]:
    return lambda context: limits(context.study, context.language)[name]


def _largest(context: Context) -> str:
    number = context.study.release.dominance_people
    return context.word("limit-largest", count=number, number=context.fmt.words(number))


WORDS: Mapping[str, Callable[[Context], str]] = {
    **{name: _convention(name) for name in said("en")},
    "level": lambda c: c.fmt.number(c.study.analysis.level * 100),
    "draws": lambda c: c.fmt.number(c.study.analysis.draws),
    "version": lambda _: __version__,
    **{name: _limit(name) for name in LIMITS},
    "dominance-people": _largest,
    "data-until": lambda c: c.study.study.data_until.text(c.language),
    "horizons": _of_register(lambda c, part: c.horizons(list(part.horizons))),
    "last-horizon": _of_register(lambda c, part: c.horizon(max(part.horizons))),
    "horizon-unit": _of_register(lambda _, part: part.period),
    "calendar-split": _of_register(_split),
    "calendar-day": _of_register(_day),
    "price-index": _index,
    "primary-wave-month": _wave,
}
