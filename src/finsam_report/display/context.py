"""What every table, figure and sentence is made from: study, released ledger, language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from finsam_report.display.catalogue import say
from finsam_report.display.format import Formatter, is_currency
from finsam_report.display.lookup import Lookup, Row
from finsam_report.display.shown import escaped
from finsam_report.inputs.associations import Association
from finsam_report.study import Arms, Covariate, Label, Register, ReleaseRules, Study, Survey

Part = Literal["survey", "register"]


@dataclass(frozen=True)
class Mark:
    """What the analysis plan does not have, by part, and the word that marks it.

    Attributes:
        word: The mark, after a label.
        outcomes: Ids of outcomes; their labels have the mark already.
        groups: Variables of subgroups.
    """

    word: str
    outcomes: Mapping[str, frozenset[str]]
    groups: Mapping[str, frozenset[str]]


@cache
def _limits(rules: ReleaseRules, language: str) -> dict[str, str]:
    fmt = Formatter(language)
    return {
        "threshold": fmt.words(rules.threshold),
        "mean-minimum": fmt.words(rules.mean_minimum),
        "percentile-side": fmt.words(rules.percentile_side),
        "model-minimum": fmt.number(rules.model_minimum),
        "model-df": fmt.words(rules.model_df),
        "rounding": fmt.words(rules.rounding),
        "dominance-share": fmt.tick(rules.dominance_share),
    }


def limits(study: Study, language: str) -> dict[str, str]:
    """The limits of disclosure control in words, by the name that texts use."""
    return _limits(study.release, language)


@dataclass(frozen=True)
class Context:
    """The ingredients of the report; ``association`` where the document is about one."""

    study: Study
    look: Lookup
    language: str
    markdown: bool = False
    association: Association | None = None
    mark: Mark | None = None

    def for_markdown(self) -> Context:
        """The same for text that becomes Markdown: labels of the study cannot be markup there."""
        return replace(self, markdown=True)

    def _text(self, label: Label) -> str:
        text = " ".join(label.text(self.language).split())
        return escaped(text) if self.markdown else text

    def label(self, label: Label) -> str:
        """A label of the study in the report's language, on one line."""
        return self._text(label)

    @property
    def fmt(self) -> Formatter:
        """The formatter of the report's language."""
        return Formatter(self.language, self.look.mark)

    def word(self, key: str, **arguments: str | int | float) -> str:
        """A message of the catalogue; the limits of disclosure control are known to each."""
        return say(self.language, key, **{**limits(self.study, self.language), **arguments})

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
        return self._text(arms.support.label), self._text(arms.control.label)

    def people(self, name: Part) -> tuple[str, str]:
        """The people of the support arm and of the control arm, as nouns."""
        arms = self.arms(name)
        return self._text(arms.support.people), self._text(arms.control.people)

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
                return self._text(item.label)
        if outcome != "met_team":
            return outcome
        return self.word(
            "met-team", programme=self.study.study.programme, treatment=self.treatment(name)
        )

    def treatment(self, name: Part) -> str:
        """What was offered, as a noun."""
        part = self.part(name)
        return self._text(part.treatment) if part else ""

    def covariate(self, name: Part, outcome: str) -> str:
        """The label of a covariate or of one of its levels."""
        part = self.part(name)
        base, _, level = outcome.partition("=")
        covariates: tuple[Covariate, ...] = part.covariates if part else ()
        for covariate in covariates:
            if covariate.id != base:
                continue
            label = self._text(covariate.label)
            for declared in covariate.levels:
                if declared.value == level:
                    short = self._text(declared.label)
                    return short if len(covariate.levels) == 2 else f"{label}: {short}"
            return label
        return outcome

    def grouped(self, name: str, variable: str, label: str) -> str:
        """The label of a subgroup variable or of its groups, marked where it is not planned."""
        if self.mark is None or variable not in self.mark.groups.get(name, ()):
            return label
        return f"{label} {escaped(self.mark.word) if self.markdown else self.mark.word}"

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
        words = {"currency": str(currency), "year": str(year)}
        prices = self.study.prices
        if prices is None or not self.deflated():
            return self.word("price-note", **words)
        source = self.label(prices.source) if prices.source else self.word("price-index")
        return self.word("price-note-deflated", source=source, **words)

    def deflated(self) -> bool:
        """Whether amounts are turned into the prices of one year by an index of the study."""
        register = self.study.register_
        return self.study.prices is not None and any(
            o.nominal and o.price_year is not None for o in (register.outcomes if register else ())
        )

    def unit_with_prices(self, unit: str) -> str:
        """A unit for an axis, with the year of the prices where it is a currency."""
        register = self.study.register_
        years = {
            o.price_year for o in (register.outcomes if register else ()) if o.currency == unit
        }
        if not is_currency(unit) or len(years) != 1 or None in years:
            return self.unit_head(unit)
        return self.word("unit-prices", currency=unit, year=str(years.pop()))

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
        return self.word(keys[unit]) if unit in keys else "" if unit == "number" else unit

    def with_unit(self, label: str, unit: str) -> str:
        """A label with its unit in parentheses; a plain number has none."""
        head = self.unit_head(unit)
        return f"{label} ({head})" if head else label

    def main_rows(self, name: Part, estimator: str, analysis: str = "itt") -> list[Row]:
        """The main effects of a part, in the order of the declaration."""
        part = self.part(name)
        if isinstance(part, Survey):
            ids = [item.id for item in part.items]
            horizons = [float(part.wave(part.primary_wave).month)]
        elif isinstance(part, Register):
            ids = [outcome.id for outcome in part.outcomes if outcome.is_main]
            horizons = [float(h) for h in part.horizons]
        else:
            return []
        found = [
            self.look.row(name, analysis, i, estimator, horizon=h) for i in ids for h in horizons
        ]
        return [row for row in found if row is not None]
