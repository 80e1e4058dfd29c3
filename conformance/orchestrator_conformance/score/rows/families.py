"""The families that the score groups misbehaving variants in."""

from __future__ import annotations

from typing import Final, Literal, get_args

from ...contract.requirements import is_of_operation

Family = Literal[
    "shape",
    "status",
    "paging",
    "sort",
    "filter",
    "logic",
    "nesting",
    "lifecycle",
    "isolation",
    "consistency",
    "security",
    "robustness",
]

FAMILIES: Final[tuple[Family, ...]] = get_args(Family)

_OF_ASPECTS: Final[dict[str, Family]] = {
    "STATUS": "status",
    "TYPE": "shape",
    "BODY": "shape",
    "REFUSE": "robustness",
}

# The longest prefix that matches decides. A short one is the default of its area.
_OF_GROUPS: Final[dict[str, Family]] = {
    "ORC-INST-": "consistency",
    "ORC-INST-PAGE-": "paging",
    "ORC-INST-COUNT-": "paging",
    "ORC-INST-SORT-": "sort",
    "ORC-WF-": "consistency",
    "ORC-WF-PAGE-": "paging",
    "ORC-WF-SORT-": "sort",
    "ORC-WF-FILT-": "filter",
    "ORC-FILT-": "filter",
    "ORC-FILT-AND-": "logic",
    "ORC-FILT-OR-": "logic",
    "ORC-FILT-NOT-": "logic",
    "ORC-FILT-TREE-": "logic",
    "ORC-FILT-NEST-": "nesting",
    "ORC-RUN-": "lifecycle",
    "ORC-ERR-": "robustness",
    "ORC-AUTH-": "security",
    "ORC-SEC-": "security",
    "ORC-FILT-ANY-": "logic",
    "ORC-ISO-": "isolation",
    "ORC-LIST-READ-": "consistency",
}


def family_of(requirement_id: str) -> Family:
    """Return the family of the mutants of a requirement; raise `LookupError` if its group has no family yet."""
    if is_of_operation(requirement_id):
        return _OF_ASPECTS[requirement_id.rpartition("-")[2]]
    matching = [prefix for prefix in _OF_GROUPS if requirement_id.startswith(prefix)]
    if not matching:
        raise LookupError(f"{requirement_id} has no family: add its group to {__name__}")
    return _OF_GROUPS[max(matching, key=len)]
