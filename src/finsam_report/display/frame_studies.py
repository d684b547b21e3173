"""The two experiments side by side: what is alike, what differs, and who took part."""

from __future__ import annotations

import math

import pandas as pd

from finsam_report.display.context import Context, Part
from finsam_report.display.format import NONE
from finsam_report.display.lookup import BLOCK
from finsam_report.display.table import Column, Table
from finsam_report.study import Covariate, Register, Survey

ARMS = ("support", "control")


def _trial(context: Context, part: Part) -> Survey | Register:
    declared = context.part(part)
    if declared is None:
        raise ValueError(f"the study has no {part} part")
    return declared


def _count(context: Context, part: Part, outcome: str, horizon: float | None = None) -> float:
    """People in both arms; an arm without a count is not known."""
    return sum(context.look.count(part, outcome, f"arm:{arm}", horizon) for arm in ARMS)


def _share(context: Context, part: Part, of: float, horizon: float | None = None) -> str:
    """A share of those randomised, in per cent."""
    everybody = _count(context, part, "randomised", horizon)
    if math.isnan(of) or not everybody > 0:
        return context.word("not-shown")
    return context.fmt.with_unit(100 * of / everybody, "percent", 0)


def _arms(context: Context, part: Part) -> str:
    counts = [context.look.count(part, "randomised", f"arm:{arm}") for arm in ARMS]
    labels = context.arm_labels(part)
    pairs = zip(labels, counts, strict=True)
    return "; ".join(f"{label} {context.fmt.number(n)}" for label, n in pairs)


def _blocks(context: Context, part: Part) -> str:
    blocks = {
        row.group.partition(BLOCK)[2]
        for row in context.look.rows(part, "flow", outcome="randomised")
        if row.group.startswith(f"arm:support{BLOCK}")
    }
    if len(blocks) < 2:
        return context.word("studies-together")
    return context.word("studies-blocks", number=context.fmt.number(len(blocks)))


def _known(context: Context, part: Part) -> str:
    """For how many the main outcome is known."""
    declared = _trial(context, part)
    if isinstance(declared, Survey):
        month = float(declared.wave(declared.primary_wave).month)
        answered = _count(context, part, f"answered_wave{declared.primary_wave}", month)
        share = _share(context, part, answered)
        return context.word("studies-answered", share=share, month=int(month))
    last = max(declared.horizons)
    share = _share(context, part, _count(context, part, "followed", float(last)))
    return context.word("studies-followed", share=share, horizon=context.horizon(last))


def _met(context: Context, part: Part) -> str:
    """How many took up the offer, by arm."""
    if not _trial(context, part).take_up:
        return context.word("studies-not-recorded")
    out = []
    for arm, label in zip(ARMS, context.arm_labels(part), strict=True):
        met = context.look.count(part, "met_team", f"arm:{arm}")
        n = context.look.count(part, "randomised", f"arm:{arm}")
        share = 100 * met / n if n > 0 else math.nan
        shown = context.word("not-shown")
        if not math.isnan(share):
            shown = context.fmt.with_unit(share, "percent", 0)
        out.append(f"{label} {shown}")
    return "; ".join(out)


def _outcomes(context: Context, part: Part) -> str:
    declared = _trial(context, part)
    if isinstance(declared, Survey):
        return context.word("row-outcomes-survey", count=len(declared.items))
    return context.word("row-outcomes-register", count=len(declared.outcomes))


def _follow_up(context: Context, part: Part) -> str:
    declared = _trial(context, part)
    if isinstance(declared, Survey):
        months = [str(wave.month) for wave in declared.waves]
        return context.word("row-follow-up-survey", months=context.fmt.joined(months))
    return context.horizon(max(declared.horizons))


def _setting(context: Context, part: Part) -> str:
    setting = _trial(context, part).setting
    return context.label(setting) if setting else NONE


