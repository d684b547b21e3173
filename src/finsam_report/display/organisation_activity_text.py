"""What is said of efforts, participants, costs, and of those who refer and staff the teams."""

from __future__ import annotations

from finsam_report.display.context import Context
from finsam_report.display.lookup import Row
from finsam_report.display.organisation_courses import kronor, per_cent, sentence
from finsam_report.display.organisation_headlines import referral_years
from finsam_report.display.organisation_names import (
    ALL,
    PART,
    breaks,
    by_year,
    comparable,
    half_year,
    known,
    level,
    outcomes,
    part_halves,
    party_label,
    price_year,
    variable,
)
from finsam_report.display.organisation_people_figures import PANDEMIC, referred
from finsam_report.display.organisation_published import published, written
from finsam_report.display.organisation_shape import course
from finsam_report.display.organisation_staff import parties, team_rows, team_years


def efforts(context: Context) -> str:
    """What became of each type of effort."""
    individual, structural = (
        course(
            by_year(context, "efforts", kind, "going"),
            breaks(context, "efforts", f"efforts_{kind}"),
        )
        for kind in ("individual", "structural")
    )
    alike = bool(individual and structural and individual.broken == structural.broken)
    texts = [
        sentence(context, context.word("organisation-name-individual"), individual, quiet=alike),
        sentence(context, context.word("organisation-name-structural"), structural),
    ]
    return " ".join(text for text in texts if text)


def kinds(context: Context) -> str:
    """The most common kind and target group of efforts in the last year."""
    texts = []
    for name in ("kind", "target"):
        ones = outcomes(context, "efforts", name, "share")
        rows = [
            row
            for row in context.look.rows(PART, "efforts", estimator="share", group=ALL)
            if row.outcome in ones and row.known
        ]
        if not rows:
            continue
        last = max(int(row.horizon) for row in rows)
        now = sorted((row for row in rows if row.horizon == last), key=lambda row: -row.estimate)
        texts.append(
            context.word(
                "organisation-most",
                what=name,
                year=str(last),
                name=level(context, name, variable(now[0].outcome)[1]),
                share=context.fmt.with_unit(now[0].estimate, "percent"),
            )
        )
    return " ".join(texts)


def index(context: Context) -> str:
    """Participants and structural efforts as per cent of the first common year."""
    from finsam_report.display.organisation_figures import index_lines

    base, found = index_lines(context)
    if not found:
        return ""
    (_, people), (_, structural) = found
    last = min(max(people), max(structural))
    if last not in people or last not in structural:
        return ""
    return context.word(
        "organisation-index",
        base=str(base),
        last=str(last),
        people=context.fmt.number(people[last]),
        structural=context.fmt.number(structural[last]),
        more="structural" if structural[last] > people[last] + 0.5 else "people"
        if people[last] > structural[last] + 0.5 else "none",
    )  # fmt: skip


def coverage(context: Context) -> str:
    """How much of the target group the participants of the last year are."""
    low, high = (known(by_year(context, "coverage", one, "share")) for one in ("low", "high"))
    people = known(by_year(context, "participants", "all", "count"))
    years = sorted(set(low) & set(high) & set(people))
    if not years:
        return ""
    last = years[-1]
    ends = [context.fmt.number(one[last].estimate, 1) for one in (low, high)]
    target = context.study.organisation.target_size if context.study.organisation else None
    bounds = [published(context, name) for name in ("target_low", "target_high")]
    if target is not None:
        sizes = [context.fmt.number(size) for size in (target.low, target.high)]
    else:
        sizes = [written(context, max(b.values(), key=_year)) for b in bounds if b]
    return context.word(
        "organisation-coverage",
        year=str(last), people=context.fmt.number(people[last].estimate), low=ends[0], high=ends[1],
        bounds=int(len(sizes) == 2), smallest=sizes[0] if sizes else "",
        largest=sizes[-1] if sizes else "", own=int(target is not None),
    )  # fmt: skip


def _year(row: Row) -> float:
    return row.horizon


