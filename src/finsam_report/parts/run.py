"""The whole analysis of a study."""

from __future__ import annotations

import pandas as pd

from finsam_report.inputs.read import Inputs
from finsam_report.parts import ledger, municipality, organisation, register, survey


def analyse(inputs: Inputs, association: str | None = None) -> ledger.Ledger:
    """Every estimate of every part that the study has, before disclosure control.

    Args:
        inputs: The study and its checked tables.
        association: Code of an association that is to be told of in full.
    """
    pieces: list[pd.DataFrame] = []
    study = inputs.study
    pieces += organisation.analyse(study, inputs.other, association)
    if association is not None:  # its report tells of nothing else
        return ledger.join(pieces)
    if study.municipality is not None:
        pieces += municipality.analyse(study.municipality, inputs.other, study.analysis)
    if study.survey is not None and inputs.survey is not None:
        pieces += survey.analyse(
            study.survey, inputs.survey, study.analysis, inputs.other, study.release
        )
    if study.register_ is not None and inputs.register is not None:
        pieces += register.analyse(
            study.register_,
            inputs.register,
            study.analysis,
            study.prices,
            inputs.other,
            study.release,
        )
    return ledger.join(pieces)
