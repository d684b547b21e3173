"""What the options of the commands can be."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class EngineName(StrEnum):
    """Which engine renders."""

    auto = "auto"
    quarto = "quarto"
    builtin = "builtin"


class Language(StrEnum):
    """Languages of the report."""

    en = "en"


class DocumentName(StrEnum):
    """Documents that can be asked for by name."""

    report = "report"
    brief = "brief"
    analysis_plan = "analysis-plan"
    evaluation_plan = "evaluation-plan"
    progress_report = "progress-report"


class CheckFormat(StrEnum):
    """How problems are printed."""

    text = "text"
    json = "json"


class CompareFormat(StrEnum):
    """How a comparison is printed."""

    text = "text"
    html = "html"
    json = "json"


class TextLanguage(StrEnum):
    """Languages in which the inputs are explained."""

    en = "en"
    sv = "sv"


class DictionaryFormat(StrEnum):
    """How the data dictionary is printed."""

    text = "text"
    csv = "csv"
    md = "md"


class TemplateFormat(StrEnum):
    """What empty tables are written as."""

    csv = "csv"
    xlsx = "xlsx"


class PartName(StrEnum):
    """Parts of the synthetic study that can be made alone."""

    organisation = "organisation"
    municipality = "municipality"
    survey = "survey"
    register = "register"


class TrialName(StrEnum):
    """The two experiments."""

    survey = "survey"
    register = "register"


class ScenarioName(StrEnum):
    """Scenarios of the synthetic study."""

    null = "null"
    reversed = "reversed"
    violated_trends = "violated-trends"
    heavy_attrition = "heavy-attrition"
    one_sided_take_up = "one-sided-take-up"
    later_draws = "later-draws"
    tiny = "tiny"


StudyArgument = Annotated[
    Path | None,
    typer.Argument(
        help="Directory with study.toml and its tables. Without it: the synthetic study.",
        show_default=False,
    ),
]
