"""The report as its documents see it: tables, figures and texts by name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from finsam_report import release
from finsam_report.display import (
    dictionary,
    findings,
    flow,
    key_findings,
    municipality_results,
    part_tables,
    provenance,
    register_results,
    sentences,
    survey_pieces,
    survey_results,
    trial_tables,
)
from finsam_report.display import figure as drawing
from finsam_report.display.context import Context, Part
from finsam_report.display.figure import Figure
from finsam_report.display.lookup import Lookup
from finsam_report.display.shown import Said, Shown, escaped, figure_markdown, table_markdown
from finsam_report.display.table import Table, as_html, as_typst
from finsam_report.display.words import WORDS
from finsam_report.inputs.read import read_inputs
from finsam_report.places import synthetic_study
from finsam_report.problems import Problem, from_json
from finsam_report.release import Released
from finsam_report.study import Study, read_study_file

STUDY, OUTPUT, RELEASED = "FINSAM_STUDY", "FINSAM_OUTPUT", "FINSAM_RELEASED"
WARNINGS = "FINSAM_WARNINGS"

TABLES: Mapping[str, Callable[[Context], Table]] = {
    **survey_pieces.TABLES,
    **survey_results.TABLES,
    **register_results.TABLES,
    **municipality_results.TABLES,
    "studies": part_tables.studies,
    "survey-balance": lambda c: trial_tables.balance(c, "survey"),
    "register-balance": lambda c: trial_tables.balance(c, "register"),
    **dictionary.TABLES,
    "versions": provenance.versions,
}

FIGURES: Mapping[str, Callable[[Context], Figure]] = {
    **survey_pieces.FIGURES,
    **survey_results.FIGURES,
    **register_results.FIGURES,
    **municipality_results.FIGURES,
    "survey-flow": lambda c: flow.flow(c, "survey"),
    "register-flow": lambda c: flow.flow(c, "register"),
}

TEXTS: Mapping[str, Callable[[Context], str]] = {
    **survey_pieces.TEXTS,
    **survey_results.TEXTS,
    **register_results.TEXTS,
    **municipality_results.TEXTS,
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
    "unused-parts": sentences.unused_parts,
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
        if name == "inputs":
            return self._write_table(provenance.inputs(self.context, self.directory))
        if name not in TABLES:
            raise KeyError(f"there is no table '{name}'; there are: {', '.join(TABLES)}")
        if self._absent(name, table=True):
            return Shown("")
        return self._write_table(TABLES[name](self.context))

    def figure(self, name: str) -> Shown:
        """A figure by name; nothing where the study lacks its part.

        Raises:
            KeyError: There is no such figure.
        """
        if name not in FIGURES:
            raise KeyError(f"there is no figure '{name}'; there are: {', '.join(FIGURES)}")
        if self._absent(name):
            return Shown("")
        figure = FIGURES[name](self.context)
        drawing.write(figure, self.output / "figures")
        return figure_markdown(figure.name, figure.caption, figure.alt)

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
            case "suppression":
                count = self.context.look.suppressed
                number = self.context.fmt.words(count)
                return Shown(self.context.word("suppression", count=count, number=number))
        if name not in TEXTS:
            raise KeyError(f"there is no text '{name}'; there are: {', '.join(TEXTS)}")
        return Shown(TEXTS[name](self.context.for_markdown()))

    def say(self, name: str) -> Said:
        """A short computed string for a sentence; empty where the study lacks its part.

        Raises:
            KeyError: There is no such string.
        """
        return Said(self._say(name))

    def _say(self, name: str) -> str:
        if name in WORDS:
            return WORDS[name](self.context)
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
        if municipality_results.named(name):
            has = municipality_results.has_table if table else municipality_results.has_figure
            return not has(self.context, name)
        if name in dictionary.TABLES:
            wanted = name.removeprefix("dictionary-")
            return not dictionary.present(self.context.study)[wanted]
        part = _part_of(name)
        if name == "studies":
            return not (self.context.has("survey") and self.context.has("register"))
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

    def _write_table(self, table: Table) -> Shown:
        folder = self.output / "tables"
        folder.mkdir(parents=True, exist_ok=True)
        table.data.to_csv(
            folder / f"tbl-{table.name}.csv", index=False, lineterminator="\n", encoding="utf-8"
        )
        return table_markdown(as_html(table), as_typst(table))


def make(
    study: Study,
    released: Released,
    language: str,
    directory: Path,
    output: Path,
    warnings: Iterable[Problem] = (),
) -> Report:
    """The report of a released study."""
    context = Context(study, Lookup(released), language)
    return Report(context, directory, output, tuple(problem.text() for problem in warnings))


def open_report(language: str) -> Report:
    """The report of the study that the environment names; the setup cell of a document calls it.

    ``FINSAM_STUDY`` is the study's directory (default: the synthetic study), ``FINSAM_OUTPUT``
    where figures and tables go (default: ``_output``), ``FINSAM_RELEASED`` a ``results.csv``
    that was released already, and ``FINSAM_WARNINGS`` what was odd in its inputs; without them
    the study is read and analysed here.

    Raises:
        InputProblems: The study breaks its contract.
    """
    directory = Path(os.environ.get(STUDY) or synthetic_study())
    output = Path(os.environ.get(OUTPUT) or "_output").resolve()
    ready = os.environ.get(RELEASED)
    if ready:
        warnings = from_json(os.environ.get(WARNINGS) or "")
        study, released = read_study_file(directory), release.read(Path(ready))
        return make(study, released, language, directory, output, warnings)
    inputs = read_inputs(directory)
    released = release.released_study(inputs)
    output.mkdir(parents=True, exist_ok=True)
    released.write(output / "results.csv")
    return make(inputs.study, released, language, directory, output, inputs.warnings)
