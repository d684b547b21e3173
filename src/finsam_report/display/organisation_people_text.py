"""What is said of participants, of their status afterwards, and of the indicators."""

from __future__ import annotations

import math

from finsam_report.display.context import Context
from finsam_report.display.lookup import Row
from finsam_report.display.organisation_courses import per_cent, sentence
from finsam_report.display.organisation_names import (
    ALL,
    PART,
    breaks,
    by_year,
    known,
    level,
    variable,
)
from finsam_report.display.organisation_people import (
    ABOUT,
    MEN,
    WOMEN,
    WORK,
    described,
    difference,
    ended,
    moves,
    pair,
    status,
    statuses,
)
from finsam_report.display.organisation_published import published, written
from finsam_report.display.organisation_shape import course, way
from finsam_report.display.organisation_staff import (
    answers,
    item,
    items,
    respondent,
    respondents,
)


def participants(context: Context) -> str:
    """Who began in the last year: women, and the largest group by each variable."""
    named = described(context)
    wanted = {one for names in named.values() for one in names}
    rows = [
        row
        for row in context.look.rows(PART, "participants", estimator="share", group=ALL)
        if row.outcome in wanted and row.known
    ]
    if not rows:
        return ""
    last = max(int(row.horizon) for row in rows)
    now = {row.outcome: row.estimate for row in rows if row.horizon == last}
    items_, texts = [], []
    for name in ABOUT:
        ones = {one: now[one] for one in named[name] if one in now}
        if name == "sex":
            women = ones.get(WOMEN)
            if women is not None:
                texts.append(
                    context.word(
                        "organisation-women", year=str(last),
                        share=context.fmt.with_unit(women, "percent"),
                    )
                )  # fmt: skip
        elif ones:
            largest = max(ones, key=lambda one: ones[one])
            items_.append(
                context.word(
                    "organisation-largest",
                    variable=name,
                    level=level(context, *variable(largest)).lower()
                    if name != "age" else level(context, *variable(largest)),
                    share=context.fmt.with_unit(ones[largest], "percent"),
                )
            )  # fmt: skip
    if items_:
        texts.append(
            context.word("organisation-largest-groups", year=str(last),
                         items=context.fmt.joined(items_))
        )  # fmt: skip
    return " ".join(texts)


def _gap(before: Row, after: Row) -> float:
    return after.estimate - before.estimate


def change(context: Context) -> str:
    """Work or studies after against before, and what rose and fell most."""
    before, after = pair(context, WORK)
    texts = []
    if before is not None and after is not None and before.known and after.known:
        people, sexes = ended(context), [pair(context, WORK, sex) for sex in (WOMEN, MEN)]
        shown = all(r is not None and r.known for both in sexes for r in both)
        texts.append(
            context.word(
                "organisation-change",
                people=context.fmt.number(people) if math.isfinite(people) else "",
                known=int(math.isfinite(people)),
                before=context.fmt.with_unit(before.estimate, "percent"),
                after=context.fmt.with_unit(after.estimate, "percent"),
                way=way(round(before.estimate, 1), round(after.estimate, 1)),
                gap=context.fmt.with_unit(abs(_gap(before, after)), "percentage points"),
                sexes=int(shown),
                women=difference(context, *sexes[0]),
                men=difference(context, *sexes[1]),
            )
        )
    gaps = {}
    for name in statuses(context):
        one, other = pair(context, name)
        if variable(name)[0] == "livelihood" and one and other and one.known and other.known:
            gaps[name] = _gap(one, other)
    up, down = (
        (max(gaps, key=lambda n: gaps[n]), min(gaps, key=lambda n: gaps[n])) if gaps else ("", "")
    )
    for name, way_ in ((up, "rise"), (down, "fall")):
        if name and (gaps[name] >= 0.05 if way_ == "rise" else gaps[name] <= -0.05):
            one, other = pair(context, name)
            if one is not None and other is not None:
                texts.append(
                    context.word(
                        "organisation-livelihood",
                        way=way_,
                        name=status(context, name).lower(),
                        before=context.fmt.with_unit(one.estimate, "percent"),
                        after=context.fmt.with_unit(other.estimate, "percent"),
                    )
                )
    return " ".join(texts)


