"""Mutants that start, abort or retrigger runs wrongly only in rare cases."""

from __future__ import annotations

from asyncio import sleep
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from orchestrator_v2 import models
from orchestrator_v2.server import HTTPError

from ....reference.backend import ReferenceBackend
from ....reference.lifecycle.instance import Instance, RunState
from ....reference.lifecycle.instance_store import InstanceStore
from ....reference.lifecycle.lifecycle import Lifecycle
from ....reference.overviews.workflow import Workflow
from ....reference.settings import ReferenceSettings
from ...mutant import breaks


@breaks("ORC-RUN-EXEC-01")
class RepeatedExecutionsShareARun(ReferenceBackend):
    """Returns the previous run if the same execution is requested again after that run has finished."""

    def __init__(self, settings: ReferenceSettings | None = None) -> None:
        super().__init__(settings)
        self.under_way = 0
        self.last: tuple[str, str] = ("", "")

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        asked = _describe(workflow_id, body)
        is_alone = self.under_way == 0
        self.under_way += 1
        try:
            await sleep(0.05)
            if is_alone and self.last[0] == asked and self.find_instance(self.last[1]).is_finished:
                return models.ExecuteWorkflowResponseDTO(id=self.last[1])
            started = await super().execute_workflow(workflow_id, body)
            self.last = (asked, started.id)
            return started
        finally:
            self.under_way -= 1


def _describe(workflow_id: str, body: models.ExecuteWorkflowRequestDTO) -> str:
    return f"{workflow_id} {body.model_dump_json(by_alias=True, exclude_unset=True)}"


@breaks("ORC-RUN-EXEC-02")
class ActiveRunsAreNotListed(ReferenceBackend):
    """Lists a new run only after it is no longer active."""

    def visible_instances(self) -> list[Instance]:
        return [
            each
            for each in super().visible_instances()
            if each.state is not RunState.ACTIVE or each.start.year < self.now().year
        ]


@breaks("ORC-RUN-EXEC-07")
class EachStartsAMinuteEarlier(Lifecycle):
    """Sets the start of every run one minute before that of the previous one."""

    started = 0

    def start(
        self, workflow: Workflow, inputs: dict[str, Any], initiator: str, target: str | None, now: datetime
    ) -> Instance:
        self.started += 1
        return super().start(workflow, inputs, initiator, target, now - timedelta(minutes=self.started))


@breaks("ORC-RUN-EXEC-08")
class ConcurrentExecutionsShareARun(ReferenceBackend):
    """Returns the same run for identical concurrent executions."""

    def __init__(self, settings: ReferenceSettings | None = None) -> None:
        super().__init__(settings)
        self.under_way: dict[str, models.ExecuteWorkflowResponseDTO] = {}

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        asked = _describe(workflow_id, body)
        if asked in self.under_way:
            return self.under_way[asked]
        self.under_way[asked] = await super().execute_workflow(workflow_id, body)
        try:
            await sleep(0.05)
            return self.under_way[asked]
        finally:
            del self.under_way[asked]


@breaks("ORC-RUN-EXEC-10")
class TargetsStartASecondRun(ReferenceBackend):
    """Starts a second run, without inputs, if an execution has a target."""

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        started = await super().execute_workflow(workflow_id, body)
        run = self.find_instance(started.id)
        if run.target is not None:
            self.store.put(self.lifecycle.start(run.workflow, {}, run.initiator, run.target, self.now()))
        return started


@breaks("ORC-RUN-ABORT-03")
class AbortsImmediatelyCompletedRuns(Lifecycle):
    """Aborts a run that completed immediately after its start."""

    def abort(self, instance: Instance, now: datetime) -> Instance:
        if instance.state is RunState.COMPLETED and instance.end == instance.start:
            return super().abort(replace(instance, state=RunState.ACTIVE), now)
        return super().abort(instance, now)


@breaks("ORC-RUN-ABORT-05")
class AbortsCompleteFailedRuns(Lifecycle):
    """Sets the state of a run in ERROR to COMPLETED when it is aborted."""

    def abort(self, instance: Instance, now: datetime) -> Instance:
        aborted = super().abort(instance, now)
        is_affected = instance.state is RunState.ERROR
        return replace(aborted, state=RunState.COMPLETED) if is_affected else aborted


@breaks("ORC-RUN-RETRY-04")
class AbortedRunsContinue(Lifecycle):
    """Sets an aborted run to ACTIVE when it is retriggered."""

    def retrigger(self, instance: Instance, now: datetime) -> Instance:
        if instance.state is RunState.ABORTED:
            return replace(instance, state=RunState.ACTIVE, end=None)
        return super().retrigger(instance, now)


@breaks("ORC-RUN-EXEC-11")
class RejectsEveryStart(ReferenceBackend):
    """Rejects every execution."""

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        raise HTTPError(500, "the engine is not configured")


@breaks("ORC-RUN-ABORT-01")
class AbortsWithoutAnEnd(Lifecycle):
    """Sets no end when a run is aborted."""

    def abort(self, instance: Instance, now: datetime) -> Instance:
        return replace(super().abort(instance, now), end=None)


@breaks("ORC-RUN-RETRY-03")
class RetriggersDropAnInput(Lifecycle):
    """Drops one input of a run when it is retriggered."""

    def retrigger(self, instance: Instance, now: datetime) -> Instance:
        changed = {name: value for name, value in instance.inputs.items() if name != "engine"}
        return super().retrigger(replace(instance, inputs=changed), now)


@breaks("ORC-RUN-EXEC-05")
class TargetsLoseTheirKind(Lifecycle):
    """Stores the target of a run without its kind."""

    def start(
        self, workflow: Workflow, inputs: dict[str, Any], initiator: str, target: str | None, now: datetime
    ) -> Instance:
        name = target.partition(":")[2] if target is not None else None
        return super().start(workflow, inputs, initiator, name, now)


class _OneChoiceFails(Lifecycle):
    """Fails runs with one choice of one input, and does not let them continue."""

    def run_on(self, instance: Instance, now: datetime, *, is_first: bool) -> Instance:
        if is_first and instance.inputs.get("role") == "admin":
            return self.fail(instance, now)
        return self.complete(instance, now)

    def retrigger(self, instance: Instance, now: datetime) -> Instance:
        super().retrigger(instance, now)
        return instance


@breaks("ORC-RUN-RETRY-01")
class RareFailuresAreFinal(ReferenceBackend):
    """Leads only one choice of one input to ERROR, and leaves such runs there when they are retriggered."""

    def __init__(self, settings: ReferenceSettings | None = None) -> None:
        super().__init__(settings, store=InstanceStore())
        self.lifecycle = _OneChoiceFails(self.lifecycle.moment, self.lifecycle.visibility_delay)
