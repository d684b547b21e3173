"""Commands before a study: randomise, power."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from finsam_report.cli.common import app, directory_of, telling
from finsam_report.cli.options import TrialName
from finsam_report.errors import FinsamError

if TYPE_CHECKING:
    from finsam_report.parts.power_plan import Guess


@app.command()
def randomise(
    roster: Annotated[
        Path,
        typer.Argument(
            help="Table of people with the columns person and the declared blocks: CSV, Excel "
            "(FILE.xlsx#SHEET) or Parquet.",
            show_default=False,
        ),
    ],
    study: Annotated[Path, typer.Option(help="Directory with study.toml.", show_default=False)],
    seed: Annotated[int, typer.Option(min=0, help="Seed; the same seed, the same bytes.")],
    out: Annotated[
        Path,
        typer.Option(
            help="The assignment: .csv, .xlsx or .parquet. One that is there is added to.",
            show_default=False,
        ),
    ],
    part: Annotated[
        TrialName | None, typer.Option(help="The experiment, where the study has two.")
    ] = None,
    append: Annotated[
        Path | None,
        typer.Option(help="An earlier assignment to add to, where it is not --out itself."),
    ] = None,
) -> None:
    """Decide by chance who gets support, within blocks, and write an audit file beside it."""
    from finsam_report.problems import listed
    from finsam_report.study import read_study_file

    with telling() as progress:
        progress("reading the study")
        declared = read_study_file(study)
        from finsam_report.engine import randomise as engine
        from finsam_report.engine.locking import only_writer

        if declared.survey is None and declared.register_ is None:
            raise FinsamError("the study has neither [survey] nor [register]: nothing to randomise")
        name = engine.part_of(declared, part.value if part else None)
        if name is None:
            raise typer.BadParameter("the study has two experiments; name one", param_hint="--part")
        with only_writer(out):
            done = engine.randomise(
                roster, study, declared, name, seed=seed, out=out, append=append, progress=progress
            )
    if done.warnings:
        typer.echo(listed(done.warnings, "warning"), err=True)
    if not done.batches:
        typer.echo(f"All {done.known} people of {roster.name} are assigned already: no change.")
        return
    for batch, people, support in done.batches:
        typer.echo(f"Batch {batch}: {support} of {people} people get support.")
    typer.echo(
        "Each batch was decided by itself; for the analysis: blocks = ["
        + ", ".join(f'"{column}"' for column in done.together)
        + "]."
    )
    typer.echo(f"{out}\n{engine.audit_of(out)}", err=True)


def _response(text: str | None) -> tuple[float, float] | None:
    """One share for both arms, or two: support and control."""
    if text is None:
        return None
    try:
        shares = [float(piece) for piece in text.split(",")]
    except ValueError:
        shares = []
    if len(shares) not in (1, 2) or not all(0 < share <= 1 for share in shares):
        raise typer.BadParameter("give a share, or two: 0.7 or 0.75,0.65", param_hint="--response")
    return shares[0], shares[-1]


def _guesses(texts: list[str], r_squared: float | None) -> dict[str, Guess]:
    """``work:mean=0.2,r2=0.1`` and the like."""
    from finsam_report.parts.power_plan import Guess

    names = {"mean": "mean", "sd": "sd", "r2": "r_squared"}
    found = {} if r_squared is None else {"all": Guess(r_squared=r_squared)}
    for text in texts:
        outcome, _, pieces = text.partition(":")
        values: dict[str, float] = {}
        for piece in pieces.split(","):
            key, _, value = piece.partition("=")
            try:
                number = float(value)
            except ValueError:
                number = math.nan
            wrong = not math.isfinite(number) or key not in names or not outcome
            if wrong or (key == "sd" and number <= 0) or (key == "r2" and not 0 <= number < 1):
                raise typer.BadParameter(
                    f"'{text}' is not like wage:mean=20000,sd=9000,r2=0.3 (or all:sd=1.1)",
                    param_hint="--assume",
                )
            values[names[key]] = number
        found[outcome] = replace(found.get(outcome, Guess()), **values)
    return found


@app.command()
def power(
    study: Annotated[
        Path | None,
        typer.Option(
            help="Directory with study.toml. Without it: the synthetic study.", show_default=False
        ),
    ] = None,
    out: Annotated[Path, typer.Option(help="Directory for the tables and the figure.")] = Path(
        "_output/power"
    ),
    people: Annotated[
        list[int] | None, typer.Option(min=4, help="People to be randomised; may be repeated.")
    ] = None,
    part: Annotated[
        TrialName | None, typer.Option(help="One experiment of a study that has two.")
    ] = None,
    share: Annotated[
        float | None, typer.Option(help="Share that gets support, if not as declared.")
    ] = None,
    blocks: Annotated[
        int | None, typer.Option(min=1, help="How many blocks of the same size.")
    ] = None,
    response: Annotated[
        str | None,
        typer.Option(help="Share whose outcomes will be known, or two: support,control."),
    ] = None,
    take_up: Annotated[
        float | None, typer.Option(help="Difference in take-up between the arms.")
    ] = None,
    r_squared: Annotated[
        float | None, typer.Option(help="Share of variance that blocks and covariates explain.")
    ] = None,
    assume: Annotated[
        list[str] | None,
        typer.Option(help="Of an outcome, or of all: wage:mean=20000,sd=9000,r2=0.3; repeated."),
    ] = None,
    effect: Annotated[
        list[float] | None,
        typer.Option(help="Effect on means, in SD, to find the number of people for; repeated."),
    ] = None,
    points: Annotated[
        list[float] | None,
        typer.Option(help="The same for shares, in percentage points; repeated."),
    ] = None,
    without_data: Annotated[  # noqa: FBT002 - typer's way of a flag
        bool, typer.Option("--without-data", help="Do not look at the study's own data.")
    ] = False,
) -> None:
    """Smallest effects that a study could find, and people needed, as tables and a figure."""
    for name, value in (("--share", share), ("--take-up", take_up), ("--r-squared", r_squared)):
        low = 0 if name == "--r-squared" else 1e-9
        high = 1 if name == "--take-up" else 1 - 1e-9
        if value is not None and not low <= value <= high:
            raise typer.BadParameter("give a share between 0 and 1", param_hint=name)
    for name, sizes, most in (("--effect", effect, math.inf), ("--points", points, 100.0)):
        if any(not 0 < size < most for size in sizes or ()):
            raise typer.BadParameter("give an effect above 0", param_hint=name)
    answering = _response(response)
    from finsam_report.parts.power_plan import Options

    guesses = _guesses(assume or [], r_squared)
    options = Options(tuple(people or ()), share, blocks, answering, take_up, guesses)
    with telling() as progress:
        progress("reading the study")
        from finsam_report.display import power as shown
        from finsam_report.engine import power as engine
        from finsam_report.study import read_study_file

        directory = directory_of(study)
        declared = read_study_file(directory)
        there = {"survey": declared.survey, "register": declared.register_}
        names = [name for name, found in there.items() if found is not None]
        if part is not None:
            names = [part.value]
        if not names:
            raise FinsamError("the study has neither [survey] nor [register]")
        found = engine.power(
            directory, declared, names, options, data=not without_data,
            sizes=effect or engine.SIZES, changes=[p / 100 for p in points or ()] or engine.CHANGES,
            progress=progress,
        )  # fmt: skip
        progress("writing tables and figure")
        written = engine.write(found, out)
    aim = f"power {100 * found.aim.power:g} %, level {100 * found.aim.level:g} %"
    typer.echo(f"Smallest effects that are found ({aim})\n")
    typer.echo(shown.detectable_text(found.detectable))
    typer.echo(f"\nPeople to be randomised to find an effect ({aim})\n")
    typer.echo(shown.needed_text(found.needed))
    for plan in found.plans:
        if plan.half:
            typer.echo(f"\nNo share of support is known for the {plan.part}: half is assumed.")
    for path in written:
        typer.echo(str(path), err=True)
