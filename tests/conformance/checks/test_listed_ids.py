"""A row that a list shows has to be readable for the same caller, unless it has left the list meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from orchestrator_conformance.checks.access.listed_ids import (
    a_listed_instance_can_be_read,
    a_listed_workflow_can_be_read,
    choose_different,
)
from orchestrator_conformance.contract.contract import load_contract
from orchestrator_conformance.reference.app import create_reference_app
from orchestrator_conformance.reference.backend import ReferenceBackend
from orchestrator_conformance.reference.isolation import CALLER, SeparatedBackend
from orchestrator_conformance.reference.lifecycle.instance import Instance
from orchestrator_conformance.reference.serve import running_server
from orchestrator_conformance.reference.settings import ReferenceSettings
from orchestrator_conformance.session.session import Failed, Session, Undecided
from orchestrator_conformance.target.target import Target
from orchestrator_conformance.verdict.ledger import Ledger
from orchestrator_v2 import models
from orchestrator_v2.server import HTTPError

SETTINGS = ReferenceSettings(token="developer", other_token="visitor")


@contextmanager
def session_with(backend: ReferenceBackend) -> Iterator[Session]:
    contract = load_contract()
    with (
        running_server(create_reference_app(backend=backend)) as url,
        Target(url, {"Authorization": "Bearer developer"}) as target,
        Target(url, {"Authorization": "Bearer visitor"}) as other,
    ):
        yield Session(target, contract, 1, None, Ledger(contract), patience=0.2, other=other)


class Refusing(SeparatedBackend):
    """Refuses to show one instance by its id."""

    status = 404
    refused = ""

    async def get_instance_by_id(self, instance_id: str) -> models.ProcessInstanceDTO:
        self.refused = self.refused or instance_id
        if instance_id == self.refused:
            self.act()
            raise HTTPError(self.status, "refused")
        return await super().get_instance_by_id(instance_id)

    def act(self) -> None:
        """Do nothing."""


class Removing(Refusing):
    """Removes the instance as well."""

    def act(self) -> None:
        self.hidden = self.refused

    hidden = ""

    def visible_instances(self) -> list[Instance]:
        return [each for each in super().visible_instances() if each.id != self.hidden]


class Recovering(Refusing):
    """Refuses only the first request."""

    def act(self) -> None:
        self.refused = "none"


class ShowsTooMuch(SeparatedBackend):
    """Lists the instances of everybody for everybody, but separates users otherwise."""

    def visible_instances(self) -> list[Instance]:
        return ReferenceBackend.visible_instances(self)


@pytest.mark.parametrize("status", [403, 404, 500])
def test_a_listed_instance_that_is_refused_fails(status: int) -> None:
    backend = Refusing(SETTINGS)
    backend.status = status
    with session_with(backend) as session, pytest.raises(Failed, match="getInstances lists it") as failed:
        a_listed_instance_can_be_read.run(session)
    assert failed.value.found == f"status {status}: refused"
    assert failed.value.evidence[0].request.path.endswith(backend.refused)


def test_an_invalid_token_or_a_gateway_says_nothing_about_the_instance() -> None:
    backend = Refusing(SETTINGS)
    backend.status = 401
    with session_with(backend) as session:
        a_listed_instance_can_be_read.run(session)


@pytest.mark.parametrize("backend", [Removing(SETTINGS), Recovering(SETTINGS)], ids=["removed", "late"])
def test_a_removed_or_late_instance_does_not_fail(backend: Refusing) -> None:
    with session_with(backend) as session:
        a_listed_instance_can_be_read.run(session)


def test_the_second_user_is_a_caller_too() -> None:
    with session_with(ShowsTooMuch(SETTINGS)) as session, pytest.raises(Failed) as failed:
        a_listed_instance_can_be_read.run(session)
    assert failed.value.evidence[0].request.token == "$OTHER_TOKEN"


class WorkflowsOf(SeparatedBackend):
    """Refuses the input schemas of workflows whose services are down, and forbids one source to the second user."""

    async def get_workflow_input_schema_by_id(
        self, workflow_id: str, *, instance_id: str | None = None
    ) -> models.InputSchemaResponseDTO:
        if workflow_id in self.catalogue and not self.catalogue[workflow_id].is_available:
            raise HTTPError(500, "the service is down")
        return await super().get_workflow_input_schema_by_id(workflow_id, instance_id=instance_id)

    forbidden = ""

    async def get_workflow_source_by_id(self, workflow_id: str) -> str:
        if workflow_id == self.forbidden and CALLER.get() is not None:
            raise HTTPError(403, "forbidden")
        return await super().get_workflow_source_by_id(workflow_id)


def test_a_service_that_is_down_excuses_the_schema_and_nothing_excuses_a_source() -> None:
    backend = WorkflowsOf(SETTINGS)
    with session_with(backend) as session:
        a_listed_workflow_can_be_read.run(session)
        backend.forbidden = "request-access"
        with pytest.raises(Failed, match="an answer for request-access"):
            a_listed_workflow_can_be_read.run(session)


def test_without_rows_nothing_is_decided() -> None:
    backend = SeparatedBackend(SETTINGS)
    backend.catalogue = {}
    with session_with(backend) as session, pytest.raises(Undecided, match="workflows"):
        a_listed_workflow_can_be_read.run(session)


def test_rows_that_differ_are_chosen_first() -> None:
    rows: list[dict[str, Any]] = [{"id": str(number), "state": "COMPLETED"} for number in range(40)]
    rows[7]["state"] = "ERROR"
    rows[33]["initiatorEntity"] = "user:default/ada"
    chosen = [row["id"] for row in choose_different(rows, 8)]
    assert chosen[:3] == ["0", "7", "33"]
    assert len(chosen) == 8
    assert choose_different(rows[:2], 8) == rows[:2]
