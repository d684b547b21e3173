"""The pieces of the organisation chapter, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from finsam_report.display import (
    organisation_activity,
    organisation_activity_text,
    organisation_figures,
    organisation_headlines,
    organisation_map,
    organisation_people,
    organisation_people_figures,
    organisation_people_text,
    organisation_published,
    organisation_published_text,
    organisation_staff,
    organisation_tables,
    organisation_text,
)
from finsam_report.display.context import Context
from finsam_report.display.figure import Figure
from finsam_report.display.organisation_names import PART
from finsam_report.display.table import Table

TABLES: Mapping[str, Callable[[Context], Table]] = {
    "organisation-years": organisation_tables.years,
    "organisation-sizes": organisation_tables.sizes,
    "organisation-funds": organisation_tables.funds,
    "organisation-financing": organisation_tables.financing,
    "organisation-efforts": organisation_activity.efforts,
    "organisation-kinds": organisation_activity.kinds,
    "organisation-costs": organisation_activity.costs,
    "organisation-coverage": organisation_activity.coverage,
    "organisation-identified": organisation_activity.identified,
    "organisation-referrals": organisation_activity.referrals,
    "organisation-participants": organisation_people.participants,
    "organisation-change": organisation_people.change,
    "organisation-work": organisation_people.work,
    "organisation-transitions": organisation_people.transitions,
    "organisation-teams": organisation_staff.teams,
    "organisation-indicators": organisation_staff.indicators,
    "organisation-associations": organisation_staff.associations,
    "organisation-members": organisation_map.table,
    "organisation-published": organisation_published.by_year,
    "organisation-published-others": organisation_published.others,
}

FIGURES: Mapping[str, Callable[[Context], Figure]] = {
    "organisation-series": organisation_figures.series,
    "organisation-funds": organisation_figures.funds,
    "organisation-published": organisation_figures.published_alone,
    "organisation-activity": organisation_figures.activity,
    "organisation-index": organisation_figures.index,
    "organisation-members": organisation_map.tiles,
    "organisation-referrals": organisation_people_figures.referrals,
    "organisation-change": organisation_people_figures.change,
    "organisation-indicators": organisation_people_figures.indicators,
}

TEXTS: Mapping[str, Callable[[Context], str]] = {
    "key-findings-organisation": organisation_headlines.key_findings,
    "organisation-setting": organisation_text.setting,
    "organisation-headlines": organisation_headlines.headlines,
    "organisation-members": organisation_text.members,
    "organisation-sizes": organisation_text.sizes,
    "organisation-money": organisation_headlines.money_text,
    "organisation-financing": organisation_text.financing,
    "organisation-efforts": organisation_activity_text.efforts,
    "organisation-kinds": organisation_activity_text.kinds,
    "organisation-index": organisation_activity_text.index,
    "organisation-coverage": organisation_activity_text.coverage,
    "organisation-costs": organisation_activity_text.costs,
    "organisation-identified": organisation_activity_text.identified,
    "organisation-referrals": organisation_activity_text.referrals,
    "organisation-teams": organisation_activity_text.teams,
    "organisation-participants": organisation_people_text.participants,
    "organisation-change": organisation_people_text.change,
    "organisation-work": organisation_people_text.work,
    "organisation-transitions": organisation_people_text.transitions,
    "organisation-indicators": organisation_people_text.indicators,
    "organisation-published": organisation_published_text.findings,
    "organisation-published-first": organisation_published_text.first_words,
    "organisation-published-cost": organisation_published_text.per_participant,
    "organisation-caveats": organisation_published_text.caveats,
}

# The analyses of the study's own tables; published figures are there without any.
_OWN = (
    "series", "size", "funds", "efforts", "participants", "change", "transition", "cost",
    "registered", "referrals", "teams", "coverage", "indicator", "members",
)  # fmt: skip

# Whether a table has rows: the analysis it is made of, and the outcomes of which one is needed.
_NEEDS: Mapping[str, tuple[str, Callable[[str], bool]]] = {
    "organisation-years": ("series", lambda o: o in ("associations", "municipalities")),
    "organisation-sizes": ("size", lambda _: True),
    "organisation-funds": ("funds", lambda o: o == "state"),
    "organisation-financing": ("funds", lambda o: o == "total"),
    "organisation-efforts": ("efforts", lambda o: o in organisation_activity.TYPES),
    "organisation-kinds": ("efforts", lambda o: "=" in o),
    "organisation-costs": ("cost", lambda _: True),
    "organisation-coverage": ("coverage", lambda _: True),
    "organisation-identified": ("registered", lambda _: True),
    "organisation-referrals": ("referrals", lambda _: True),
    "organisation-participants": ("participants", lambda o: "=" in o),
    "organisation-transitions": ("transition", lambda _: True),
    "organisation-teams": ("teams", lambda _: True),
    "organisation-published": ("published", lambda o: o in organisation_published.BY_YEAR),
    "organisation-published-others": (
        "published",
        lambda o: o not in organisation_published.BY_YEAR,
    ),
}
_TABLES: Mapping[str, Callable[[Context], bool]] = {
    "organisation-change": lambda c: bool(organisation_people.statuses(c)),
    "organisation-work": lambda c: bool(
        [r for r in c.look.rows(PART, "change", outcome="work_or_study", group="all")
         if r.horizon == r.horizon]
    ),
    "organisation-indicators": lambda c: bool(organisation_staff.respondents(c))
    and bool(organisation_staff.items(c)),
    "organisation-associations": lambda c: bool(organisation_staff.unions(c)),
    "organisation-members": lambda c: bool(c.look.rows(PART, "members")),
}  # fmt: skip
_FIGURES: Mapping[str, Callable[[Context], bool]] = {
    "organisation-series": lambda c: bool(organisation_figures.series_panels(c)),
    "organisation-funds": lambda c: bool(organisation_figures.funds_panels(c)),
    "organisation-published": lambda c: bool(organisation_figures.published_panels(c)),
    "organisation-activity": lambda c: bool(organisation_figures.activity_panels(c)),
    "organisation-index": lambda c: bool(organisation_figures.index_lines(c)[1]),
    "organisation-members": organisation_map.has_map,
    "organisation-referrals": organisation_people_figures.has_referrals,
    "organisation-change": organisation_people_figures.has_change,
    "organisation-indicators": organisation_people_figures.has_indicators,
}


def named(name: str) -> bool:
    """Whether a name is of the organisation chapter."""
    return name.removeprefix("key-findings-").startswith(PART)


def there(context: Context) -> bool:
    """Whether the ledger has something on organisation, of the study's own or published."""
    return bool((context.look.frame["part"] == PART).any())


