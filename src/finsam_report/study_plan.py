"""The analysis plan that a study names: read from its own file, or made from the declarations."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, ValidationError, model_validator

from finsam_report.problems import InputProblems
from finsam_report.study_about import NamedPlan
from finsam_report.study_calendar import Day
from finsam_report.study_file import FILE_NAME, problems_of
from finsam_report.study_municipality import Base, Clusters, Comparison, Municipality, Weighting
from finsam_report.study_other import once
from finsam_report.study_pieces import (
    LAST_PERIOD,
    Direction,
    Identifier,
    Label,
    Model,
    Value,
)
from finsam_report.study_trial import Register, Subgroup, Survey

PARTS = ("survey", "register", "municipality")
SEX, AGE, CALENDAR = "sex", "age", "calendar_split"

Month = Annotated[int, Field(ge=0, le=LAST_PERIOD)]
_ANSWERS = (
    "ipw", "imputation", "top_two", "better_answer", "ordered_logit", "lee", "manski",
)  # fmt: skip


class PlannedOutcome(Model):
    """An outcome of the plan; ``primary`` says whether its effect is one of the main ones."""

    id: Identifier
    label: Label | None = None
    family: Identifier = "main"
    direction: Direction = "up"
    primary: bool = True


class PlannedGroup(Model):
    """A variable whose groups the effect is estimated in, and where it is cut."""

    id: Identifier
    label: Label | None = None
    source: Value | None = None
    cuts: tuple[float, ...] = ()
    dates: tuple[Day, ...] = ()

    @property
    def groups(self) -> tuple[str, tuple[float, ...], tuple[date, ...]]:
        """What its groups are made of."""
        return self.source or self.id, self.cuts, self.dates


class PlannedPart(Model):
    """What a plan says of a part."""

    outcomes: tuple[PlannedOutcome, ...] = Field(min_length=1)
    subgroups: tuple[PlannedGroup, ...] = ()
    estimators: tuple[Value, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        once([outcome.id for outcome in self.outcomes], "outcome")
        once([group.id for group in self.subgroups], "subgroup")
        once(self.estimators, "estimator")
        return self


class PlannedSurvey(PlannedPart):
    """What a plan says of the survey experiment."""

    primary_wave: int | None = Field(default=None, ge=1, le=99)
    horizons: tuple[Month, ...] = ()


class PlannedRegister(PlannedPart):
    """What a plan says of the register experiment."""

    horizons: tuple[Month, ...] = ()


class PlannedMunicipality(PlannedPart):
    """What a plan says of the municipalities."""

    comparison: Comparison | None = None
    base: Base | None = None
    anticipation: int | None = Field(default=None, ge=0, le=10)
    cluster: Clusters | None = None
    weights: Weighting | None = None


class Plan(Model):
    """An analysis plan; a part that it does not name is not in it."""

    day: Day | None = Field(default=None, alias="date")
    survey: PlannedSurvey | None = None
    register_: PlannedRegister | None = Field(default=None, alias="register")
    municipality: PlannedMunicipality | None = None

    def part(self, name: str) -> PlannedPart | None:
        """What the plan says of a part, None where it says nothing."""
        found = {
            "survey": self.survey, "register": self.register_, "municipality": self.municipality
        }  # fmt: skip
        return found[name]

    @model_validator(mode="after")
    def _some_part(self) -> Self:
        if not any(self.part(name) for name in PARTS):
            listed = ", ".join(f"[{name}]" for name in PARTS)
            raise ValueError(f"the plan says nothing of any part; give one or more of {listed}")
        return self


def _outcomes(declared: Iterable[tuple[str, Label, str, Direction, bool]]) -> tuple[
    PlannedOutcome, ...
]:  # fmt: skip
    return tuple(
        PlannedOutcome(id=name, label=label, family=family, direction=direction, primary=primary)
        for name, label, family, direction, primary in declared
    )


def _groups(part: Survey | Register) -> list[PlannedGroup]:
    """The declared subgroups; a register sets women and men apart whether declared or not."""
    known = {covariate.id: covariate.label for covariate in part.covariates}
    declared = list(part.subgroups)
    if isinstance(part, Register):
        if SEX in known and SEX not in {group.id for group in declared}:
            declared.insert(0, Subgroup(id=SEX))
        if part.calendar_split is not None:
            split = part.calendar_split
            declared.append(
                Subgroup.model_construct(id=CALENDAR, label=split.label, dates=(split.day,))
            )
    return [
        PlannedGroup(
            id=group.id, label=group.label or known.get(group.column), source=group.source,
            cuts=group.cuts, dates=group.dates,
        )
        for group in declared
    ]  # fmt: skip


def _estimators(part: Survey | Register, *others: str) -> tuple[str, ...]:
    """How a trial is analysed, the main estimator first; with blocks where it has any."""
    late = ("2sls",) if part.take_up else ()
    known = ("lin", "unadjusted", *late, "fixed_effects", "no_blocks", *others)
    without = {"fixed_effects"} if isinstance(part, Survey) else set()
    without |= set() if part.assignment.blocks else {"fixed_effects", "no_blocks"}
    return tuple(name for name in known if name not in without)


def _survey(part: Survey) -> PlannedSurvey:
    return PlannedSurvey(
        outcomes=_outcomes((i.id, i.label, i.family, i.direction, True) for i in part.items),
        subgroups=tuple(_groups(part)),
        estimators=_estimators(part, *_ANSWERS),
        primary_wave=part.primary_wave,
        horizons=tuple(sorted(wave.month for wave in part.waves)),
    )


def _register(part: Register) -> PlannedRegister:
    later = tuple(part.later.beside) if part.later else ()
    amounts = any(outcome.unit == "amount" and outcome.is_main for outcome in part.outcomes)
    return PlannedRegister(
        outcomes=_outcomes(
            (o.id, o.label, o.family, o.direction, o.is_main) for o in part.outcomes
        ),
        subgroups=tuple(_groups(part)),
        estimators=_estimators(part, *(("winsorised",) if amounts else ()), *later),
        horizons=tuple(part.horizons),
    )  # fmt: skip


def _municipality(part: Municipality) -> PlannedMunicipality:
    groups = [PlannedGroup(id=SEX)]
    if len(part.age_bands) > 1:
        groups.append(PlannedGroup(id=AGE))
    estimators = (
        "cs",
        "never" if part.comparison == "not_yet" else "not_yet",
        *(("dr",) if any(covariate.adjust for covariate in part.covariates) else ()),
        "unweighted" if part.weights == "population" else "weighted",
        f"cluster_{'association' if part.cluster == 'municipality' else 'municipality'}",
        "uncorrected",
        "bootstrap",
        f"anticipation_{part.anticipation + 1}",
        *(("drop_late",) if part.late is not None else ()),
        "twfe",
        "county_trends",
        "imputation",
    )
    return PlannedMunicipality(
        outcomes=_outcomes(
            (o.id, o.label, o.family, o.direction, o.is_main) for o in part.outcomes
        ),
        subgroups=tuple(groups),
        estimators=estimators,
        comparison=part.comparison, base=part.base, anticipation=part.anticipation,
        cluster=part.cluster, weights=part.weights,
    )  # fmt: skip


def plan_of(
    survey: Survey | None, register: Register | None, municipality: Municipality | None
) -> Plan | None:
    """The plan that a study's declarations amount to; None where nothing is estimated."""
    if survey is None and register is None and municipality is None:
        return None
    return Plan.model_construct(
        day=None,
        survey=_survey(survey) if survey else None,
        register_=_register(register) if register else None,
        municipality=_municipality(municipality) if municipality else None,
    )


