"""How the rows of each analysis are read as numbers of people."""

from __future__ import annotations

import numpy as np

from finsam_report.parts.ledger import ORGANISATION, PERCENT
from finsam_report.release import organisation_counts
from finsam_report.release.quantities import (
    ARMS,
    BOTH,
    CONTROL,
    KNOWN,
    MOMENT,
    RANDOMISED,
    SUM,
    SUPPORT,
    Key,
    Known,
    Quantities,
    Reader,
    Row,
    both_arms,
    counted,
    of_share,
    people_behind,
)

ANSWER = "|answer:"
STATE = "|state:"
COVARIATE = "covariate "
ITEM = "item "
MISSING = "missing "
NOT = "not "
# The same outcome measured otherwise has quantities of its own.
MEASURE = {"cumulated": "cumulated", "cumulated_mean": "cumulated", "cumulated_late": "cumulated",
           "any_amount": "any", "alternative": "alternative", "work_condition": "condition",
           }  # fmt: skip
BY_ARM = ("mean", "cumulated_mean")
MAIN = ("unadjusted", "lin")


def column(found: Quantities, row: Row, about: Known) -> None:
    """Effects on an outcome at a horizon, and means of the arms."""
    what = row.at_horizon(f"{MEASURE.get(row.analysis, '')} {row.outcome}".strip())
    if row.analysis in ("later", "staff", "later_wave"):
        what = f"{row.analysis} {row.estimator} {what}"
    n = people_behind(found, row, KNOWN + what, status=row.status)
    weighted = about.blocks.get(row.part, False)
    if row.analysis in BY_ARM:
        key = Key(row.part, what, row.arm)
        if row.unit == PERCENT:
            found.share(row.at, key, row.estimate / 100, n[row.arm], weighted=weighted)
        else:
            found.share(row.at, key._replace(what=SUM + what), row.estimate, n[row.arm])
    elif row.estimator in MAIN and not np.isnan(row.control_mean):
        both_arms(found, row, what, n, weighted=weighted, status=row.status,
                  adjusted=row.estimator != "unadjusted")  # fmt: skip
    else:
        for arm in ARMS:
            found.tells.append((row.at, Key(row.part, what, arm, "", row.status)))


def not_estimated(found: Quantities, row: Row, _: Known) -> None:
    """People behind what could not be estimated."""
    if not row.group.startswith("later:"):
        people_behind(found, row, KNOWN + row.at_horizon(row.outcome), status=row.status)


def recruitment(found: Quantities, row: Row, _: Known) -> None:
    """People by month and party."""
    key = Key(row.part, f"recruited {row.outcome}", BOTH, "", row.group)
    found.number(row.at, "row", key, row.estimate)


def waiting(found: Quantities, row: Row, _: Known) -> None:
    """People whose time of waiting is known."""
    people_behind(found, row, f"waited {row.outcome}", place=row.place)


def attrition(found: Quantities, row: Row, about: Known) -> None:
    """Who answered, by arm: the difference in shares, of all and of each block."""
    answered = f"answered_{row.outcome}"
    if row.estimator.startswith("unadjusted"):
        n = people_behind(found, row, RANDOMISED, place=row.place)
        weighted = not row.place and about.blocks.get(row.part, False)
        if not np.isnan(row.control_mean):
            both_arms(found, row, answered, n, weighted=weighted, place=row.place)
        return
    people_behind(found, row, answered)


