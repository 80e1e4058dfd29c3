"""Pages of instances, and how many there are."""

from __future__ import annotations

from typing import Final

from ..contract.requirements import Requirement
from .kinds import must, should
from .places import OF_WORKFLOW, OFFSET, PAGE_SIZE, SEARCH, TOTAL

PAGING: Final[tuple[Requirement, ...]] = (
    must(
        "ORC-INST-PAGE-01",
        "paging",
        "paging",
        OFFSET,
        "Pages that follow each other partition the list, in its order.",
        reasoning=(
            "The offset counts items of the whole list, so a page begins where the one before it ended: "
            "nothing can be missing, or come twice."
        ),
    ),
    must("ORC-INST-PAGE-02", "paging", "paging", OFFSET, "offset counts items, not pages."),
    must(
        "ORC-INST-PAGE-03",
        "paging",
        "paging",
        PAGE_SIZE,
        "A page holds at most pageSize items, and exactly as many while there are more.",
        reasoning=(
            "A page that is short while there are more would read as the last one: totalCount need not be "
            "sent, and nothing else tells where the list ends."
        ),
    ),
    must("ORC-INST-PAGE-04", "paging", "paging", PAGE_SIZE, "A pageSize of 0 is an empty page."),
    must(
        "ORC-INST-PAGE-05",
        "paging",
        "paging",
        "/components/schemas/PaginationInfoDTO",
        "The paginationInfo of an answer, where it is not empty, echoes pageSize and offset.",
    ),
    must(
        "ORC-INST-PAGE-06",
        "paging",
        "paging",
        OF_WORKFLOW,
        "Pages of one workflow's instances partition that list.",
        reasoning=(
            "The list of one workflow answers what the search of all instances would, and takes the same "
            "request."
        ),
    ),
    should(
        "ORC-INST-PAGE-07",
        "paging",
        "paging",
        OFFSET,
        "An offset past the end is an empty page.",
        reasoning=(
            "The document says it outright. It is a SHOULD since whoever stops at the first page that is not "
            "full never asks for such a page."
        ),
    ),
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
        "ORC-INST-PAGE-11",
        "paging",
        "paging",
        OFFSET,
        "offset counts without a pageSize too, and pageSize without an offset.",
        reasoning="Every field of paginationInfo is optional, and what one of them means does not hang on the other.",
    ),
    must(
        "ORC-INST-PAGE-08",
        "paging",
        "paging",
        OFFSET,
        "Pages partition the list under every sort key and in both directions, also where instances are alike in it.",
        reasoning=(
            "A page is cut out of the sorted list, whatever the key. In what order those stand that are alike "
            "is left open, but it must be one order, or some of them would be on two pages and others on "
            "none."
        ),
    ),
    must(
        "ORC-INST-PAGE-09",
        "paging",
        "paging",
        SEARCH,
        "Pages are cut out of what the filter lets through, in the order that is asked for.",
    ),
)
