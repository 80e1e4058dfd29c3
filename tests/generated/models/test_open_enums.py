"""Values that the document does not list: borne by the client, told apart, sent back, and refused by the server."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from orchestrator_v2 import UnknownValue, models
from orchestrator_v2._media import InvalidValue, Json
from orchestrator_v2.models import ProcessInstanceStatusDTO
from pydantic import ValidationError

from ..support.calling import Call, Canned, Wire, ask, both_clients

PATH = "/v2/workflows/instances/i"
OUTPUT = {"key": "a", "value": "b", "format": "diagram"}


def instance(**more: Any) -> dict[str, Any]:
    return {"id": "i", "processId": "w", "nodes": [], **more}


@both_clients
def test_a_new_state_is_text_that_is_told_apart(call: Call) -> None:
    found = call(Wire(json=instance(state="PAUSED")), "get_instance_by_id", {"instance_id": "i"})
    assert isinstance(found.state, UnknownValue)
    assert not isinstance(found.state, ProcessInstanceStatusDTO)
    assert found.state == "PAUSED"
    assert f"{found.state}" == "PAUSED"
    assert pickle.loads(pickle.dumps(found)) == found


@both_clients
def test_a_known_state_is_a_member(call: Call) -> None:
    found = call(Wire(json=instance(state="ACTIVE")), "get_instance_by_id", {"instance_id": "i"})
    assert found.state is ProcessInstanceStatusDTO.ACTIVE


@both_clients
def test_an_enum_without_a_name_is_open_too(call: Call) -> None:
    data = {"result": {"outputs": [OUTPUT, {**OUTPUT, "format": "link"}]}}
    found = call(Wire(json=instance(workflowdata=data)), "get_instance_by_id", {"instance_id": "i"})
    new, known = found.workflowdata.result.outputs
    assert isinstance(new.format, UnknownValue)
    assert known.format == "link"
    assert not isinstance(known.format, UnknownValue)


@pytest.mark.parametrize("state", ["PAUSED", "ACTIVE", None])
def test_it_is_sent_back_as_it_came(state: str | None) -> None:
    sent = instance(state=state) if state else instance()
    json_of = Json[models.ProcessInstanceDTO](models.ProcessInstanceDTO)
    found = json_of.decode(json.dumps(sent).encode(), lenient=True)
    assert json.loads(json_of.encode(found)) == sent


def test_the_strict_reading_refuses_it_and_says_what_would_do() -> None:
    json_of = Json[models.ProcessInstanceDTO](models.ProcessInstanceDTO)
    with pytest.raises(InvalidValue, match=r"state.*: Input should be 'ACTIVE', 'ERROR'") as raised:
        json_of.decode(json.dumps(instance(state="PAUSED")).encode(), lenient=False)
    assert "PAUSED" not in str(raised.value)
    assert "; " not in str(raised.value)


def test_a_server_answers_only_what_the_document_lists() -> None:
    answer = models.ProcessInstanceDTO.model_validate(instance(state="PAUSED"))
    app = Canned(get_instance_by_id=answer).app()
    assert ask(app, "GET", PATH).status_code == 500


def test_a_server_takes_only_what_the_document_lists() -> None:
    app = Canned(get_instances=models.ProcessInstanceListResultDTO(items=[])).app()
    refused = ask(app, "POST", "/v2/workflows/instances", json={"paginationInfo": {"orderDirection": "UP"}})
    assert refused.status_code == 400
    assert "paginationInfo.orderDirection" in refused.json()["message"]


def test_what_is_only_sent_stays_closed() -> None:
    with pytest.raises(ValidationError, match="Input should be 'EQ', 'GT'"):
        models.FieldFilter.model_validate({"field": "a", "operator": "NE", "value": 1})


def test_it_must_be_text_all_the_same() -> None:
    with pytest.raises(ValidationError):
        models.ProcessInstanceDTO.model_validate(instance(state=5))


def test_a_match_can_be_complete() -> None:
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
