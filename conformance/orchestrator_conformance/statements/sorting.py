"""The order of instances."""

from __future__ import annotations

from typing import Final

from ..requirements import Requirement
from .kinds import must
from .places import ALL, DIRECTION, ORDER_BY

SORTING: Final[tuple[Requirement, ...]] = (
    must(
        "ORC-INST-SORT-01",
        "sorting",
        "sorting",
        ALL,
        "Without orderBy, instances come in order of their start.",
    ),
    must("ORC-INST-SORT-02", "sorting", "sorting", ORDER_BY, "orderBy start with ASC is ascending by start."),
    must("ORC-INST-SORT-03", "sorting", "sorting", DIRECTION, "orderDirection DESC is descending."),
    must(
        "ORC-INST-SORT-04",
        "sorting",
        "sorting",
        DIRECTION,
        "The direction is ASC unless orderDirection says otherwise.",
    ),
    must("ORC-INST-SORT-05", "sorting", "sorting", ORDER_BY, "orderBy processId sorts by that field."),
    must(
        "ORC-INST-SORT-06",
        "sorting",
        "sorting",
        ORDER_BY,
        "orderBy end sorts the ended instances by their end.",
    ),
    must(
        "ORC-INST-SORT-07",
        "sorting",
        "sorting",
        ORDER_BY,
        "orderBy state puts the instances of one state together, and DESC turns the order round.",
    ),
    must("ORC-INST-SORT-08", "sorting", "sorting", ORDER_BY, "orderBy processName sorts by that field."),
    must(
        "ORC-INST-SORT-09",
        "sorting",
        "sorting",
        ORDER_BY,
        "A filtered list is in the order that is asked for.",
    ),
)
