"""Commands from a study to its results: check, analyse, render."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from finsam_report.cli.common import app, directory_of, fail, telling
from finsam_report.cli.options import (
    CheckFormat,
    DocumentName,
    EngineName,
    Language,
    StudyArgument,
)
from finsam_report.errors import FinsamError


@app.command()
def check(
    study: StudyArgument = None,
    form: Annotated[
        CheckFormat, typer.Option("--format", help="Text for people, JSON for machines.")
    ] = CheckFormat.text,
) -> None:
    """Check a study's files and print every problem and warning. Exit code 1: some problem."""
    from finsam_report.inputs.read import read_inputs
    from finsam_report.problems import InputProblems, as_json, listed

    try:
        with telling() as progress:
            progress("checking the inputs")
            try:
                inputs = read_inputs(directory_of(study))
            except InputProblems as error:
                if form is CheckFormat.json:
                    typer.echo(as_json(error.problems))
                else:
                    typer.echo(str(error))
                raise typer.Exit(1) from None
    except FinsamError as error:
        fail(error)
    if form is CheckFormat.json:
        typer.echo(as_json(inputs.warnings))
        return
    if inputs.warnings:
        typer.echo(listed(inputs.warnings, "warning"))
    typer.echo(f"No problems in {', '.join(inputs.study.files())}.")


@app.command()
def analyse(
    study: StudyArgument = None,
    out: Annotated[
        Path,
        typer.Option(
            help="Directory for results.csv and manifest.json; an earlier report there is replaced."
        ),
    ] = Path("_output"),
) -> None:
    """Estimate everything and write the ledger and the manifest, without a report."""
    with telling() as progress:
        from finsam_report.engine import pipeline

        released = pipeline.analyse(directory_of(study), out, progress)
    typer.echo(f"{len(released.frame)} rows in {out / 'results.csv'}", err=True)


def _formats(text: str) -> tuple[str, ...]:
    wanted = [name.strip() for name in text.split(",") if name.strip()]
    if not wanted or set(wanted) - {"html", "pdf"}:
        raise typer.BadParameter("give html, pdf or html,pdf", param_hint="--to")
    return tuple(name for name in ("html", "pdf") if name in wanted)


def _document(*, brief: bool, association: str | None, document: DocumentName | None) -> str:
    """The one document that the options ask for."""
    asked = {
        "--brief": "brief" if brief else None,
        "--association": "association" if association is not None else None,
        "--document": document.value if document else None,
    }
    given = {option: name for option, name in asked.items() if name}
    if len(given) > 1:
        options = " and ".join(given)
        raise typer.BadParameter(f"{options} ask for different documents; give one of them")
    if association is not None and not association.strip():
        raise typer.BadParameter("give the code or the name of one", param_hint="--association")
    return next(iter(given.values()), "report")


@app.command()
def render(
    study: StudyArgument = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Directory for the document; the same document there is replaced, and others "
            "stay if made from the same. Default: _output, and a directory in it for each "
            "association.",
            show_default=False,
        ),
    ] = None,
    brief: Annotated[  # noqa: FBT002 - typer's way of a flag
        bool, typer.Option("--brief", help="The report in brief, on one page, instead.")
    ] = False,
    association: Annotated[
        str | None,
        typer.Option(
            help="The follow-up report of one association instead: its code or name, or how "
            "either begins.",
            show_default=False,
        ),
    ] = None,
    document: Annotated[
        DocumentName | None,
        typer.Option(
            help="Another document instead; the plans and the progress report need study.toml "
            "alone.",
            show_default=False,
        ),
    ] = None,
    lang: Annotated[Language, typer.Option(help="Language of the report.")] = Language.en,
    to: Annotated[str, typer.Option(help="Formats: html, pdf or html,pdf.")] = "html,pdf",
    engine: Annotated[
        EngineName,
        typer.Option(help="auto: Quarto 1.9 or newer where it is installed, else built-in."),
    ] = EngineName.auto,
    documents: Annotated[
        Path | None,
        typer.Option(help="An edited copy of the report documents.", show_default=False),
    ] = None,
) -> None:
    """Make the report, with every number, table and figure beside it, or another document."""
    formats = _formats(to)
    name = _document(brief=brief, association=association, document=document)
    with telling() as progress:
        progress("starting")
        from finsam_report.engine import pipeline
        from finsam_report.places import documents_directory

        made = pipeline.render(
            directory_of(study), out, documents=documents or documents_directory(),
            language=lang.value, formats=formats, engine=engine.value, progress=progress,
            document=name, association=association,
        )  # fmt: skip
    for path in made:
        typer.echo(str(path), err=True)
