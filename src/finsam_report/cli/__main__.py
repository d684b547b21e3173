"""``python -m finsam_report.cli``."""

from __future__ import annotations

from finsam_report.cli import app

app()