def described(found: Quantities, row: Row, about: Known) -> None:
    """Characteristics of all, of those who answered, and of those who took support up."""
    arm, status, of, rest = BOTH, "", RANDOMISED, False
    if row.analysis == "who_answered":
        status, of = row.group, f"answered_{row.group.partition(':')[2]}"
        rest = row.group.startswith("silent")
    elif row.analysis == "met_description":
        arm, status, of = SUPPORT, row.group, "met_team"
        rest = row.group == "not_met"
    what = COVARIATE + row.outcome
    whole, some = Key(row.part, RANDOMISED, arm), Key(row.part, of, arm)
    known = Key(row.part, KNOWN + what.partition("=")[0], arm)
    answered = known._replace(status=f"answered:{about.primary}")
    if known in found.values and status in ("", answered.status, f"silent:{about.primary}"):
        whole, some = known, known if status == "" else answered
    if rest:
        base = some._replace(what=NOT + some.what)
        if some.what.startswith(KNOWN):
            base = known._replace(status=status)
        number = found.values.get(whole, np.nan) - found.values.get(some, np.nan)
        found.values.setdefault(base, number)
        some = base
    if arm == SUPPORT and known in found.values and status:
        # Of how many it is known is not told: about as many as of the whole arm.
        share = found.values[known] / max(found.values[whole], 1.0)
        base = known._replace(status=status)
        found.values.setdefault(base, share * found.values.get(some, np.nan))
        some = base
    if of_share(row):
        found.share(row.at, Key(row.part, what, arm, "", status), row.estimate / 100, some)
    else:
        found.share(row.at, Key(row.part, SUM + what, arm, "", status), row.estimate, some)


def balance(found: Quantities, row: Row, about: Known) -> None:
    """Characteristics by arm, of all and of those who answered."""
    among = row.group == "respondents"
    if row.outcome == "all_covariates":
        people_behind(found, row, f"answered_{about.primary}" if among else RANDOMISED)
        return
    status = f"answered:{about.primary}" if among else ""
    what = COVARIATE + row.outcome
    n = people_behind(found, row, KNOWN + what.partition("=")[0], status=status)
    if row.estimator == "block_weighted":
        both_arms(found, row, what, n, weighted=about.blocks.get(row.part, False), status=status)
        return
    for arm in ARMS:
        found.tells.append((row.at, Key(row.part, what, arm, "", status)))


def first_stage(found: Quantities, row: Row, about: Known) -> None:
    """Who took support up, by arm, of all and of each block."""
    n = people_behind(found, row, RANDOMISED, place=row.place)
    weighted = not row.place and about.blocks.get(row.part, False)
    both_arms(found, row, "met_team", n, weighted=weighted, place=row.place,
              adjusted=row.estimator != "unadjusted")  # fmt: skip


def first_stage_by(found: Quantities, row: Row, about: Known) -> None:
    """Who had taken support up by a horizon."""
    n = people_behind(found, row, "in blocks of both arms")
    what, weighted = row.at_horizon("met_team by"), about.blocks.get(row.part, False)
    if row.arm == BOTH:
        both_arms(found, row, what, n, weighted=weighted)
    else:
        key = Key(row.part, what, row.arm)
        found.share(row.at, key, row.estimate / 100, n[row.arm], weighted=weighted)


def compliers(found: Quantities, row: Row, about: Known) -> None:
    """Those whose take-up the offer changes."""
    if row.estimator == "share":
        found.tells += [(row.at, Key(row.part, "met_team", arm)) for arm in ARMS]
    else:
        column(found, row, about)


def later(found: Quantities, row: Row, about: Known) -> None:
    """Later draws: how many of the control arm, and effects with them in mind."""
    if row.outcome in ("in_later_draw", "drawn_later"):
        key = Key(row.part, row.at_horizon(row.outcome), CONTROL)
        if row.estimator == "count":
            found.number(row.at, "row", key, row.estimate)
        else:
            n = found.number(row.at, "n_control", Key(row.part, RANDOMISED, CONTROL), row.n_control)
            found.share(row.at, key, row.estimate / 100, n)
    elif row.outcome == "weights":
        people_behind(found, row, row.at_horizon("followed to a later draw"))
    else:
        column(found, row, about)


def transition(found: Quantities, row: Row, about: Known) -> None:
    """What people do after their first spell, by state; what participants live on after."""
    if row.part == ORGANISATION:
        organisation_counts.read(found, row, about)
        return
    n = people_behind(found, row, row.at_horizon(f"spell {row.outcome}"))
    state = row.group.partition(STATE)[2]
    key = Key(row.part, row.at_horizon(f"after {row.outcome}"), row.arm, "", f"state={state}")
    found.share(row.at, key, row.estimate / 100, n[row.arm])


