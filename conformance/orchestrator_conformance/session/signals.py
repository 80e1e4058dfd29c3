"""What a check raises where a requirement does not hold, cannot be told, or does not apply."""

from __future__ import annotations

from ..target.exchange import Exchange
from ..verdict.outcome import Difference


class Failed(Exception):
    """The target breaks the requirement under test.

    `cause`, where it is known, completes "behaves as if ...", and `difference` is that of two sets of ids.
    """

    def __init__(
        self,
        expected: str,
        found: str,
        *evidence: Exchange,
        cause: str = "",
        difference: Difference | None = None,
    ) -> None:
        super().__init__(f"expected {expected}; found {found}")
        self.expected = expected
        self.found = found
        self.evidence = evidence
        self.cause = cause
        self.difference = difference


class Undecided(Exception):
    """The data at hand cannot tell right from wrong; the message says what is missing."""


class Absent(Exception):
    """The target lacks what the requirement is about, as it may where that is not claimed; the message says what."""

    def __init__(self, lacking: str, *evidence: Exchange) -> None:
        super().__init__(lacking)
        self.evidence = evidence


class NotApplicable(Exception):
    """The requirement does not apply to this target or document; the message says why."""
