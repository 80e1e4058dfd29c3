"""Undocumented enum values: the client accepts, marks and returns them, the server rejects them."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from orchestrator_v2 import UnknownValue, models
from orchestrator_v2._media import InvalidValue, Json
from orchestrator_v2.models import ProcessInstanceStatusDTO
from pydantic import ValidationError

from ..support.calling import Call, CannedHandlers, Wire, both_clients, send_request

PATH = "/v2/workflows/instances/i"
OUTPUT = {"key": "a", "value": "b", "format": "diagram"}


def instance(**more: Any) -> dict[str, Any]:
    return {"id": "i", "processId": "w", "nodes": [], **more}


@both_clients
def test_an_undocumented_state_is_an_unknown_value(call: Call) -> None:
    found = call(Wire(json=instance(state="PAUSED")), "get_instance_by_id", {"instance_id": "i"})
    assert isinstance(found.state, UnknownValue)
    assert not isinstance(found.state, ProcessInstanceStatusDTO)
    assert found.state == "PAUSED"
    assert f"{found.state}" == "PAUSED"
    assert pickle.loads(pickle.dumps(found)) == found


@both_clients
def test_a_documented_state_is_an_enum_member(call: Call) -> None:
    found = call(Wire(json=instance(state="ACTIVE")), "get_instance_by_id", {"instance_id": "i"})
    assert found.state is ProcessInstanceStatusDTO.ACTIVE


@both_clients
def test_an_inline_enum_accepts_unknown_values(call: Call) -> None:
    data = {"result": {"outputs": [OUTPUT, {**OUTPUT, "format": "link"}]}}
    found = call(Wire(json=instance(workflowdata=data)), "get_instance_by_id", {"instance_id": "i"})
    new, known = found.workflowdata.result.outputs
    assert isinstance(new.format, UnknownValue)
    assert known.format == "link"
    assert not isinstance(known.format, UnknownValue)


@pytest.mark.parametrize("state", ["PAUSED", "ACTIVE", None])
def test_unknown_values_round_trip(state: str | None) -> None:
    sent = instance(state=state) if state else instance()
    json_of = Json[models.ProcessInstanceDTO](models.ProcessInstanceDTO)
    found = json_of.decode(json.dumps(sent).encode(), lenient=True)
    assert json.loads(json_of.encode(found)) == sent


def test_strict_decoding_lists_the_documented_values() -> None:
    json_of = Json[models.ProcessInstanceDTO](models.ProcessInstanceDTO)
    with pytest.raises(InvalidValue, match=r"state.*: Input should be 'ACTIVE', 'ERROR'") as raised:
        json_of.decode(json.dumps(instance(state="PAUSED")).encode(), lenient=False)
    assert "PAUSED" not in str(raised.value)
    assert "; " not in str(raised.value)


def test_a_server_response_with_an_unknown_value_is_a_500() -> None:
    answer = models.ProcessInstanceDTO.model_validate(instance(state="PAUSED"))
    app = CannedHandlers(get_instance_by_id=answer).app()
    assert send_request(app, "GET", PATH).status_code == 500


def test_a_server_rejects_unknown_values_in_requests() -> None:
    app = CannedHandlers(get_instances=models.ProcessInstanceListResultDTO(items=[])).app()
    refused = send_request(
        app, "POST", "/v2/workflows/instances", json={"paginationInfo": {"orderDirection": "UP"}}
    )
    assert refused.status_code == 400
    assert "paginationInfo.orderDirection" in refused.json()["message"]


def test_enums_in_requests_reject_unknown_values() -> None:
    with pytest.raises(ValidationError, match="Input should be 'EQ', 'GT'"):
        models.FieldFilter.model_validate({"field": "a", "operator": "NE", "value": 1})


def test_an_unknown_value_must_be_a_string() -> None:
    with pytest.raises(ValidationError):
        models.ProcessInstanceDTO.model_validate(instance(state=5))


def test_a_match_statement_can_cover_all_values() -> None:
    def describe(state: ProcessInstanceStatusDTO | UnknownValue | None) -> str:
        match state:
            case ProcessInstanceStatusDTO.ACTIVE:
                return "runs"
            case UnknownValue():
                return f"{state}?"
            case _:
                return "other"

    assert [describe(each) for each in (ProcessInstanceStatusDTO.ACTIVE, UnknownValue("X"), None)] == [
        "runs",
        "X?",
        "other",
    ]
