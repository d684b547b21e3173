"""Commands after a report: compare, verify."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated

import typer

from finsam_report.cli.common import app, telling
from finsam_report.cli.options import CheckFormat, CompareFormat


@app.command()
def compare(
    old: Annotated[
        Path,
        typer.Argument(help="A study, or the output of a report.", show_default=False),
    ],
    new: Annotated[
        Path,
        typer.Argument(help="Another one; a study and an output can be mixed.", show_default=False),
    ],
    form: Annotated[
        CompareFormat,
        typer.Option("--format", help="Text or a page for people, JSON for machines."),
    ] = CompareFormat.text,
    tolerance: Annotated[
        float, typer.Option(help="Up to what numbers count as the same, absolute and relative.")
    ] = 1e-9,
) -> None:
    """Print what differs between two studies or reports. Exit code 1: something does."""
    if not (math.isfinite(tolerance) and tolerance >= 0):
        raise typer.BadParameter("give a number of 0 or more", param_hint="--tolerance")
    with telling() as progress:
        from finsam_report.engine.compare import compare as make
        from finsam_report.engine.compare_sides import NothingToCompareError
        from finsam_report.engine.verify import NotAnOutputError

        try:
            found = make(old, new, tolerance, progress)
        except (NothingToCompareError, NotAnOutputError) as error:
            raise typer.BadParameter(str(error)) from None
    if form is CompareFormat.json:
        from finsam_report.display.comparison_json import as_json as write
    elif form is CompareFormat.html:
        from finsam_report.engine.compare_html import as_html as write
    else:
        from finsam_report.display.comparison_text import as_text as write
    typer.echo(write(found))
    raise typer.Exit(0 if found.equal else 1)


@app.command()
def verify(
    directory: Annotated[
        Path, typer.Argument(help="The output directory of a report.", show_default=False)
    ],
    study: Annotated[
        Path | None,
        typer.Option(help="The study's directory, to look at the inputs too.", show_default=False),
    ] = None,
    form: Annotated[
        CheckFormat, typer.Option("--format", help="Text for people, JSON for machines.")
    ] = CheckFormat.text,
) -> None:
    """Hash a report's files again and say what was touched. Exit code 1: something was."""
    with telling() as progress:
        progress("reading the files")
        from finsam_report.engine import verify as engine

        try:
            found = engine.verify(directory, study)
        except engine.NotAnOutputError as error:
            raise typer.BadParameter(str(error)) from None
    typer.echo(engine.as_json(found) if form is CheckFormat.json else engine.as_text(found))
    raise typer.Exit(0 if found.same else 1)
