"""Checks of the pages and totals of the list of one workflow's instances."""

from __future__ import annotations

from ...session.lists.workflow_lists import expect_of_a_workflow
from ...session.session import Session
from ..check import check
from .ordered_pages import expect_partition_in_every_order, expect_partition_of_a_filtered_list
from .pages import (
    expect_echo,
    expect_empty_page,
    expect_lengths,
    expect_nothing_past_the_end,
    expect_offset_of_items,
    expect_partition,
    expect_parts,
)
from .totals import expect_filtered_totals, expect_totals


@check("ORC-INST-PAGE-06")
def pages_partition_a_workflows_list(session: Session) -> None:
    """Read the list of one workflow in pages of a third and of a tenth of it."""
    expect_of_a_workflow(session, expect_partition)


@check("ORC-INST-PAGE-14")
def pages_of_a_workflows_list_have_the_requested_items(session: Session) -> None:
    """Request pages of one workflow's list: of several lengths, at offset 1, and with one of the two fields alone."""
    for expect in (expect_offset_of_items, expect_lengths, expect_empty_page, expect_parts):
        expect_of_a_workflow(session, expect)


@check("ORC-INST-PAGE-15")
def a_workflows_list_echoes_its_page(session: Session) -> None:
    """Compare the paginationInfo of the answer with that of the request."""
    expect_of_a_workflow(session, expect_echo)


@check("ORC-INST-PAGE-16")
def pages_partition_a_workflows_list_in_every_order(session: Session) -> None:
    """Read the list of one workflow in pages, sorted by each key in each direction, and filtered."""
    expect_of_a_workflow(session, expect_partition_in_every_order)
    expect_of_a_workflow(session, expect_partition_of_a_filtered_list)


@check("ORC-INST-PAGE-17")
def an_offset_past_the_end_of_a_workflows_list_is_an_empty_page(session: Session) -> None:
    """Request a page far past the end of one workflow's list."""
    expect_of_a_workflow(session, expect_nothing_past_the_end)


@check("ORC-INST-COUNT-03")
def total_count_counts_a_workflows_instances(session: Session) -> None:
    """Compare totalCount of pages of one workflow's list with the length of the list, with and without a filter."""
    expect_of_a_workflow(session, expect_totals)
    expect_of_a_workflow(session, expect_filtered_totals)
