"""``study.toml`` of the synthetic study, and of its variants."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources

from finsam_report.inputs.synthetic.variant import EXPERIMENTS, Variant

_RULE = "# ----------------------------------------------------------------"
_TITLES = {
    "en": ("Coordinated support and the way to work", "synthetic"),
    "sv": ("Samordnat stöd och vägen till arbete", "syntetisk"),
}
_EXPERIMENTS = {
    "en": ("two randomised experiments", "a randomised experiment"),
    "sv": ("två randomiserade experiment", "ett randomiserat experiment"),
}
_SUBTITLES = {
    "en": (
        "Effects of coordination teams: two randomised experiments",
        "Coordination associations, what they do, and their municipalities",
    ),
    "sv": (
        "Effekter av samordningsteam: två randomiserade experiment",
        "Samordningsförbund, deras verksamhet och deras kommuner",
    ),
}
# What a few rows need so that something is estimated.
_TINY = {
    "register": (
        "horizons = [6, 12, 18, 24, 30, 36]\n",
        "horizons = [6, 12, 18, 24, 30, 36]\nminimum_events = 4\nminimum_events_arm = 1\n",
    ),
    "municipality": ("first = 1998, last = 2018", "first = 2003, last = 2008"),
}
_LATER = """[register.later]
draws = "{file}"
beside = ["censored", "stacked"]

"""
LATER_DRAWS = "register_draws"
_PLAN = "# The plan is invented"
PRICE_INDEX = "prices"
_PARQUET = ("register_months", "municipality_years")


def _swap(text: str, old: str, new: str) -> str:
    if old not in text:
        raise ValueError(f"the template of study.toml has no '{old}'")
    return text.replace(old, new, 1)


def study_text(variant: Variant, files: Mapping[str, str]) -> str:
    """The text of ``study.toml``.

    Args:
        variant: What is made.
        files: Name of each table's file, by its name without the ending.

    Returns:
        The text; that of the package where it is the synthetic study as it comes.
    """
    text = resources.files(__package__).joinpath("study.toml").read_text(encoding="utf-8")
    head, *pieces = text.split(_RULE)
    kept = [
        _RULE + piece for piece in pieces if any(f"\n[{part}]\n" in piece for part in variant.parts)
    ]
    if variant == Variant():
        return text
    first = head.index("[study]")
    if PRICE_INDEX not in files:  # neither of the parts with amounts in kronor is there
        head = head[: head.index("[prices]")]
    if variant.parts == ("organisation",):  # it estimates nothing that could be planned
        head = head[: head.index(_PLAN)] + head[head.index("[analysis]") :]
    head = (
        "# A variant of the synthetic study; what is in it is invented, and every effect is an\n"
        "# assumption (truth.csv holds it). Nothing here is an estimate by ISF.\n\n"
    ) + head[first:]
    for language, (title, synthetic) in _TITLES.items():
        notes = "; ".join(label.text(language) for label in variant.note())
        if notes:
            head = _swap(head, f'"{title}"', f'"{title} ({synthetic}: {notes})"')
        experiments = len(set(variant.parts) & set(EXPERIMENTS))
        if experiments < 2:
            head = _swap(head, *(_EXPERIMENTS if experiments else _SUBTITLES)[language])
    text = head + "".join(kept)
    place = "[[register.covariates]]\n"
    if LATER_DRAWS in files:
        text = _swap(text, place, _LATER.format(file=files[LATER_DRAWS]) + place)
    for stem, name in files.items():
        if stem == LATER_DRAWS:
            continue
        usual = stem + (".parquet" if stem in _PARQUET else ".csv")
        text = _swap(text, f'"{usual}"', f'"{name}"')
    for part, swapped in _TINY.items():
        if variant.scenario == "tiny" and part in variant.parts:
            text = _swap(text, *swapped)
    return text.rstrip("\n") + "\n"
