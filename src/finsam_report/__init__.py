"""Reproducible effect reports on coordination associations, from the inputs of an evaluation."""

from __future__ import annotations

__version__ = "0.1.0"
