"""Each base fault violates the document in one way, or refuses one operation, and leaves the other answers alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from orchestrator_conformance.contract.contract import Contract, load_contract
from orchestrator_conformance.mutants.masking.base_fault import BaseFault
from orchestrator_conformance.mutants.masking.catalogue import list_base_faults
from orchestrator_conformance.reference.app import create_reference_app
from orchestrator_conformance.reference.settings import ReferenceSettings
from orchestrator_conformance.target.exchange import Exchange, Request, Response
from orchestrator_conformance.target.judge import judge
from starlette.types import ASGIApp

from ..support.reference_api import INPUTS, Api

CONTRACT = load_contract()
FAULTS = list_base_faults()
REFUSING = [each for each in FAULTS if each.refuses]
VIOLATING = [each for each in FAULTS if not each.refuses]
NOBODY = "component:default/nobody"
NOTHING = {"filters": {"field": "processId", "operator": "EQ", "value": "no-such-workflow"}}
NO_WORKFLOW = {"filters": {"field": "id", "operator": "EQ", "value": "no-such-workflow"}}


class Caller:
    """Calls every operation of an application, and keeps the exchanges."""

    def __init__(self, app: ASGIApp) -> None:
        self._api = Api(app)
        self.exchanges: list[Exchange] = []

    def call(self, operation_id: str, body: Any = None, **path: str) -> bytes:
        operation = CONTRACT.operations[operation_id]
        headers = () if body is None else (("Content-Type", "application/json"),)
        content = b"" if body is None else json.dumps(body).encode()
        request = Request(operation.method, operation.path.format(**path), headers, content)
        answer = self._api.send(operation.method, request.path, content=content, headers=dict(headers))
        response = Response(answer.status_code, tuple(answer.headers.items()), answer.content)
        self.exchanges.append(Exchange(operation_id, request, response, is_good=True))
        return answer.content

    def call_everything(self, failed: dict[str, Any], aborted_id: str) -> None:
        workflow = {"workflowId": "create-service"}
        for operation_id in ("getWorkflowsOverview", "getInstances"):
            self.call(operation_id, {})
        self.call("getInstances", NOTHING)
        self.call("getWorkflowsOverview", NO_WORKFLOW)
        self.call("getWorkflowsOverviewForEntity", {"targetEntity": NOBODY})
        for operation_id in (
            "getWorkflowOverviewById",
            "getWorkflowSourceById",
            "getWorkflowInputSchemaById",
            "pingWorkflowServiceById",
        ):
            self.call(operation_id, **workflow)
        self.call("getWorkflowStatuses")
        self.call("getWorkflowInstances", {}, **workflow)
        self.call("getInstanceById", instanceId=failed["id"])
        self.call("getWorkflowLogById", instanceId=failed["id"])
        self.call("executeWorkflow", {"inputData": INPUTS["create-service"]}, **workflow)
        self.call("abortWorkflow", instanceId=aborted_id)
        self.call("retriggerInstance", {}, workflowId=failed["processId"], instanceId=failed["id"])
        self.call("getInstanceById", instanceId="no-such-instance")

    def find_causes(self, contract: Contract) -> set[str]:
        return {violation.cause for each in self.exchanges for violation in judge(contract, each)}


def call_with(fault: BaseFault | None) -> Caller:
    app: ASGIApp = create_reference_app(ReferenceSettings(error_style="documented"))
    api = Api(app)
    failed = next(each for each in api.instances() if each["state"] == "ERROR")
    aborted = api.execute("request-access")
    caller = Caller(app if fault is None else fault.add_to(app))
    caller.call_everything(failed, aborted)
    return caller


def test_there_are_at_least_ten_with_descriptions() -> None:
    assert len(FAULTS) >= 10
    assert len({each.name for each in FAULTS}) == len(FAULTS)
    assert [each.name for each in FAULTS if not each.says.endswith(".")] == []


def test_every_operation_is_called_and_the_reference_violates_nothing() -> None:
    caller = call_with(None)
    assert {each.operation_id for each in caller.exchanges} == CONTRACT.operations.keys()
    assert caller.find_causes(CONTRACT) == set()


@pytest.mark.parametrize("fault", VIOLATING, ids=lambda fault: fault.name)
def test_a_base_fault_violates_the_document(fault: BaseFault) -> None:
    assert call_with(fault).find_causes(CONTRACT) != set()


@pytest.mark.parametrize("fault", REFUSING, ids=lambda fault: fault.name)
def test_an_operation_that_is_refused_never_succeeds(fault: BaseFault) -> None:
    statuses = {each.operation_id: each.response.status for each in call_with(fault).exchanges[:-1]}
    assert {operation_id for operation_id, status in statuses.items() if status == 500} == fault.refuses


def test_a_refused_operation_has_no_effect() -> None:
    (fault,) = (each for each in REFUSING if each.refuses == {"retriggerInstance"})
    app: ASGIApp = create_reference_app(ReferenceSettings())
    failed = next(each["id"] for each in Api(app).instances() if each["state"] == "ERROR")
    before = Api(app).instance(failed)
    Caller(fault.add_to(app)).call("retriggerInstance", {}, workflowId=before["processId"], instanceId=failed)
    assert Api(app).instance(failed) == before


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_caller_without_a_token_is_rejected(fault: BaseFault) -> None:
    caller = Caller(fault.add_to(create_reference_app(ReferenceSettings(token="secret"))))
    for operation_id in fault.refuses or {"getInstances"}:
        caller.call(operation_id, workflowId="create-service", instanceId="no-such-instance")
    assert {each.response.status for each in caller.exchanges} == {401}
