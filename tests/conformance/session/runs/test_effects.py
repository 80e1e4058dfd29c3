"""Requests without effect are told apart from those that change or start runs, also if others use the backend."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest
from orchestrator_conformance.contract.contract import load_contract
from orchestrator_conformance.reference.app import create_reference_app
from orchestrator_conformance.reference.backend import ReferenceBackend
from orchestrator_conformance.reference.lifecycle.instance import Instance, RunState
from orchestrator_conformance.reference.listing.rendering import Rendering
from orchestrator_conformance.reference.serve import running_server
from orchestrator_conformance.session.runs.effects import Bystanders, expect_no_effect
from orchestrator_conformance.session.runs.runs import Run, start
from orchestrator_conformance.session.session import Failed, Session, Undecided
from orchestrator_conformance.target.exchange import Exchange
from orchestrator_conformance.target.target import Target
from orchestrator_conformance.verdict.ledger import Ledger
from orchestrator_v2 import models

ENTITY = "component:default/of-the-test"
WORKFLOW = "request-access"
CAUSE = "it had an effect"


class Anonymous(Rendering):
    """Shows instances without their initiators."""

    def instance(self, instance: Instance) -> models.ProcessInstanceDTO:
        return super().instance(instance).model_copy(update={"initiator_entity": None})


@dataclass
class Scene:
    """A session, the backend that it talks to, and a waiting run of the session."""

    session: Session
    backend: ReferenceBackend
    run: Run

    def start_run(self, initiator: str = "user:default/developer", target: str | None = None) -> None:
        workflow = self.backend.catalogue[WORKFLOW]
        now = self.backend.now()
        self.backend.store.put(self.backend.lifecycle.start(workflow, {}, initiator, target, now))

    def change(self, matches: Callable[[Instance], bool], state: RunState) -> None:
        run = next(each for each in self.backend.visible_instances() if matches(each))
        self.backend.store.put(replace(run, state=state, end=self.backend.now()))


@pytest.fixture(params=[Rendering, Anonymous], ids=["with initiators", "without initiators"])
def scene(request: pytest.FixtureRequest) -> Iterator[Scene]:
    contract = load_contract()
    backend = ReferenceBackend(rendering=request.param())
    with running_server(create_reference_app(backend=backend)) as url, Target(url) as target:
        session = Session(target, contract, 1, lambda _: True, Ledger(contract), patience=0.2)
        yield Scene(session, backend, start(session, WORKFLOW))


def expect_nothing(scene: Scene, act: Callable[[], None], *, may_change: bool = False) -> None:
    def send() -> list[Exchange]:
        act()
        return [scene.run.exchange]

    bystanders = Bystanders([scene.run], {WORKFLOW}, {ENTITY})
    expect_no_effect(scene.session, send, bystanders, CAUSE, may_change=lambda _: may_change)


def test_requests_without_effect_pass(scene: Scene) -> None:
    expect_nothing(scene, lambda: None)


def test_an_aborted_bystander_fails(scene: Scene) -> None:
    with pytest.raises(Failed, match="state 'ABORTED' of") as failed:
        expect_nothing(
            scene, lambda: scene.change(lambda run: run.id == scene.run.instance_id, RunState.ABORTED)
        )
    assert failed.value.cause == CAUSE


def test_a_bystander_may_complete_by_itself(scene: Scene) -> None:
    expect_nothing(
        scene, lambda: scene.change(lambda run: run.id == scene.run.instance_id, RunState.COMPLETED)
    )


def test_a_finished_instance_of_anybody_may_not_change(scene: Scene) -> None:
    with pytest.raises(Failed, match="'COMPLETED'"):
        expect_nothing(
            scene, lambda: scene.change(lambda run: run.state is RunState.COMPLETED, RunState.ABORTED)
        )


def test_a_change_is_accepted_if_the_answers_allow_it(scene: Scene) -> None:
    expect_nothing(
        scene,
        lambda: scene.change(lambda run: run.id == scene.run.instance_id, RunState.ABORTED),
        may_change=True,
    )


def test_a_new_run_fails_and_is_cleaned_up(scene: Scene) -> None:
    before = set(scene.session.started)
    with pytest.raises(Failed, match="instance "):
        expect_nothing(scene, scene.start_run)
    assert len(set(scene.session.started) - before) == 2


def test_a_new_run_for_an_entity_of_the_requests_fails_at_once(scene: Scene) -> None:
    with pytest.raises(Failed, match="instance "):
        expect_nothing(scene, lambda: scene.start_run("user:default/ada", ENTITY))


def test_a_single_run_of_another_user_is_no_effect(scene: Scene) -> None:
    acts = iter([lambda: scene.start_run("user:default/ada")])
    expect_nothing(scene, lambda: next(acts, lambda: None)())


def test_a_backend_on_which_others_always_start_runs_is_undecided(scene: Scene) -> None:
    visible = scene.backend.visible_instances

    def start_one_more() -> list[Instance]:
        scene.start_run()
        return visible()

    scene.backend.visible_instances = start_one_more  # type: ignore[method-assign]
    with pytest.raises(Undecided, match="no other caller starts a run"):
        expect_nothing(scene, lambda: None)
