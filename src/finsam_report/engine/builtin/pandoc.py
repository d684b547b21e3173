"""Run Pandoc with the report's filter, and say in the document's terms what it found wrong."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pypandoc  # type: ignore[import-untyped, unused-ignore]

from finsam_report.engine.builtin.assemble import Assembled
from finsam_report.engine.builtin.inline import escape
from finsam_report.engine.job import DocumentError
from finsam_report.errors import FinsamError

HERE = Path(__file__).parent
_MARKDOWN = "markdown-raw_tex-example_lists-inline_notes-footnotes-latex_macros"

# For each kind of problem the filter reports: the message, and where its value shows in the text.
_PROBLEMS: Mapping[str, tuple[str, str]] = {
    "unresolved": ("the reference @{0} points to nothing", r"@{0}(?![\w-])"),
    "unnumbered": ("the reference @{0} points to something that has no number", r"@{0}(?![\w-])"),
    "duplicate": ("the label '{0}' stands twice", r"#{0}(?![\w-])"),
    "citation": ("'{0}' is not in the bibliography", r"@\{{?{0}(?![\w-])"),
    "mixed": ("the reference @{0} and a citation cannot share brackets", r"@{0}(?![\w-])"),
    "alt": ("figure '{0}' has no fig-alt", r"{0}(?![\w-])"),
    "figure-label": ("figure '{0}' has no label '#fig-…'", r"{0}"),
    "table-label": ("the table '{0}' has a caption and no label '#tbl-…'", r"{0}"),
    "image": ("image '{0}' does not lie under /_output/", r"{0}"),
    "inline-image": (
        "image '{0}' must be a figure with caption and label, in a paragraph of its own",
        r"{0}",
    ),
    "level-1": ("heading '{0}' is of level 1, which is the title's", r"\n# +{0}"),
    "level-skip": ("heading '{0}' skips a level", r"\n#+ +{0}"),
    "inline-math": (
        "inline mathematics '{0}' has no spoken form: write it as plain text",
        r"\${0}\$",
    ),
    "display-math": (
        "equation '{0}' needs a label and a spoken form, {{#eq-… alt=…}}, after the closing $$",
        r"\$\$\s*{0}",
    ),
    "equation-alt": ("equation '{0}' has no spoken form: alt=\"…\"", r"#{0}(?![\w-])"),
}


@cache
def pandoc_path() -> str:
    """The Pandoc program that came with the package."""
    try:
        return str(pypandoc.get_pandoc_path())
    except OSError:
        raise FinsamError("the pandoc program is missing: install pypandoc_binary") from None


@cache
def pandoc_version() -> str:
    """The version of the Pandoc program."""
    return str(pypandoc.get_pandoc_version())


def run_pandoc(
    assembled: Assembled,
    document: str,
    to: str,
    template: str,
    options: Sequence[str],
    metadata: Mapping[str, str],
    words: Mapping[str, str],
    work: Path,
) -> str:
    """Turn the assembled Markdown into HTML or Typst.

    Args:
        assembled: The Markdown, with the origin of its lines.
        document: Name of the main document, for messages.
        to: Pandoc's name of the output format.
        template: File name of the template.
        options: Further options of the program.
        metadata: Values for the template, as plain text.
        words: The engine's words in the report's language.
        work: A private directory.

    Raises:
        DocumentError: At what the filter or Pandoc finds wrong.
    """
    meta = work / "metadata.json"
    # Pandoc reads metadata as Markdown.
    values = {key: escape(value) for key, value in metadata.items()}
    meta.write_text(json.dumps({**values, "words": dict(words)}), encoding="utf-8")
    command = [
        pandoc_path(),
        f"--from={_MARKDOWN}",
        f"--to={to}",
        "--standalone",
        "--wrap=none",
        f"--data-dir={work}",
        f"--metadata-file={meta}",
        f"--template={HERE / 'templates' / template}",
        f"--lua-filter={HERE / 'filters' / 'report.lua'}",
        *options,
    ]
    done = subprocess.run(  # noqa: S603
        command, input=assembled.markdown.encode(), capture_output=True, cwd=work, check=False
    )
    said = done.stderr.decode(errors="replace")
    for line in said.splitlines():
        if line.startswith("FINSAM\t"):
            _, kind, value = line.split("\t", 2)
            raise _problem(assembled, document, kind, value)
    if done.returncode or "[WARNING]" in said:
        raise DocumentError(document, None, f"Pandoc stopped: {said.strip() or 'no reason given'}")
    return done.stdout.decode()


def _problem(assembled: Assembled, document: str, kind: str, value: str) -> DocumentError:
    message, pattern = _PROBLEMS[kind]
    # Spaces may be line breaks in the text, and markup may stand between words.
    wanted = r"\s+".join(re.escape(word) for word in value.split())
    pattern = pattern.format(wanted)
    if assembled.find(pattern) is None and value.split():
        pattern = re.escape(value.split(maxsplit=1)[0])
    return assembled.error(pattern, document, message.format(value), last=kind == "duplicate")