def distribution(found: Quantities, row: Row, _: Known) -> None:
    """How many gave each answer to an item."""
    n = people_behind(found, row, KNOWN + row.at_horizon(row.outcome))
    answer = f"answer={row.group.partition(ANSWER)[2]}"
    key = Key(row.part, ITEM + row.at_horizon(row.outcome), row.arm, "", answer)
    found.share(row.at, key, row.estimate / 100, n[row.arm])


def item_missing(found: Quantities, row: Row, about: Known) -> None:
    """How many of those who answered the survey left an item empty."""
    n = people_behind(found, row, about.wave.get(row.horizon, row.at_horizon("asked")))
    key = Key(row.part, MISSING + row.at_horizon(row.outcome), row.arm)
    found.share(row.at, key, row.estimate / 100, n[row.arm])


def answers(found: Quantities, row: Row, _: Known) -> None:
    """Mean and spread of the answers to an item, in an arm."""
    n = people_behind(found, row, KNOWN + row.at_horizon(row.outcome))[row.arm]
    people = found.values.get(n, np.nan)
    first = Key(row.part, f"{MOMENT}1 {row.at_horizon(row.outcome)}", row.arm)
    if row.estimator == "mean":
        found.share(row.at, first, row.estimate, n)
        return
    total = found.values.get(first, np.nan)
    # With the mean, the spread tells the mean square; exactly so only to those who know how many.
    square = (row.estimate**2 * (people - 1) / people + (total / people) ** 2) if people else np.nan
    found.share(row.at, first._replace(what=first.what.replace("1", "2", 1)), square, n)


def open_answers(found: Quantities, row: Row, about: Known) -> None:
    """Who wrote something, and on what."""
    wrote = row.outcome == "wrote"
    what = row.at_horizon("wrote") if not wrote else about.wave.get(row.horizon, "asked")
    n = people_behind(found, row, what)
    key = Key(row.part, row.at_horizon(row.outcome), row.arm)
    if row.arm == BOTH:
        found.tells += [(row.at, key._replace(arm=arm)) for arm in ARMS]
    else:
        found.share(row.at, key, row.estimate / 100, n[row.arm])


def agreement(found: Quantities, row: Row, _: Known) -> None:
    """Texts that two people read."""
    people_behind(found, row, row.at_horizon("read twice"))


def referrals(found: Quantities, row: Row, _: Known) -> None:
    """People whom a party referred in half a year, of whom the survey may tell by month."""
    if row.estimator == "count":
        key = Key(row.part, row.at_horizon("referrals"), BOTH, "", f"party={row.outcome}")
        found.number(row.at, "row", key, row.estimate)


COLUMNS_OF = ("itt", "late", "mde", "robustness", "quantile", "any_amount", "cumulated",
              "cumulated_mean", "cumulated_late", "placebo", "alternative", "work_condition",
              "mean", "subgroup", "calendar", "itt_by_sex", "staff", "later_wave")  # fmt: skip
READERS: dict[str, Reader] = {
    **dict.fromkeys(COLUMNS_OF, column),
    "flow": counted,
    "left_out": counted,
    "not_estimated": not_estimated,
    "recruitment": recruitment,
    "waiting": waiting,
    "attrition": attrition,
    "description": described,
    "who_answered": described,
    "met_description": described,
    "balance": balance,
    "first_stage": first_stage,
    "first_stage_block": first_stage,
    "first_stage_by": first_stage_by,
    "compliers": compliers,
    "later": later,
    "transition": transition,
    "distribution": distribution,
    "item_missing": item_missing,
    "answers": answers,
    "open_answers": open_answers,
    "agreement": agreement,
    "referrals": referrals,
    **dict.fromkeys(
        ("participants", "change", "registered", "indicator", "cost", "coverage"),
        organisation_counts.read,
    ),
}
