"""The synthetic study: the two experiments in shape and size, with invented people.

Sizes, shares and response follow published descriptions. Every effect is an assumption;
truth.csv holds it. The study as it comes reproduces the signs that were published, and that is
no evidence for them: the default seed was picked for it. With the generator as it now is, seeds
were tried in order from 20230331 (the day the evaluation was published), and 20230342, the
twelfth, is the first where all of this holds after adjustment: clear effects on the three
headline items of the survey and on neither health, well-being nor the chance of a job now;
clear effects on subsidised and new start jobs (12 and 24 months), wages and social assistance
(24 and 36 months) and registration (36 months, and downwards at 12, as in the truth), none on
the right to unemployment benefit at 36; larger effects on subsidised jobs for late draws; and
as many who met a team as published. Drafts of the generator and of this rule were tried on
some of the same seeds before. Tests of the truth use other seeds.
"""

from __future__ import annotations

import tempfile
import tomllib
from importlib import resources
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from finsam_report.errors import FinsamError
from finsam_report.inputs.synthetic.register import register_tables
from finsam_report.inputs.synthetic.register_design import PERIODS, RegisterDesign
from finsam_report.inputs.synthetic.survey import survey_tables
from finsam_report.inputs.synthetic.survey_design import SurveyDesign
from finsam_report.inputs.synthetic.truth import register_truth, survey_truth

__all__ = [
    "DEFAULT_SEED",
    "RegisterDesign",
    "SurveyDesign",
    "register_tables",
    "register_truth",
    "survey_tables",
    "survey_truth",
    "synthesise",
]

DEFAULT_SEED = 20230342
STUDY_ID = "finsam_synthetic"
PEOPLE_PER_GROUP = 1000


def _study_toml() -> str:
    return resources.files(__name__).joinpath("study.toml").read_text(encoding="utf-8")


def _is_ours(directory: Path) -> bool:
    try:
        study = tomllib.loads((directory / "study.toml").read_text(encoding="utf-8"))["study"]
        # Somebody who starts from a copy and puts real tables in must not lose them.
        return study["id"] == STUDY_ID and study["synthetic"] is True
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError):
        return False


def _write_csv(table: pd.DataFrame, path: Path) -> None:
    table.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def _write_all(directory: Path, seed: int) -> None:
    # One stream for each experiment: a change in one leaves the other as it is.
    first, second = (np.random.default_rng(s) for s in np.random.SeedSequence(seed).spawn(2))
    survey, register = survey_tables(first), register_tables(second)
    truth = pd.concat([survey_truth(), register_truth()], ignore_index=True).round(6)
    (directory / "study.toml").write_text(_study_toml(), encoding="utf-8", newline="\n")
    _write_csv(survey.participants, directory / "survey_participants.csv")
    _write_csv(survey.answers, directory / "survey_answers.csv")
    _write_csv(register.participants, directory / "register_participants.csv")
    pq.write_table(
        register.months(),
        directory / "register_months.parquet",
        compression="zstd",
        compression_level=9,
        use_dictionary=True,
        write_statistics=True,
        row_group_size=PEOPLE_PER_GROUP * PERIODS,
        version="2.6",
        data_page_version="1.0",
    )
    _write_csv(truth, directory / "truth.csv")


def synthesise(out: Path, seed: int = DEFAULT_SEED) -> None:
    """Write the synthetic study: study.toml, its four tables and truth.csv.

    Equal seeds give equal bytes. The files are written beside ``out`` and moved there when all
    of them are complete.

    Args:
        out: Directory to make. An earlier synthetic study there is replaced.
        seed: Seed of everything that chance decides.

    Raises:
        FinsamError: ``out`` holds something else, or cannot be written.
    """
    target = out.resolve()
    if target.exists() and not target.is_dir():
        raise FinsamError(f"{out} is a file; name a directory for the synthetic study")
    if target.is_dir() and any(target.iterdir()) and not _is_ours(target):
        raise FinsamError(
            f"{out} is not empty and holds no synthetic study; "
            "name a new directory, or empty this one"
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as name:
            fresh = Path(name) / "study"
            fresh.mkdir()
            _write_all(fresh, seed)
            if not target.exists():
                fresh.rename(target)
                return
            # What else lies there (notes, a report) is the user's and stays.
            for path in sorted(fresh.iterdir()):
                path.replace(target / path.name)
    except OSError as error:
        raise FinsamError(f"cannot write the synthetic study to {out}: {error.strerror}") from error
