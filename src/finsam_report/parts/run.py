"""The whole analysis of a study."""

from __future__ import annotations

import pandas as pd

from finsam_report.inputs.read import Inputs
from finsam_report.parts import ledger, municipality, register, survey


def analyse(inputs: Inputs) -> ledger.Ledger:
    """Every estimate of every part that the study has, before disclosure control."""
    pieces: list[pd.DataFrame] = []
    study = inputs.study
    if study.municipality is not None:
        pieces += municipality.analyse(study.municipality, inputs.other, study.analysis)
    if study.survey is not None and inputs.survey is not None:
        pieces += survey.analyse(study.survey, inputs.survey, study.analysis, inputs.other)
    if study.register_ is not None and inputs.register is not None:
        pieces += register.analyse(
            study.register_, inputs.register, study.analysis, study.prices, inputs.other
        )
    return ledger.join(pieces)
