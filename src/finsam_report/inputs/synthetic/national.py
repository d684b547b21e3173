"""National figures that the synthetic associations add up to, year by year from 2004.

Published: funds of the state 2005, 2012, 2016, 2018-2020 and 2022 and of all parties 2018;
participants 2018, 2020 and (about) 2014, 2019 and 2022; efforts 2012 and 2018; the share in work
or studies after an effort 2019 and 2020. All other years are assumed, so that there is something
to show; they are no statistics. Efforts of 2019 and later were published under another definition
and are not aimed at.
"""

from __future__ import annotations

FIRST, LAST = 2004, 2022
# Millions of kronor.
STATE = (
    30, 83, 120, 150, 170, 190, 215, 260, 280, 280, 280, 300, 339, 339, 339, 339, 339, 339, 339,
)  # fmt: skip
ESF = (0, 2, 3, 4, 6, 8, 10, 12, 14, 14, 15, 18, 20, 24, 28, 34, 40, 46, 54)
OTHER = (0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6)
PARTICIPANTS = (
    1_500, 6_000, 12_000, 18_000, 24_000, 29_000, 33_000, 36_000, 38_500, 40_000, 41_000, 39_000,
    37_000, 35_000, 32_715, 31_100, 24_867, 22_900, 21_400,
)  # fmt: skip
INDIVIDUAL = (
    20, 120, 210, 300, 380, 440, 490, 535, 570, 580, 585, 580, 575, 565, 559, 550, 480, 470, 480,
)  # fmt: skip
STRUCTURAL = (
    10, 50, 90, 130, 170, 205, 240, 270, 300, 330, 365, 400, 440, 490, 546, 580, 480, 510, 540,
)  # fmt: skip
WORK_OR_STUDY = (
    0.24, 0.24, 0.25, 0.25, 0.24, 0.24, 0.25, 0.26, 0.26, 0.27, 0.28, 0.28, 0.29, 0.30, 0.30,
    0.31, 0.28, 0.29, 0.30,
)  # fmt: skip


def of(series: tuple[float, ...], year: int) -> float:
    """The figure of a year."""
    return series[year - FIRST]
