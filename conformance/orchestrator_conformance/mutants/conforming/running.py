"""Variants whose runs behave differently."""

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


class _FailedRunsEnd(PersonalLifecycle):
    """Sets the end of a failed instance."""

    def fail(self, instance: Instance, at: datetime) -> Instance:
        return replace(super().fail(instance, at), end=at)


@conforms()
class FailedInstancesHaveAnEnd(SeparatedBackend):
    """Sets the end of an instance in ERROR until it continues, since the contract allows both."""

    def __init__(self, settings: ReferenceSettings) -> None:
        super().__init__(settings, lifecycle=_FailedRunsEnd(settings.moment, settings.visibility_delay))
        for run in seeded_instances(self.catalogue) if settings.seeded else ():
            if run.state is RunState.ERROR:
                self.store.put(replace(run, end=run.events[-1].at))


@conforms()
class AcceptsRedundantAborts(PersonalLifecycle):
    """Accepts and ignores the abort of a finished instance, since the answer is left open."""

    def abort(self, instance: Instance, now: datetime) -> Instance:
        return instance if instance.is_finished else super().abort(instance, now)


@conforms()
class AcceptsRedundantRetriggers(PersonalLifecycle):
    """Accepts and ignores the retrigger of an instance that did not fail, since the answer is left open."""

    def retrigger(self, instance: Instance, now: datetime) -> Instance:
        return super().retrigger(instance, now) if instance.state is RunState.ERROR else instance


@conforms()
class FailsAgain(PersonalLifecycle):
    """Returns a retriggered run to ERROR immediately, with a longer summary and more steps, since it may fail again."""

    def retrigger(self, instance: Instance, now: datetime) -> Instance:
        again = self.enter_node(instance, instance.nodes[-1].name, instance.nodes[-1].type, now, None)
        return super().retrigger(again, now)

    def run_on(self, instance: Instance, now: datetime, *, is_first: bool) -> Instance:
        return super().run_on(instance, now, is_first=True)


@conforms()
class FailsAgainLater(PersonalLifecycle):
    """Returns a retriggered run to ERROR after a moment in ACTIVE, since it may fail again."""

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
    """Keeps a new run PENDING and without steps for a moment, since the contract allows every state after the start."""

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
class AcceptsAnyInputs(SeparatedBackend):
    """Accepts all inputs, since a workflow may reject inputs that break its schema but need not."""

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


class _SameBehaviour(SeparatedBackend):
    """Gives all workflows the same behaviour, and has no instances at the start."""

    behaviour: Behaviour

    def __init__(self, settings: ReferenceSettings) -> None:
        super().__init__(settings, store=InstanceStore())
        self.catalogue = {
            name: replace(each, behaviour=self.behaviour) for name, each in self.catalogue.items()
        }


@conforms()
class EveryRunCompletes(_SameBehaviour):
    """Completes every run immediately, so that none can be aborted or retriggered."""

    behaviour = Behaviour.COMPLETES


@conforms()
class EveryRunWaits(_SameBehaviour):
    """Keeps every run waiting until it is aborted, so that none completes or fails."""

    behaviour = Behaviour.WAITS


@conforms()
class EveryServiceIsDown(_SameBehaviour):
    """Reports the services of all workflows as down, so that nothing can be executed."""

    behaviour = Behaviour.SERVICE_DOWN


class _FailsForOneChoice(PersonalLifecycle):
    """Fails the first attempt of a run with the language `go`, and of no other run."""

    def run_on(self, instance: Instance, now: datetime, *, is_first: bool) -> Instance:
        if is_first and instance.inputs.get("language") == "go":
            return self.fail(instance, now)
        return super().run_on(instance, now, is_first=is_first)


@conforms()
class OneChoiceFails(SeparatedBackend):
    """Has no instances, and leads only one choice of one input to ERROR, since why a run fails is left open."""

    def __init__(self, settings: ReferenceSettings) -> None:
        lifecycle = _FailsForOneChoice(settings.moment, settings.visibility_delay)
        super().__init__(settings, store=InstanceStore(), lifecycle=lifecycle)
        self.catalogue = {
            name: replace(each, behaviour=Behaviour.COMPLETES)
            if each.behaviour is Behaviour.FAILS_FIRST
            else each
            for name, each in self.catalogue.items()
        }
