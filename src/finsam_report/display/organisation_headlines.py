"""The four changes in brief: municipalities and associations, money, efforts, agencies."""

from __future__ import annotations

import math

from finsam_report.display.context import Context
from finsam_report.display.lookup import Row
from finsam_report.display.organisation_courses import millions, sentence
from finsam_report.display.organisation_names import (
    PART,
    STATE_PARTIES,
    breaks,
    by_year,
    comparable,
    level,
    part_halves,
    party_of,
    price_year,
)
from finsam_report.display.organisation_published_text import findings
from finsam_report.display.organisation_shape import Course, course, way
from finsam_report.display.organisation_staff import team_rows, team_years

LEAST_FLAT = 3  # years of the same amount that are worth a sentence


def _lead(
    context: Context, key: str, first: Course | None, second: Course | None, **more: str | int
) -> str:
    """A few words on which way two series went."""
    words: dict[str, str | int] = {}
    for name, one in (("one", first), ("two", second)):
        words[name] = "single" if one is None else one.shape
        words[f"{name}_first"] = "" if one is None else str(one.first)
        words[f"{name}_since"] = "" if one is None else str(one.since)
    return context.word(key, **(words | more))


def _paragraph(lead: str, *sentences: str) -> str:
    said = [one for one in sentences if one]
    return f"**{lead}** {' '.join(said)}" if said else ""


def counted(context: Context, name: str) -> Course | None:
    """The course of associations or municipalities."""
    series = comparable(context, by_year(context, "series", name, "count"), name)
    return course(series, breaks(context, name))


def unions(context: Context) -> str:
    """Municipalities and associations: which way each went."""
    members, associations = counted(context, "municipalities"), counted(context, "associations")
    word = context.word
    return _paragraph(
        _lead(context, "organisation-lead-unions", members, associations),
        sentence(context, word("organisation-name-municipalities"), members, when="end"),
        sentence(context, word("organisation-name-associations"), associations, when="end"),
    )


def _state(context: Context, estimator: str) -> Course | None:
    columns = {"per_member": ("municipalities",), "per_member_real": ("municipalities",)}
    series = by_year(context, "funds", "state", estimator)
    series = comparable(context, series, "state", *columns.get(estimator, ()))
    return course(series, breaks(context, "funds"))


def flat_since(found: Course) -> int:
    """The year since which a series has stood where it ended."""
    start = found.last
    for year in reversed(list(found.numbers)):
        if way(found.numbers[year], found.end) != "same":
            break
        start = year
    return start


def _by(context: Context, found: Course | None) -> dict[str, str]:
    """Which way a series went, and by how many per cent."""
    if found is None or found.first == found.last:
        return {"way": "unknown", "by": ""}
    percent = abs(found.percent)
    return {
        "way": found.way,
        "by": context.fmt.with_unit(percent, "percent", 0 if percent >= 10 else 1),
    }


def money(context: Context) -> str:
    """State funds, nominal and real, in all and for each member municipality."""
    nominal = _state(context, "nominal")
    if nominal is None:
        return ""
    begin = flat_since(nominal)
    flat = begin > nominal.first and nominal.last - begin + 1 >= LEAST_FLAT
    since_year = begin if flat else nominal.first
    real, member, member_real = (
        found.from_year(since_year) if (found := _state(context, name)) else None
        for name in ("real", "per_member", "per_member_real")
    )
    recent = nominal.from_year(since_year)
    each = member_real or member
    base = price_year(context)
    write = millions(context, nominal)
    total, one = _by(context, real), _by(context, each)
    return _paragraph(
        _lead(
            context,
            "organisation-lead-money",
            recent,
            None,
            real=total["way"],
            member=one["way"],
            since=str(since_year),
            turned=int(flat),
        ),
        sentence(context, context.word("organisation-name-state"), nominal, write),
        context.word("organisation-flat", since=str(begin), amount=write(nominal.end))
        if flat
        else "",
        context.word(
            "organisation-real", year=base, since=str(since_year), last=str(nominal.last), **total
        )
        if total["way"] != "unknown"
        else "",
        context.word(
            "organisation-per-member", real=int(member_real is not None), year=base,
            since=str(since_year), last=str(nominal.last), **one,
        )
        if one["way"] != "unknown"
        else "",
    )  # fmt: skip


