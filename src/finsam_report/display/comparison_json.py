"""A comparison for machines; docs/after.md describes the entries."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from typing import Any

from finsam_report.display.comparison import Comparison, RowChange, Side
from finsam_report.display.comparison_names import Names
from finsam_report.display.comparison_text import sentence
from finsam_report.display.lookup import Row

SCHEMA = 1


def as_json(comparison: Comparison, language: str = "en") -> str:
    """The comparison as JSON: all that differs, and each changed row with its sentence."""
    names = Names(comparison, language)
    told = {id(change) for change in (*comparison.flips, *comparison.main)}
    content = {
        "schema": SCHEMA,
        "equal": comparison.equal,
        "tolerance": comparison.tolerance,
        "old": _side(comparison.old, comparison.sizes[0]),
        "new": _side(comparison.new, comparison.sizes[1]),
        "inputs": {
            "tables": [asdict(table) for table in comparison.tables],
            "files": [asdict(file) for file in comparison.files],
            "same_values": list(comparison.same_values),
            "study": [asdict(entry) for entry in comparison.entries],
        },
        "renamed": [asdict(item) for item in comparison.renamed],
        "flips": len(comparison.flips),
        "rows": [
            _row(change, sentence(change, names) if id(change) in told else None)
            for change in (*comparison.flips, *_others(comparison))
        ],
    }
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False)


def _others(comparison: Comparison) -> list[RowChange]:
    """After the flips the main effects, then all others in the ledger's order."""
    first = {id(change) for change in (*comparison.flips, *comparison.main)}
    return [*comparison.main, *(c for c in comparison.rows if id(c) not in first)]


def _side(side: Side, rows: int) -> dict[str, Any]:
    return {
        "name": side.name,
        "kind": side.kind,
        "version": side.version,
        "study": side.study.study.id if side.study else None,
        "rows": rows,
    }


def _finite(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else "inf" if value > 0 else "-inf"
    return value


def _numbers(row: Row | None, *, hidden: bool) -> dict[str, object] | None:
    """Numbers of a row; none of a row that is suppressed on the other side."""
    if row is None or hidden:
        return None
    keys = ("part", "analysis", "outcome", "group", "horizon", "estimator")
    return {name: _finite(value) for name, value in asdict(row).items() if name not in keys}


def _row(change: RowChange, text: str | None) -> dict[str, Any]:
    row, shift = change.row, change.shift
    hidden = change.status in ("suppressed", "shown")
    return {
        "status": change.status,
        "part": row.part,
        "analysis": row.analysis,
        "outcome": row.outcome,
        "group": row.group,
        "horizon": _finite(row.horizon),
        "estimator": row.estimator,
        "main": change.main,
        "flipped": change.flipped,
        "old_verdict": change.old_verdict,
        "new_verdict": change.new_verdict,
        "columns": list(change.columns),
        "standard_errors": None if hidden else _finite(shift),
        "old": _numbers(change.old, hidden=hidden),
        "new": _numbers(change.new, hidden=hidden),
        "text": text,
    }
