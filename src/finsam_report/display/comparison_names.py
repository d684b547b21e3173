"""What a comparison calls the rows of the ledger, and how it writes their numbers."""

from __future__ import annotations

import math

from finsam_report.display.catalogue import say
from finsam_report.display.comparison import Comparison, RowChange, Verdict
from finsam_report.display.format import MOST_PLACES, Formatter, decimals
from finsam_report.display.lookup import ICW, KLK, Row
from finsam_report.study import Label, Study

# Analyses whose numbers are effects, in words too; of all others an estimate is spoken of.
EFFECTS = frozenset(
    {
        "itt", "late", "overall", "subgroup", "robustness", "alternative", "cumulated",
        "cumulated_late", "any_amount", "work_condition", "calendar", "itt_by_sex", "quantile",
        "group", "event", "group_time", "imputation",
    }
)  # fmt: skip
_FINEST = 7  # decimals of an end of an interval beside zero
# What stands behind the name of the effect where it is a main one.
_MAIN = frozenset({("itt", "lin"), ("overall", "cs")})


class Names:
    """Labels of rows, from the new study, else from the old one, else as in the ledger."""

    def __init__(self, comparison: Comparison, language: str) -> None:
        self.language = language
        self.fmt = Formatter(language)
        sides = (comparison.new, comparison.old)
        self._studies = tuple(side.study for side in sides if side.study is not None)

    def word(self, key: str, **arguments: str | int | float) -> str:
        """A message of the catalogue."""
        return say(self.language, key, **arguments)

    def part(self, name: str) -> str:
        """A part of the report."""
        return self.word("cmp-part", part=name)

    def outcome(self, part: str, name: str) -> str:
        """An outcome or characteristic, with its level."""
        for which, key in ((KLK, "cmp-index-klk"), (ICW, "cmp-index-icw")):
            if name.startswith(which):
                return self.word(key, family=name.removeprefix(which))
        base, sign, level = name.partition("=")
        for study in self._studies:
            label = _declared(study, part, base)
            if label is not None:
                text = " ".join(label.text(self.language).split())
                return f"{text}{sign}{level}"
        return name

    def horizon(self, row: Row) -> str:
        """Such as "12 months"; empty where the row has none."""
        if math.isnan(row.horizon):
            return ""
        if row.part not in ("survey", "register"):
            return f"{row.horizon:g}"
        register = next((s.register_ for s in self._studies if s.register_ is not None), None)
        unit = register.period if register and row.part == "register" else "month"
        return self.word("horizon", count=int(row.horizon), unit=unit)

    def row(self, row: Row) -> str:
        """A row in words: "The effect on work (12 months)"."""
        group = ""
        if row.group in ("women", "men"):
            group = self.word(f"cmp-group-{row.group}")
        elif row.group != "all":
            group = row.group
        how = ""
        if (row.analysis, row.estimator) not in _MAIN:
            how = f"{row.analysis} {row.estimator}"
        details = [text for text in (group, self.horizon(row), how) if text]
        return self.word(
            "cmp-effect",
            kind="effect" if row.analysis in EFFECTS else "estimate",
            outcome=self.outcome(row.part, row.outcome),
            details=", ".join(details) or "none",
        )

    def verdict(self, verdict: Verdict) -> str:
        """What an interval says."""
        return self.word("cmp-verdict-word", verdict=verdict)

    def value(self, row: Row, places: int) -> str:
        """An estimate with its unit."""
        return self.fmt.with_unit(row.estimate, row.unit, places)

    def pair(self, old: Row, new: Row) -> tuple[str, str]:
        """Two estimates, the unit with the second where it can be left out of the first."""
        digits = places(old, new)
        one, two = self.value(old, digits), self.value(new, digits)
        bare = self.fmt.number(old.estimate, digits)
        if old.unit == new.unit and one.startswith(bare):
            one = bare
        return one, two

    def interval(self, row: Row, digits: int) -> str:
        """An interval; empty where there is none. On which side of zero an end lies is seen."""
        ends = (row.ci_low, row.ci_high)
        if math.isnan(ends[0]) or math.isnan(ends[1]):
            return ""
        fine = [next((d for d in range(digits, _FINEST) if round(x, d)), digits) for x in ends]
        low, high = (self.fmt.number(x, d) for x, d in zip(ends, fine, strict=True))
        return self.word("interval", low=low, high=high)


def _declared(study: Study, part: str, name: str) -> Label | None:
    """The label of an outcome, item or covariate of a part."""
    labels: dict[str, Label] = {}
    if part == "survey" and study.survey is not None:
        labels = {c.id: c.label for c in study.survey.covariates}
        labels |= {item.id: item.label for item in study.survey.items}
    elif part == "register" and study.register_ is not None:
        labels = {c.id: c.label for c in study.register_.covariates}
        labels |= {outcome.id: outcome.label for outcome in study.register_.outcomes}
    elif part == "municipality" and study.municipality is not None:
        labels = {c.id: c.label for c in study.municipality.covariates}
        labels |= {outcome.id: outcome.label for outcome in study.municipality.outcomes}
    return labels.get(name)


def places(old: Row, new: Row) -> int:
    """Decimals that tell two estimates apart, and show their standard errors."""
    digits = decimals(new.unit, (*old.sizes, *new.sizes))
    error = min((r.std_error for r in (old, new) if r.std_error > 0), default=math.nan)
    while digits < MOST_PLACES and not math.isnan(error) and round(error, digits) == 0:
        digits += 1
    while (
        digits < MOST_PLACES
        and old.estimate != new.estimate
        and round(old.estimate, digits) == round(new.estimate, digits)
    ):
        digits += 1
    return digits


def way(change: RowChange, digits: int) -> str:
    """Whether an estimate rose, fell, or moved by less than is shown."""
    one, two = change.old, change.new
    if one is None or two is None:
        raise ValueError("a row that is on one side only does not move")
    if math.isnan(one.estimate) or math.isnan(two.estimate):
        if math.isnan(one.estimate) and math.isnan(two.estimate):
            return "same"
        return "appeared" if math.isnan(one.estimate) else "vanished"
    if "estimate" not in change.columns:
        return "same"
    if round(one.estimate, digits) == round(two.estimate, digits):
        return "small"
    return "up" if two.estimate > one.estimate else "down"
