"""The analysis plan as a document: what the study declares, before there are data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from finsam_report.display import plan_words
from finsam_report.display.context import Context
from finsam_report.display.table import Column, Table
from finsam_report.study import Outcome, Register, Survey
from finsam_report.study_municipality import MunicipalityOutcome
from finsam_report.study_plan import PARTS, PlannedPart, plan_text

FILE = "analysis_plan.toml"
BLANK, LINES = 24 * "\u00a0", 3


def planned(context: Context, part: str) -> PlannedPart:
    """A part of the plan that the declarations amount to.

    Raises:
        ValueError: The study has no such part.
    """
    plan = context.study.declared_plan()
    found = plan.part(part) if plan else None
    if found is None:
        raise ValueError(f"the study has no {part} part")
    return found


def _role(context: Context, declared: object, primary: bool) -> str:  # noqa: FBT001
    """Why an outcome is there: as a main one, or what else it is for."""
    if isinstance(declared, Outcome) and declared.alternative_to is not None:
        other = context.outcome("register", declared.alternative_to)
        return context.word("plan-role-alternative", outcome=other)
    if isinstance(declared, MunicipalityOutcome) and declared.placebo:
        return context.word("plan-role-placebo")
    if isinstance(declared, MunicipalityOutcome) and declared.sum_of:
        return context.word("plan-role-sum")
    return context.word("plan-role-main" if primary else "plan-role-followed")


def _declared(context: Context, part: str) -> Sequence[object]:
    study = context.study
    if part == "survey":
        return study.survey.items if study.survey else ()
    if part == "register":
        return study.register_.outcomes if study.register_ else ()
    return study.municipality.outcomes if study.municipality else ()


def settled(context: Context) -> Table:
    """Lines to be signed by those who settle the plan."""
    heads = [context.word(f"plan-head-{name}") for name in ("person", "position", "day", "place")]
    return Table(
        name="plan-settled",
        columns=tuple(Column(head, "left", wide=True) for head in heads),
        rows=((BLANK,) * len(heads),) * LINES,
        data=pd.DataFrame(columns=heads),
    )


def outcomes(context: Context, part: str) -> Table:
    """The outcomes of a part, with family, favourable direction and role."""
    own = planned(context, part)
    plans = (context.study.declared_plan(),)
    rows = [
        (
            plan_words.outcome(context, part, one.id, plans),
            plan_words.family(context, part, one.family),
            context.word(f"plan-direction-{one.direction}"),
            _role(context, declared, one.primary),
        )
        for one, declared in zip(own.outcomes, _declared(context, part), strict=True)
    ]
    return Table(
        name=f"plan-{part}-outcomes",
        columns=(
            Column(context.word("head-outcome"), "left", wide=True),
            Column(context.word("plan-head-family"), "left", wide=True),
            Column(context.word("plan-head-favourable"), "left"),
            Column(context.word("plan-head-role"), "left", wide=True),
        ),
        rows=tuple(rows),
        data=pd.DataFrame(
            [(part, o.id, o.family, o.direction, o.primary) for o in own.outcomes],
            columns=["part", "outcome", "family", "direction", "primary"],
        ),
    )


def groups(context: Context, part: str) -> Table:
    """The groups that effects are estimated in, variable by variable."""
    own = planned(context, part)
    plans = (context.study.declared_plan(),)
    rows = []
    for group in own.subgroups:
        levels = plan_words.levels(context, part, group.id)
        rows.append(
            (
                context.grouped(
                    part, group.id, plan_words.variable(context, part, group.id, plans)
                ),
                "; ".join(levels) if levels else context.word("plan-as-recorded"),
            )
        )
    return Table(
        name=f"plan-{part}-groups",
        columns=(
            Column(context.word("plan-head-variable"), "left", wide=True),
            Column(context.word("plan-head-groups"), "left", wide=True),
        ),
        rows=tuple(rows),
        data=pd.DataFrame(
            [(part, g.id, text) for g, (_, text) in zip(own.subgroups, rows, strict=True)],
            columns=["part", "variable", "groups"],
        ),
    )


def estimators(context: Context, part: str) -> Table:
    """The ways of estimating, the main one first."""
    own = planned(context, part)
    rows = [
        (
            plan_words.estimator(context, part, name),
            context.word("plan-main" if number == 0 else "plan-beside"),
        )
        for number, name in enumerate(own.estimators)
    ]
    return Table(
        name=f"plan-{part}-estimators",
        columns=(
            Column(context.word("plan-head-estimator"), "left", wide=True),
            Column(context.word("plan-head-role"), "left"),
        ),
        rows=tuple(rows),
        data=pd.DataFrame(
            [(part, name, role) for name, (_, role) in zip(own.estimators, rows, strict=True)],
            columns=["part", "estimator", "role"],
        ),
    )


def _names(context: Context, part: Survey | Register) -> str:
    """What the adjustment uses, in a sentence."""
    used = [context.label(c.label) for c in part.covariates if c.adjust]
    return context.fmt.joined([f"“{name}”" for name in used])


def _assignment(context: Context, name: str, part: Survey | Register) -> str:
    share = part.assignment.share_support
    blocks = [plan_words.plain(context, column) for column in part.assignment.blocks]
    support, control = (context.label(a.people) for a in (part.arms.support, part.arms.control))
    return context.word(
        "plan-assignment",
        part=context.word(f"plan-the-{name}"),
        support=support,
        control=control,
        treatment=context.label(part.treatment),
        blocks=context.fmt.joined([f"“{block}”" for block in blocks]),
        count=len(blocks),
        fixed=int(share is not None),
        share="" if share is None else context.fmt.tick(100 * share),
        adjusted=int(bool(_names(context, part))),
        covariates=_names(context, part),
    )


def survey_design(context: Context) -> str:
    """Who is asked when, and how chance decides."""
    part = context.study.survey
    if part is None:
        return ""
    waves = [
        context.word("wave", wave=wave.wave, month=wave.month)
        + context.word("plan-wave-arms", arms="both" if len(wave.arms) > 1 else wave.arms[0])
        for wave in part.waves
    ]
    said = context.word(
        "plan-waves",
        waves="; ".join(waves),
        primary=part.primary_wave,
        baseline=part.baseline_wave or 0,
    )
    return f"{_assignment(context, 'survey', part)}\n\n{said}"


def register_design(context: Context) -> str:
    """How chance decides, and when effects are read."""
    part = context.study.register_
    if part is None:
        return ""
    said = context.word(
        "plan-horizons",
        horizons=context.horizons(list(part.horizons)),
        unit=part.period,
        path=int(part.path),
        events=context.fmt.number(part.minimum_events),
        arm=context.fmt.number(part.minimum_events_arm),
    )
    return f"{_assignment(context, 'register', part)}\n\n{said}"


def municipality_setting(context: Context) -> str:
    """The study's own words on its municipalities."""
    part = context.study.municipality
    return context.label(part.setting) if part and part.setting else ""


