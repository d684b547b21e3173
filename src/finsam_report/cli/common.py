"""The command itself, and what its commands share."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from finsam_report.errors import FinsamError

# One thread in linear algebra, whatever the environment says: the same bytes everywhere, and
# faster on matrices of this size. It must be said before numpy is loaded, which is why the
# commands import late.
for _library in ("OPENBLAS", "OMP", "MKL"):
    os.environ[f"{_library}_NUM_THREADS"] = "1"

app = typer.Typer(
    name="finsam-report",
    help="Effect reports on coordination associations, from the inputs of an evaluation.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def fail(error: FinsamError) -> NoReturn:
    """End with exit code 1 and what is wrong."""
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
def telling() -> Iterator[Callable[[str], None]]:
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
        fail(error)
    except OSError as error:
        # A full disk, say, in the middle of something; what was begun is cleared away by now.
        if isinstance(error, BrokenPipeError) or error.strerror is None:
            raise
        name = Path(error.filename).name if isinstance(error.filename, str) else "the output"
        fail(FinsamError(f"{name} cannot be read or written ({error.strerror})"))


def directory_of(path: Path | None) -> Path:
    """The directory of the study that is named, or of the synthetic one."""
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
