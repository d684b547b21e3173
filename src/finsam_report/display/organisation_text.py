"""What is said of the associations: how they joined, how large they are, who pays."""

from __future__ import annotations

from finsam_report.display.context import Context
from finsam_report.display.organisation_courses import sentence, told
from finsam_report.display.organisation_names import (
    MILLION,
    breaks,
    by_year,
    comparable,
    known,
    places,
)
from finsam_report.display.organisation_shape import course
from finsam_report.display.organisation_tables import SAVED, SIZES, SOURCES, source


def setting(context: Context) -> str:
    """The study's own words on its associations."""
    part = context.study.organisation
    return context.label(part.setting) if part and part.setting else ""


def members(context: Context) -> str:
    """Members per association, and associations formed and ended."""
    formed, ended = (
        known(by_year(context, "series", name, "count")) for name in ("formed", "ended")
    )
    mean = by_year(context, "series", "members_mean", "mean")
    texts = [
        sentence(
            context, context.word("organisation-name-mean"),
            course(comparable(context, mean, "municipalities"), breaks(context, "municipalities")),
            lambda value: context.fmt.number(value, 1), when="end",
        )
    ]  # fmt: skip
    if formed or ended:
        years = sorted({*formed, *ended})
        texts.append(
            context.word(
                "organisation-formed",
                formed=sum(int(row.estimate) for row in formed.values()),
                ended=sum(int(row.estimate) for row in ended.values()),
                first=str(years[0]),
                last=str(years[-1]),
                one=int(len(years) == 1),
            )
        )
    return " ".join(text for text in texts if text)


def sizes(context: Context) -> str:
    """How large the associations are in the last year."""
    rows = {size: known(by_year(context, "size", size, "count")) for size in SIZES}
    last = max((year for one in rows.values() for year in one), default=None)
    if last is None or any(last not in rows[size] for size in ("1", "10+")):
        return ""
    total = sum(rows[size][last].estimate for size in SIZES if last in rows[size])
    single = known(by_year(context, "size", "single_county", "count")).get(last)
    return context.word(
        "organisation-sizes",
        year=str(last),
        total=int(total),
        one=int(rows["1"][last].estimate),
        ten=int(rows["10+"][last].estimate),
        county=int(single.estimate) if single else 0,
        known=int(single is not None),
    )


def _inside(name: str) -> str:
    """A source within a sentence: "the state", but "European Social Fund"."""
    return name[0].lower() + name[1:] if name.startswith(("The ", "Others")) else name


def financing(context: Context) -> str:
    """Who pays: shares of the last year, the European Social Fund, and what is saved."""
    shares = {name: known(by_year(context, "funds", name, "share")) for name in SOURCES}
    last = max((year for one in shares.values() for year in one), default=None)
    if last is None:
        return ""
    there = {name: one[last].estimate for name, one in shares.items() if last in one}
    items = [
        context.word(
            "organisation-share-item", name=_inside(source(context, name)),
            share=context.fmt.with_unit(share, "percent"),
        )
        for name, share in there.items()
        if share > 0
    ]  # fmt: skip
    texts = [
        context.word("organisation-financing", year=str(last), items=context.fmt.joined(items))
    ]
    esf = by_year(context, "funds", "esf", "nominal")
    if any(row.estimate > 0 for row in known(esf).values()):
        texts.append(
            told(
                context,
                "organisation-name-esf",
                comparable(context, esf, "esf"),
                breaks(context, "funds"),
                amounts=True,
            )
        )
    saved, total = (known(by_year(context, "funds", name, "nominal")) for name in (SAVED, "total"))
    if saved:
        year = max(saved)
        amount = saved[year].estimate
        texts.append(
            context.word(
                "organisation-saved",
                year=str(year),
                amount=context.word(
                    "organisation-amount", millions=1,
                    number=context.fmt.number(amount / MILLION, places([amount / MILLION])),
                ),
                share=context.fmt.with_unit(100 * amount / total[year].estimate, "percent")
                if year in total and total[year].estimate > 0
                else "",
                known=int(year in total and total[year].estimate > 0),
            )
        )  # fmt: skip
    return " ".join(text for text in texts if text)
