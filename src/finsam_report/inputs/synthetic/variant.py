"""Variants of the synthetic study: parts, sizes, other true effects and named scenarios."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from finsam_report.errors import FinsamError
from finsam_report.inputs.synthetic.designs import Designs
from finsam_report.inputs.synthetic.effects import read_effects
from finsam_report.inputs.synthetic.later_draws import LaterDraws
from finsam_report.inputs.synthetic.membership import Country
from finsam_report.inputs.synthetic.municipality_design import SCENARIOS as PANELS
from finsam_report.inputs.synthetic.municipality_design import MunicipalityDesign
from finsam_report.inputs.synthetic.register_design import RegisterDesign
from finsam_report.inputs.synthetic.survey_design import SurveyDesign
from finsam_report.study import Label

PARTS = ("organisation", "municipality", "survey", "register")
EXPERIMENTS = ("survey", "register")
MOST_PEOPLE = 20_000_000

# What the title says of each scenario.
SCENARIOS = {
    "null": Label(en="no effect anywhere", sv="ingen effekt någonstans"),
    "reversed": Label(
        en="every effect with the opposite sign", sv="varje effekt med omvänt tecken"
    ),
    "violated-trends": Label(
        en="municipalities that join drift away from the others before and after",
        sv="kommuner som går med driver bort från de andra före och efter",
    ),
    "heavy-attrition": Label(
        en="heavy attrition that depends on arm and outcome",
        sv="stort bortfall som beror på grupp och utfall",
    ),
    "one-sided-take-up": Label(
        en="nobody in the control arm meets a team", sv="ingen i kontrollgruppen möter ett team"
    ),
    "later-draws": Label(
        en="people who were not drawn may be drawn in a later draw",
        sv="de som inte dragits kan dras i en senare dragning",
    ),
    "tiny": Label(en="special cases in a few rows", sv="specialfall på några få rader"),
}
# The parts that a scenario changes.
TOUCHED = {
    "null": ("municipality", "survey", "register"),
    "reversed": ("municipality", "survey", "register"),
    "violated-trends": ("municipality",),
    "heavy-attrition": ("survey", "register"),
    "one-sided-take-up": ("survey",),
    "later-draws": ("register",),
    "tiny": PARTS,
}
_NAMES = ", ".join(SCENARIOS)
# Two counties, and a merger of associations.
TINY_COUNTRY = Country(
    counties={"01": 4, "03": 3},
    members=(1, 2, 3, 4, 5, *[5] * 4, *[6] * 10),
    associations=(1, 1, 2, 3, 3, 2, *[2] * 13),
    people=50_000,
    share=0.005,
)
TINY_PANEL = MunicipalityDesign(first=2003, last=2008)
OTHER_EFFECTS = Label(en="effects of the user's choice", sv="effekter som användaren valt")


@dataclass(frozen=True)
class Variant:
    """What to make in place of the synthetic study as it comes.

    Attributes:
        parts: Which parts.
        scale: How many times the people, in both experiments and in efforts; municipalities and
            associations stay those of the country.
        people: How many people in the register, or in the survey where there is no register.
        effects: A file with true effects, see ``effects``.
        scenario: One of ``SCENARIOS``.
    """

    parts: tuple[str, ...] = PARTS
    scale: float | None = None
    people: int | None = None
    effects: Path | None = None
    scenario: str | None = None

    def __post_init__(self) -> None:
        if not self.parts or set(self.parts) - set(PARTS):
            raise FinsamError(f"the parts that can be made are {', '.join(PARTS)}")
        if self.scenario is not None and self.scenario not in SCENARIOS:
            raise FinsamError(f"there is no scenario {self.scenario}; there are {_NAMES}")
        made = " and ".join(self.parts)
        if self.scenario is not None and not set(self.parts) & set(TOUCHED[self.scenario]):
            touched = " or ".join(TOUCHED[self.scenario])
            raise FinsamError(
                f"scenario {self.scenario} changes nothing in {made}; it needs {touched}"
            )
        if self.people is not None and not set(self.parts) & set(EXPERIMENTS):
            raise FinsamError(
                f"--people says how many people an experiment has, and {made} has none"
            )
        if self.scale is not None and self.parts == ("municipality",):
            raise FinsamError(
                "--scale changes nothing in municipality: its units are the country's"
            )
        sizes = self.scale is not None or self.people is not None
        if self.scale is not None and self.people is not None:
            raise FinsamError("--scale and --people both say how many people; give one of them")
        if self.scale is not None and not 0 < self.scale < float("inf"):
            raise FinsamError("--scale must be a number above 0")
        if self.people is not None and self.people < 1:
            raise FinsamError("--people must be at least 1")
        if self.scenario == "tiny" and (sizes or self.effects):
            raise FinsamError(
                "scenario tiny has its own size and effects; "
                "leave out --scale, --people and --effects"
            )
        if self.scenario == "null" and self.effects:
            raise FinsamError("scenario null has no effects; leave out --effects")
        if self.scenario == "reversed" and self.effects:
            raise FinsamError(
                "scenario reversed turns round the usual effects; leave out --effects, "
                "or state effects with the sign that is wanted without the scenario"
            )

    def note(self) -> tuple[Label, ...]:
        """What the title says of it, where it is not the synthetic study as it comes."""
        out: tuple[Label, ...] = ()
        if self.scenario:
            words = SCENARIOS[self.scenario]
            name = f"scenario {self.scenario}"
            out = (Label(en=f"{name}, {words.en}", sv=f"{name}, {words.sv}"),)
        return (*out, OTHER_EFFECTS) if self.effects else out

    def designs(self) -> Designs:
        """The designs of the parts that are wanted.

        Raises:
            FinsamError: There are too few or too many people, or the effects are impossible.
        """
        made = self._scenario()
        if self.scale is not None:
            made = _scaled(made, self.scale)
        elif self.people is not None and made.register is not None:
            made = replace(made, register=sized_register(made.register, self.people))
        elif self.people is not None and made.survey is not None:
            made = replace(made, survey=sized_survey(made.survey, self.people))
        _enough(made.survey, made.register)
        return made if self.effects is None else read_effects(self.effects, made)

    def _scenario(self) -> Designs:
        country, panel = Country(), PANELS.get(self.scenario or "usual", PANELS["usual"])
        survey, register = SurveyDesign(), RegisterDesign()
        if self.scenario == "null":
            survey, register = replace(survey, effect_scale=0), replace(register, effect_scale=0)
        elif self.scenario == "reversed":
            survey = replace(survey, effect_scale=-1)
            # Late draws cannot lose so much more than early ones: hardly anybody has a new start
            # job in the first months. Over all draws the effects are those of the usual study.
            register = replace(register, effect_scale=-1, early_late=(0.7, 1.3))
        elif self.scenario == "heavy-attrition":
            response = ((0.62, 0.58), (0.55, 0.42), (0.0, 0.38))
            survey = replace(survey, response=response, response_on_answer=0.6)
            register = replace(register, followed=(0.55, 0.45))
        elif self.scenario == "one-sided-take-up":
            survey = replace(survey, always_takers=0.0)
        elif self.scenario == "later-draws":
            # With equal effects in all draws, every way of estimating is after the same effect.
            register = replace(register, later=LaterDraws(), early_late=(1.0, 1.0))
        elif self.scenario == "tiny":
            sites = (("goteborg", 0.65, 0.0), ("insjoriket", 0.10, 0.08), ("stockholm", 0.25, 0.0))
            survey = replace(survey, people=40, sites=sites)
            register = replace(
                register, blocks=((40, 12), (4, 2), (30, 3), (6, 3)), rare=(0.0, 0.02)
            )
            country, panel = TINY_COUNTRY, TINY_PANEL
        return Designs(
            country,
            "organisation" in self.parts,
            panel if "municipality" in self.parts else None,
            survey if "survey" in self.parts else None,
            register if "register" in self.parts else None,
        )


def _scaled(made: Designs, scale: float) -> Designs:
    """The designs with so many times the people."""
    survey, register = made.survey, made.register
    if survey is not None:
        survey = sized_survey(survey, round(survey.people * scale))
    if register is not None:
        register = sized_register(register, round((register.stock + register.inflow) * scale))
    country = replace(made.country, participants=scale)
    return replace(made, country=country, survey=survey, register=register)


def sized_survey(design: SurveyDesign, people: int) -> SurveyDesign:
    """The design with another number of people."""
    return replace(design, people=people)


def sized_register(design: RegisterDesign, people: int) -> RegisterDesign:
    """The design with another number of people, in the same proportions."""
    usual = design.stock + design.inflow
    stock = round(people * design.stock / usual)
    drawn = round(people * design.drawn / usual)
    return replace(design, stock=stock, inflow=people - stock, drawn=drawn)


def _survey_fits(design: SurveyDesign) -> bool:
    sizes = design.site_sizes
    support = (design.share_support * sizes + 0.5).astype(int)
    return bool(min(support.min(), (sizes - support).min()) >= 2)


def _register_fits(design: RegisterDesign) -> bool:
    drawn = design.drawn_sizes
    return bool(min(drawn.min(), (design.sizes - drawn).min()) >= 2)


def _enough(survey: SurveyDesign | None, register: RegisterDesign | None) -> None:
    """Refuse sizes that leave a block with fewer than two people in an arm."""
    fault = ""
    numbers = (survey.people if survey else 0, int(register.sizes.sum()) if register else 0)
    if max(numbers) > MOST_PEOPLE:
        fault = f"more than {MOST_PEOPLE} people are too many"
    elif survey is not None and not _survey_fits(survey):
        usual = SurveyDesign()
        least = next(n for n in count(1) if _survey_fits(sized_survey(usual, n)))
        fault = f"{survey.people} people in the survey are too few: it needs {least} or more"
    elif register is not None and not _register_fits(register):
        standard = RegisterDesign()
        least = next(n for n in count(50, 50) if _register_fits(sized_register(standard, n)))
        fault = f"{numbers[1]} people in the register are too few: it needs {least} or more"
    if fault:
        raise FinsamError(fault + "; give another --scale or --people")
