"""The synthetic study: the four parts in shape and size, with invented people and associations.

Sizes, shares and response follow published descriptions. Every effect is an assumption;
truth.csv holds it. The study as it comes reproduces the signs that were published, and that is
no evidence for them: the default seed was picked for it. With the generator as it now is, seeds
were tried in order from 20230331 (the day the evaluation was published), and 20230341, the
eleventh, is the first where all of this holds after adjustment. Survey: clear effects on the three
headline items and on neither health, well-being nor the chance of a job now. Register: clear
effects on subsidised and new start jobs (12 and 24 months), wages and social assistance (24 and 36
months) and registration (36 months, and downwards at 12, as in the truth), none on the right to
unemployment benefit at 36; larger effects on subsidised jobs for late draws, clearly so at 12 and
24 months; and as many who met a team as published. Municipalities: sickness benefit clearly lower
and disability pension clearly higher, more unemployed men to work and no clear effect for women,
and more social assistance at 55-64 years. Drafts of the generator and of this rule were tried on
some of the same seeds before. Tests of the truth use other seeds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from finsam_report.inputs.synthetic.files import TRUTH, TableWriter, replace_study, write_csv
from finsam_report.inputs.synthetic.other import other_tables
from finsam_report.inputs.synthetic.plan import write_plan
from finsam_report.inputs.synthetic.price_index import price_table
from finsam_report.inputs.synthetic.register import (
    drawn_by_chance,
    people_and_months,
    register_tables,
)
from finsam_report.inputs.synthetic.register_design import PERIODS, RegisterDesign
from finsam_report.inputs.synthetic.study_text import LATER_DRAWS, PRICE_INDEX, study_text
from finsam_report.inputs.synthetic.survey import survey_tables
from finsam_report.inputs.synthetic.survey_design import SurveyDesign
from finsam_report.inputs.synthetic.survey_extra import further_tables
from finsam_report.inputs.synthetic.tiny import tiny_further, tiny_register, tiny_survey
from finsam_report.inputs.synthetic.truth import register_truth, survey_truth
from finsam_report.inputs.synthetic.variant import Variant
from finsam_report.study import FILE_NAME

__all__ = [
    "DEFAULT_SEED",
    "RegisterDesign",
    "SurveyDesign",
    "Variant",
    "register_tables",
    "register_truth",
    "survey_tables",
    "survey_truth",
    "synthesise",
]

DEFAULT_SEED = 20230341
STUDY_ID = "finsam_synthetic"
PEOPLE_PER_GROUP = 1000
# More people than this are drawn by so many at a time, so that memory does not grow with them.
WHOLE = 100_000
BATCH = 50_000


def is_ours(study_id: str, synthetic: bool) -> bool:  # noqa: FBT001 - what a study file says
    """Whether a study of this id is the synthetic study or a variant of it."""
    return synthetic and study_id == STUDY_ID


def _batches(
    stream: np.random.SeedSequence, design: RegisterDesign, *, tiny: bool
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame | pa.Table, pd.DataFrame | None]]:
    """People, months and later draws of the register, some people at a time."""
    rng = np.random.default_rng(stream)
    people = int(design.sizes.sum())
    if people <= WHOLE:
        tables = register_tables(rng, design)
        people_months = tiny_register(tables) if tiny else (tables.participants, tables.months())
        yield *people_months, tables.draws
        return
    draw, drawn = drawn_by_chance(rng, design)
    starts = range(0, people, BATCH)
    for start, child in zip(starts, stream.spawn(len(starts)), strict=True):
        some = slice(start, start + BATCH)
        tables = people_and_months(
            np.random.default_rng(child), design, draw[some], drawn[some], first=start + 1
        )
        yield tables.participants, tables.months(), tables.draws


class _Files:
    """Writes the tables of a study, and remembers the names of their files."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.names: dict[str, str] = {}

    def write(self, tables: Mapping[str, pd.DataFrame]) -> None:
        """Write whole tables, by the stem of their file."""
        for stem, table in tables.items():
            with TableWriter(self._directory, stem, len(table)) as writer:
                writer.write(table)
            self.names[stem] = writer.name


def _write_survey(files: _Files, seed: int, design: SurveyDesign, *, tiny: bool) -> pd.DataFrame:
    tables = survey_tables(np.random.default_rng(np.random.SeedSequence(seed).spawn(2)[0]), design)
    if tiny:
        tables = tiny_survey(tables)
    # A stream of its own: the survey stays as it was before there were further tables.
    further = further_tables(np.random.SeedSequence([seed, 3]), tables, design)
    if tiny:
        further = tiny_further(further)
    files.write(
        {
            "survey_participants": tables.participants,
            "survey_answers": tables.answers,
            "survey_staff_answers": further.staff,
            "survey_open_answers": further.open_answers,
            "survey_referrals": further.referrals,
        }
    )
    return survey_truth(design)


def _write_register(
    directory: Path, files: _Files, seed: int, design: RegisterDesign, *, tiny: bool
) -> pd.DataFrame:
    stream = np.random.SeedSequence(seed).spawn(2)[1]
    people = int(design.sizes.sum())
    rows = people * PERIODS
    with (
        TableWriter(directory, "register_participants", people) as first,
        TableWriter(directory, "register_months", rows, PEOPLE_PER_GROUP * PERIODS) as months,
        TableWriter(directory, LATER_DRAWS, 2 * people) as draws,
    ):
        for some, theirs, drawn in _batches(stream, design, tiny=tiny):
            first.write(some)
            months.write(theirs)
            if drawn is not None:
                draws.write(drawn)
    files.names |= {"register_participants": first.name, "register_months": months.name}
    if draws.name:
        files.names[LATER_DRAWS] = draws.name
    return register_truth(design)


def _write_all(directory: Path, seed: int, variant: Variant) -> None:
    # One stream for each part: a change in one leaves the others as they are.
    designs, tiny = variant.designs(), variant.scenario == "tiny"
    files = _Files(directory)
    truths = []
    if designs.survey is not None:
        truths.append(_write_survey(files, seed, designs.survey, tiny=tiny))
    if designs.register is not None:
        truths.append(_write_register(directory, files, seed, designs.register, tiny=tiny))
    other = other_tables(seed, designs, tiny=tiny)
    files.write(other.tables)
    if designs.register is not None or designs.organisation:
        files.write({PRICE_INDEX: price_table()})
    if other.truth is not None:
        truths.append(other.truth)
    if truths:
        write_csv(pd.concat(truths, ignore_index=True).round(6), directory / TRUTH)
    text = study_text(variant, files.names)
    (directory / FILE_NAME).write_text(text, encoding="utf-8", newline="\n")
    write_plan(directory)


def synthesise(out: Path, seed: int = DEFAULT_SEED, variant: Variant | None = None) -> None:
    """Write the synthetic study or a variant: study.toml, its tables and truth.csv.

    Equal seeds give equal bytes. The files are written beside ``out`` and moved there when all
    of them are complete.

    Args:
        out: Directory to make. An earlier synthetic study there is replaced.
        seed: Seed of everything that chance decides.
        variant: Other parts, size, effects or scenario; the study as it comes where none is given.

    Raises:
        FinsamError: ``out`` holds something else, or cannot be written; or the variant cannot be.
    """
    wanted = variant or Variant()
    wanted.designs()
    replace_study(out, is_ours, lambda directory: _write_all(directory, seed, wanted))
