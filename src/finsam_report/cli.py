"""The command ``finsam-report``."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from finsam_report.errors import FinsamError

# One thread in linear algebra: the same bytes everywhere, and faster on matrices of this size.
# It must be said before numpy is loaded, which is why the commands import late.
for _library in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")

app = typer.Typer(
    name="finsam-report",
    help="Effect reports on coordination associations, from the inputs of an evaluation.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class EngineName(StrEnum):
    """Which engine renders."""

    auto = "auto"
    quarto = "quarto"
    builtin = "builtin"


class Language(StrEnum):
    """Languages of the report."""

    en = "en"


class CheckFormat(StrEnum):
    """How problems are printed."""

    text = "text"
    json = "json"


class TextLanguage(StrEnum):
    """Languages in which the inputs are explained."""

    en = "en"
    sv = "sv"


class DictionaryFormat(StrEnum):
    """How the data dictionary is printed."""

    text = "text"
    csv = "csv"
    md = "md"


class TemplateFormat(StrEnum):
    """What empty tables are written as."""

    csv = "csv"
    xlsx = "xlsx"


class ExperimentName(StrEnum):
    """Parts of the synthetic study that can be made alone."""

    survey = "survey"
    register = "register"


class ScenarioName(StrEnum):
    """Scenarios of the synthetic study."""

    null = "null"
    heavy_attrition = "heavy-attrition"
    one_sided_take_up = "one-sided-take-up"
    tiny = "tiny"


StudyArgument = Annotated[
    Path | None,
    typer.Argument(
        help="Directory with study.toml and its tables. Without it: the synthetic study.",
        show_default=False,
    ),
]


def _fail(error: FinsamError) -> NoReturn:
    typer.echo(f"finsam-report: {error}", err=True)
    raise typer.Exit(1)


def _end(number: int, _: object) -> NoReturn:
    """End as on Ctrl-C, so that what was begun is cleaned up."""
    raise SystemExit(128 + number)


def _end_cleanly() -> None:
    """A closed terminal or a cancelled job must leave nothing half-written."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _end)


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Tell what happens on a terminal; be quiet elsewhere. Problems end the command."""
    _end_cleanly()
    try:
        if sys.stderr is None or not sys.stderr.isatty():
            yield lambda _: None
            return
        from rich.console import Console

        console = Console(stderr=True)
        with console.status("starting") as status:
            yield lambda text: status.update(text[:1].upper() + text[1:] + " …")
    except FinsamError as error:
        _fail(error)


def _study(path: Path | None) -> Path:
    from finsam_report.places import synthetic_study

    return synthetic_study() if path is None else path


def _version(value: bool) -> None:  # noqa: FBT001 - typer's way of a callback
    if value:
        from finsam_report import __version__

        typer.echo(f"finsam-report {__version__}")
        raise typer.Exit


@app.callback()
def main(
    *,
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Effect reports on coordination associations, from the inputs of an evaluation."""


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
        with _progress() as progress:
            progress("checking the inputs")
            try:
                inputs = read_inputs(_study(study))
            except InputProblems as error:
                if form is CheckFormat.json:
                    typer.echo(as_json(error.problems))
                else:
                    typer.echo(str(error))
                raise typer.Exit(1) from None
    except FinsamError as error:
        _fail(error)
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
    with _progress() as progress:
        from finsam_report.engine import pipeline

        released = pipeline.analyse(_study(study), out, progress)
    typer.echo(f"{len(released.frame)} rows in {out / 'results.csv'}", err=True)


def _formats(text: str) -> tuple[str, ...]:
    wanted = [name.strip() for name in text.split(",") if name.strip()]
    if not wanted or set(wanted) - {"html", "pdf"}:
        raise typer.BadParameter("give html, pdf or html,pdf", param_hint="--to")
    return tuple(name for name in ("html", "pdf") if name in wanted)


@app.command()
def render(
    study: StudyArgument = None,
    out: Annotated[
        Path, typer.Option(help="Directory for the report; an earlier report there is replaced.")
    ] = Path("_output"),
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
    """Make the report, with every number, table and figure beside it."""
    formats = _formats(to)
    with _progress() as progress:
        progress("starting")
        from finsam_report.engine import pipeline
        from finsam_report.places import documents_directory

        pipeline.render(
            _study(study), out, documents=documents or documents_directory(),
            language=lang.value, formats=formats, engine=engine.value, progress=progress,
        )  # fmt: skip
    for name in formats:
        typer.echo(str(out / f"report.{lang.value}.{name}"), err=True)


@app.command()
def synthesise(
    out: Annotated[Path, typer.Option(help="Directory for the synthetic study.")],
    seed: Annotated[
        int | None, typer.Option(min=0, help="Seed; the same seed, the same bytes.")
    ] = None,
    part: Annotated[
        list[ExperimentName] | None,
        typer.Option(help="Make this part alone; may be given more than once."),
    ] = None,
    scale: Annotated[
        float | None, typer.Option(help="How many times the people, in each part.")
    ] = None,
    people: Annotated[
        int | None,
        typer.Option(help="People in the register, or in the survey where it is made alone."),
    ] = None,
    effects: Annotated[
        Path | None,
        typer.Option(help="Other true effects: CSV with part,outcome,month,effect, or TOML."),
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
    with _progress() as progress:
        progress("making the synthetic study")
        if like is not None:
            from finsam_report.inputs.synthetic import like as twin

            twin.make_like(like, out, twin.DEFAULT_SEED if seed is None else seed)
        else:
            from finsam_report.inputs.synthetic import DEFAULT_SEED, Variant
            from finsam_report.inputs.synthetic import synthesise as make

            wanted = [name.value for name in ExperimentName if not part or name in part]
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
    with _progress() as progress:
        progress("writing the template")
        from finsam_report.inputs.template import template as make

        make(_study(study), out, form.value, lang.value)
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
        sections = make(read_study_file(_study(study)), lang.value)
    except FinsamError as error:
        _fail(error)
    if form is DictionaryFormat.text and sys.stdout.isatty():
        from rich.console import Console

        show.on_terminal(sections, lang.value, Console())
        return
    write = {"text": show.as_text, "csv": show.as_csv, "md": show.as_markdown}[form.value]
    typer.echo(write(sections, lang.value), nl=False)


if __name__ == "__main__":
    app()
