"""Mutants whose lists, instances, statuses or logs are wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from orchestrator_v2 import models

from ...reference.backend import ReferenceBackend
from ...reference.lifecycle.instance import Instance, RunState
from ...reference.lifecycle.instance_store import InstanceStore
from ...reference.lifecycle.instants import format_instant
from ...reference.listing.rendering import Rendering
from ...reference.listing.seed import seeded_instances
from ...reference.overviews.catalogue import load_catalogue
from ...reference.settings import ReferenceSettings
from ..mutant import breaks

Row = TypeVar("Row")


def _is_plain(body: models.SearchRequest | None) -> bool:
    return body is None or (body.filters is None and body.pagination_info is None)


@breaks("ORC-INST-LIST-01")
class NoBodyListsNothing(ReferenceBackend):
    """Returns an empty list if the request has no body."""

    async def get_instances(
        self, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        if body is None:
            return models.ProcessInstanceListResultDTO(items=[], total_count=0)
        return await super().get_instances(body)


@breaks("ORC-INST-LIST-02")
class ListsTwice(ReferenceBackend):
    """Lists the first instance twice."""

    async def get_instances(
        self, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        found = await super().get_instances(body)
        if _is_plain(body) and found.items:
            found.items = [found.items[0], *found.items]
        return found


@breaks("ORC-INST-LIST-03")
class ShowsAnotherStart(ReferenceBackend):
    """Shows a sample instance by its id with a start that is one second later than in lists."""

    async def get_instance_by_id(self, instance_id: str) -> models.ProcessInstanceDTO:
        shown = await super().get_instance_by_id(instance_id)
        start = self.find_instance(instance_id).start
        if start.year < self.now().year:
            shown.start = format_instant(start + timedelta(seconds=1))
        return shown


@breaks("ORC-INST-LIST-04")
class WorkflowListsOmitOne(ReferenceBackend):
    """Omits the first instance from the list of a workflow."""

    async def get_workflow_instances(
        self, workflow_id: str, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        if body is not None and body.filters is not None:
            return await super().get_workflow_instances(workflow_id, body)
        return self.instance_list(self.runs_of(workflow_id)[1:], body)


@breaks("ORC-INST-STATE-01")
class CompletedWithoutEnd(ReferenceBackend):
    """Has a completed instance without an end."""

    def __init__(self, settings: ReferenceSettings) -> None:
        store = InstanceStore(_forget_an_end(seeded_instances(load_catalogue())))
        super().__init__(settings, store=store)


def _forget_an_end(instances: list[Instance]) -> list[Instance]:
    first = next(each for each in instances if each.state is RunState.COMPLETED)
    return [replace(each, end=None) if each is first else each for each in instances]


@breaks("ORC-INST-STATE-02")
class EndsWhileItRuns(ReferenceBackend):
    """Has an active instance with an end."""

    def __init__(self, settings: ReferenceSettings) -> None:
        instances = seeded_instances(load_catalogue())
        first = next(each for each in instances if each.state is RunState.ACTIVE)
        ended = replace(first, end=first.start + timedelta(seconds=1))
        super().__init__(
            settings, store=InstanceStore([ended if each is first else each for each in instances])
        )


@breaks("ORC-INST-ERROR-01")
class ErrorsAreHidden(Rendering):
    """Shows no error for instances in ERROR of one workflow."""

    def instance(self, instance: Instance) -> models.ProcessInstanceDTO:
        is_silent = instance.workflow.id == "provision-database"
        return super().instance(replace(instance, failure=None) if is_silent else instance)


@breaks("ORC-INST-TIME-01")
class EndsBeforeItStarts(ReferenceBackend):
    """Has a completed instance whose end is before its start."""

    def __init__(self, settings: ReferenceSettings) -> None:
        instances = seeded_instances(load_catalogue())
        first = next(each for each in instances if each.state is RunState.COMPLETED)
        early = replace(first, end=first.start - timedelta(seconds=1))
        super().__init__(
            settings, store=InstanceStore([early if each is first else each for each in instances])
        )


@breaks("ORC-INST-STATUS-01")
class ForgetsAState(Rendering):
    """Omits one state from the statuses."""

    def statuses(self) -> list[models.WorkflowRunStatusDTO]:
        return super().statuses()[:-1]


@breaks("ORC-INST-LOG-01")
class ShowsAnotherLog(ReferenceBackend):
    """Returns the log of the first instance for every instance."""

    async def get_workflow_log_by_id(
        self, instance_id: str, *, rawlog: bool = False
    ) -> models.WorkflowLogsResponse:
        await super().get_workflow_log_by_id(instance_id, rawlog=rawlog)
        return self.rendering.log(self.visible_instances()[0], is_raw=rawlog)


@breaks("ORC-INST-LIST-02")
class EmptyBodiesListTwice(ReferenceBackend):
    """Lists the first instance twice if the request body is empty."""

    async def get_instances(
        self, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        found = await super().get_instances(body)
        if body is not None and body.filters is None and body.pagination_info is None and found.items:
            found.items = [found.items[0], *found.items]
        return found


@breaks("ORC-INST-LIST-04")
class WorkflowListsOmitSuspended(ReferenceBackend):
    """Omits suspended instances from the lists of their workflows."""

    async def get_workflow_instances(
        self, workflow_id: str, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        runs = [run for run in self.runs_of(workflow_id) if run.state is not RunState.SUSPENDED]
        return self.instance_list(runs, body)


@breaks("ORC-INST-LIST-03")
class ReadsOmitTheTarget(ReferenceBackend):
    """Omits the targetEntity of a sample instance that is read by its id."""

    async def get_instance_by_id(self, instance_id: str) -> models.ProcessInstanceDTO:
        shown = await super().get_instance_by_id(instance_id)
        if self.find_instance(instance_id).start.year < self.now().year:
            shown.target_entity = None
        return shown


@breaks("ORC-INST-STATUS-01")
class StatusKeysAreValues(Rendering):
    """Returns the value of each status as its key, which is the text for people."""

    def statuses(self) -> list[models.WorkflowRunStatusDTO]:
        return [each.model_copy(update={"key": each.value}) for each in super().statuses()]
