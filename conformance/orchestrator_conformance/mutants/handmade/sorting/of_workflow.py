"""Mutants that sort the list of one workflow's instances wrongly, or ignore a direction without a key."""

from __future__ import annotations

from dataclasses import replace

from ....reference.listing.search import SearchQuery
from ...mutant import breaks
from ..instance_search_bases import MutatedWholeList, MutatedWorkflowList


@breaks("ORC-INST-SORT-11")
class WorkflowListsAreById(MutatedWorkflowList):
    """Sorts the list of one workflow by id if no order is requested."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return replace(query, order_by=query.order_by or "id")


@breaks("ORC-INST-SORT-12")
class WorkflowListsAlwaysAscend(MutatedWorkflowList):
    """Sorts the list of one workflow in ascending order, even if a key in descending order is requested."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return replace(query, is_descending=False) if query.order_by else query


@breaks("ORC-INST-SORT-12")
class WorkflowListsSortByStartOnly(MutatedWorkflowList):
    """Sorts the list of one workflow by start, whatever the key."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return replace(query, order_by="start")


@breaks("ORC-INST-SORT-13")
class DirectionNeedsAKey(MutatedWholeList):
    """Ignores a direction without a key in the list of all instances."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return query if query.order_by else replace(query, is_descending=False)


@breaks("ORC-INST-SORT-14")
class WorkflowDirectionNeedsAKey(MutatedWorkflowList):
    """Ignores a direction without a key in the list of one workflow."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return query if query.order_by else replace(query, is_descending=False)
