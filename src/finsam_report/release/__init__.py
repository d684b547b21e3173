"""Disclosure control: what may leave the secure environment, and what is taken out before.

What comes out is a type of its own, which the display asks for, so that no table, figure or
sentence can be made from an estimate that did not pass here.
"""

from __future__ import annotations

from finsam_report.release.door import (
    Released,
    is_suppressed,
    nothing,
    read,
    release,
    released_study,
)
from finsam_report.release.log import NAME as RELEASE_LOG
from finsam_report.release.policy import THRESHOLD, Policy

__all__ = [
    "RELEASE_LOG",
    "THRESHOLD",
    "Policy",
    "Released",
    "is_suppressed",
    "nothing",
    "read",
    "release",
    "released_study",
]
