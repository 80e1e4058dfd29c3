"""Mutants that change the state, start or end of a new run wrongly."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from orchestrator_v2 import models

from ....reference.backend import ReferenceBackend
from ....reference.lifecycle.instance import Instance, RunState
from ....reference.lifecycle.lifecycle import Lifecycle
from ....reference.settings import ReferenceSettings
from ...mutant import breaks


@breaks("ORC-RUN-TIME-02")
class EndsTooEarly(ReferenceBackend):
    """Sets the end of a run that takes a moment to before its start."""

    def __init__(self, settings: ReferenceSettings | None = None) -> None:
        super().__init__(settings)
        self.lifecycle = _EndingEarly(self.lifecycle.moment, self.lifecycle.visibility_delay)


class _EndingEarly(Lifecycle):
    def run_on(self, instance: Instance, now: datetime, *, is_first: bool) -> Instance:
        ran = super().run_on(instance, now, is_first=is_first)
        return ran if ran.due is None else self.settle(replace(ran, due=now - self.moment), now)


@breaks("ORC-RUN-LIFE-01")
class SecondAbortsMoveTheEnd(Lifecycle):
    """Sets a later end when an aborted run is aborted again."""

    def abort(self, instance: Instance, now: datetime) -> Instance:
        if instance.state is RunState.ABORTED:
            return replace(instance, end=now)
        return super().abort(instance, now)


@breaks("ORC-RUN-LIFE-01")
class WaitingRunsHaveAnEnd(Lifecycle):
    """Sets the end of an active run when another run of the workflow is aborted."""

    aborted: frozenset[str] = frozenset()

    def abort(self, instance: Instance, now: datetime) -> Instance:
        self.aborted |= {instance.workflow.id}
        return super().abort(instance, now)

    def settle(self, instance: Instance, now: datetime) -> Instance:
        settled = super().settle(instance, now)
        is_affected = settled.state is RunState.ACTIVE and settled.workflow.id in self.aborted
        return replace(settled, end=settled.start) if is_affected else settled


@breaks("ORC-RUN-LIFE-01")
class AbortsMoveTheStart(Lifecycle):
    """Sets the start of a run in ERROR to the time of its abort."""

    def abort(self, instance: Instance, now: datetime) -> Instance:
        aborted = super().abort(instance, now)
        return replace(aborted, start=now) if instance.state is RunState.ERROR else aborted


@breaks("ORC-RUN-LIFE-01")
class AbortedFailuresLoseTheirTarget(ReferenceBackend):
    """Drops the target of a failed run that is aborted."""

    async def abort_workflow(self, instance_id: str) -> str:
        answer = await super().abort_workflow(instance_id)
        run = self.find_instance(instance_id)
        if any("failed" in event.message for event in run.events):
            self.store.put(replace(run, target=None))
        return answer

    async def retrigger_instance(
        self, workflow_id: str, instance_id: str, body: models.RetriggerInstanceRequestDTO
    ) -> dict[str, Any]:
        return await super().retrigger_instance(workflow_id, instance_id, body)