def costs(context: Context) -> str:
    """What an effort and a participant cost, in the money of each year and of one year."""
    at, texts, base = breaks(context, "costs"), [], price_year(context)
    for what in ("per_effort", "per_participant"):
        real = by_year(context, "cost", what, "real")
        series = real or by_year(context, "cost", what, "nominal")
        if what == "per_participant":
            series = comparable(context, series, "participants")
        key = f"organisation-name-{what.replace('_', '-')}"
        name = context.word(key, year=base if real else "", real=int(bool(real)))
        texts.append(sentence(context, name, course(series, at), kronor(context)))
    return " ".join(text for text in texts if text)


def identified(context: Context) -> str:
    """The share of the participants who are registered with personal data."""
    series = by_year(context, "registered", "share", "share")
    found = course(series, breaks(context, "registered"))
    return sentence(context, context.word("organisation-name-identified"), found, per_cent(context))


def referrals(context: Context) -> str:
    """Who refers, and what the pandemic's beginning meant for it."""
    found, full = referred(context), referral_years(context)
    texts = []
    last = max((year for one in full.values() for year in one), default=None)
    here = {
        p: one[last] for p, one in full.items() if p != ALL and last is not None and last in one
    }
    here = {p: here[p] for p in found if p in here}  # in the declared order
    total = sum(here.values())
    if last is not None and total > 0 and len(here) == len(found):
        items = [
            context.word(
                "organisation-share-item", name=party_label(context, party),
                share=context.fmt.with_unit(100 * number / total, "percent"),
            )
            for party, number in here.items()
        ]  # fmt: skip
        texts.append(
            context.word(
                "organisation-referred",
                year=str(last), people=context.fmt.number(total), items=context.fmt.joined(items),
            )
        )  # fmt: skip
    at, before = float(int(PANDEMIC)), float(int(PANDEMIC)) - 1
    part = part_halves(context)
    pairs = (
        [] if {at, before} & part else [(rows.get(before), rows.get(at)) for rows in found.values()]
    )
    both = [(a.estimate, b.estimate) for a, b in pairs if a and b and a.known and b.known]
    if pairs and len(both) == len(pairs):
        start, end = (sum(one[k] for one in both) for k in (0, 1))
        texts.append(
            context.word(
                "organisation-referred-pandemic",
                half=half_year(context, at, inside=True),
                before=half_year(context, before, inside=True),
                end=context.fmt.number(end),
                start=context.fmt.number(start),
                way="fewer" if end < start else "more" if end > start else "same",
            )
        )
    return " ".join(texts)


def teams(context: Context) -> str:
    """Who has most posts and most vacancies in the teams."""
    years = team_years(context)
    if not years:
        return ""
    last = years[-1]
    posts, vacant, without = (
        {p: row for p, row in team_rows(context, last, name).items() if row.known}
        for name in ("posts", "share_vacant", "teams_without")
    )
    ones = [party for party in parties(context) if party != ALL]
    texts = []
    if ALL in posts and ALL in vacant:
        texts.append(
            context.word(
                "organisation-posts",
                year=str(last),
                posts=context.fmt.number(posts[ALL].estimate),
                share=context.fmt.with_unit(vacant[ALL].estimate, "percent"),
            )
        )
    shares = {party: vacant[party].estimate for party in ones if party in vacant}
    if len(shares) > 1:
        most, least = max(shares, key=lambda p: shares[p]), min(shares, key=lambda p: shares[p])
        texts.append(
            context.word(
                "organisation-vacant-most",
                most=party_label(context, most),
                high=context.fmt.with_unit(shares[most], "percent"),
                least=party_label(context, least),
                low=context.fmt.with_unit(shares[least], "percent"),
                equal=int(round(shares[most], 1) == round(shares[least], 1)),
            )
        )
    empty = {party: without[party].estimate for party in ones if party in without}
    if empty:
        most = max(empty, key=lambda p: empty[p])
        texts.append(
            context.word(
                "organisation-without",
                count=int(empty[most]),
                number=context.fmt.words(int(empty[most])),
                party=party_label(context, most),
            )
        )
    return " ".join(texts)
