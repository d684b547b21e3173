"""What a study promises of its analysis plan: read as written, checked, and compared with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from finsam_report.inputs.read import read_inputs
from finsam_report.inputs.synthetic import synthesise
from finsam_report.inputs.synthetic.like import make_like
from finsam_report.inputs.synthetic.plan import UNPLANNED, synthetic_plan
from finsam_report.inputs.synthetic.variant import Variant
from finsam_report.inputs.template import template
from finsam_report.places import synthetic_study
from finsam_report.problems import InputProblems
from finsam_report.study import Study, read_study_file
from finsam_report.study_deviations import Deviation, deviations, exploratory
from finsam_report.study_plan import Plan, plan_text

SMALL_PLAN = """
[survey]
estimators = ["lin"]
primary_wave = 2
horizons = [0, 6, 12]

[[survey.outcomes]]
id = "job"

[[survey.outcomes]]
id = "health"
"""


@dataclass
class Planned:
    """The synthetic study's declarations with a plan that a test may change."""

    study: Study

    def plan(self) -> Plan:
        made = self.study.declared_plan()
        assert made is not None
        return made

    def compared(self, change: Callable[[str], str]) -> tuple[Deviation, ...]:
        """Deviations from a plan whose text was changed; the study is as declared."""
        import tomllib

        text = change(plan_text(self.plan()))
        plan = Plan.model_validate_json(_json(tomllib.loads(text)))
        return deviations(plan, self.plan())


def _json(raw: object) -> str:
    import json

    return json.dumps(raw, default=str)


@pytest.fixture(scope="module")
def planned() -> Planned:
    return Planned(read_study_file(synthetic_study(), plan=False))


def swapped(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


def without(part: str, kind: str, name: str) -> Callable[[str], str]:
    """Take one outcome or group out of a plan's text."""

    def change(text: str) -> str:
        pieces = text.split(f"\n[[{part}.{kind}]]\n")
        kept = [p for p in pieces[1:] if not p.startswith(f'id = "{name}"\n')]
        # What comes after the last one of its kind belongs to the next part.
        lost = next(p for p in pieces[1:] if p.startswith(f'id = "{name}"\n'))
        rest = lost.partition("\n[")
        after = rest[1] + rest[2]
        assert len(kept) == len(pieces) - 2
        return f"\n[[{part}.{kind}]]\n".join([pieces[0], *kept]) + after

    return change


def test_a_plan_made_from_a_study_has_nothing_to_differ_in(planned: Planned) -> None:
    assert planned.compared(lambda text: text) == ()
    assert all(
        not found.outcomes and not found.groups
        for found in exploratory(planned.plan(), planned.plan()).values()
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (without("survey", "outcomes", "health"), Deviation("survey", "outcome_added", "health")),
        (without("municipality", "outcomes", "moved"),
         Deviation("municipality", "outcome_added", "moved")),
        (without("survey", "subgroups", "education"),
         Deviation("survey", "group_added", "education")),
        (without("register", "subgroups", "calendar_split"),
         Deviation("register", "group_added", "calendar_split")),
        (without("municipality", "subgroups", "age"),
         Deviation("municipality", "group_added", "age")),
        (swapped("cuts = [40]", "cuts = [35]"),
         Deviation("survey", "group_changed", "age", "35", "40")),
        (swapped("dates = [2019-01-01]", "dates = [2019-06-01]"),
         Deviation("register", "group_changed", "entry", "draw, 2019-06-01", "draw, 2019-01-01")),
        (swapped('id = "health"', 'id = "sleep"'), Deviation("survey", "outcome_dropped", "sleep")),
        (swapped('family = "main"', 'family = "work"'),
         Deviation("survey", "family", "job_now", "work", "main")),
        (swapped('direction = "up"', 'direction = "none"'),
         Deviation("survey", "direction", "job_now", "none", "up")),
        (swapped("primary = true", "primary = false"),
         Deviation("survey", "primary", "job_now", False, True)),
        (swapped("primary_wave = 2", "primary_wave = 1"),
         Deviation("survey", "primary_wave", "", 1, 2)),
        (swapped("horizons = [6, 12, 18", "horizons = [12, 18"),
         Deviation("register", "horizon_added", "6")),
        (swapped('"lee", ', ""), Deviation("survey", "estimator_added", "lee")),
        (swapped('"lin", ', '"lin", "bayes", '),
         Deviation("survey", "estimator_dropped", "bayes")),
        (swapped('comparison = "not_yet"', 'comparison = "never"'),
         Deviation("municipality", "setting", "comparison", "never", "not_yet")),
    ],
)  # fmt: skip
def test_every_difference_is_found(
    planned: Planned, change: Callable[[str], str], expected: Deviation
) -> None:
    found = planned.compared(change)
    assert expected in found
    assert len(found) <= 2  # an id that was changed is one that was left out and one that was added


