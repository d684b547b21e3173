"""From a study directory to a finished output directory."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal

from finsam_report import release
from finsam_report.display.association_names import years as told_years
from finsam_report.display.association_results import flags as one_association
from finsam_report.display.context import Context
from finsam_report.display.evaluation_results import flags as evaluation_flags
from finsam_report.display.flags import register_results, survey_people, survey_results, tables
from finsam_report.display.frame_results import flags as frame_results
from finsam_report.display.lookup import Lookup
from finsam_report.display.municipality_results import flags as municipality_results
from finsam_report.display.organisation_results import flags as organisation_results
from finsam_report.display.plan import flags as plan_flags
from finsam_report.display.recorded import DOCUMENT
from finsam_report.display.recorded import DOCUMENTS as SHOWN
from finsam_report.display.report import ASSOCIATION as ABOUT
from finsam_report.display.report import OUTPUT, RELEASED, STUDY, WARNINGS
from finsam_report.display.synthesis_results import flags as synthesis_results
from finsam_report.engine import builtin, gate, manifest, quarto
from finsam_report.engine.beside import LEDGER
from finsam_report.engine.documents import DOCUMENTS, REPORT, option_of
from finsam_report.engine.job import RenderJob, check_document, check_fonts
from finsam_report.engine.publish import published, spare
from finsam_report.engine.titles import titles
from finsam_report.errors import FinsamError
from finsam_report.inputs.associations import Association, find
from finsam_report.inputs.read import Inputs, read_inputs
from finsam_report.problems import as_json
from finsam_report.release import RELEASE_LOG, Released
from finsam_report.study import FILE_NAME, TRUTH_FILE, Study, read_study_file

Engine = Literal["auto", "builtin", "quarto"]
Progress = Callable[[str], None]

TRIALS = ("survey", "register")
OUT = Path("_output")


def _read(
    directory: Path, out: Path | None, progress: Progress, named: str | None = None
) -> tuple[Inputs, Path, Association | None]:
    """Inputs, where the output goes, and the association that was named."""
    progress("reading and checking the inputs")
    inputs = read_inputs(directory)
    association = find(inputs, named) if named is not None else None
    out = out or _usual(association)
    spare(out, [directory / name for name in inputs.study.files()])
    return inputs, out, association


def _released(inputs: Inputs, progress: Progress, association: Association | None) -> Released:
    """The ledger, with nothing in it that may not leave."""
    progress("estimating")
    return release.released_study(inputs, association.code if association else None)


def analyse(directory: Path, out: Path, progress: Progress) -> Released:
    """Write ledger and manifest of a study, without a report.

    Args:
        directory: The study's directory.
        out: Output directory; made, or its results replaced as a whole.
        progress: Told in a few words what happens next.

    Raises:
        FinsamError: The study breaks its contract, or the output cannot be written.
    """
    inputs, out, _ = _read(directory, out, progress)
    with published(out) as staging:
        released = _released(inputs, progress, None)
        released.write(staging / LEDGER)
        released.write_log(staging / RELEASE_LOG)
        manifest.write(
            staging, directory, inputs.study, command="finsam-report analyse", engine={},
            suppressed=released.suppressed, rules=released.rules,
        )  # fmt: skip
        _passed(staging, inputs, released, None, progress)
    return released


def _passed(
    staging: Path, inputs: Inputs, released: Released, documents: Path | None, progress: Progress
) -> None:
    """Read back what was made, and let nothing out that tells of a person."""
    progress("reading back what was made")
    declared = inputs.study.declared_in()
    said = gate.harmless(inputs.directory, declared, documents)
    gate.check(staging, inputs, released, said)


def study_flags(study: Study) -> dict[str, bool]:
    """Which conditional pieces hold by what is declared alone: all that a template may ask for."""
    return {
        **study.flags(),
        **tables(study),
        **plan_flags(study),
        **evaluation_flags(study),
    }


def flags(
    study: Study, released: Released, directory: Path, association: Association | None = None
) -> dict[str, bool]:
    """Which conditional pieces of the documents hold."""
    frame, declared = released.frame, study_flags(study)

    def there(part: str, analysis: str, group: str = "") -> bool:
        found = (frame["part"] == part) & (frame["analysis"] == analysis)
        return bool((found & (frame["group"] == group) if group else found).any())

    return {
        **declared,
        **survey_people(study, frame),
        **survey_results(frame),
        **register_results(Context(study, Lookup(released), "en")),
        **municipality_results(Context(study, Lookup(released), "en")),
        **organisation_results(Context(study, Lookup(released), "en")),
        **one_association(Context(study, Lookup(released), "en", association=association)),
        **frame_results(Context(study, Lookup(released), "en")),
        **synthesis_results(Context(study, Lookup(released), "en")),
        "rare": there("register", "not_estimated", group="all"),
        "truth": study.study.synthetic and (directory / TRUTH_FILE).is_file(),
        "path": declared["path"] and there("register", "mean"),
        **{f"{part}_balance": there(part, "balance") for part in TRIALS},
        **{f"{part}_effects": there(part, "itt") for part in TRIALS},
        # Declared is not enough: where everybody or nobody met a team there is no such effect.
        "take_up": declared["take_up"] and there("register", "late"),
        "survey_take_up": declared["survey_take_up"] and there("survey", "late"),
    }


def _choose(engine: Engine) -> Literal["builtin", "quarto"]:
    """The engine to use.

    Raises:
        FinsamError: Quarto was asked for and is not there, or is too old.
    """
    if engine == "builtin":
        return "builtin"
    found = quarto.find()
    if found is not None and found.usable:
        return "quarto"
    if engine == "quarto":
        have = "Quarto is not installed" if found is None else f"Quarto {found.version} is too old"
        raise FinsamError(f"{have}; version 1.9 or newer is needed. Use --engine builtin instead")
    return "builtin"


def _years(study: Study, released: Released, association: Association) -> tuple[int, int] | None:
    """First and last year of what the ledger tells of an association."""
    found = told_years(Context(study, Lookup(released), "en", association=association))
    return (found[0], found[-1]) if found else None


def _usual(association: Association | None) -> Path:
    """Where a document goes if nothing is said: an association has its own ledger and place."""
    if association is None:
        return OUT
    return OUT / f"association-{re.sub(r'[^0-9A-Za-zÀ-ÿ]+', '-', association.code)}"


def _with_results(
    job: RenderJob, inputs: Inputs, released: Released, association: Association | None
) -> RenderJob:
    """A job whose document shows results."""
    study, environment = inputs.study, dict(job.environment)
    environment[RELEASED] = str(job.output / LEDGER)
    environment[WARNINGS] = as_json(inputs.warnings)
    metadata = job.metadata
    if association is not None:
        environment[ABOUT] = association.as_json()
        years = _years(study, released, association)
        metadata = titles(study, job.language, job.document, association, years)
    found = flags(study, released, inputs.directory, association)
    return replace(job, flags=found, metadata=metadata, environment=environment)


def render(
    directory: Path,
    out: Path | None,
    *,
    documents: Path,
    language: str,
    formats: tuple[str, ...],
    engine: Engine,
    progress: Progress,
    document: str = REPORT,
    association: str | None = None,
) -> tuple[Path, ...]:
    """Make a document of a study.

    Args:
        directory: The study's directory; it is only read.
        out: Output directory, or None for the usual one; made, or replaced as a whole, and left
            alone on any error. Other documents of ours in it stay if made from the same.
        documents: The report documents.
        language: "en" or "sv".
        formats: Which of "html" and "pdf".
        engine: Which engine; "auto" takes Quarto where it is installed and new enough.
        progress: Told in a few words what happens next.
        document: Which document; see :mod:`finsam_report.engine.documents`.
        association: For the document on an association: its code or name.

    Returns:
        The files of the document.

    Raises:
        FinsamError: The study or a document is wrong, or the output cannot be written.
    """
    chosen = _choose(engine)
    check_document(documents, language, document)
    if chosen == "builtin":
        check_fonts(documents, formats)
    inputs, released, one, read = None, None, None, None
    if DOCUMENTS[document].analysed:
        inputs, out, one = _read(directory, out, progress, association)
        study = inputs.study
    else:
        progress("reading the study")
        # A plan that is still to be made cannot be read.
        study, out = read_study_file(directory, plan=False), out or OUT
        read = (FILE_NAME,)
        spare(out, [directory / name for name in study.declared_in()])
    with published(out) as staging:  # before the long part, so that a second one is told at once
        if inputs is not None:
            released = _released(inputs, progress, one)
        job = RenderJob(
            documents=documents,
            language=language,
            formats=formats,
            output=staging,
            flags=study_flags(study),
            metadata=titles(study, language, document),
            environment={
                STUDY: str(directory.resolve()),
                OUTPUT: str(staging),
                DOCUMENT: document,
                SHOWN: str(documents.resolve()),
            },
            document=document,
        )
        if inputs is not None and released is not None:
            released.write(staging / LEDGER)
            released.write_log(staging / RELEASE_LOG)
            job = _with_results(job, inputs, released, one)
        versions = (quarto if chosen == "quarto" else builtin).render(job, progress)
        progress("writing the manifest")
        manifest.write(
            staging, directory, study,
            command=f"finsam-report render{option_of(document, one.code if one else '')} "
            f"--lang {language} --to {','.join(formats)}",
            engine=versions, suppressed=released.suppressed if released else 0,
            rules=released.rules if released else None,
            documents=documents, read=read, made=(document, language), target=out,
        )  # fmt: skip
        if inputs is not None and released is not None:
            _passed(staging, inputs, released, documents, progress)
    return tuple(out / f"{document}.{language}.{form}" for form in formats)
