"""Commands that make inputs or explain them: synthesise, template, dictionary."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from finsam_report.cli.common import app, directory_of, fail, telling
from finsam_report.cli.options import (
    DictionaryFormat,
    PartName,
    ScenarioName,
    StudyArgument,
    TemplateFormat,
    TextLanguage,
)
from finsam_report.errors import FinsamError


@app.command()
def synthesise(
    out: Annotated[Path, typer.Option(help="Directory for the synthetic study.")],
    seed: Annotated[
        int | None, typer.Option(min=0, help="Seed; the same seed, the same bytes.")
    ] = None,
    part: Annotated[
        list[PartName] | None,
        typer.Option(help="Make this part alone, or with others given likewise."),
    ] = None,
    scale: Annotated[
        float | None, typer.Option(help="How many times the people, in experiments and in efforts.")
    ] = None,
    people: Annotated[
        int | None,
        typer.Option(help="People in the register, or in the survey where there is no register."),
    ] = None,
    effects: Annotated[
        Path | None,
        typer.Option(help="Other true effects: CSV with part,outcome,month,group,effect, or TOML."),
    ] = None,
    scenario: Annotated[ScenarioName | None, typer.Option(help="A named scenario.")] = None,
    like: Annotated[
        Path | None,
        typer.Option(help="Make a twin of this study, from rounded numbers and means alone."),
    ] = None,
) -> None:
    """Make a synthetic study with invented people: known effects, or the shape of a given study."""
    if like is not None and (part, scale, people, effects, scenario) != (None,) * 5:
        raise typer.BadParameter("goes with --out and --seed only", param_hint="--like")
    with telling() as progress:
        progress("making the synthetic study")
        if like is not None:
            from finsam_report.inputs.synthetic import like as twin

            twin.make_like(like, out, twin.DEFAULT_SEED if seed is None else seed)
        else:
            from finsam_report.inputs.synthetic import DEFAULT_SEED, Variant
            from finsam_report.inputs.synthetic import synthesise as make

            wanted = [name.value for name in PartName if not part or name in part]
            named = scenario.value if scenario else None
            variant = Variant(tuple(wanted), scale, people, effects, named)
            make(out, DEFAULT_SEED if seed is None else seed, variant)
    typer.echo(str(out), err=True)


@app.command()
def template(
    out: Annotated[Path, typer.Option(help="Directory for the empty tables; new or empty.")],
    study: StudyArgument = None,
    form: Annotated[
        TemplateFormat, typer.Option("--format", help="CSV files, or sheets of one workbook.")
    ] = TemplateFormat.csv,
    lang: Annotated[
        TextLanguage, typer.Option(help="Language of the explanations.")
    ] = TextLanguage.en,
) -> None:
    """Write empty tables with the headings that a study needs, and what each column means."""
    with telling() as progress:
        progress("writing the template")
        from finsam_report.inputs.template import template as make

        make(directory_of(study), out, form.value, lang.value)
    typer.echo(str(out), err=True)


@app.command()
def dictionary(
    study: StudyArgument = None,
    lang: Annotated[TextLanguage, typer.Option(help="Language.")] = TextLanguage.en,
    form: Annotated[
        DictionaryFormat, typer.Option("--format", help="Text for people, CSV, or Markdown.")
    ] = DictionaryFormat.text,
) -> None:
    """Print the data dictionary: what each table and column of a study holds."""
    from finsam_report.inputs import dictionary_text as show
    from finsam_report.inputs.dictionary import dictionary as make
    from finsam_report.study import read_study_file

    try:
        sections = make(read_study_file(directory_of(study)), lang.value)
    except FinsamError as error:
        fail(error)
    if form is DictionaryFormat.text and sys.stdout.isatty():
        from rich.console import Console

        show.on_terminal(sections, lang.value, Console())
        return
    write = {"text": show.as_text, "csv": show.as_csv, "md": show.as_markdown}[form.value]
    typer.echo(write(sections, lang.value), nl=False)
