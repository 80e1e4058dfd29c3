"""The families that misbehaving variants are told in."""

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

# The longest that fits decides: a group, or all that has no other place.
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
}


def family_of(requirement_id: str) -> Family:
    """Return the family of what breaks a requirement; raise `LookupError` where its group has no place yet."""
    if is_of_operation(requirement_id):
        return _OF_ASPECTS[requirement_id.rpartition("-")[2]]
    fitting = [prefix for prefix in _OF_GROUPS if requirement_id.startswith(prefix)]
    if not fitting:
        raise LookupError(f"{requirement_id} is of no family: give its group a place in {__name__}")
    return _OF_GROUPS[max(fitting, key=len)]
