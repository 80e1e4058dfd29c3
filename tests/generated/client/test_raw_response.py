"""Raw responses: status, headers and value, with exceptions raised only by `parse()`."""

from __future__ import annotations

import asyncio

import pytest
from orchestrator_v2 import AsyncClient, Client, DecodeError, RawResponse, models
from orchestrator_v2.errors import NotFound

from ..support.calling import ONCE, URL, Wire

OK = Wire(json={"items": []}, headers={"X-Request-Id": "r-1"})


def test_a_raw_response_has_status_headers_and_value() -> None:
    with Client(URL, transport=OK) as client:
        raw = client.with_raw_response(client.get_instances)(models.SearchRequest())
        assert isinstance(raw, RawResponse)
        assert (raw.status, raw.headers["x-request-id"], raw.body) == (200, "r-1", b'{"items":[]}')
        assert raw.parse() == models.ProcessInstanceListResultDTO(items=[])
        assert repr(raw) == "RawResponse(getInstances, 200)"
        assert client.get_instances().items == []


def test_an_asynchronous_client_returns_raw_responses() -> None:
    async def use() -> RawResponse[models.ProcessInstanceListResultDTO]:
        async with AsyncClient(URL, transport=OK) as client:
            return await client.with_raw_response(client.get_instances)()

    assert asyncio.run(use()).parse().items == []


@pytest.mark.parametrize(
    ("wire", "error"),
    [(Wire(404, json={"message": "no"}), NotFound), (Wire(200, text="no"), DecodeError)],
    ids=["404", "200"],
)
def test_parse_raises_for_an_error_response(wire: Wire, error: type[Exception]) -> None:
    with Client(URL, transport=wire, retry=ONCE) as client:
        raw = client.with_raw_response(client.get_instances)()
    assert raw.status == wire._answer[0]
    with pytest.raises(error):
        raw.parse()


def test_the_timeout_of_a_call_overrides_the_client() -> None:
    wire = Wire(json={"items": []})
    with Client(URL, transport=wire, timeout=9) as client:
        client.get_instances()
        client.get_instances(timeout=2)
    assert [each.extensions["timeout"]["read"] for each in wire.requests] == [9, 2]


def test_hooks_see_every_attempt() -> None:
    seen: list[str] = []
    hooks = {
        "request": [lambda request: seen.append(request.method)],
        "response": [lambda response: seen.append(str(response.status_code))],
    }
    with Client(URL, transport=Wire(json={"items": []}), event_hooks=hooks) as client:
        client.get_instances()
    assert seen == ["POST", "200"]
