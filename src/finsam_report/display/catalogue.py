"""Words of the report: a Fluent catalogue per language, a file per subject."""

from __future__ import annotations

from functools import cache
from importlib import resources

from fluent.runtime import FluentBundle, FluentResource

from finsam_report.display.conventions import said

_LONG = 500
_TAGS = {"en": "en-GB", "sv": "sv-SE"}


@cache
def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([_TAGS[language]], use_isolating=False)
    files = (resources.files(__package__) / "locale" / language).iterdir()
    for file in sorted(files, key=lambda f: f.name):
        bundle.add_resource(FluentResource(file.read_text("utf-8")))
    return bundle


def has(language: str, key: str) -> bool:
    """Whether the catalogue has a message."""
    return bool(_bundle(language).has_message(key))


def say(language: str, key: str, **arguments: str | int | float) -> str:
    """A message of the catalogue with its arguments filled in.

    Raises:
        KeyError: The catalogue has no such message.
        ValueError: An argument is missing or of the wrong kind.
    """
    bundle = _bundle(language)
    if not bundle.has_message(key):
        raise KeyError(f"the {language} catalogue has no message '{key}'")
    arguments = {**said(language), **arguments}
    # Fluent refuses arguments of more than 1,000 characters; a long list takes its place later.
    long = [str(v) for v in arguments.values() if isinstance(v, str) and len(v) > _LONG]
    places = {text: f"\ue000{k}\ue001" for k, text in enumerate(long)}
    short = {
        name: places.get(value, value) if isinstance(value, str) else value
        for name, value in arguments.items()
    }
    pattern = bundle.get_message(key).value
    if pattern is None:
        raise KeyError(f"the message '{key}' has no text")
    text, errors = bundle.format_pattern(pattern, short)
    if errors:
        raise ValueError(f"message '{key}': {errors[0]}")
    out = str(text)
    for whole, place in places.items():
        out = out.replace(place, whole)
    return out
