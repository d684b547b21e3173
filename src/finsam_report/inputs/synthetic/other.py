"""Draw the synthetic tables of organisation and municipality, which share their units."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from finsam_report.inputs.synthetic.designs import Designs
from finsam_report.inputs.synthetic.membership import draw_membership
from finsam_report.inputs.synthetic.municipality import municipality_tables
from finsam_report.inputs.synthetic.municipality_design import municipality_truth
from finsam_report.inputs.synthetic.organisation import organisation_tables
from finsam_report.inputs.synthetic.organisation_further import further_tables
from finsam_report.inputs.synthetic.tiny import (
    tiny_municipality,
    tiny_numbers,
    tiny_organisation,
    tiny_parties,
)


@dataclass(frozen=True)
class OtherTables:
    """Tables by the stem of their file, and the true effects on municipalities.

    Attributes:
        tables: The tables, as in the files.
        truth: True effects keyed as the ledger is, or None without the municipality part.
    """

    tables: dict[str, pd.DataFrame]
    truth: pd.DataFrame | None


def other_tables(seed: int, designs: Designs, *, tiny: bool = False) -> OtherTables:
    """Draw both parts, or one of them; associations and municipalities are those of both.

    Args:
        seed: Seed of everything that chance decides.
        designs: What to draw; nothing comes of it where it has neither part.
        tiny: Whether special cases are put in.
    """
    tables: dict[str, pd.DataFrame] = {}
    if not designs.organisation and designs.municipality is None:
        return OtherTables(tables, None)
    # One stream for each: a change in one part leaves the others as they are.
    streams = (np.random.default_rng(s) for s in np.random.SeedSequence([seed, 2]).spawn(3))
    first, second, third = streams
    members = draw_membership(first, designs.country)
    if designs.organisation:
        activity = organisation_tables(second, members, designs.country)
        # A stream of its own: the other tables stay as they were before there were these.
        fourth = np.random.default_rng(np.random.SeedSequence([seed, 5]))
        further = further_tables(fourth, members, activity.years)
        activity = replace(activity, years=further.years)
        if tiny:
            activity = tiny_organisation(activity)
            further = tiny_parties(further)
        tables |= {
            "associations": activity.associations,
            "association_years": activity.years,
            "efforts": activity.efforts,
            "effort_participants": activity.participants,
            "indicators": activity.indicators,
            "teams": further.teams,
            "referrals": further.referrals,
        }
    panel_design = designs.municipality
    if panel_design is None:
        return OtherTables(tables, None)
    panel = municipality_tables(third, panel_design, members)
    if tiny:
        panel = tiny_municipality(panel)
    if tiny and designs.organisation:
        tables["association_years"] = tiny_numbers(tables["association_years"], members)
    tables |= {"municipalities": panel.municipalities, "municipality_years": panel.years}
    return OtherTables(tables, municipality_truth(members.joined, panel_design))
