"""What is taken out cannot be found by anybody who counts."""

from __future__ import annotations

import pytest

from finsam_report.parts.ledger import CELL
from finsam_report.release import Policy, release
from release import small_organisations
from release.attack import found_out, naive
from release.small_studies import MILD, make

SEEDS = range(16)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("policy", [Policy(), MILD], ids=["default", "mild"])
def test_no_small_count_can_be_bounded_more_closely_than_by_the_threshold(
    seed: int, policy: Policy
) -> None:
    study = make(seed)
    shown = release(study.ledger, policy).frame
    assert not found_out(study.people, study.ledger.frame, shown, base=policy.rounding)


@pytest.mark.parametrize("seed", range(4))
def test_no_small_count_of_an_organisation_can_be_bounded_more_closely(seed: int) -> None:
    small = small_organisations.make(seed, one=seed % 2 > 0)
    assert not small_organisations.found_out(small, release(small.ledger).frame)


def test_taking_out_small_rows_of_an_organisation_alone_is_found_out() -> None:
    small = small_organisations.make(0)
    assert small_organisations.found_out(small, naive(small.ledger.frame, CELL))


def test_taking_out_small_rows_alone_is_found_out() -> None:
    for seed in range(3):
        study = make(seed)
        shown = naive(study.ledger.frame, CELL)
        assert found_out(study.people, study.ledger.frame, shown, base=1)


def test_something_is_left_to_read() -> None:
    for seed in range(3):
        study = make(seed)
        released = release(study.ledger)
        assert released.suppressed < 0.75 * len(released.frame)