def work(context: Context) -> str:
    """The share in work or studies afterwards by year, and as it was published."""
    own = course(by_year(context, "change", WORK, "after"), breaks(context, "status"))
    texts = [sentence(context, context.word("organisation-name-work"), own, per_cent(context))]
    found = published(context, WORK)
    if found:
        items_ = [
            context.word("organisation-in-a-year", number=written(context, row), year=str(year))
            for year, row in found.items()
        ]
        texts.append(context.word("organisation-work-published", items=context.fmt.joined(items_)))
    return " ".join(text for text in texts if text)


def transitions(context: Context) -> str:
    """How many have the same livelihood after as before, where most came from."""
    found, sizes = moves(context), dict[str, float]()
    for row in context.look.rows(PART, "transition", estimator="count", group=ALL):
        if row.known:
            before = row.outcome.replace("livelihood=", "").partition(">")[0]
            sizes[before] = sizes.get(before, 0.0) + row.estimate
    sizes = {before: n for before, n in sizes.items() if before in found}
    if not sizes:
        return ""
    largest = max(sizes, key=lambda name: sizes[name])
    same = found[largest].get(largest)
    if same is None or not same.known:
        return ""
    return context.word(
        "organisation-transitions",
        name=level(context, "livelihood", largest).lower(),
        share=context.fmt.with_unit(same.estimate, "percent"),
        people=context.fmt.number(sizes[largest]),
    )


def took_part(context: Context) -> dict[int, tuple[float, float]]:
    """How many associations took part in the indicators, and of how many, by year."""
    took, of = (
        known(by_year(context, "indicator", "questionnaires", name))
        for name in ("associations", "existing")
    )
    return {
        year: (row.estimate, of[year].estimate if year in of else math.nan)
        for year, row in took.items()
    }


def indicators(context: Context) -> str:
    """Who took part, which indicator is highest and lowest, and what changed."""
    texts, took = [], took_part(context)
    if took:
        last = max(took)
        number, of = took[last]
        count = by_year(context, "indicator", "questionnaires", "count").get(last)
        texts.append(
            context.word(
                "organisation-took-part",
                year=str(last),
                count=int(number),
                number=context.fmt.words(int(number)),
                known=int(math.isfinite(of) and of >= number),
                of=context.fmt.number(of) if math.isfinite(of) else "",
                answers=context.fmt.number(count.estimate) if count and count.known else "",
                answered=int(count is not None and count.known),
            )
        )
    for group in respondents(context):
        means = {
            name: rows
            for name in items(context)
            if (rows := known(answers(context, name, group, "mean")))
        }
        if not means:
            continue
        last = max(max(rows) for rows in means.values())
        now = {name: rows[last].estimate for name, rows in means.items() if last in rows}
        high, low = max(now, key=lambda n: now[n]), min(now, key=lambda n: now[n])
        spread = round(now[high], 2) > round(now[low], 2)
        both = [
            way(rows[min(rows)].estimate, rows[last].estimate)
            for rows in means.values()
            if last in rows and min(rows) < last
        ]
        ups, downs = both.count("rise"), both.count("fall")
        texts.append(
            context.word(
                "organisation-indicator",
                who=respondent(context, group),
                year=str(last),
                several=0 if len(now) < 2 else 1 if spread else 2,
                high=item(context, high), high_mean=context.fmt.number(now[high], 2),
                low=item(context, low), low_mean=context.fmt.number(now[low], 2),
                compared=len(both), compared_number=context.fmt.words(len(both)),
                up=ups, up_number=context.fmt.words(ups),
                down=downs, down_number=context.fmt.words(downs),
            )
        )  # fmt: skip
    return " ".join(texts)
