"""Mutants that cut a list without a `pageSize` to a default page."""

from __future__ import annotations

from dataclasses import replace

from ....reference.listing.search import SearchQuery
from ...mutant import breaks
from ..instance_search_bases import MutatedWholeList, MutatedWorkflowList


@breaks("ORC-INST-PAGE-12")
class TwentyByDefault(MutatedWholeList):
    """Returns at most twenty instances if no pageSize is requested."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return replace(query, page_size=20) if query.page_size is None else query


@breaks("ORC-INST-PAGE-12")
class FilteredListsArePaged(MutatedWholeList):
    """Returns at most twenty instances of a filtered list if no pageSize is requested."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        is_affected = query.page_size is None and query.criterion is not None
        return replace(query, page_size=20) if is_affected else query


@breaks("ORC-INST-PAGE-13")
class FiveOfAWorkflowByDefault(MutatedWorkflowList):
    """Returns at most five instances of one workflow if no pageSize is requested."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return replace(query, page_size=5) if query.page_size is None else query
