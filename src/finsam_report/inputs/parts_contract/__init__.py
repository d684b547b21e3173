"""What the tables beside those of the two experiments hold."""

from __future__ import annotations

from finsam_report.inputs.contract import Table
from finsam_report.inputs.parts_contract import calendar, municipality, organisation, survey_extra
from finsam_report.study import Label, Study

__all__ = ["TITLES", "other_tables"]

TITLES: dict[str, Label] = {
    **organisation.TITLES,
    **municipality.TITLES,
    **survey_extra.TITLES,
    **calendar.TITLES,
}


def other_tables(study: Study) -> tuple[Table, ...]:
    """Every table that a study declares beside those of the two experiments."""
    out: list[Table] = []
    if study.organisation is not None:
        out += organisation.tables(study.organisation)
    if study.municipality is not None:
        out += municipality.tables(study.municipality)
    if study.survey is not None:
        out += survey_extra.tables(study.survey)
    register = study.register_
    if register is not None and register.later is not None:
        out.append(calendar.draws_table(register, register.later.draws))
    if study.prices is not None:
        out.append(calendar.prices_table(study.prices))
    return tuple(out)
