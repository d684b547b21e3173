"""A monthly register experiment for the tests of the two passes, and fits person by person."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import statsmodels.api as sm

from finsam_report.estimators.itt import interacted_design, usable, usable_covariates
from finsam_report.estimators.passes import array_chunks

MONTHS = 8


@dataclass(frozen=True)
class People:
    """Three outcomes (two shares, an amount in kronor) by month, censored and with gaps."""

    support: np.ndarray
    block: np.ndarray
    covariates: np.ndarray
    outcomes: np.ndarray
    take_up: np.ndarray
    groups: np.ndarray

    def chunks(self, size=400, **more):
        shared = {f.name: getattr(self, f.name) for f in fields(self)}
        return array_chunks(**{**shared, **more}, size=size)

    def take(self, who):
        return People(*(getattr(self, f.name)[who] for f in fields(self)))


def people(seed, n=1600, blocks=6):
    rng = np.random.default_rng(seed)
    block = rng.integers(0, blocks, n)
    support = rng.random(n) < np.linspace(0.3, 0.7, blocks)[block]
    x = np.column_stack(
        [
            rng.integers(25, 64, n),
            rng.random(n) < 0.4,
            rng.random(n) < 0.3,
            rng.lognormal(11, 1, n),  # kronor before the draw
            rng.poisson(2, n),
        ]
    ).astype(float)
    sex, education = rng.integers(0, 2, n), rng.integers(-1, 3, n)
    taken = (support & (rng.random(n) < 0.6)).astype(float)
    liking = x @ np.array([0.01, 0.3, 0.2, 1e-6, 0.1]) + block * 0.2 + sex
    columns = []
    for k in range(3):
        for month in range(MONTHS):
            latent = liking + 0.3 * taken * month / MONTHS + rng.normal(size=n)
            if k < 2:
                y = (latent > 1.5 + 0.5 * k).astype(float)
            else:
                y = np.where(latent > 1, np.round(np.exp(9 + 0.3 * latent)), 0.0)
            y[block + month >= blocks + MONTHS - 3] = np.nan  # late draws are not followed so far
            y[rng.random(n) < 0.02 * k] = np.nan
            columns.append(y)
    groups = np.column_stack([sex, education])
    return People(support, block, x, np.column_stack(columns), taken, groups)


def design_of(p, seen, *, adjust):
    """Regressors of those in usable blocks, arm first, and who they are."""
    who = seen.copy()
    who[seen] = usable(p.support[seen], p.block[seen])
    z, b = p.support[who], p.block[who]
    x = usable_covariates(z, b, p.covariates[who]) if adjust else np.zeros((z.size, 0))
    return np.column_stack([z.astype(float), interacted_design(z, b, x)]), who


def by_statsmodels(p, j, *, adjust):
    """Estimate, standard error, degrees of freedom, interval and p-value of one outcome."""
    design, who = design_of(p, ~np.isnan(p.outcomes[:, j]), adjust=adjust)
    fit = sm.OLS(p.outcomes[who, j], design).fit(cov_type="HC2", use_t=True)
    return np.array([fit.params[0], fit.bse[0], fit.df_resid, *fit.conf_int()[0], fit.pvalues[0]])
