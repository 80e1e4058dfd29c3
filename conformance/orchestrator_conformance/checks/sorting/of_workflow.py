"""Checks of the order of the list of one workflow's instances."""

from __future__ import annotations

from ...session.lists.workflow_lists import expect_of_a_workflow
from ...session.session import Session
from ..check import check
from .orders import (
    expect_default_direction,
    expect_default_order,
    expect_direction_alone,
    expect_each_key,
    expect_filtered_order,
    expect_the_same_instances,
)


@check("ORC-INST-SORT-11")
def the_default_order_of_a_workflows_list_is_by_start(session: Session) -> None:
    """Request the list of one workflow without an order, without a body, and without a direction."""
    expect_of_a_workflow(session, expect_default_order)
    expect_of_a_workflow(session, expect_default_direction)


@check("ORC-INST-SORT-12")
def a_workflows_list_is_sorted(session: Session) -> None:
    """Sort the list of one workflow by each key in both directions, also filtered, and compare the instances."""
    expect_of_a_workflow(session, expect_each_key)
    expect_of_a_workflow(session, expect_filtered_order)
    expect_of_a_workflow(session, expect_the_same_instances)


@check("ORC-INST-SORT-14")
def a_direction_alone_sorts_a_workflows_list(session: Session) -> None:
    """Request the list of one workflow in both directions without a sort key."""
    expect_of_a_workflow(session, expect_direction_alone)
