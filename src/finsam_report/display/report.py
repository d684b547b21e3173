"""The report as its documents see it: tables, figures and texts by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from finsam_report.display import (
    association_results,
    dictionary,
    evaluation_results,
    findings,
    flow,
    frame_results,
    frame_words,
    key_findings,
    municipality_results,
    organisation_results,
    plan,
    plan_document,
    plan_marks,
    provenance,
    register_results,
    sentences,
    survey_pieces,
    survey_results,
    synthesis_results,
    trial_tables,
)
from finsam_report.display import figure as drawing
from finsam_report.display.context import Context, Part
from finsam_report.display.figure import Figure
from finsam_report.display.form import Form, form_html, form_typst
from finsam_report.display.linked import LinkedTable, as_markdown
from finsam_report.display.lookup import Lookup
from finsam_report.display.shown import Said, Shown, escaped, figure_markdown, table_markdown
from finsam_report.display.table import Table, as_html, as_typst
from finsam_report.display.words import WORDS
from finsam_report.inputs.associations import Association
from finsam_report.problems import Problem
from finsam_report.release import Released
from finsam_report.study import Study

STUDY, OUTPUT, RELEASED = "FINSAM_STUDY", "FINSAM_OUTPUT", "FINSAM_RELEASED"
WARNINGS, ASSOCIATION = "FINSAM_WARNINGS", "FINSAM_ASSOCIATION"

TABLES: Mapping[str, Callable[[Context], Table | LinkedTable | Form]] = {
    **survey_pieces.TABLES,
    **survey_results.TABLES,
    **register_results.TABLES,
    **municipality_results.TABLES,
    **organisation_results.TABLES,
    **frame_results.TABLES,
    **synthesis_results.TABLES,
    **association_results.TABLES,
    **evaluation_results.TABLES,
    **plan.TABLES,
    "survey-balance": lambda c: trial_tables.balance(c, "survey"),
    "register-balance": lambda c: trial_tables.balance(c, "register"),
    **dictionary.TABLES,
    "verification": provenance.verification,
    "versions": provenance.versions,
}

FIGURES: Mapping[str, Callable[[Context], Figure]] = {
    **survey_pieces.FIGURES,
    **survey_results.FIGURES,
    **register_results.FIGURES,
    **municipality_results.FIGURES,
    **organisation_results.FIGURES,
    **frame_results.FIGURES,
    **synthesis_results.FIGURES,
    **association_results.FIGURES,
    **evaluation_results.FIGURES,
    "survey-flow": lambda c: flow.flow(c, "survey"),
    "register-flow": lambda c: flow.flow(c, "register"),
}

TEXTS: Mapping[str, Callable[[Context], str]] = {
    **survey_pieces.TEXTS,
    **survey_results.TEXTS,
    **register_results.TEXTS,
    **municipality_results.TEXTS,
    **organisation_results.TEXTS,
    **frame_results.TEXTS,
    **synthesis_results.TEXTS,
    **association_results.TEXTS,
    **evaluation_results.TEXTS,
    **plan.TEXTS,
    "key-findings-survey": key_findings.survey,
    "key-findings-register": key_findings.register,
    "survey-participation": lambda c: sentences.participation(c, "survey"),
    "survey-balance": lambda c: sentences.balance(c, "survey"),
    "register-participation": lambda c: sentences.participation(c, "register"),
    "register-take-up": lambda c: sentences.take_up(c, "register"),
    "register-balance": lambda c: sentences.balance(c, "register"),
    "register-findings": findings.register_findings,
    "register-late": lambda c: findings.late(c, "register"),
    "register-not-estimated": sentences.not_estimated,
    "register-reading": lambda c: sentences.reading_q(c, "register"),
    "several-outcomes": sentences.summary_several,
}


def _part_of(name: str) -> Part | None:
    """The part that a name speaks of, or None."""
    if "survey" in name:
        return "survey"
    return "register" if "register" in name else None


@dataclass(frozen=True)
class Report:
    """What the cells of a document call.

    Attributes:
        context: Study, released ledger and language.
        directory: The study's directory, for the files' names and hashes.
        output: Where figures and tables are written.
        warnings: What was odd in the inputs, a sentence each.
    """

    context: Context
    directory: Path
    output: Path
    warnings: tuple[str, ...] = ()

    def table(self, name: str) -> Shown:
        """A table by name; nothing where the study lacks its part.

        Raises:
            KeyError: There is no such table.
        """
        table = self.made_table(name)
        return Shown("") if table is None else self._write_table(table)

    def made_table(self, name: str) -> Table | LinkedTable | Form | None:
        """A table by name before it is written; None where the study lacks its part.

        Raises:
            KeyError: There is no such table.
        """
        if name == "inputs":
            return provenance.inputs(self.context, self.directory)
        if name not in TABLES:
            raise KeyError(f"there is no table '{name}'; there are: {', '.join(TABLES)}")
        return None if self._absent(name, table=True) else TABLES[name](self.context)

    def figure(self, name: str) -> Shown:
        """A figure by name; nothing where the study lacks its part.

        Raises:
            KeyError: There is no such figure.
        """
        figure = self.made_figure(name)
        if figure is None:
            return Shown("")
        drawing.write(figure, self.output / "figures")
        return figure_markdown(figure.name, figure.caption, figure.alt)

    def made_figure(self, name: str) -> Figure | None:
        """A figure by name before it is drawn; None where the study lacks its part.

        Raises:
            KeyError: There is no such figure.
        """
        if name not in FIGURES:
            raise KeyError(f"there is no figure '{name}'; there are: {', '.join(FIGURES)}")
        if self._absent(name):
            return None
        return plan_marks.noted_figure(self.context, FIGURES[name](self.context))

    def text(self, name: str) -> Shown:
        """Computed text by name; nothing where the study lacks its part.

        Raises:
            KeyError: There is no such text.
        """
        part = _part_of(name)
        if part is not None and not self.context.has(part):
            return Shown("")
        if municipality_results.named(name) and not municipality_results.there(self.context):
            return Shown("")
        study, language = self.context.study, self.context.language
        if name.startswith("setting-"):
            declared = self.context.part("survey" if name == "setting-survey" else "register")
            setting = declared.setting if declared else None
            return Shown(escaped(setting.text(language)) if setting else "")
        match name:
            case "background-other":
                background = study.study.background
                return Shown(escaped(background.text(language)) if background else "")
            case "about-truth":
                return Shown(sentences.about_truth(self.context, self.directory))
            case "choices":
                choices = study.analysis
                return Shown(
                    self.context.word(
                        "choices",
                        level=self.say("level"),
                        draws=self.say("draws"),
                        seed=str(choices.seed),
                    )
                )
            case "warnings":
                return Shown(sentences.warnings(self.context, self.warnings))
            case "files-tables" | "files-figures":
                folder = self.output / name.removeprefix("files-")
                return Shown(frame_words.files(self.context, folder))
            case "plan-file":
                return Shown(plan_document.write(self.context.for_markdown(), self.output))
            case "suppression":
                count = self.context.look.suppressed
                number = self.context.fmt.words(count)
                return Shown(self.context.word("suppression", count=count, number=number))
        if name not in TEXTS:
            raise KeyError(f"there is no text '{name}'; there are: {', '.join(TEXTS)}")
        text = TEXTS[name](self.context.for_markdown())
        return Shown(plan_marks.explained(self.context, name, text))

    def say(self, name: str) -> Said:
        """A short computed string for a sentence; empty where the study lacks its part.

        Raises:
            KeyError: There is no such string.
        """
        return Said(self._say(name))

    def _say(self, name: str) -> str:
        if name in WORDS:
            return WORDS[name](self.context)
        if frame_words.is_published(name):
            return frame_words.published(self.context, name)
        context, fmt, language = self.context, self.context.fmt, self.context.language
        part = _part_of(name)
        if part is None:
            raise KeyError(f"there is no text '{name}' for a sentence")
        declared = context.part(part)
        if declared is None:
            return ""
        counts = {
            arm: context.look.count(part, "randomised", f"arm:{arm}")
            for arm in ("support", "control")
        }
        people = context.people(part)
        known = {
            f"{part}-n": fmt.number(sum(counts.values())),
            f"{part}-n-support": fmt.number(counts["support"]),
            f"{part}-n-control": fmt.number(counts["control"]),
            f"{part}-support": people[0],
            f"{part}-control": people[1],
            f"treatment-{part}": declared.treatment.text(language),
        }
        if name not in known:
            raise KeyError(f"there is no text '{name}' for a sentence")
        return known[name]

    def _absent(self, name: str, *, table: bool = False) -> bool:
        if organisation_results.named(name):
            shows = organisation_results.has_table if table else organisation_results.has_figure
            return not shows(self.context, name)
        if municipality_results.named(name):
            has = municipality_results.has_table if table else municipality_results.has_figure
            return not has(self.context, name)
        if name in dictionary.TABLES:
            wanted = name.removeprefix("dictionary-")
            return not dictionary.present(self.context.study)[wanted]
        if name in plan.TABLES:
            return plan.absent(self.context, name)
        if name in evaluation_results.TABLES or name in evaluation_results.FIGURES:
            return evaluation_results.absent(self.context, name)
        if association_results.named(name):
            return association_results.absent(self.context, name)
        if synthesis_results.named(name):
            return synthesis_results.absent(self.context, name)
        part = _part_of(name)
        if name in frame_results.TABLES or name in frame_results.FIGURES:
            return frame_results.absent(self.context, name)
        if part is None:
            return False
        if not self.context.has(part) or survey_results.absent(self.context, name):
            return True
        if part == "register" and register_results.absent(self.context, name):
            return True
        look = self.context.look
        needs = {
            "balance": "balance",
            "effects": "itt",
            "late": "late",
            "take-up": "first_stage",
            "prevalence": "mean",
            "monthly-effects": "mean",
            "not-estimated": "not_estimated",
        }
        analysis = survey_pieces.NEEDS.get(name) or needs.get(name.removeprefix(f"{part}-"))
        return analysis is not None and not look.rows(part, analysis)

    def _write_table(self, table: Table | LinkedTable | Form) -> Shown:
        folder = self.output / "tables"
        folder.mkdir(parents=True, exist_ok=True)
        plan_marks.with_column(self.context, table.data).to_csv(
            folder / f"tbl-{table.name}.csv", index=False, lineterminator="\n", encoding="utf-8"
        )
        if isinstance(table, LinkedTable):
            return Shown(as_markdown(table))
        if isinstance(table, Form):
            return table_markdown(form_html(table), form_typst(table))
        shown = plan_marks.noted(self.context, table)
        return table_markdown(as_html(shown), as_typst(shown))


def make(
    study: Study,
    released: Released,
    language: str,
    directory: Path,
    output: Path,
    warnings: Iterable[Problem] = (),
    association: Association | None = None,
) -> Report:
    """The report of a released study."""
    mark = plan_marks.marks_of(study, language)
    shown = plan_marks.marked(study, mark, language)
    context = Context(shown, Lookup(released), language, association=association, mark=mark)
    return Report(context, directory, output, tuple(problem.text() for problem in warnings))
