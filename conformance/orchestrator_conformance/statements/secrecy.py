"""Requirements on the secrecy of `authTokens`, which are never logged or reported according to the document."""

from __future__ import annotations

from typing import Final

from ..contract.requirements import Requirement
from .kinds import must
from .places import TOKEN

SECRECY: Final[tuple[Requirement, ...]] = (
    must(
        "ORC-SEC-01",
        "access",
        "execution",
        TOKEN,
        (
            "The `authTokens` of an execution appear in no answer: neither in answers that show the run, "
            "nor in its log or inputs."
        ),
    ),
    must(
        "ORC-SEC-02",
        "access",
        "retrigger",
        TOKEN,
        "The `authTokens` of a retrigger appear in no answer.",
    ),
    must(
        "ORC-SEC-03",
        "access",
        "execution",
        TOKEN,
        "The refusal of a request does not repeat its `authTokens`.",
    ),
)
