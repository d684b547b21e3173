"""The command that packs everything for reviewers: bundle."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from finsam_report.cli.common import app, directory_of, telling
from finsam_report.cli.options import StudyArgument


@app.command()
def bundle(
    study: StudyArgument = None,
    out: Annotated[Path, typer.Option(help="The zip file; an earlier one is replaced.")] = Path(
        "finsam-report.zip"
    ),
    results: Annotated[
        Path | None,
        typer.Option(help="A report of this study that is made already.", show_default=False),
    ] = None,
    with_data: Annotated[  # noqa: FBT002 - typer's way of a flag
        bool, typer.Option("--with-data", help="Put the study's tables in.")
    ] = False,
    wheelhouse: Annotated[  # noqa: FBT002
        bool,
        typer.Option("--wheelhouse", help="Put every package in, for a place without an index."),
    ] = False,
) -> None:
    """Pack source, lock, documents and results, with the two commands that rebuild them."""
    with telling() as progress:
        progress("starting")
        from finsam_report.engine import bundle as engine

        wanted = engine.Wanted(data=with_data, wheelhouse=wheelhouse, results=results)
        engine.make(directory_of(study), out, wanted, progress)
    typer.echo(str(out), err=True)