def municipality_design(context: Context) -> str:
    """Which municipalities are compared with which, and how."""
    part = context.study.municipality
    if part is None:
        return ""
    settings = {
        name: plan_words.setting(context, name, getattr(part, name))
        for name in ("comparison", "base", "cluster", "weights")
    }
    return context.word(
        "plan-municipality",
        first=str(part.years.first),
        last=str(part.years.last),
        before=str(part.window.before),
        after=str(part.window.after),
        years=part.anticipation,
        **settings,
    )


def disclosure(context: Context) -> str:
    """The rules of disclosure control, as they are set in the study."""
    rules, fmt = context.study.release, context.fmt
    return context.word(
        "plan-disclosure",
        threshold=fmt.words(rules.threshold),
        mean=fmt.words(rules.mean_minimum),
        model=fmt.number(rules.model_minimum),
        largest=context.word(
            "limit-largest",
            count=rules.dominance_people,
            number=fmt.words(rules.dominance_people),
        ),
        most=fmt.tick(rules.dominance_share),
    )


def power(context: Context) -> str:
    """The level of intervals and the power that smallest effects are reckoned with."""
    analysis, study = context.study.analysis, context.study
    shares = [
        context.word(
            "plan-share", part=context.word(f"plan-the-{name}"),
            share=context.fmt.tick(100 * part.assignment.share_support),
        )
        for name, part in (("survey", study.survey), ("register", study.register_))
        if part is not None and part.assignment.share_support is not None
    ]  # fmt: skip
    return context.word(
        "plan-power",
        level=context.fmt.tick(100 * analysis.level),
        power=context.fmt.tick(100 * analysis.power),
        draws=context.fmt.number(analysis.draws),
        seed=str(analysis.seed),
        count=len(shares),
        shares=context.fmt.joined(shares),
    )


def about(context: Context) -> str:
    """What the plan is for: the study, its parts, and from when to when it has data."""
    study = context.study
    made = study.declared_plan()
    parts = [name for name in PARTS if made is not None and made.part(name) is not None]
    return context.word(
        "plan-about",
        title=context.label(study.study.title),
        parts=plan_words.part_names(context, parts),
        count=len(parts),
        until=context.label(study.study.data_until),
    )


def write(context: Context, folder: Path) -> str:
    """Write the plan's file into the output directory, and say that it is there."""
    text = toml(context)
    if not text:
        return ""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_text(text, encoding="utf-8", newline="\n")
    return context.word("plan-file-said", file=FILE)


def toml(context: Context) -> str:
    """The plan as a file, to be kept and later compared with; empty where nothing is estimated."""
    plan = context.study.declared_plan()
    if plan is None:
        return ""
    heading = context.word("plan-file-heading", title=context.study.study.title.text("en"))
    return plan_text(plan, heading.splitlines())
