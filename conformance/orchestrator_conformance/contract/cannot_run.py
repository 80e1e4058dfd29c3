"""The error that stops a run before it starts."""

from __future__ import annotations


class CannotRun(Exception):
    """The run cannot start or continue. The message says why and what to do."""
