"""Variants whose runs go otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from orchestrator_v2 import models

from ...reference.backend import refusals_as_errors
from ...reference.isolation import PersonalLifecycle, SeparatedBackend
from ...reference.lifecycle.instance import Instance, RunState
from ...reference.lifecycle.instance_store import InstanceStore
from ...reference.listing.seed import seeded_instances
from ...reference.overviews.catalogue import find_workflow
from ...reference.overviews.workflow import Behaviour, Workflow
from ...reference.settings import ReferenceSettings
from .variant import conforms


class _EndingErrors(PersonalLifecycle):
    """Gives a failed instance an end."""

    def fail(self, instance: Instance, at: datetime) -> Instance:
        return replace(super().fail(instance, at), end=at)


@conforms()
class ErrorsHaveAnEnd(SeparatedBackend):
    """Gives an instance in ERROR an end until it runs on, which some backends do."""

    def __init__(self, settings: ReferenceSettings) -> None:
        super().__init__(settings, lifecycle=_EndingErrors(settings.moment, settings.visibility_delay))
        for run in seeded_instances(self.catalogue) if settings.seeded else ():
            if run.state is RunState.ERROR:
                self.store.put(replace(run, end=run.events[-1].at))


@conforms()
class TakesNeedlessAborts(PersonalLifecycle):
    """Accepts the abort of a finished instance and does nothing: what it answers is left open."""

    def abort(self, instance: Instance, now: datetime) -> Instance:
        return instance if instance.is_finished else super().abort(instance, now)


@conforms()
class TakesNeedlessRetriggers(PersonalLifecycle):
    """Accepts the retrigger of an instance that did not fail and does nothing: what it answers is left open."""

    def retrigger(self, instance: Instance, now: datetime) -> Instance:
        return super().retrigger(instance, now) if instance.state is RunState.ERROR else instance


@conforms()
class FailsAgain(PersonalLifecycle):
    """Has a retriggered run come back to ERROR at once, which it may; its summary and steps grow."""

    def retrigger(self, instance: Instance, now: datetime) -> Instance:
        again = self.enter_node(instance, instance.nodes[-1].name, instance.nodes[-1].type, now, None)
        return super().retrigger(again, now)

    def run_on(self, instance: Instance, now: datetime, *, is_first: bool) -> Instance:
        return super().run_on(instance, now, is_first=True)


@conforms()
class FailsAgainLater(PersonalLifecycle):
    """Has a retriggered run be ACTIVE for a moment and then come back to ERROR, which it may."""

    def run_on(self, instance: Instance, now: datetime, *, is_first: bool) -> Instance:
        if is_first or instance.workflow.behaviour is not Behaviour.FAILS_FIRST:
            return super().run_on(instance, now, is_first=is_first)
        return replace(instance, due=now + self.moment)

    def settle(self, instance: Instance, now: datetime) -> Instance:
        fails = instance.workflow.behaviour is Behaviour.FAILS_FIRST
        if fails and instance.due is not None and instance.due <= now:
            return replace(self.fail(instance, instance.due), due=None)
        return super().settle(instance, now)


@conforms()
class StartsPending(PersonalLifecycle):
    """Keeps a new run PENDING and without steps for a moment, and only then does what its workflow does."""

    def start(
        self, workflow: Workflow, inputs: dict[str, Any], initiator: str, target: str | None, now: datetime
    ) -> Instance:
        started = super().start(workflow, inputs, initiator, target, now)
        begun = self.begin(workflow, started.id, now, started.initiator, target, inputs)
        return replace(begun, state=RunState.PENDING, nodes=(), due=now + self.moment)

    def settle(self, instance: Instance, now: datetime) -> Instance:
        if instance.state is not RunState.PENDING or instance.due is None or instance.due > now:
            return super().settle(instance, now)
        entered = self.enter_node(instance, instance.workflow.states[0], "Node", instance.due, None)
        active = replace(entered, state=RunState.ACTIVE, due=None)
        return self.settle(self.run_on(active, instance.due, is_first=True), now)


@conforms()
class TakesAnyInputs(SeparatedBackend):
    """Never refuses inputs: a workflow may refuse those that break its schema, and need not."""

    async def execute_workflow(
        self, workflow_id: str, body: models.ExecuteWorkflowRequestDTO
    ) -> models.ExecuteWorkflowResponseDTO:
        with refusals_as_errors():
            workflow = find_workflow(self.catalogue, workflow_id)
            instance = self.lifecycle.start(
                workflow, body.input_data or {}, self.settings.initiator, body.target_entity, self.now()
            )
            self.store.put(instance)
            return models.ExecuteWorkflowResponseDTO(id=instance.id)


class _Alike(SeparatedBackend):
    """Has all its workflows behave in one way, and no instances before."""

    behaviour: Behaviour

    def __init__(self, settings: ReferenceSettings) -> None:
        super().__init__(settings, store=InstanceStore())
        self.catalogue = {
            name: replace(each, behaviour=self.behaviour) for name, each in self.catalogue.items()
        }


@conforms()
class EverythingCompletes(_Alike):
    """Has every run complete at once, so that none can be aborted or retriggered."""

    behaviour = Behaviour.COMPLETES


@conforms()
class EverythingWaits(_Alike):
    """Has every run wait until it is aborted, so that none completes or fails."""

    behaviour = Behaviour.WAITS


@conforms()
class EverythingIsDown(_Alike):
    """Has the services of all its workflows down, so that nothing can be executed."""

    behaviour = Behaviour.SERVICE_DOWN