def test_what_the_plan_leaves_open_is_no_deviation(planned: Planned) -> None:
    import re

    def change(text: str) -> str:
        return re.sub(
            r"^(estimators|horizons|primary_wave|comparison|base|weights|cluster) = .*\n", "",
            text, flags=re.MULTILINE,
        )  # fmt: skip

    assert planned.compared(change) == ()


def test_a_part_that_is_not_planned_is_exploratory_as_a_whole(planned: Planned) -> None:
    plan = planned.plan().model_copy(update={"survey": None})
    assert deviations(plan, planned.plan()) == (Deviation("survey", "part_added"),)
    found = exploratory(plan, planned.plan())
    assert found["survey"].outcomes == {item.id for item in planned.study.survey.items}  # type: ignore[union-attr]
    assert "sex" in found["survey"].groups
    assert not found["register"].outcomes
    back = deviations(planned.plan(), plan)
    assert back == (Deviation("survey", "part_dropped"),)


def test_groups_that_are_cut_elsewhere_are_exploratory(planned: Planned) -> None:
    part = planned.plan().survey
    assert part is not None
    groups = tuple(
        group.model_copy(update={"cuts": (30.0,)}) if group.id == "age" else group
        for group in part.subgroups
    )
    changed = part.model_copy(update={"subgroups": groups})
    plan = planned.plan().model_copy(update={"survey": changed})
    assert exploratory(plan, planned.plan())["survey"].groups == {"age"}


def test_women_and_men_of_a_register_are_groups_whether_declared_or_not(planned: Planned) -> None:
    register = planned.study.register_
    assert register is not None
    kept = tuple(group for group in register.subgroups if group.id != "sex")
    study = planned.study.model_copy(
        update={"register_": register.model_copy(update={"subgroups": kept})}
    )
    made = study.declared_plan()
    assert made is not None and made.register_ is not None
    assert "sex" in {group.id for group in made.register_.subgroups}


def test_every_estimator_of_the_plan_is_in_the_ledger(planned: Planned) -> None:
    frame = pd.read_csv(Path(__file__).parent / "expected" / "results.csv")
    for part in ("survey", "register", "municipality"):
        rows = frame[frame["part"] == part]
        own = planned.plan().part(part)
        assert own is not None
        assert set(own.estimators) <= set(rows["estimator"]), part


def named(small: object, plan: str | bytes | None, day: str = "2019-01-01") -> Path:
    """The small study with a plan."""
    directory: Path = small.directory  # type: ignore[attr-defined]
    path = directory / "study.toml"
    text = path.read_text("utf-8")
    head = f'[study.plan]\nfile = "plan.toml"\ndate = {day}\n\n[analysis]'
    path.write_text(text.replace("[analysis]", head, 1), "utf-8")
    if plan is not None:
        content = plan if isinstance(plan, bytes) else plan.encode()
        (directory / "plan.toml").write_bytes(content)
    return directory


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (None, ("plan.toml: found no such file", "render --document analysis-plan")),
        ("[survey]\nhorizons = = 3", ("plan.toml", "TOML", "line 2")),
        (b"\xff\xfe", ("plan.toml", "UTF-8")),
        ("", ("plan.toml", "nothing of any part")),
        (SMALL_PLAN.replace("[survey]", "[surveys]"), ("plan.toml, surveys", "is 'survey' meant")),
        (SMALL_PLAN.replace('id = "health"', 'id = "job"'), ("'job' is declared twice",)),
        (SMALL_PLAN.replace('id = "job"', 'id = "job"\nfamly = "x"'),
         ("plan.toml, survey.outcomes[1].famly", "is 'family' meant")),
        (SMALL_PLAN.replace("primary_wave = 2", 'primary_wave = "two"'),
         ("plan.toml, survey.primary_wave", "whole number")),
        ("date = 2018-05-05\n" + SMALL_PLAN, ("2018-05-05", "2019-01-01", "study.toml")),
        ('date = "in May"\n' + SMALL_PLAN, ("plan.toml, date", "date")),
        (SMALL_PLAN.replace('id = "job"', 'id = "job"\ndirection = "better"'),
         ("plan.toml, survey.outcomes[1].direction", "'up'")),
        ("survey = 3\n", ("plan.toml, survey", "table of entries")),
    ],
)  # fmt: skip
def test_a_plan_that_breaks_its_contract_is_named_with_its_place(
    small: object, plan: str | bytes | None, words: tuple[str, ...]
) -> None:
    directory = named(small, plan)
    with pytest.raises(InputProblems) as caught:
        read_study_file(directory)
    for word in words:
        assert word in str(caught.value)
    assert "study.toml: found" not in str(caught.value)
    assert read_study_file(directory, plan=False).plan is None


