"""Effects on passing thresholds of an amount, and amounts with the highest drawn in."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from finsam_report.estimators.itt import Effects, itt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_ROUNDING = 1e-9


def distribution_effects(
    support: Bools,
    block: Ints,
    values: Floats,
    thresholds: Floats,
    covariates: Floats | None = None,
    level: float = 0.95,
) -> Effects:
    """Effects on the share of people whose amount is above each threshold.

    Args:
        support: True for the support arm; shape (n,).
        block: Block codes; shape (n,).
        values: Amounts, NaN where missing; shape (n,).
        thresholds: Amounts that do not depend on the arm; 0 gives the share with any;
            shape (m,).
        covariates: As in :func:`finsam_report.estimators.itt.itt`.
        level: Level of the intervals.

    Returns:
        One effect per threshold, as a share.
    """
    above = (values[:, None] > thresholds[None, :]).astype(np.float64)
    above[np.isnan(values)] = np.nan
    return itt(support, block, above, covariates, level)


def winsorised(values: Floats, share: float) -> Floats:
    """Amounts with the highest ones lowered to the highest of the others.

    Only the top is drawn in: amounts have a floor at zero. The arms are not told apart, so
    that both are treated alike.

    Args:
        values: Amounts, NaN where missing, each column on its own; shape (n,) or (n, m).
        share: Share of the people with the amount whose amounts are lowered, rounded down to
            whole people, from 0 to below 1.

    Returns:
        The amounts, lowered; same shape.

    Raises:
        ValueError: The share is not from 0 to below 1.
    """
    if not 0 <= share < 1:
        raise ValueError("the share to winsorise must be from 0 to below 1")
    columns = values[:, None] if values.ndim == 1 else values
    known = (~np.isnan(columns)).sum(axis=0)
    place = known - 1 - np.floor(share * known + _ROUNDING).astype(np.int64)
    ordered = np.sort(columns, axis=0)  # missing ones come last
    out = columns
    if columns.size:
        cap = ordered[np.maximum(place, 0), np.arange(columns.shape[1])]
        out = np.minimum(columns, cap)
    return out.reshape(values.shape)