def read_plan(directory: Path, named: NamedPlan) -> Plan:
    """Read and check the plan's file.

    Args:
        directory: The study's directory.
        named: Where ``study.toml`` says that it lies, and from which day it is.

    Raises:
        InputProblems: The file is missing, is not TOML, breaks the contract, or has another date.
    """
    raw = _read(directory / named.file, named.file)
    try:
        plan = Plan.model_validate_json(json.dumps(raw, default=str))
    except ValidationError as error:
        found = problems_of(error, Plan)
        raise InputProblems(replace(problem, file=named.file) for problem in found) from None
    if plan.day is not None and plan.day != named.day:
        raise InputProblems.one(
            file=named.file,
            found=f"date {plan.day}",
            expected=f"{named.day}, the date of the plan in {FILE_NAME}",
            mend="correct the date that is wrong; both are the day on which the plan was settled",
        )
    return plan


def _read(path: Path, name: str) -> Mapping[str, object]:
    if not path.is_file():
        raise InputProblems.one(
            file=name,
            found="a directory" if path.is_dir() else "no such file in the study directory",
            expected=f"the analysis plan that {FILE_NAME} names under [study.plan]",
            mend="put the plan there; 'finsam-report render --document analysis-plan' makes one "
            "from study.toml",
        )
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        found, expected, mend = (
            f"a file that cannot be read ({error.strerror})", "a file that can be read",
            "check its permissions",
        )  # fmt: skip
    except UnicodeDecodeError:
        found, expected, mend = "bytes that are not UTF-8", "text in UTF-8", "save as UTF-8"
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found, expected, mend = str(error), "TOML", "correct the line that is named"
    raise InputProblems.one(file=name, found=found, expected=expected, mend=mend)


def _inline(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case float():
            return repr(int(value) if value.is_integer() else value)
        case date():
            return value.isoformat()
        case Label():
            swedish = f", sv = {_inline(value.sv)}" if value.sv else ""
            return f"{{ en = {_inline(value.en)}{swedish} }}"
        case tuple() | list():
            return "[" + ", ".join(_inline(item) for item in value) + "]"
        case _:
            return repr(value)


def _entries(model: Model) -> list[str]:
    """The simple entries of a piece of the plan; what is not given is left out."""
    return [
        f"{name} = {_inline(getattr(model, name))}"
        for name in type(model).model_fields
        if name not in ("outcomes", "subgroups") and getattr(model, name) not in (None, ())
    ]


def plan_text(plan: Plan, heading: Sequence[str] = ()) -> str:
    """A plan as TOML, which :func:`read_plan` reads.

    Args:
        plan: The plan.
        heading: Lines of a comment at the top.
    """
    lines = [f"# {line}".rstrip() for line in heading]
    if plan.day is not None:
        lines += ["", f"date = {plan.day.isoformat()}"]
    for name in PARTS:
        part = plan.part(name)
        if part is None:
            continue
        lines += ["", f"[{name}]", *_entries(part)]
        for kind, pieces in (("outcomes", part.outcomes), ("subgroups", part.subgroups)):
            for piece in pieces:
                lines += ["", f"[[{name}.{kind}]]", *_entries(piece)]
    return "\n".join(lines).strip("\n") + "\n"
