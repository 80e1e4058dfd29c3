"""Mutants that abort or retrigger runs wrongly."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from orchestrator_v2 import models

from ....reference.backend import ReferenceBackend
from ....reference.lifecycle.instance import Instance, RunState
from ....reference.lifecycle.lifecycle import Lifecycle
from ...mutant import breaks


@breaks("ORC-RUN-ABORT-01")
class AbortsNothing(Lifecycle):
    """Reports success for an abort, but lets the run continue."""

    def abort(self, instance: Instance, now: datetime) -> Instance:
        super().abort(instance, now)
        return instance


@breaks("ORC-RUN-ABORT-02")
class AbortsAll(ReferenceBackend):
    """Aborts all unfinished runs of the workflow."""

    async def abort_workflow(self, instance_id: str) -> str:
        answer = await super().abort_workflow(instance_id)
        for other in self.runs_of(self.find_instance(instance_id).workflow.id):
            if not other.is_finished:
                self.store.put(self.lifecycle.abort(other, self.now()))
        return answer


@breaks("ORC-RUN-ABORT-03")
class AbortsTheFinished(Lifecycle):
    """Aborts a completed run."""

    def abort(self, instance: Instance, now: datetime) -> Instance:
        return super().abort(replace(instance, state=RunState.ACTIVE, end=None), now)


@breaks("ORC-RUN-ABORT-04")
class AbortedRunsComplete(Lifecycle):
    """Completes an aborted run later."""

    def abort(self, instance: Instance, now: datetime) -> Instance:
        return replace(super().abort(instance, now), due=instance.due)

    def settle(self, instance: Instance, now: datetime) -> Instance:
        if instance.state is RunState.ABORTED and instance.due is not None and instance.due <= now:
            return self.complete(instance, instance.due)
        return super().settle(instance, now)


@breaks("ORC-RUN-ABORT-05")
class AbortsKeepFailedRuns(Lifecycle):
    """Reports success for the abort of a run in ERROR, but leaves it in ERROR."""

    def abort(self, instance: Instance, now: datetime) -> Instance:
        aborted = super().abort(instance, now)
        return instance if instance.state is RunState.ERROR else aborted


@breaks("ORC-RUN-RETRY-01")
class RetriggersNothing(Lifecycle):
    """Reports success for a retrigger, but leaves the run in ERROR."""

    def retrigger(self, instance: Instance, now: datetime) -> Instance:
        super().retrigger(instance, now)
        return instance


@breaks("ORC-RUN-RETRY-01")
class RetriggersAreAborts(Lifecycle):
    """Aborts a run in ERROR when it is retriggered."""

    def retrigger(self, instance: Instance, now: datetime) -> Instance:
        super().retrigger(instance, now)
        return self.abort(instance, now)


@breaks("ORC-RUN-RETRY-02")
class RetriggersAll(ReferenceBackend):
    """Retriggers all runs of the workflow that are in ERROR."""

    async def retrigger_instance(
        self, workflow_id: str, instance_id: str, body: models.RetriggerInstanceRequestDTO
    ) -> dict[str, Any]:
        answer = await super().retrigger_instance(workflow_id, instance_id, body)
        for other in self.runs_of(workflow_id):
            if other.state is RunState.ERROR:
                self.store.put(self.lifecycle.retrigger(other, self.now()))
        return answer


@breaks("ORC-RUN-RETRY-03")
class RetriggersMoveTheStart(Lifecycle):
    """Sets a new start when a run is retriggered."""

    def retrigger(self, instance: Instance, now: datetime) -> Instance:
        return replace(super().retrigger(instance, now), start=now)


@breaks("ORC-RUN-RETRY-04")
class RetriggersTheFinished(Lifecycle):
    """Sets a completed run to ACTIVE when it is retriggered."""

    def retrigger(self, instance: Instance, now: datetime) -> Instance:
        if instance.state is RunState.COMPLETED:
            return replace(instance, state=RunState.ACTIVE, end=None, due=None)
        return super().retrigger(instance, now)
