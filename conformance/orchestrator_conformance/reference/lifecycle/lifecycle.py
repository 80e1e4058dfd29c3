"""How instances are created and changed: each method takes an instance and a time, and returns a new instance."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from ..errors import ServiceDown, WrongState
from ..overviews.workflow import Behaviour, Workflow
from .instance import Event, Failure, Instance, Node, RunState


class Lifecycle:
    """The lifecycle of a run. See `ReferenceSettings` for `moment` and `visibility_delay`."""

    def __init__(self, moment: timedelta = timedelta(0), visibility_delay: timedelta = timedelta(0)) -> None:
        self.moment = moment
        self.visibility_delay = visibility_delay

    def start(
        self, workflow: Workflow, inputs: dict[str, Any], initiator: str, target: str | None, now: datetime
    ) -> Instance:
        """Return a new instance that has run as far as it can by itself. Raises `ServiceDown`."""
        self.check_service(workflow)
        begun = self.begin(workflow, self.new_id(), now, initiator, target, inputs)
        visible = replace(begun, visible_from=now + self.visibility_delay)
        return self.run_on(visible, now, is_first=True)

    def retrigger(self, instance: Instance, now: datetime) -> Instance:
        """Return a failed instance after a retrigger. Raises `WrongState` if it is not in ERROR, or `ServiceDown`."""
        if instance.state is not RunState.ERROR:
            raise WrongState(
                f"only an instance in state ERROR can be retriggered; this one is {instance.state}"
            )
        self.check_service(instance.workflow)
        active = replace(instance, state=RunState.ACTIVE, failure=None, end=None)
        again = self.record(active, now, "INFO", "retriggered")
        return self.run_on(again, now, is_first=False)

    def abort(self, instance: Instance, now: datetime) -> Instance:
        """Return an unfinished instance as aborted. Raises `WrongState` if it has finished."""
        if instance.is_finished:
            raise WrongState(f"only an unfinished instance can be aborted; this one is {instance.state}")
        aborted = replace(instance, state=RunState.ABORTED, end=now, due=None, failure=None)
        return self.record(self.leave_nodes(aborted, now), now, "WARN", "aborted")

    def settle(self, instance: Instance, now: datetime) -> Instance:
        """Return the instance in its state at `now`: an active one that is due has completed."""
        if instance.state is RunState.ACTIVE and instance.due is not None and instance.due <= now:
            return self.complete(instance, instance.due)
        return instance

    def new_id(self) -> str:
        """Return the id of a new instance."""
        return str(uuid4())

    def check_service(self, workflow: Workflow) -> None:
        """Raise `ServiceDown` if the service of the workflow does not answer."""
        if not workflow.is_available:
            raise ServiceDown(f"the service of workflow {workflow.id} is not available")

    def begin(
        self,
        workflow: Workflow,
        instance_id: str,
        now: datetime,
        initiator: str,
        target: str | None,
        inputs: dict[str, Any],
    ) -> Instance:
        """Return an active instance in the first state of its workflow."""
        created = Instance(
            id=instance_id,
            workflow=workflow,
            state=RunState.ACTIVE,
            start=now,
            visible_from=now,
            initiator=initiator,
            target=target,
            inputs=inputs,
            nodes=(),
            events=(),
        )
        entered = self.enter_node(created, "Start", "StartNode", now, now)
        first = self.enter_node(entered, workflow.states[0], "CompositeContextNode", now, None)
        return self.record(first, now, "INFO", f"started by {initiator}")

    def run_on(self, instance: Instance, now: datetime, *, is_first: bool) -> Instance:
        """Return the active instance after the steps that its workflow takes by itself.

        `is_first` is False if the instance was retriggered.
        """
        match instance.workflow.behaviour:
            case Behaviour.FAILS_FIRST if is_first:
                return self.fail(instance, now)
            case Behaviour.COMPLETES | Behaviour.FAILS_FIRST:
                return self.complete(instance, now)
            case Behaviour.TAKES_A_MOMENT:
                return self.settle(replace(instance, due=now + self.moment), now)
            case Behaviour.WAITS | Behaviour.SERVICE_DOWN:
                return instance

    def complete(self, instance: Instance, at: datetime) -> Instance:
        """Return the instance as completed, with its result and its remaining steps."""
        left = self.leave_nodes(instance, at)
        for name in instance.workflow.states[len(instance.nodes) - 1 :]:
            left = self.enter_node(left, name, "CompositeContextNode", at, at)
        done = self.enter_node(left, "End", "EndNode", at, at)
        completed = replace(done, state=RunState.COMPLETED, end=at, due=None, result=self.result_of(instance))
        return self.record(completed, at, "INFO", "completed")

    def fail(self, instance: Instance, at: datetime) -> Instance:
        """Return the instance as failed in its current step. It has no end, because it can be retriggered."""
        failure = Failure(instance.nodes[-1].name, "the quota of the target environment is used up")
        failed = replace(instance, state=RunState.ERROR, failure=failure)
        return self.record(failed, at, "ERROR", f"failed in {failure.node}: {failure.message}")

    def result_of(self, instance: Instance) -> dict[str, Any]:
        """Return the result of a completed instance, in the shape of `WorkflowResultDTO`."""
        return {
            "message": f"{instance.workflow.name}: done",
            "outputs": [
                {"key": "Inputs given", "value": len(instance.inputs), "format": "number"},
                {"key": "Service", "value": instance.workflow.service_url, "format": "link"},
            ],
        }

    def enter_node(
        self, instance: Instance, name: str, node_type: str, entered: datetime, exited: datetime | None
    ) -> Instance:
        """Return the instance with one more step."""
        node = Node(f"{instance.id}-{len(instance.nodes)}", name, node_type, entered, exited)
        return replace(instance, nodes=(*instance.nodes, node))

    def leave_nodes(self, instance: Instance, at: datetime) -> Instance:
        """Return the instance with every step exited."""
        left = (node if node.exited is not None else replace(node, exited=at) for node in instance.nodes)
        return replace(instance, nodes=tuple(left))

    def record(self, instance: Instance, at: datetime, level: str, message: str) -> Instance:
        """Return the instance with one more event in its history."""
        return replace(instance, events=(*instance.events, Event(at, level, message)))
