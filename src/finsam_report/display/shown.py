"""What a cell of a document returns: Markdown that both engines understand."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~^$@&])")


def escaped(text: str) -> str:
    """Plain text as Markdown that shows it as it is."""
    return _MARKUP.sub(r"\\\1", text)


class Said(str):
    """A string for a sentence. Quarto would print a bare string as Python writes it."""

    __slots__ = ()

    def _repr_markdown_(self) -> str:
        return escaped(str(self))


@dataclass(frozen=True)
class Shown:
    """Markdown for the report; an empty text shows nothing."""

    markdown: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/markdown": self.markdown}


def figure_markdown(name: str, caption: str, alt: str) -> Shown:
    """A numbered figure with alt text; ``name`` is that of its file and label."""
    safe = alt.replace("\\", "").replace('"', "”").replace("\n", " ")
    return Shown(
        f'![{escaped(caption)}](/_output/figures/fig-{name}.svg){{#fig-{name} fig-alt="{safe}"}}\n'
    )


def table_markdown(html: str, typst: str) -> Shown:
    """A table in both formats; caption, number and label come from the document."""
    return Shown(f"```{{=html}}\n{html}\n```\n\n```{{=typst}}\n{typst}\n```\n")
