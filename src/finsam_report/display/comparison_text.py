"""A comparison in words, for a terminal and for a page."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from finsam_report.display.comparison import Comparison, RowChange
from finsam_report.display.comparison_inputs import input_lines
from finsam_report.display.comparison_names import EFFECTS, Names, places, way

FLIPS_SHOWN = 10  # of other analyses; all of them stand in the JSON


@dataclass(frozen=True)
class Section:
    """A heading with its sentences."""

    title: str
    lines: tuple[str, ...]


def sections(comparison: Comparison, language: str = "en") -> tuple[Section, ...]:
    """The whole comparison in words: what is compared, inputs, flips, main effects, the rest.

    Args:
        comparison: What differs.
        language: Language of the words.
    """
    names = Names(comparison, language)
    word = names.word
    out = [Section(word("cmp-head-sides"), _sides(comparison, names))]
    if comparison.equal and not comparison.same_values:
        return (*out, Section(word("cmp-head-rows"), (word("cmp-equal"),)))
    out.append(Section(word("cmp-head-inputs"), input_lines(comparison, names)))
    if not comparison.rows:
        return (*out, Section(word("cmp-head-rows"), (word("cmp-ledger-equal"),)))
    flips = _flips(comparison, names) or (word("cmp-none-flips"),)
    main = tuple(sentence(change, names) for change in comparison.main)
    out += [
        Section(word("cmp-head-flips"), flips),
        Section(word("cmp-head-main"), main or (word("cmp-none-main"),)),
    ]
    rest = _rest(comparison, names)
    if rest:
        out.append(Section(word("cmp-head-rows"), rest))
    return tuple(out)


def title(comparison: Comparison, language: str = "en") -> str:
    """The heading over all."""
    names = Names(comparison, language)
    return names.word("cmp-title", old=comparison.old.name, new=comparison.new.name)


def as_text(comparison: Comparison, language: str = "en") -> str:
    """The comparison for a terminal."""
    blocks = [title(comparison, language)]
    for section in sections(comparison, language):
        blocks.append("\n".join([section.title, *(f"- {line}" for line in section.lines)]))
    return "\n\n".join(blocks)


def _sides(comparison: Comparison, names: Names) -> tuple[str, ...]:
    pairs = ((comparison.old, "old"), (comparison.new, "new"))
    out = [
        names.word(
            "cmp-side",
            which=which,
            name=side.name,
            kind=side.kind,
            rows=names.fmt.number(rows),
        )
        for (side, which), rows in zip(pairs, comparison.sizes, strict=True)
    ]
    if comparison.old.version != comparison.new.version:
        versions = {"old": comparison.old.version, "new": comparison.new.version}
        out.append(names.word("cmp-versions", **versions))
    if comparison.old.study is None and comparison.new.study is None:
        out.append(names.word("cmp-labels"))
    out.append(names.word("cmp-tolerance", tolerance=f"{comparison.tolerance:g}"))
    return tuple(out)


def sentence(change: RowChange, names: Names) -> str:
    """What happened to a row, in one or two sentences."""
    what = f"{names.part(change.row.part)}: {_small(names.row(change.row), change)}"
    if change.status in ("suppressed", "shown"):
        # The number that is shown on one side alone would tell what the other hides.
        return names.word(f"cmp-{change.status}", what=what)
    if change.old is None or change.new is None:
        row = change.row
        if not row.known:
            return names.word(f"cmp-{change.status}-hidden", what=what)
        digits = places(row, row)
        number = names.value(row, digits)
        key, side = ("cmp-new", "new") if change.old is None else ("cmp-gone", "old")
        interval = names.interval(row, digits) or "none"
        return names.word(key, what=what, interval=interval, **{side: number})
    return _changed(change, what, names)


def _small(text: str, change: RowChange) -> str:
    """In the middle of a sentence "The effect" begins small; a label stays as it is declared."""
    return text[:1].lower() + text[1:] if change.row.analysis in EFFECTS else text


def _changed(change: RowChange, what: str, names: Names) -> str:
    old, new, word = change.old, change.new, names.word
    if old is None or new is None:
        raise ValueError("a row that is on one side only did not change")
    ends = {"ci_low", "ci_high"} & set(change.columns)
    if "estimate" not in change.columns and not ends:
        listed = [word("cmp-column-name", name=name) for name in change.columns]
        return word("cmp-other", what=what, columns=names.fmt.joined(listed))
    digits = places(old, new)
    before, after = names.pair(old, new)
    kind = way(change, digits)
    shift, errors = "none", ""
    if kind in ("up", "down") and not math.isnan(change.shift):
        size = abs(change.shift)
        errors = names.fmt.number(size, 1 if size >= 0.05 else 2)
        shift = "part" if size < 0.95 else "more"
    pieces = (
        []
        if kind == "same" and not new.known
        else [word("cmp-moved", way=kind, old=before, new=after, shift=shift, errors=errors)]
    )
    one, two = names.interval(old, digits), names.interval(new, digits)
    moved = bool(ends) and bool(one) and bool(two) and one != two
    if change.flipped:
        side = "up" if new.verdict == "up" else "down"
        flip = word("cmp-flip", before=change.old_verdict, now=change.new_verdict, side=side)
        pieces.append(word("cmp-interval-flip", flip=flip, old=one, new=two) if moved else flip)
    elif moved:
        pieces.append(word("cmp-interval-changed", old=one, new=two))
    told = "; ".join(pieces)
    bare = kind == "same" and not new.known
    text = (word("cmp-bounds", what=what, told=told) if bare else f"{what} {told}") + "."
    now = names.verdict(change.new_verdict)
    if change.flipped:
        return f"{text} {word('cmp-verdict', before=names.verdict(change.old_verdict), now=now)}"
    if change.main and change.new_verdict != "unknown":
        return f"{text} {word('cmp-verdict-same', now=now)}"
    return text


def _flips(comparison: Comparison, names: Names) -> tuple[str, ...]:
    """Main conclusions in full, some of the others shortly, the rest as numbers."""
    flips = comparison.flips
    main = [sentence(change, names) for change in flips if change.main]
    others = [change for change in flips if not change.main]
    shown = [sentence(change, names) for change in others[:FLIPS_SHOWN]]
    left = Counter((c.row.part, c.row.analysis) for c in others[FLIPS_SHOWN:])
    if left:
        where = [
            names.word(
                "cmp-where",
                part=names.part(part),
                analysis=analysis,
                number=names.fmt.number(count),
            )
            for (part, analysis), count in left.items()
        ]
        total = sum(left.values())
        shown.append(
            names.word(
                "cmp-more-flips",
                number=names.fmt.number(total),
                count=total,
                where=names.fmt.joined(where),
            )
        )
    return (*main, *shown)


def _rest(comparison: Comparison, names: Names) -> tuple[str, ...]:
    """Numbers of all other rows that are not as they were, by part and analysis."""
    told = {id(change) for change in (*comparison.flips, *comparison.main)}
    counts: dict[tuple[str, str], Counter[str]] = {}
    for change in comparison.rows:
        if id(change) not in told:
            key = (change.row.part, change.row.analysis)
            counts.setdefault(key, Counter())[change.status] += 1
    return tuple(
        names.word(
            "cmp-rest",
            part=names.part(part),
            analysis=analysis,
            what=", ".join(
                names.word(f"cmp-rest-{status}", number=names.fmt.number(found[status]))
                for status in ("changed", "new", "gone", "suppressed", "shown")
                if found[status]
            ),
        )
        for (part, analysis), found in counts.items()
    )
