"""The errors that a user sees as a message, never as a traceback."""

from __future__ import annotations


class FinsamError(Exception):
    """Something the user can mend; the text says what and how. The command exits with 1."""
