"""The exceptions that a check raises if its requirement fails, cannot be decided, or does not apply."""

from __future__ import annotations

from ..target.exchange import Exchange
from ..verdict.ledger import describe_gateway
from ..verdict.outcome import Difference


class Failed(Exception):
    """The target violates the requirement under test.

    `cause`, if known, completes "the target behaves as if ...". `difference` is that between two lists of ids.
    `is_total` means that a totalCount is wrong, and not the rows of a list.
    """

    def __init__(
        self,
        expected: str,
        found: str,
        *evidence: Exchange,
        cause: str = "",
        difference: Difference | None = None,
        is_total: bool = False,
    ) -> None:
        super().__init__(f"expected {expected}; found {found}")
        self.expected = expected
        self.found = found
        self.evidence = evidence
        self.cause = cause
        self.difference = difference
        self.is_total = is_total


class Undecided(Exception):
    """The requirement cannot be decided with the data at hand. The message names what is missing, as a noun phrase."""


class GatewayAnswered(Undecided):
    """A gateway answered in place of the backend, which says nothing about the backend."""

    def __init__(self, exchange: Exchange) -> None:
        super().__init__(describe_gateway([exchange.response.status]))


class Absent(Exception):
    """The target does not have the subject of the requirement, which the message names.

    That is a failure only if the feature is claimed.
    """

    def __init__(self, missing: str, *evidence: Exchange) -> None:
        super().__init__(missing)
        self.evidence = evidence


class NotApplicable(Exception):
    """The requirement does not apply to this target or document. The message says why."""
