"""From a study directory to a finished output directory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from finsam_report import release
from finsam_report.display.context import Context
from finsam_report.display.flags import register_results, survey_people, survey_results, tables
from finsam_report.display.lookup import Lookup
from finsam_report.display.municipality_results import flags as municipality_results
from finsam_report.display.report import OUTPUT, RELEASED, STUDY, WARNINGS
from finsam_report.engine import builtin, manifest, quarto
from finsam_report.engine.job import RenderJob
from finsam_report.engine.publish import published, spare
from finsam_report.errors import FinsamError
from finsam_report.inputs.read import Inputs, read_inputs
from finsam_report.problems import as_json
from finsam_report.release import Released
from finsam_report.study import TRUTH_FILE, Study

Engine = Literal["auto", "builtin", "quarto"]
Progress = Callable[[str], None]

TRIALS = ("survey", "register")

TAGS = {"en": "en-GB", "sv": "sv-SE"}
NOTICE = {
    "en": "No number in this report describes real people: a program made the data.",
    "sv": "Inget tal i rapporten beskriver verkliga personer: ett program har gjort data.",
}
DATE = {"en": "Data until {}", "sv": "Data till och med {}"}


def _analysed(directory: Path, out: Path, progress: Progress) -> tuple[Inputs, Released]:
    progress("reading and checking the inputs")
    inputs = read_inputs(directory)
    if inputs.survey is None and inputs.register is None and inputs.study.municipality is None:
        raise FinsamError(
            "the study has neither [survey] nor [register] nor [municipality], and this version "
            "estimates nothing from the other part; finsam-report check checks its tables"
        )
    spare(out, [directory / name for name in inputs.study.files()])
    progress("estimating")
    return inputs, release.released_study(inputs)


def analyse(directory: Path, out: Path, progress: Progress) -> Released:
    """Write ledger and manifest of a study, without a report.

    Args:
        directory: The study's directory.
        out: Output directory; made, or its results replaced as a whole.
        progress: Told in a few words what happens next.

    Raises:
        FinsamError: The study breaks its contract, or the output cannot be written.
    """
    inputs, released = _analysed(directory, out, progress)
    with published(out) as staging:
        released.write(staging / "results.csv")
        manifest.write(
            staging, directory, inputs.study, command="finsam-report analyse", engine={},
            suppressed=released.suppressed,
        )  # fmt: skip
    return released


def flags(study: Study, released: Released, directory: Path) -> dict[str, bool]:
    """Which conditional pieces of the documents hold."""
    frame, declared = released.frame, study.flags()

    def there(part: str, analysis: str, group: str = "") -> bool:
        found = (frame["part"] == part) & (frame["analysis"] == analysis)
        return bool((found & (frame["group"] == group) if group else found).any())

    return {
        **declared,
        **survey_people(study, frame),
        **survey_results(frame),
        **register_results(Context(study, Lookup(released), "en")),
        **municipality_results(Context(study, Lookup(released), "en")),
        **tables(study),
        "rare": there("register", "not_estimated", group="all"),
        "truth": study.study.synthetic and (directory / TRUTH_FILE).is_file(),
        "path": declared["path"] and there("register", "mean"),
        **{f"{part}_balance": there(part, "balance") for part in TRIALS},
        **{f"{part}_effects": there(part, "itt") for part in TRIALS},
        # Declared is not enough: where everybody or nobody met a team there is no such effect.
        "take_up": declared["take_up"] and there("register", "late"),
        "survey_take_up": declared["survey_take_up"] and there("survey", "late"),
    }


def titles(study: Study, language: str) -> dict[str, str]:
    """Title page of a study in a language."""
    about = study.study
    found = {
        "title": about.title.text(language),
        "subtitle": about.subtitle.text(language) if about.subtitle else "",
        "date": DATE[language].format(about.data_until.text(language)),
        "author": about.author or "",
        "notice": NOTICE[language] if about.synthetic else "",
        "lang_tag": TAGS[language],
    }
    return {key: value for key, value in found.items() if value}


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


def render(
    directory: Path,
    out: Path,
    *,
    documents: Path,
    language: str,
    formats: tuple[str, ...],
    engine: Engine,
    progress: Progress,
) -> Released:
    """Make the report of a study.

    Args:
        directory: The study's directory; it is only read.
        out: Output directory; made or replaced as a whole, and left alone on any error.
        documents: The report documents.
        language: "en" or "sv".
        formats: Which of "html" and "pdf".
        engine: Which engine; "auto" takes Quarto where it is installed and new enough.
        progress: Told in a few words what happens next.

    Raises:
        FinsamError: The study or a document is wrong, or the output cannot be written.
    """
    chosen = _choose(engine)
    inputs, released = _analysed(directory, out, progress)
    with published(out) as staging:
        released.write(staging / "results.csv")
        job = RenderJob(
            documents=documents,
            language=language,
            formats=formats,
            output=staging,
            flags=flags(inputs.study, released, directory),
            metadata=titles(inputs.study, language),
            environment={
                STUDY: str(directory.resolve()),
                OUTPUT: str(staging),
                RELEASED: str(staging / "results.csv"),
                WARNINGS: as_json(inputs.warnings),
            },
        )
        versions = (quarto if chosen == "quarto" else builtin).render(job, progress)
        progress("writing the manifest")
        manifest.write(
            staging, directory, inputs.study,
            command=f"finsam-report render --lang {language} --to {','.join(formats)}",
            engine=versions, suppressed=released.suppressed, documents=documents,
        )  # fmt: skip
    return released