def own(context: Context) -> bool:
    """Whether there is something that the study's own tables say."""
    frame = context.look.frame
    return bool(((frame["part"] == PART) & frame["analysis"].isin(_OWN)).any())


def has_table(context: Context, name: str) -> bool:
    """Whether a table of the chapter has rows."""
    if not there(context):
        return False
    if name in _TABLES:
        return _TABLES[name](context)
    analysis, wanted = _NEEDS[name]
    rows = context.look.rows(PART, analysis, group="all")
    return any(wanted(row.outcome) for row in rows)


def has_figure(context: Context, name: str) -> bool:
    """Whether a figure of the chapter shows something."""
    return there(context) and _FIGURES[name](context)


def flags(context: Context) -> dict[str, bool]:
    """Which conditional pieces of the chapter hold."""

    def flag(name: str) -> str:
        return name.replace("-", "_")

    tables = {flag(name): has_table(context, name) for name in TABLES}
    figures = {f"{flag(name)}_figure": has_figure(context, name) for name in FIGURES}
    return {
        "organisation_chapter": there(context),
        "organisation_own": own(context),
        "organisation_headlines": own(context) and bool(organisation_headlines.headlines(context)),
        "organisation_published_alone": not own(context)
        and figures["organisation_published_figure"],
        "organisation_caveats": bool(organisation_published_text.caveats(context)),
        **tables,
        **figures,
    }
