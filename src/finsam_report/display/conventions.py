"""Limits and shares that the text speaks of, so that no number is typed in it.

Those that the analysis uses are kept there, too, since the display does not import it; a test
holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from finsam_report.display.format import Formatter
from finsam_report.study import Register

Q_LEVEL = 0.05  # a p- or q-value up to this counts
MODERATE, SUBSTANTIAL = 0.4, 0.6  # values of kappa
EXTREMES = 0.99  # quantile above which amounts are drawn in
TRUNCATED = 0.995  # quantile above which weights are set to it
Q_STEP = 0.001  # of the search for a sharpened q-value
PRETEST_POWER = 80  # per cent, of the trends that a test before joining would have found
GROUP_MINIMUM = 10  # people of a level in an arm
MOST_ANSWERS = 11  # of a scale whose order is analysed
DIGITS_SHOWN, DIGITS = 16, 64  # of a checksum


@cache
def said(language: str) -> Mapping[str, str]:
    """What any message and any document may use, by name.

    Args:
        language: Decides how numbers are written.
    """
    fmt, fields = Formatter(language), Register.model_fields
    return {
        "q-limit": fmt.number(Q_LEVEL, 2),
        "q-percent": fmt.tick(100 * Q_LEVEL),
        "q-step": fmt.number(Q_STEP, 3),
        "kappa-moderate": fmt.tick(MODERATE),
        "kappa-substantial": fmt.tick(SUBSTANTIAL),
        "extremes": fmt.tick(100 * EXTREMES),
        "truncated": fmt.tick(100 * TRUNCATED),
        "pretest-power": fmt.number(PRETEST_POWER),
        "group-minimum": fmt.words(GROUP_MINIMUM),
        "most-answers": fmt.words(MOST_ANSWERS),
        "digits-shown": fmt.number(DIGITS_SHOWN),
        "digits": fmt.number(DIGITS),
        "events-usual": fmt.number(fields["minimum_events"].default),
        "events-usual-arm": fmt.words(fields["minimum_events_arm"].default),
    }
