"""Write the synthetic tables of organisation and municipality, and their part of study.toml."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import numpy as np
import pandas as pd

from finsam_report.inputs.synthetic.membership import draw_membership
from finsam_report.inputs.synthetic.municipality import municipality_tables
from finsam_report.inputs.synthetic.municipality_design import (
    MunicipalityDesign,
    municipality_truth,
)
from finsam_report.inputs.synthetic.organisation import organisation_tables


def other_toml() -> str:
    """The sections [organisation] and [municipality] of the synthetic study's study.toml."""
    return resources.files(__package__ or "").joinpath("other.toml").read_text(encoding="utf-8")


def write_other(
    directory: Path, seed: int, design: MunicipalityDesign | None = None
) -> pd.DataFrame:
    """Write the tables of both parts; equal seeds give equal bytes.

    Args:
        directory: Where to write; it must be there.
        seed: Seed of everything that chance decides.
        design: The municipality panel's design; the synthetic study's where none is given.

    Returns:
        The true effects on municipalities, keyed as the ledger is.
    """
    # One stream for each: a change in one part leaves the others as they are.
    streams = (np.random.default_rng(s) for s in np.random.SeedSequence([seed, 2]).spawn(3))
    first, second, third = streams
    members = draw_membership(first)
    organisation = organisation_tables(second, members)
    municipality = municipality_tables(third, design, members)
    for name, table in (
        ("associations", organisation.associations),
        ("association_years", organisation.years),
        ("efforts", organisation.efforts),
        ("indicators", organisation.indicators),
        ("municipalities", municipality.municipalities),
    ):
        table.to_csv(directory / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")
    for name, table in (
        ("effort_participants", organisation.participants),
        ("municipality_years", municipality.years),
    ):
        table.to_parquet(
            directory / f"{name}.parquet", index=False, compression="zstd", compression_level=9
        )
    return municipality_truth(members.joined, design)
