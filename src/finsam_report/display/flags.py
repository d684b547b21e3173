"""Which conditional pieces of the documents a released ledger allows."""

from __future__ import annotations

import pandas as pd

from finsam_report.display import (
    dictionary,
    register_group_figures,
    register_groups,
    register_later,
    register_path_text,
)
from finsam_report.display import register_results as register_pieces
from finsam_report.display.context import Context
from finsam_report.display.lookup import BLOCK
from finsam_report.display.survey_subgroups import ON_A_PAGE
from finsam_report.study import Study


def survey_people(study: Study, frame: pd.DataFrame) -> dict[str, bool]:
    """Pieces on the people of the survey experiment and on their answers.

    Args:
        study: The study as declared.
        frame: The released ledger.
    """
    rows = frame[frame["part"] == "survey"]
    survey = study.survey

    def there(analysis: str, **key: str) -> bool:
        hit = rows["analysis"] == analysis
        for column, value in key.items():
            hit &= rows[column] == value
        return bool(hit.any())

    sites = rows[
        (rows["analysis"] == "flow")
        & (rows["outcome"] == "randomised")
        & rows["group"].str.startswith(f"arm:support{BLOCK}")
    ]
    silent = rows[rows["analysis"] == "who_answered"]["group"].str.startswith("silent:")
    waves = survey.waves if survey else ()
    means = rows[rows["analysis"] == "answers"]["horizon"].nunique()
    return {
        "survey_entry": there("recruitment")
        or there("waiting")
        or (survey is not None and bool(survey.queue)),
        "survey_sites": len(sites) > 1,
        "recruitment": there("recruitment"),
        "referrals": there("recruitment", outcome="referred"),
        "waiting": there("waiting"),
        "queue": survey is not None and bool(survey.queue),
        "who_answered": bool(silent.any()),
        "attrition_flag": there("attrition", estimator="wwc_cautious"),
        "distributions": there("distribution"),
        "answers": there("answers"),
        "several_waves": len(waves) > 1 and means > 1,
    }


def survey_results(frame: pd.DataFrame) -> dict[str, bool]:
    """Pieces on the effects in the survey experiment and on what stands beside them.

    Args:
        frame: The released ledger.
    """
    rows = frame[frame["part"] == "survey"]
    main = (rows["analysis"] == "itt") & (rows["estimator"] == "lin")
    index = main & rows["outcome"].str.startswith("index_")
    several = rows[main & ~index].groupby("outcome").size() > 1
    made = rows.loc[rows["analysis"] == "robustness", "estimator"]
    levels = rows[rows["analysis"] == "subgroup"]
    shown = levels["outcome"].nunique()

    def there(analysis: str) -> bool:
        return bool((rows["analysis"] == analysis).any())

    return {
        "survey_index": bool(index.any()),
        "survey_other_waves": bool(several.any()),
        "robustness": there("robustness"),
        "measures": bool(made.isin(["top_two", "better_answer", "ordered_logit"]).any()),
        "bounds": bool(made.isin(["lee", "manski"]).any()),
        "subgroups": there("subgroup"),
        "subgroups_2": shown > ON_A_PAGE,
        "subgroups_3": shown > 2 * ON_A_PAGE,
        "interactions": there("interaction"),
        "later_change": there("later_wave"),
        "staff": there("staff"),
        "open_answers": there("open_answers"),
        "agreement": there("agreement"),
        "mde": there("mde"),
    }


_REGISTER = (
    "register_bands", "register_paths_sex", "register_cumulated", "register_compliers",
    "register_first_stage", "register_met", "register_amounts", "register_sex", "register_entry",
    "register_groups", "register_groups_2", "register_groups_3", "register_others",
    "register_interactions", "register_robustness", "register_together",
    "register_first_event", "register_transitions", "register_costs", "register_later",
    "register_later_effects", "register_take_up_by",
    "register_alternatives", "register_calendar", "register_prices", "register_placebo",
)  # fmt: skip


def register_results(context: Context) -> dict[str, bool]:
    """Pieces of the register chapter beside the main effects.

    Args:
        context: The study and its released ledger.
    """
    if not context.has("register"):
        return dict.fromkeys(_REGISTER, False)
    frame = context.look.frame
    rows = frame[frame["part"] == "register"]
    part = context.study.register_

    def there(analysis: str) -> bool:
        return bool((rows["analysis"] == analysis).any())

    pages = len(register_group_figures.pages(context))
    sums = rows.loc[rows["analysis"] == "path_test", "p_value"]
    return {
        "register_bands": bool(sums.notna().any()),
        "register_paths_sex": part is not None and part.path and there("itt_by_sex"),
        "register_cumulated": there("cumulated"),
        "register_compliers": there("compliers"),
        "register_first_stage": there("first_stage_block"),
        "register_met": there("met_description"),
        "register_amounts": there("any_amount") or there("quantile"),
        "register_sex": not register_pieces.absent(context, "register-sex") and there("subgroup"),
        "register_entry": bool(register_groups.by_date(context)) and there("subgroup"),
        "register_groups": pages > 0,
        "register_groups_2": pages > 1,
        "register_groups_3": pages > 2,
        "register_others": pages > 0 and bool(register_groups.others(context)),
        "register_interactions": there("interaction"),
        "register_robustness": there("robustness"),
        "register_first_event": there("first_event"),
        "register_transitions": there("transition"),
        "register_costs": there("costs"),
        "register_later": there("later"),
        "register_later_effects": bool(register_later.made(context)),
        "register_take_up_by": there("first_stage_by"),
        "register_alternatives": there("alternative"),
        "register_placebo": there("placebo"),
        "register_calendar": there("calendar"),
        "register_prices": context.deflated(),
        "register_together": bool(register_path_text.together(context)),
    }


def tables(study: Study) -> dict[str, bool]:
    """Which tables of the inputs the data dictionary explains."""
    found = dictionary.present(study)
    parts = {"organisation": study.organisation, "municipality": study.municipality}
    return {
        **{name: part is not None for name, part in parts.items()},
        **{f"table_{name.replace('-', '_')}": there for name, there in found.items()},
    }