def money_text(context: Context) -> str:
    """The same without its first words, for the section on money."""
    return money(context).partition("** ")[2]


def work(context: Context) -> str:
    """Efforts for individuals and their participants against structural efforts."""
    word = context.word
    individual, structural = (
        course(
            by_year(context, "efforts", kind, "going"),
            breaks(context, "efforts", f"efforts_{kind}"),
        )
        for kind in ("individual", "structural")
    )
    people = course(
        comparable(context, by_year(context, "participants", "all", "count"), "participants"),
        breaks(context, "participants"),
    )
    return _paragraph(
        _lead(context, "organisation-lead-work", people, structural),
        sentence(context, word("organisation-name-participants"), people),
        sentence(
            context,
            word("organisation-name-individual"),
            individual,
            quiet=bool(individual and structural and individual.broken == structural.broken),
        ),
        sentence(context, word("organisation-name-structural"), structural),
    )  # fmt: skip


def referral_years(context: Context) -> dict[str, dict[int, float]]:
    """People referred by party in the years of which both half-years are known."""
    part, halves = part_halves(context), dict[str, dict[float, float]]()
    for row in context.look.rows(PART, "referrals", estimator="count", group="all"):
        if row.known and math.isfinite(row.horizon) and row.horizon not in part:
            halves.setdefault(party_of(row), {})[row.horizon] = row.estimate
    return {
        party: {
            int(half): number + found[half + 0.5]
            for half, number in sorted(found.items())
            if half == int(half) and half + 0.5 in found
        }
        for party, found in halves.items()
    }


def state_parties(context: Context) -> tuple[str, ...]:
    """The state's agencies among the parties that the study declares."""
    part = context.study.organisation
    return tuple(p.value for p in (part.parties if part else ()) if p.value in STATE_PARTIES)


def referred(context: Context, parties: tuple[str, ...]) -> Course | None:
    """People referred by some parties together, in years that all of them are known in."""
    found = referral_years(context)
    if not parties or any(party not in found for party in parties):
        return None
    common = set.intersection(*(set(found[party]) for party in parties))
    if not common:
        return None
    return Course({year: sum(found[p][year] for p in parties) for year in sorted(common)})


def vacancies(context: Context, parties: tuple[str, ...]) -> Course | None:
    """The share of the parties' posts in teams that is vacant, per cent by year."""
    out = {}
    for year in team_years(context):
        posts, vacant = (team_rows(context, year, name) for name in ("posts", "vacant"))
        rows: list[Row | None] = [one.get(p) for p in parties for one in (posts, vacant)]
        if not rows or any(row is None or not row.known for row in rows):
            continue
        total = sum(posts[party].estimate for party in parties)
        if total > 0:
            out[year] = 100 * sum(vacant[party].estimate for party in parties) / total
    return Course(out) if out else None


def state(context: Context) -> str:
    """Whether the state's agencies refer people and fill their posts as before."""
    word, ours = context.word, state_parties(context)
    people, empty = referred(context, ours), vacancies(context, ours)
    names = context.fmt.joined([level(context, "party", party) for party in ours])
    return _paragraph(
        _lead(context, "organisation-lead-state", people, empty),
        sentence(context, word("organisation-name-referred", parties=names), people),
        sentence(
            context, word("organisation-name-vacant", parties=names), empty,
            lambda value: context.fmt.with_unit(value, "percent"),
        ),
    )  # fmt: skip


def headlines(context: Context) -> str:
    """The four changes, as far as the study has figures on them."""
    found = [text for make in (unions, money, work, state) if (text := make(context))]
    return "\n".join(f"{number}. {text}" for number, text in enumerate(found, 1))


def key_findings(context: Context) -> str:
    """The same for the summary; what has been published where the study has nothing of its own."""
    found = [text for make in (unions, money, work, state) if (text := make(context))]
    if found:
        return "\n".join(f"- {text}" for text in found)
    said = findings(context)
    return context.word("organisation-key-published", text=said) if said else ""