def test_a_plan_outside_the_study_directory_is_refused(small: object) -> None:
    directory = named(small, SMALL_PLAN)
    path = directory / "study.toml"
    path.write_text(path.read_text("utf-8").replace('"plan.toml"', '"../plan.toml"'), "utf-8")
    with pytest.raises(InputProblems, match="does not name a file in the study directory"):
        read_study_file(directory)


def test_the_plan_is_an_input_of_the_study(small: object) -> None:
    directory = named(small, SMALL_PLAN)
    study = read_study_file(directory)
    assert "plan.toml" in study.files() and "plan.toml" in study.read_in(directory)
    assert study.plan is not None and study.plan.register_ is None
    made = study.declared_plan()
    assert made is not None
    assert [d for d in deviations(study.plan, made) if d.kind == "part_added"]


@pytest.mark.parametrize(("day", "warned"), [("2019-01-01", False), ("2035-01-01", True)])
def test_a_plan_that_is_younger_than_the_data_is_a_warning(
    small: object, day: str, warned: bool
) -> None:
    directory = named(small, SMALL_PLAN, day)
    people = pd.read_csv(directory / "people.csv", dtype=str, keep_default_na=False)
    if "randomised" not in people.columns:
        people["randomised"] = "2020-02-03"
        people.to_csv(directory / "people.csv", index=False)
    texts = [problem.text() for problem in read_inputs(directory).warnings]
    found = [text for text in texts if "study.plan.date" in text]
    assert bool(found) is warned
    assert all("2035-01-01" in text for text in found)
    assert warned == any("people.csv" in text for text in found)


def test_the_synthetic_plan_lacks_the_pandemic_alone() -> None:
    study = read_study_file(synthetic_study())
    made = study.declared_plan()
    assert study.plan is not None and made is not None
    assert {(d.part, d.kind, d.name) for d in deviations(study.plan, made)} == {
        (part, "group_added", name) for part, name in UNPLANNED.items()
    }
    assert study.plan.model_dump() == synthetic_plan(study).model_dump()  # type: ignore[union-attr]


@pytest.mark.parametrize("part", ["survey", "register", "municipality", "organisation"])
def test_a_variant_has_the_plan_of_its_own_parts(part: str, tmp_path: Path) -> None:
    synthesise(tmp_path / "s", 3, Variant(parts=(part,)))
    study = read_study_file(tmp_path / "s")
    if part == "organisation":
        assert study.plan is None and not (tmp_path / "s" / "analysis_plan.toml").exists()
        return
    assert study.plan is not None
    have = {name for name in ("survey", "register", "municipality") if study.plan.part(name)}
    assert have == {part}


def test_a_twin_and_a_template_have_the_plan_of_their_study(tmp_path: Path) -> None:
    synthesise(tmp_path / "s", 3, Variant(parts=("survey",)))
    make_like(tmp_path / "s", tmp_path / "twin")
    template(tmp_path / "s", tmp_path / "template")
    plans = [read_study_file(tmp_path / name).plan for name in ("s", "twin", "template")]
    assert plans[0] is not None
    assert plans[0] == plans[1] == plans[2]
