"""The declaration of what an evaluation was asked."""

from __future__ import annotations

from collections.abc import Iterable

from finsam_report.study_pieces import Identifier, Label, Model


class Question(Model):
    """A question that the evaluation was asked, in the words that it is answered under.

    Items of the survey, outcomes of the register and outcomes of municipalities name the
    questions that they answer in ``questions``.
    """

    id: Identifier
    text: Label


def fault(questions: Iterable[Question], used: Iterable[str]) -> str:
    """What is wrong with the questions and the names that outcomes use, empty where nothing is.

    Args:
        questions: The questions as declared.
        used: The names that items and outcomes use.
    """
    known = [question.id for question in questions]
    twice = next((name for name in known if known.count(name) > 1), None)
    if twice is not None:
        return f"question '{twice}' is declared twice"
    unknown = sorted(set(used) - set(known))
    if unknown:
        return (
            f"an outcome or item answers question '{unknown[0]}', which is not among [[questions]]"
        )
    return ""
