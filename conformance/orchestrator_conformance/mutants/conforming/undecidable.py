"""Why some MUST requirements cannot be decided on some conforming variants, even if runs are allowed.

A requirement that is inconclusive on a variant without a reason here is a gap of the suite.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final


@dataclass(frozen=True, slots=True)
class Reason:
    """What a backend lacks, the variants that lack it, and patterns of the ids of requirements that need it."""

    says: str
    variants: frozenset[str]
    patterns: tuple[str, ...]


REASONS: Final = (
    Reason(
        "No instance exists, and no run can be started: every check that compares instances has nothing to compare.",
        frozenset({"EveryServiceIsDown", "NoWorkflows"}),
        ("ORC-*",),
    ),
    Reason(
        "The caller may not start runs, so that runs started by the suite cannot be followed.",
        frozenset({"StartsAreForbidden"}),
        (
            *(
                "ORC-RUN-*",
                "ORC-ERR-RUN-*",
                "ORC-AUTH-*",
                "ORC-ISO-*",
                "ORC-SEC-*",
                "ORC-OP-*",
                "ORC-FILT-INPUT-*",
            ),
            *("ORC-FILT-NEST-06", "ORC-FILT-EQ-07", "ORC-INST-PAGE-10", "ORC-INST-READ-*"),
            *("ORC-WF-LAST-04", "ORC-WF-ENTITY-04", "ORC-WF-SCHEMA-0[234]", "ORC-WF-RUN-*"),
        ),
    ),
    Reason(
        "There is a single workflow. One item has no order, and a list of one workflow cannot be told from the whole.",
        frozenset({"OneWorkflow"}),
        (
            *("ORC-INST-SORT-05", "ORC-INST-SORT-08", "ORC-WF-SORT-*", "ORC-WF-ENTITY-0[134]"),
            *(
                "ORC-RUN-EXEC-06",
                "ORC-RUN-EXEC-11",
                "ORC-FILT-NEST-0[68]",
                "ORC-FILT-INPUT-*",
                "ORC-ERR-RUN-*",
            ),
        ),
    ),
    Reason(
        "Lists omit optional fields, such as entities, inputs and names: what a filter on them must list is unknown.",
        frozenset({"NoOptionals", "ShortRows"}),
        (
            *(
                "ORC-FILT-NEST-*",
                "ORC-INST-SORT-08",
                "ORC-WF-ENTITY-0[23]",
                "ORC-WF-FILT-0[34]",
                "ORC-WF-SORT-02",
            ),
            *("ORC-WF-SCHEMA-*", "ORC-RUN-EXEC-10", "ORC-WF-SRC-02", "ORC-WF-RUN-01", "ORC-RUN-INPUT-*"),
            "ORC-FILT-INPUT-*",
        ),
    ),
    Reason(
        "No run stays unfinished, or none fails, so that there is no run to abort, or none to retrigger.",
        frozenset({"EveryRunCompletes", "OneWorkflow"}),
        (
            *(
                "ORC-INST-STATE-02",
                "ORC-RUN-ABORT-*",
                "ORC-RUN-RETRY-*",
                "ORC-RUN-TIME-02",
                "ORC-RUN-STATE-01",
            ),
            *("ORC-ISO-0[36]", "ORC-SEC-02", "ORC-OP-abort*", "ORC-OP-retrigger*", "ORC-ERR-RUN-*"),
            "ORC-INST-SORT-07",
        ),
    ),
    Reason(
        "No run ends by itself, and none fails: every run waits until it is aborted.",
        frozenset({"EveryRunWaits"}),
        (
            *("ORC-RUN-RETRY-*", "ORC-RUN-ABORT-0[45]", "ORC-RUN-TIME-02", "ORC-RUN-STATE-01", "ORC-ISO-06"),
            *("ORC-SEC-02", "ORC-OP-retrigger*", "ORC-ERR-RUN-*"),
        ),
    ),
    Reason(
        "Other users start and end runs at every moment, so that concurrent answers cannot be compared.",
        frozenset({"ConcurrentUsers"}),
        ("ORC-INST-PAGE-10", "ORC-INST-READ-*"),
    ),
)


def find_reason(variant: str, requirement_id: str) -> Reason | None:
    """Return the reason why a requirement is inconclusive on a variant, or None if none is written down."""
    for reason in REASONS:
        if variant in reason.variants and any(fnmatchcase(requirement_id, each) for each in reason.patterns):
            return reason
    return None
