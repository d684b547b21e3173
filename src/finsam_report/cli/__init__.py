"""The command ``finsam-report``."""

from __future__ import annotations

# Each module adds its commands, in the order of the help.
from finsam_report.cli import analysis, archive, before, making

# isort: split
from finsam_report.cli import after
from finsam_report.cli.common import app
from finsam_report.cli.options import PartName, ScenarioName

__all__ = ["PartName", "ScenarioName", "after", "analysis", "app", "archive", "before", "making"]
