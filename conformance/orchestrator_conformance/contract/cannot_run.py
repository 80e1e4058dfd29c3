"""The error that stops a run before it starts."""

from __future__ import annotations


class CannotRun(Exception):
    """No run can be made of this target; the message says why, and what to do.

    `left_running` are the instances that were started before that, and may be unfinished still.
    """

    left_running: tuple[str, ...] = ()
