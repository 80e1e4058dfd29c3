"""Pages of instances, and how many there are."""

from __future__ import annotations

from typing import Final

from ..requirements import Requirement
from .kinds import must, should
from .places import ALL, OF_WORKFLOW, OFFSET, PAGE_SIZE, TOTAL

PAGING: Final[tuple[Requirement, ...]] = (
    must(
        "ORC-INST-PAGE-01",
        "paging",
        "paging",
        OFFSET,
        "Pages that follow each other partition the list, in its order.",
    ),
    must("ORC-INST-PAGE-02", "paging", "paging", OFFSET, "offset counts items, not pages."),
    must(
        "ORC-INST-PAGE-03",
        "paging",
        "paging",
        PAGE_SIZE,
        "A page holds at most pageSize items, and exactly as many while there are more.",
    ),
    must("ORC-INST-PAGE-04", "paging", "paging", PAGE_SIZE, "A pageSize of 0 is an empty page."),
    must(
        "ORC-INST-PAGE-05",
        "paging",
        "paging",
        f"{ALL}/responses/200",
        "The paginationInfo of an answer, where it is not empty, echoes pageSize and offset.",
    ),
    must(
        "ORC-INST-PAGE-06",
        "paging",
        "paging",
        OF_WORKFLOW,
        "Pages of one workflow's instances partition that list.",
    ),
    should("ORC-INST-PAGE-07", "paging", "paging", OFFSET, "An offset past the end is an empty page."),
    must(
        "ORC-INST-COUNT-01",
        "paging",
        "total-count",
        TOTAL,
        "totalCount, where it is sent, is the number of instances in the list, whatever the page.",
    ),
    must(
        "ORC-INST-COUNT-02",
        "paging",
        "total-count",
        TOTAL,
        "totalCount, where it is sent, counts what matches the filter.",
    ),
    must(
        "ORC-INST-PAGE-08",
        "paging",
        "paging",
        OFFSET,
        "Pages partition the list under every sort key and in both directions, also where instances are alike in it.",
    ),
    must(
        "ORC-INST-PAGE-09",
        "paging",
        "paging",
        ALL,
        "Pages are cut out of what the filter lets through, in the order that is asked for.",
    ),
)
