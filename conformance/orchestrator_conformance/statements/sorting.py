"""Requirements on the order of instances."""

from __future__ import annotations

from typing import Final

from ..contract.requirements import Requirement
from .kinds import must
from .places import ALL, DIRECTION, OF_WORKFLOW, ORDER_BY, SEARCH

SORTING: Final[tuple[Requirement, ...]] = (
    must(
        "ORC-INST-SORT-01",
        "sorting",
        "sorting",
        ALL,
        "Without `orderBy`, instances are in order of their `start`.",
    ),
    must(
        "ORC-INST-SORT-02",
        "sorting",
        "sort-start",
        ORDER_BY,
        "`orderBy` with `start` and ASC sorts by `start`, ascending.",
    ),
    must(
        "ORC-INST-SORT-03",
        "sorting",
        "sort-start",
        DIRECTION,
        "An `orderDirection` of DESC sorts in descending order.",
    ),
    must(
        "ORC-INST-SORT-04",
        "sorting",
        "sorting",
        DIRECTION,
        "The direction is ASC unless `orderDirection` sets another.",
    ),
    must(
        "ORC-INST-SORT-05",
        "sorting",
        "sort-process-id",
        ORDER_BY,
        "`orderBy` with `processId` sorts by that field.",
    ),
    must(
        "ORC-INST-SORT-06",
        "sorting",
        "sort-end",
        ORDER_BY,
        "`orderBy` with `end` sorts the ended instances by their `end`.",
    ),
    must(
        "ORC-INST-SORT-07",
        "sorting",
        "sort-state",
        ORDER_BY,
        "`orderBy` with `state` puts the instances of one state together, and DESC reverses the order.",
        reasoning=(
            "In a sorted list, equal values are adjacent. Which state comes first is left open, but "
            "descending is the reverse of ascending."
        ),
    ),
    must(
        "ORC-INST-SORT-08",
        "sorting",
        "sort-process-name",
        ORDER_BY,
        "`orderBy` with `processName` sorts by that field.",
    ),
    must(
        "ORC-INST-SORT-10",
        "sorting",
        "sorting",
        ORDER_BY,
        "Sorting does not change which instances a list holds, even if some have no value in the sort key.",
        reasoning=(
            "An order determines the positions of the items, not which items are listed. The position of items "
            "without the key is left open."
        ),
    ),
    must(
        "ORC-INST-SORT-09",
        "sorting",
        "sorting",
        SEARCH,
        "A filtered list is in the requested order.",
        reasoning=(
            "The request has one part for the filter and one for the order. The filter selects the items, "
            "and the order arranges them."
        ),
    ),
    must(
        "ORC-INST-SORT-11",
        "sorting",
        "sorting",
        OF_WORKFLOW,
        "Without `orderBy`, the instances of one workflow are in order of their `start`, ascending.",
        reasoning=(
            "The list of one workflow's instances accepts the same request as the search of all instances, "
            "and answers what that search would."
        ),
    ),
    must(
        "ORC-INST-SORT-12",
        "sorting",
        "sorting",
        OF_WORKFLOW,
        "`orderBy` and `orderDirection` sort the list of one workflow's instances, and do not change which it holds.",
        reasoning=(
            "The list of one workflow's instances accepts the same request as the search of all instances, "
            "and answers what that search would."
        ),
    ),
    must(
        "ORC-INST-SORT-13",
        "sorting",
        "sorting",
        DIRECTION,
        "An `orderDirection` without `orderBy` is the direction of the default order, by `start`.",
        reasoning="Every field of `paginationInfo` is optional, and the key is `start` if `orderBy` is absent.",
    ),
    must(
        "ORC-INST-SORT-14",
        "sorting",
        "sorting",
        OF_WORKFLOW,
        "An `orderDirection` without `orderBy` is the direction of the default order of one workflow's instances.",
        reasoning=(
            "The list of one workflow's instances accepts the same request as the search of all instances, "
            "and answers what that search would."
        ),
    ),
)
