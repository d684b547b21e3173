"""The title page of each document of a study."""

from __future__ import annotations

from finsam_report.display.catalogue import say
from finsam_report.engine.documents import ASSOCIATION, BRIEF, DOCUMENTS, EVALUATION
from finsam_report.inputs.associations import Association
from finsam_report.study import Study

TAGS = {"en": "en-GB", "sv": "sv-SE"}
NOTICE = {
    "en": "No number in this report describes real people: a program made the data.",
    "sv": "Inget tal i rapporten beskriver verkliga personer: ett program har gjort data.",
}
DATE = {"en": "Data until {}", "sv": "Data till och med {}"}


def titles(
    study: Study,
    language: str,
    document: str = "report",
    association: Association | None = None,
    years: tuple[int, int] | None = None,
) -> dict[str, str]:
    """Title page of a document of a study in a language.

    Args:
        study: The study as declared.
        language: "en" or "sv".
        document: Name of the document.
        association: The association that it is about, if any.
        years: First and last year of what is told of the association.
    """
    about, kind = study.study, DOCUMENTS.get(document)
    found = {
        "title": about.title.text(language),
        "subtitle": about.subtitle.text(language) if about.subtitle else "",
        "date": DATE[language].format(about.data_until.text(language)),
        "author": about.author or "",
        "notice": NOTICE[language] if about.synthetic else "",
        "lang_tag": TAGS[language],
    }
    if document == "report":
        told = about.colophon
        found["publisher"] = told.publisher.text(language) if told.publisher else ""
        place = ", ".join(str(x) for x in (told.place, told.year) if x is not None)
        found["number"] = " · ".join(x for x in (told.number, place) if x)
    if document == BRIEF:
        found["subtitle"] = say(language, "document-brief")
    if document == ASSOCIATION and association is not None:
        key = "document-association-years" if years else "document-association"
        span = "–".join(dict.fromkeys(str(year) for year in years or ()))
        found["title"] = association.label
        found["subtitle"] = say(language, key, years=span)
    if kind is not None and kind.own_title:
        found["title"] = say(language, kind.own_title)
        found["subtitle"] = about.title.text(language)
        found["date"] = ""
        if document in EVALUATION and study.evaluation is not None:
            effort, owner = study.evaluation.effort, study.evaluation.owner
            found["subtitle"] = effort.text(language)
            found["author"] = owner.text(language) if owner else ""
        if about.synthetic:
            found["notice"] = say(language, "document-invented")
    return {key: value for key, value in found.items() if value}
