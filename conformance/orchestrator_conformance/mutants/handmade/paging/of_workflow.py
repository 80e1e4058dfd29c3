"""Mutants whose pages and totals are wrong in the list of one workflow's instances only."""

from __future__ import annotations

from dataclasses import replace

from orchestrator_v2 import models

from ....reference.backend import ReferenceBackend
from ....reference.listing.search import SearchQuery
from ...mutant import breaks
from ..instance_search_bases import MutatedWorkflowList


@breaks("ORC-INST-PAGE-14")
class WorkflowPagesAreCapped(MutatedWorkflowList):
    """Returns at most four items per page of one workflow's list, even if more are requested."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return query if query.page_size is None else replace(query, page_size=min(query.page_size, 4))


@breaks("ORC-INST-PAGE-14")
class WorkflowOffsetNeedsAPageSize(MutatedWorkflowList):
    """Ignores an offset without a pageSize in the list of one workflow."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return replace(query, offset=0) if query.page_size is None else query


@breaks("ORC-INST-PAGE-15")
class WorkflowListsEchoOffsetZero(ReferenceBackend):
    """Echoes an offset of 0 for every offset in the list of one workflow."""

    async def get_workflow_instances(
        self, workflow_id: str, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        found = await super().get_workflow_instances(workflow_id, body)
        if found.pagination_info is not None and found.pagination_info.offset:
            found.pagination_info = found.pagination_info.model_copy(update={"offset": 0})
        return found


@breaks("ORC-INST-PAGE-16")
class DescendingWorkflowPagesAreTheFirst(MutatedWorkflowList):
    """Ignores the offset of a descending list of one workflow."""

    def mutate(self, query: SearchQuery) -> SearchQuery:
        return replace(query, offset=0) if query.is_descending else query


@breaks("ORC-INST-PAGE-17")
class LastWorkflowPageRepeats(ReferenceBackend):
    """Returns the first page of one workflow's list if the offset is far beyond the end."""

    async def get_workflow_instances(
        self, workflow_id: str, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        paging = body.pagination_info if body is not None else None
        if paging is None or not paging.offset or paging.offset <= len(self.runs_of(workflow_id)):
            return await super().get_workflow_instances(workflow_id, body)
        first = paging.model_copy(update={"offset": 0})
        return await super().get_workflow_instances(workflow_id, models.SearchRequest(pagination_info=first))


@breaks("ORC-INST-COUNT-03")
class WorkflowTotalsCountAllWorkflows(ReferenceBackend):
    """Returns the number of instances of all workflows as the total of one workflow's list."""

    async def get_workflow_instances(
        self, workflow_id: str, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        found = await super().get_workflow_instances(workflow_id, body)
        found.total_count = len(self.visible_instances())
        return found


@breaks("ORC-INST-COUNT-03")
class WorkflowTotalsIgnoreTheFilter(ReferenceBackend):
    """Returns the number of the workflow's instances as the total of a filtered page of them."""

    async def get_workflow_instances(
        self, workflow_id: str, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        found = await super().get_workflow_instances(workflow_id, body)
        found.total_count = len(self.runs_of(workflow_id))
        return found
