"""What every table, figure and sentence is made from: study, released ledger, language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from finsam_report.display.catalogue import say
from finsam_report.display.format import Formatter
from finsam_report.display.lookup import Lookup, Row
from finsam_report.study import Arms, Covariate, Register, Study, Survey

Part = Literal["survey", "register"]


@dataclass(frozen=True)
class Context:
    """The ingredients of the report."""

    study: Study
    look: Lookup
    language: str

    @property
    def fmt(self) -> Formatter:
        """The formatter of the report's language."""
        return Formatter(self.language)

    def word(self, key: str, **arguments: str | int | float) -> str:
        """A message of the catalogue."""
        return say(self.language, key, **arguments)

    def part(self, name: Part) -> Survey | Register | None:
        """A part of the study as declared."""
        return self.study.survey if name == "survey" else self.study.register_

    def has(self, name: Part) -> bool:
        """Whether the study has a part."""
        return self.part(name) is not None

    def arms(self, name: Part) -> Arms:
        """The arms of a part that the study has."""
        part = self.part(name)
        if part is None:
            raise ValueError(f"the study has no {name} part")
        return part.arms

    def arm_labels(self, name: Part) -> tuple[str, str]:
        """Short names of the support arm and the control arm."""
        arms = self.arms(name)
        return arms.support.label.text(self.language), arms.control.label.text(self.language)

    def people(self, name: Part) -> tuple[str, str]:
        """The people of the support arm and of the control arm, as nouns."""
        arms = self.arms(name)
        return arms.support.people.text(self.language), arms.control.people.text(self.language)

    def outcome(self, name: Part, outcome: str) -> str:
        """The label of an item or outcome."""
        part = self.part(name)
        declared = (
            part.items
            if isinstance(part, Survey)
            else part.outcomes
            if isinstance(part, Register)
            else ()
        )
        for item in declared:
            if item.id == outcome:
                return item.label.text(self.language)
        return self.word("met-team") if outcome == "met_team" else outcome

    def covariate(self, name: Part, outcome: str) -> str:
        """The label of a covariate or of one of its levels."""
        part = self.part(name)
        base, _, level = outcome.partition("=")
        covariates: tuple[Covariate, ...] = part.covariates if part else ()
        for covariate in covariates:
            if covariate.id != base:
                continue
            label = covariate.label.text(self.language)
            for declared in covariate.levels:
                if declared.value == level:
                    short = declared.label.text(self.language)
                    return short if len(covariate.levels) == 2 else f"{label}: {_lower(short)}"
            return label
        return outcome

    def price_note(self) -> str:
        """In what prices amounts are, where the study says so."""
        register = self.study.register_
        years = {
            (o.currency, o.price_year)
            for o in (register.outcomes if register else ())
            if o.currency and o.price_year
        }
        if len(years) != 1:
            return ""
        currency, year = years.pop()
        return self.word("price-note", currency=str(currency), year=str(year))

    def horizon(self, value: float) -> str:
        """Such as "12 months" from 12."""
        register = self.study.register_
        unit = register.period if register else "month"
        count = int(value)
        return self.word("horizon", count=count, unit=unit)

    def horizons(self, values: list[int]) -> str:
        """Such as "12, 24 and 36 months"."""
        register = self.study.register_
        unit = register.period if register else "month"
        listed = self.fmt.joined([str(v) for v in values])
        return self.word("horizons", list=listed, last=values[-1], unit=unit)

    def unit_head(self, unit: str) -> str:
        """A unit for the head of a column."""
        keys = {
            "percent": "unit-percent",
            "percentage points": "unit-points",
            "scale points": "unit-scale",
            "SD": "unit-sd",
            "control SD": "unit-sd",
        }
        return self.word(keys[unit]) if unit in keys else unit

    def main_rows(self, name: Part, estimator: str, analysis: str = "itt") -> list[Row]:
        """The main effects of a part, in the order of the declaration."""
        part = self.part(name)
        if isinstance(part, Survey):
            ids = [item.id for item in part.items]
            horizons = [float(part.wave(part.primary_wave).month)]
        elif isinstance(part, Register):
            ids = [outcome.id for outcome in part.outcomes if outcome.main]
            horizons = [float(h) for h in part.horizons]
        else:
            return []
        found = [
            self.look.row(name, analysis, i, estimator, horizon=h) for i in ids for h in horizons
        ]
        return [row for row in found if row is not None]


def _lower(text: str) -> str:
    """First letter small, unless the word is an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
