"""Every example of the document passes through the package unchanged."""

from __future__ import annotations

import json
import re
from typing import Any, get_type_hints

import pytest
from orchestrator_v2 import ApiError, AsyncClient
from pydantic import TypeAdapter

from ..support.calling import AppTransport, Call, CannedHandlers, Wire, both_clients, call_async
from ..support.document import OPERATIONS


def find_examples(*where: str) -> list[Any]:
    """Return a parameter set, method name and example, for each example below `where` in an operation."""
    found = []
    for operation_id, operation in OPERATIONS.items():
        part: Any = operation
        for key in where:
            part = part.get(key, {})
        for media in part.get("content", {}).values():
            for name, example in media["examples"].items():
                method = re.sub(r"(?=[A-Z])", "_", operation_id).lower()
                found.append(pytest.param(method, example["value"], id=f"{operation_id}-{name}"))
    return found


def build(method: str, what: str, example: Any) -> Any:
    """Return `example` as a value of the `body` argument, or of the `return` type, of `method`."""
    adapter = TypeAdapter[Any](get_type_hints(getattr(AsyncClient, method))[what])
    return adapter.validate_json(json.dumps(example), strict=True, by_alias=True, by_name=False)


def fill_arguments(method: str) -> dict[str, Any]:
    """Return the required arguments of `method`: a value for each path parameter, and an empty body."""
    hints = get_type_hints(getattr(AsyncClient, method))
    segments = {name: name for name, hint in hints.items() if hint is str and name != "return"}
    return {**segments, **({"body": build(method, "body", {})} if "body" in hints else {})}


@pytest.mark.parametrize(("method", "example"), find_examples("responses", "200"))
def test_example_responses_round_trip(method: str, example: Any) -> None:
    value = build(method, "return", example)
    tap = AppTransport(CannedHandlers(**{method: value}).app("/api/orchestrator"))
    assert call_async(tap, method, fill_arguments(method)) == value
    assert tap.read_answer() == example


@both_clients
@pytest.mark.parametrize(("method", "example"), find_examples("requestBody"))
def test_example_requests_are_sent_unchanged(call: Call, method: str, example: Any) -> None:
    wire = Wire(500, json={"message": "no"})
    with pytest.raises(ApiError):
        call(wire, method, {**fill_arguments(method), "body": build(method, "body", example)})
    assert json.loads(wire.request.content) == example
    assert wire.request.headers["content-type"] == "application/json"


@both_clients
@pytest.mark.parametrize(("method", "example"), find_examples("responses", "500"))
def test_example_errors_are_typed(call: Call, method: str, example: Any) -> None:
    with pytest.raises(ApiError) as raised:
        call(Wire(500, json=example), method, fill_arguments(method))
    error = raised.value.error
    assert error is not None
    assert error.model_dump(by_alias=True, exclude_unset=True) == example
