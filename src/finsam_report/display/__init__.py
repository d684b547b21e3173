"""Released estimates in; tables, figures and sentences out, in the report's language."""

from __future__ import annotations

from finsam_report.display.recorded import open_report
from finsam_report.display.report import Report

__all__ = ["Report", "open_report"]