def _rows(context: Context, part: Part) -> dict[str, str]:
    """What the table says of one experiment, by the key of the row."""
    word, study = context.word, context.study
    return {
        "row-population": _setting(context, part),
        "row-people": context.fmt.number(_count(context, part, "randomised")),
        "row-arms": _arms(context, part),
        "studies-row-offer": context.treatment(part),
        "studies-row-chance": word("studies-chance"),
        "studies-row-blocks": _blocks(context, part),
        "studies-row-share": _share(
            context, part, context.look.count(part, "randomised", "arm:support")
        ),
        "studies-row-source": word(f"studies-source-{part}"),
        "row-outcomes": _outcomes(context, part),
        "row-follow-up": _follow_up(context, part),
        "studies-row-known": _known(context, part),
        "studies-row-met": _met(context, part),
        "studies-row-effect": word("studies-effect"),
        "studies-row-estimator": word("studies-estimator"),
        "studies-row-uncertainty": word(
            "studies-uncertainty",
            level=context.fmt.number(study.analysis.level * 100),
            draws=context.fmt.number(study.analysis.draws),
        ),
    }


def studies(context: Context) -> Table:
    """The two experiments: first the rows in which they are the same, then the others."""
    one, two = _rows(context, "survey"), _rows(context, "register")
    alike = [key for key in one if one[key] == two[key]]
    unlike = [key for key in one if one[key] != two[key]]
    word = context.word
    rows = [(word(key), one[key], two[key]) for key in (*alike, *unlike)]
    groups = [word("studies-alike")] * len(alike) + [word("studies-unlike")] * len(unlike)
    data = pd.DataFrame(rows, columns=["row", "survey", "register"])
    data.insert(0, "group", groups)
    return Table(
        name="studies",
        columns=(
            Column(word("head-feature"), "left", wide=True),
            Column(word("head-survey"), "left", wide=True),
            Column(word("head-register"), "left", wide=True),
        ),
        rows=tuple(rows),
        groups=tuple(groups),
        data=data,
    )


def _names(covariate: Covariate) -> list[str]:
    """A covariate as the ledger names it: one number, or one for each level."""
    if len(covariate.levels) in (0, 2):
        return [f"{covariate.id}={covariate.levels[0].value}" if covariate.levels else covariate.id]
    return [f"{covariate.id}={level.value}" for level in covariate.levels]


def _population(context: Context, name: str) -> float:
    """What is declared of the whole population, or NaN."""
    for part in (context.study.survey, context.study.register_):
        for covariate in part.covariates if part else ():
            if covariate.population is not None and name in _names(covariate)[:1]:
                return covariate.population
    return math.nan


def shared(context: Context) -> list[str]:
    """Characteristics that both experiments have, as the ledger names them."""
    survey, register = context.study.survey, context.study.register_
    if survey is None or register is None:
        return []
    there = {name for covariate in register.covariates for name in _names(covariate)}
    names = [name for covariate in survey.covariates for name in _names(covariate) if name in there]
    return [
        name
        for name in names
        if any(
            context.look.row(part, "description", name, "mean", horizon=0)
            for part in ("survey", "register")
        )
    ]


def people(context: Context) -> Table:
    """Who took part in each experiment, beside everybody in the country where that is declared."""
    word, fmt = context.word, context.fmt
    names = shared(context)
    known = {name: _population(context, name) for name in names}
    beside = any(not math.isnan(value) for value in known.values())
    rows, data = [], []
    for name in names:
        cells = [context.covariate("survey", name)]
        unit = ""
        for part in ("survey", "register"):
            row = context.look.row(part, "description", name, "mean", horizon=0)
            cells.append(NONE if row is None else fmt.with_unit(row.estimate, row.unit))
            unit = row.unit if row else unit
            data.append((name, part, row.estimate if row else math.nan, unit))
        if beside:
            told = not math.isnan(known[name])
            whole = 0 if told and known[name] == round(known[name]) else None
            cells.append(fmt.with_unit(known[name], unit, whole) if told else NONE)
            data.append((name, "population", known[name], unit))
        rows.append(tuple(cells))
    source = context.study.study.population_source
    notes = []
    if beside:
        notes.append(
            word("studies-note-source", source=context.label(source))
            if source
            else word("studies-note-declared")
        )
    return Table(
        name="studies-people",
        columns=(
            Column(word("head-characteristic"), "left", wide=True),
            Column(word("head-survey")),
            Column(word("head-register")),
            *([Column(word("studies-head-population"))] if beside else []),
        ),
        rows=tuple(rows),
        notes=tuple(notes),
        data=pd.DataFrame(data, columns=["characteristic", "who", "value", "unit"]),
    )
