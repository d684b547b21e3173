"""What each part of the synthetic study is drawn from."""

from __future__ import annotations

from dataclasses import dataclass

from finsam_report.inputs.synthetic.membership import Country
from finsam_report.inputs.synthetic.municipality_design import MunicipalityDesign
from finsam_report.inputs.synthetic.register_design import RegisterDesign
from finsam_report.inputs.synthetic.survey_design import SurveyDesign


@dataclass(frozen=True)
class Designs:
    """The designs of the parts that are made; None for a part that is not.

    Attributes:
        country: Where associations and municipalities are.
        organisation: Whether the organisation part is made.
        municipality: Years, outcomes and effects of the municipality panel.
        survey: The survey experiment.
        register: The register experiment.
    """

    country: Country
    organisation: bool
    municipality: MunicipalityDesign | None
    survey: SurveyDesign | None
    register: RegisterDesign | None
