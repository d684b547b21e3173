"""The blocks of an assignment, by name."""

from __future__ import annotations

import pandas as pd

from finsam_report.study import Register, Survey


def column_codes(values: pd.Series) -> pd.Series:
    """Values of a column as text: "1" and not "1.0" for a covariate held as a number."""
    if pd.api.types.is_float_dtype(values.dtype):
        return values.map(lambda v: f"{v:.15g}", na_action="ignore").astype("string")
    return values.astype("string")


def block_labels(part: Survey | Register, participants: pd.DataFrame) -> pd.Series:
    """The name of each person's block, "all" where there is only one."""
    if not part.assignment.blocks:
        return pd.Series("all", index=participants.index, dtype="string")
    names = [column_codes(participants[name]) for name in part.assignment.blocks]
    label = names[0]
    for other in names[1:]:
        label = label + " / " + other
    return label
