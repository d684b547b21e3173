"""The report as its documents see it, with a register of the numbers that its texts show."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from finsam_report import release
from finsam_report.display import claim_book
from finsam_report.display.claim_book import ClaimBook
from finsam_report.display.figure import Figure
from finsam_report.display.form import Form
from finsam_report.display.linked import LinkedTable
from finsam_report.display.report import (
    ASSOCIATION,
    OUTPUT,
    RELEASED,
    STUDY,
    WARNINGS,
    Report,
    make,
)
from finsam_report.display.shown import Said, Shown
from finsam_report.display.table import Table
from finsam_report.display.traced import Recorder, RecordingLookup, traced_choices
from finsam_report.inputs.associations import Association
from finsam_report.inputs.read import read_inputs
from finsam_report.places import documents_directory, synthetic_study
from finsam_report.problems import from_json
from finsam_report.study import read_study_file

DOCUMENT, DOCUMENTS = "FINSAM_DOCUMENT", "FINSAM_DOCUMENTS"


@dataclass(frozen=True)
class RecordedReport(Report):
    """A report that notes each number of its texts, captions, alt texts and notes.

    Attributes:
        book: The register.
    """

    book: ClaimBook | None = None

    def _again(self, recorder: Recorder) -> Report:
        """The same report with every number traced."""
        context = replace(
            self.context,
            study=traced_choices(self.context.study),
            look=RecordingLookup(self.context.look, recorder),
        )
        return Report(context, self.directory, self.output, self.warnings)

    def text(self, name: str) -> Shown:
        """As :meth:`Report.text`, its numbers recorded."""
        shown = super().text(name)
        if self.book is not None and self.book.wanted("text", name):
            recorder = Recorder()
            marked = self._again(recorder).text(name).markdown
            self.book.note("text", name, shown.markdown, marked, recorder)
        return shown

    def say(self, name: str) -> Said:
        """As :meth:`Report.say`, its numbers recorded."""
        said = super().say(name)
        if self.book is not None and self.book.wanted("say", name):
            recorder = Recorder()
            marked = str(self._again(recorder).say(name))
            self.book.note("say", name, str(said), marked, recorder)
        return said

    def made_figure(self, name: str) -> Figure | None:
        """As :meth:`Report.made_figure`, the numbers of caption and alt text recorded."""
        made = super().made_figure(name)
        if made is not None and self.book is not None and self.book.wanted("figure", name):
            recorder = Recorder()
            again = self._again(recorder).made_figure(name)
            if again is not None:
                book = self.book
                book.note("caption", name, made.caption, again.caption, recorder, call="figure")
                book.note("alt", name, made.alt, again.alt, recorder, call="figure")
        return made

    def made_table(self, name: str) -> Table | LinkedTable | Form | None:
        """As :meth:`Report.made_table`, the numbers of its notes recorded."""
        made = super().made_table(name)
        if isinstance(made, Table) and self.book is not None and self.book.wanted("table", name):
            recorder = Recorder()
            again = self._again(recorder).made_table(name)
            if isinstance(again, Table):
                shown, marked = "\n".join(made.notes), "\n".join(again.notes)
                self.book.note("note", name, shown, marked, recorder, call="table")
        return made


def recorded(report: Report) -> RecordedReport:
    """A report with its register, written to ``claims.csv`` in its output directory.

    ``FINSAM_DOCUMENT`` is the document that is made (default: what Quarto says, else the report)
    and ``FINSAM_DOCUMENTS`` where the documents are (default: those of the package).
    """
    given = os.environ.get(DOCUMENT) or Path(os.environ.get("QUARTO_DOCUMENT_FILE") or "").stem
    documents = Path(os.environ.get(DOCUMENTS) or documents_directory())
    context = report.context
    book = claim_book.opened(
        report.output, context.study, documents, context.language, given or "report"
    )
    return RecordedReport(context, report.directory, report.output, report.warnings, book=book)


def open_report(language: str, *, analysed: bool = True) -> Report:
    """The report of the study that the environment names; the setup cell of a document calls it.

    With ``analysed=False`` nothing but ``study.toml`` is read, for what is written before there
    are data.

    ``FINSAM_STUDY`` is the study's directory (default: the synthetic study), ``FINSAM_OUTPUT``
    where figures and tables go (default: ``_output``), ``FINSAM_RELEASED`` a ``results.csv``
    that was released already, and ``FINSAM_WARNINGS`` what was odd in its inputs; without them
    the study is read and analysed here. ``FINSAM_ASSOCIATION`` is what is known of the
    association that the document is about. The numbers of all texts are recorded in
    ``claims.csv`` beside them, see :func:`recorded`.

    Raises:
        InputProblems: The study breaks its contract.
    """
    directory = Path(os.environ.get(STUDY) or synthetic_study())
    output = Path(os.environ.get(OUTPUT) or "_output").resolve()
    if not analysed:
        # A plan that is still to be made cannot be read.
        declared = read_study_file(directory, plan=False)
        return recorded(make(declared, release.nothing(), language, directory, output))
    ready, one = os.environ.get(RELEASED), os.environ.get(ASSOCIATION)
    association = Association.from_json(one) if one else None
    if ready:
        warnings = from_json(os.environ.get(WARNINGS) or "")
        study, released = read_study_file(directory), release.read(Path(ready))
        return recorded(make(study, released, language, directory, output, warnings, association))
    inputs = read_inputs(directory)
    released = release.released_study(inputs, association.code if association else None)
    output.mkdir(parents=True, exist_ok=True)
    released.write(output / "results.csv")
    made = make(inputs.study, released, language, directory, output, inputs.warnings, association)
    return recorded(made)
