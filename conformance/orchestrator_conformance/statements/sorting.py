"""The order of instances."""

from __future__ import annotations

from typing import Final

from ..contract.requirements import Requirement
from .kinds import must
from .places import ALL, DIRECTION, ORDER_BY, SEARCH

SORTING: Final[tuple[Requirement, ...]] = (
    must(
        "ORC-INST-SORT-01",
        "sorting",
        "sorting",
        ALL,
        "Without orderBy, instances come in order of their start.",
    ),
    must(
        "ORC-INST-SORT-02", "sorting", "sort-start", ORDER_BY, "orderBy start with ASC is ascending by start."
    ),
    must("ORC-INST-SORT-03", "sorting", "sort-start", DIRECTION, "orderDirection DESC is descending."),
    must(
        "ORC-INST-SORT-04",
        "sorting",
        "sorting",
        DIRECTION,
        "The direction is ASC unless orderDirection says otherwise.",
    ),
    must(
        "ORC-INST-SORT-05", "sorting", "sort-process-id", ORDER_BY, "orderBy processId sorts by that field."
    ),
    must(
        "ORC-INST-SORT-06",
        "sorting",
        "sort-end",
        ORDER_BY,
        "orderBy end sorts the ended instances by their end.",
    ),
    must(
        "ORC-INST-SORT-07",
        "sorting",
        "sort-state",
        ORDER_BY,
        "orderBy state puts the instances of one state together, and DESC turns the order round.",
        reasoning=(
            "In a sorted list what is alike stands together. Which state comes first is left open, but "
            "descending is the opposite of ascending."
        ),
    ),
    must(
        "ORC-INST-SORT-08",
        "sorting",
        "sort-process-name",
        ORDER_BY,
        "orderBy processName sorts by that field.",
    ),
    must(
        "ORC-INST-SORT-10",
        "sorting",
        "sorting",
        ORDER_BY,
        "A list holds the same instances in every order, also those that have no value in the sort key.",
        reasoning="An order says how items stand, not which there are. Where those without the key stand is left open.",
    ),
    must(
        "ORC-INST-SORT-09",
        "sorting",
        "sorting",
        SEARCH,
        "A filtered list is in the order that is asked for.",
        reasoning=(
            "The request has a part for the filter and one for the order: which items there are is for the "
            "one, how they stand for the other."
        ),
    ),
)
