"""Several documents in one output directory: which of the earlier ones may stay.

A render replaces the document that it makes. Other documents of ours stay with their tables and
figures where everything that they were made from is the same; else they go, since one manifest
could not tell of both.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from finsam_report.engine import claims, publish
from finsam_report.engine.documents import DOCUMENTS

LEDGER = "results.csv"
_SAME = ("tool", "study", "synthetic", "analysis", "documents", "engine", "software")


def _earlier(target: Path, name: str) -> dict[str, Any]:
    """The manifest of an earlier render; empty where there is none that can be read."""
    try:
        found = json.loads((target / name).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    wanted = (*_SAME, "inputs", "outputs", "renders", "suppressed_rows")
    return found if isinstance(found, dict) and set(wanted) <= set(found) else {}


def _agree(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether two renders were made from the same; one may have read fewer of the inputs."""
    if any(old[name] != new[name] for name in _SAME):
        return False
    before, now = old["inputs"], new["inputs"]
    both = set(before) & set(now)
    if any(before[name] != now[name] for name in both) or both not in (set(before), set(now)):
        return False
    ledgers = [found["outputs"].get(LEDGER) for found in (old, new)]
    return None in ledgers or ledgers[0] == ledgers[1]


def with_kept(
    content: Mapping[str, Any], staging: Path, target: Path, document: str, language: str
) -> dict[str, Any]:
    """Copy what may stay into the new output, and make the manifest tell of it.

    Args:
        content: The manifest of the new output alone.
        staging: The new output.
        target: The directory that it goes to.
        document: The document that was made.
        language: Its language.

    Returns:
        The manifest with what was kept, but for the hashes of the outputs.
    """
    made = {**content, "renders": {f"{document}.{language}": content["command"]}}
    old = _earlier(target, "manifest.json")
    if not old or not _agree(old, content):
        return made
    kept = publish.keep(target, staging, document, language, old["outputs"])
    stayed = {name.rpartition(".")[0] for name in kept if name.split(".")[0] in DOCUMENTS}
    commands = {name: told for name, told in old["renders"].items() if name in stayed}
    made["renders"] = dict(sorted({**commands, **made["renders"]}.items()))
    if not kept:
        return made
    claims.carry(target, staging, stayed)
    for name in ("inputs", "input_bytes"):
        made[name] = {**old.get(name, {}), **content.get(name, {})}
    if LEDGER in kept:
        made["suppressed_rows"] = old["suppressed_rows"]
        made["release_rules"] = old.get("release_rules", {})
    return made
