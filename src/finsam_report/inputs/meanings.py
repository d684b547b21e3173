"""What columns mean, in English and Swedish: the contract's own, and those a study declares."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from finsam_report.study_pieces import Item, Label, Outcome, Wave

PERIODS = {
    "month": Label(en="month", sv="månad"),
    "quarter": Label(en="quarter", sv="kvartal"),
    "year": Label(en="year", sv="år"),
}
MANY_PERIODS = {
    "month": Label(en="months", sv="månader"),
    "quarter": Label(en="quarters", sv="kvartal"),
    "year": Label(en="years", sv="år"),
}

PERSON = Label(
    en="Code of the person, the same in every table; never a name or a personal identity number.",
    sv="Personens kod, densamma i alla tabeller; aldrig namn eller personnummer.",
)
BLOCK = Label(
    en="Block: people were randomised only against others with the same value.",
    sv="Block: personer randomiserades endast mot andra med samma värde.",
)
ARM = Label(
    en="The arm that the person was randomised to, whatever happened afterwards.",
    sv="Den grupp som personen randomiserades till, oavsett vad som sedan hände.",
)
REFERRED = Label(en="When the person was referred.", sv="När personen remitterades.")
RANDOMISED = Label(
    en="When chance decided on the person's arm; not before the referral.",
    sv="När slumpen avgjorde personens grupp; inte före remitteringen.",
)
CONSENT = Label(
    en="1 if the person agreed to take part, 0 if not. Only those with 1 may have answers.",
    sv="1 om personen samtyckte till att delta, annars 0. Bara den som har 1 får ha svar.",
)
MET_DATE = Label(
    en="When the person first took up the offer. Empty if never, or if not known.",
    sv="När personen först tog del av erbjudandet. Tom om aldrig eller om det inte är känt.",
)
EXIT = Label(
    en="Why the person is no longer followed: empty for all who still are.",
    sv="Varför personen inte längre följs: tomt för alla som fortfarande följs.",
)
EXITS = (Label(en="died", sv="avliden"), Label(en="emigrated", sv="utvandrad"))
EXIT_PERIOD = Label(
    en="Period since randomisation in which the person died or emigrated.",
    sv="Period sedan randomiseringen då personen avled eller utvandrade.",
)
WAVE = Label(en="The survey that was answered.", sv="Den enkät som besvarades.")
ANSWERED = Label(en="When the survey was answered.", sv="När enkäten besvarades.")
SCALE_POINTS = Label(en="scale points", sv="skalsteg")

ROW_PERSON = Label(
    en="a row per person who was randomised", sv="en rad per person som randomiserades"
)
ROW_ANSWER = Label(
    en="a row per person and survey that came back", sv="en rad per person och besvarad enkät"
)


def _both(make: Callable[[str], str]) -> Label:
    """A label made in both languages; where a piece has no Swedish its English stands in."""
    return Label(en=make("en"), sv=make("sv"))


def _line(label: Label, language: str) -> str:
    """A label on one line, without the full stop at its end."""
    return " ".join(label.text(language).split()).removesuffix(".")


def _yes_no(language: str) -> str:
    return " (1 = ja, 0 = nej)" if language == "sv" else " (1 = yes, 0 = no)"


def met_team(treatment: Label, *, survey: bool) -> Label:
    """Whether somebody took up what was offered; in a survey by the time of the answer."""
    offer, erbjudande = _line(treatment, "en"), _line(treatment, "sv")
    if survey:
        return Label(
            en=f"1 if the person had taken up the offer ({offer}) by the primary survey, 0 if not.",
            sv=f"1 om personen hade tagit del av erbjudandet ({erbjudande}) vid huvudenkäten, "
            "annars 0.",
        )
    return Label(
        en=f"1 if the person took up the offer ({offer}), 0 if not.",
        sv=f"1 om personen tog del av erbjudandet ({erbjudande}), annars 0.",
    )


def covariate(label: Label, *, binary: bool, block: bool) -> Label:
    """A characteristic known at randomisation; it may be a block at the same time."""

    def make(language: str) -> str:
        text = _line(label, language) + (_yes_no(language) if binary else "")
        known = (
            "enligt uppgift vid randomiseringen" if language == "sv" else "known at randomisation"
        )
        return f"{text}, {known}." + (f" {BLOCK.text(language)}" if block else "")

    return _both(make)


def fixed(label: Label, *, binary: bool) -> Label:
    """A characteristic of a unit that does not change, known before anything happens to it."""

    def make(language: str) -> str:
        text = _line(label, language) + (_yes_no(language) if binary else "")
        known = "före inträdet" if language == "sv" else "before it joined"
        return f"{text}, {known}."

    return _both(make)


def item(declared: Item) -> Label:
    """A question as it was asked, and which way the answers point."""

    def make(language: str) -> str:
        swedish, up = language == "sv", declared.direction == "up"
        name, asked = _line(declared.label, language), declared.text.text(language)
        asked = " ".join(asked.split())
        if swedish:
            return f"{name}: ”{asked}” {'Högre' if up else 'Lägre'} är bättre."
        return f"{name}: “{asked}” {'Higher' if up else 'Lower'} is better."

    return _both(make)


def wave(declared: Wave) -> Label:
    """When a survey was sent."""
    month = declared.month
    if month == 0:
        return Label(en="at randomisation", sv="vid randomiseringen")
    return Label(
        en=f"after {month} month{'' if month == 1 else 's'}",
        sv=f"efter {month} månad{'' if month == 1 else 'er'}",
    )


def period(unit: str) -> Label:
    """The time of a row of outcomes."""
    return Label(
        en=f"{MANY_PERIODS[unit].en.capitalize()} since randomisation; below zero before it.",
        sv=f"{str(MANY_PERIODS[unit].sv).capitalize()} sedan randomiseringen; under noll före den.",
    )


def row_period(unit: str) -> Label:
    """What a row of outcomes is."""
    return Label(
        en=f"a row per person and {PERIODS[unit].en}",
        sv=f"en rad per person och {PERIODS[unit].sv}",
    )


def outcome(
    made: Sequence[Outcome], column: str, unit: str, *, binary: bool, prices: bool = False
) -> Label:
    """An outcome in a period, and the outcomes that are made from the same column.

    With ``prices`` the study has a price index, by which amounts are turned into other prices.
    """
    own = next((o for o in made if o.id == column), None)
    nominal = prices and any(o.nominal and o.price_year is not None for o in made)
    others = [o for o in made if o.id != column]

    def derived(declared: Outcome, language: str) -> str:
        name, window = _line(declared.label, language), declared.window
        if declared.above is not None:
            over = f"{declared.above:.15g}"
            if language == "sv":
                return f"{name} (om över {over.replace('.', ',')})"
            return f"{name} (whether above {over})"
        if window == 1:
            return name
        over = f"{window} {MANY_PERIODS[unit].text(language)}"
        return f"{name} ({'summan av' if language == 'sv' else 'the sum of'} {over})"

    def make(language: str) -> str:
        swedish = language == "sv"
        texts = []
        if own is not None:
            name = _line(own.label, language) + (_yes_no(language) if binary else "")
            if own.price_year is not None and not nominal:
                year = own.price_year
                name += f", i {year} års priser" if swedish else f", in {year} prices"
            texts.append(f"{name}.")
        if nominal:
            texts.append("I löpande priser." if swedish else "In the prices of the period itself.")
        if others:
            listed = "; ".join(derived(o, language) for o in others)
            lead = "Även underlag för" if swedish else "Also used for"
            if own is None:
                lead = "Underlag för" if swedish else "Used for"
            texts.append(f"{lead}: {listed}.")
        return " ".join(texts)

    return _both(make)


def outcome_unit(made: Sequence[Outcome]) -> Label | None:
    """The unit of an outcome's column, where it has one."""
    for declared in made:
        if declared.currency is not None:
            swedish = "kronor" if declared.currency == "SEK" else declared.currency
            return Label(en=declared.currency, sv=swedish)
    if any(declared.unit == "scale" for declared in made):
        return SCALE_POINTS
    return None
