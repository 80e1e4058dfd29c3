"""Requirements on pages of instances and on `totalCount`."""

from __future__ import annotations

from typing import Final

from ..contract.requirements import Requirement
from .kinds import must, should
from .places import OF_WORKFLOW, OFFSET, PAGE, PAGE_SIZE, SEARCH, TOTAL

PAGING: Final[tuple[Requirement, ...]] = (
    must(
        "ORC-INST-PAGE-01",
        "paging",
        "paging",
        OFFSET,
        "Consecutive pages partition the list and keep its order.",
        reasoning=(
            "The `offset` counts items of the whole list, so a page begins where the previous page ended. "
            "No item can be missing or listed twice."
        ),
    ),
    must("ORC-INST-PAGE-02", "paging", "paging", OFFSET, "`offset` counts items, not pages."),
    must(
        "ORC-INST-PAGE-03",
        "paging",
        "paging",
        PAGE_SIZE,
        "A page holds at most `pageSize` items, and exactly `pageSize` items while more items follow.",
        reasoning=(
            "A shorter page would look like the last one. `totalCount` is optional, and nothing else marks "
            "the end of the list."
        ),
    ),
    must("ORC-INST-PAGE-04", "paging", "paging", PAGE_SIZE, "A `pageSize` of 0 returns an empty page."),
    must(
        "ORC-INST-PAGE-05",
        "paging",
        "paging",
        "/components/schemas/PaginationInfoDTO",
        "If the `paginationInfo` of an answer is not empty, it echoes `pageSize` and `offset`.",
    ),
    must(
        "ORC-INST-PAGE-06",
        "paging",
        "paging",
        OF_WORKFLOW,
        "Pages of one workflow's instances partition the list of that workflow's instances.",
        reasoning=(
            "The list of one workflow's instances accepts the same request as the search of all instances, "
            "and answers what that search would."
        ),
    ),
    should(
        "ORC-INST-PAGE-07",
        "paging",
        "paging",
        OFFSET,
        "An `offset` past the end of the list returns an empty page.",
        reasoning=(
            "The document states this. It is a SHOULD because a client that stops at the first page that is "
            "not full never requests such a page."
        ),
    ),
    must(
        "ORC-INST-COUNT-01",
        "paging",
        "total-count",
        TOTAL,
        "If `totalCount` is sent, it is the number of instances in the whole list, whatever the page.",
    ),
    must(
        "ORC-INST-COUNT-02",
        "paging",
        "total-count",
        TOTAL,
        "If `totalCount` is sent, it counts the instances that match the filter.",
    ),
    must(
        "ORC-INST-PAGE-11",
        "paging",
        "paging",
        OFFSET,
        "`offset` takes effect without a `pageSize`, and `pageSize` takes effect without an `offset`.",
        reasoning="Every field of `paginationInfo` is optional, and the meaning of one does not depend on another.",
    ),
    must(
        "ORC-INST-PAGE-08",
        "paging",
        "paging",
        OFFSET,
        (
            "Pages partition the list under every sort key and in both directions, also if instances have "
            "the same value of the key."
        ),
        reasoning=(
            "A page is a slice of the sorted list, whatever the key. The order of instances with the same "
            "value is left open, but it must be the same for every page, or some instances would be on two "
            "pages and others on none."
        ),
    ),
    must(
        "ORC-INST-PAGE-09",
        "paging",
        "paging",
        SEARCH,
        "Pages are slices of the filtered list, in the requested order.",
    ),
    must(
        "ORC-INST-PAGE-12",
        "paging",
        "paging",
        PAGE,
        "Without a `pageSize`, a list of instances is complete, with and without a filter or an order.",
        reasoning=(
            "There is no default for `pageSize`. A client that requests no page would miss the instances that are "
            "left out, and nothing in the answer says so."
        ),
    ),
    must(
        "ORC-INST-PAGE-13",
        "paging",
        "paging",
        OF_WORKFLOW,
        "Without a `pageSize`, the list of one workflow's instances is complete.",
        reasoning=(
            "The list of one workflow's instances accepts the same request as the search of all instances, "
            "and answers what that search would."
        ),
    ),
    must(
        "ORC-INST-PAGE-14",
        "paging",
        "paging",
        OF_WORKFLOW,
        "`offset` and `pageSize` select the same page of one workflow's list as of the list of all instances.",
        reasoning=(
            "The list of one workflow's instances accepts the same request as the search of all instances, "
            "and answers what that search would."
        ),
    ),
    must(
        "ORC-INST-PAGE-15",
        "paging",
        "paging",
        OF_WORKFLOW,
        "If `paginationInfo` is not empty, the list of one workflow's instances echoes `pageSize` and `offset` there.",
        reasoning=(
            "The list of one workflow's instances accepts the same request as the search of all instances, "
            "and answers what that search would."
        ),
    ),
    must(
        "ORC-INST-PAGE-16",
        "paging",
        "paging",
        OF_WORKFLOW,
        "Pages partition the list of one workflow's instances under every sort key, in both directions, and filtered.",
        reasoning=(
            "The list of one workflow's instances accepts the same request as the search of all instances, "
            "and answers what that search would."
        ),
    ),
    should(
        "ORC-INST-PAGE-17",
        "paging",
        "paging",
        OF_WORKFLOW,
        "An `offset` past the end of the list of one workflow's instances returns an empty page.",
        reasoning=(
            "The document states this. It is a SHOULD because a client that stops at the first page that is "
            "not full never requests such a page."
        ),
    ),
    must(
        "ORC-INST-COUNT-03",
        "paging",
        "total-count",
        TOTAL,
        "If `totalCount` is sent, it counts the instances of the workflow in the list of one workflow's instances.",
        reasoning=(
            "The list of one workflow's instances accepts the same request as the search of all instances, "
            "and answers what that search would."
        ),
    ),
)
