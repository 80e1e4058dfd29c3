"""The probes of peers accept a correct side, and detect each kind of error."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest

from tests.generator.support.probe.document import DescribedOperation, read_document, read_operations

from .probes.comparing import Comparing, Key
from .probes.exchange import BASE, Exchange
from .probes.naming import name_arguments
from .probes.sides import Probing

DOCUMENT = """
openapi: 3.1.0
info: {title: Things, version: "1"}
paths:
  /things/{thingId}:
    put:
      operationId: putThing
      parameters:
        - {name: thingId, in: path, required: true, schema: {type: string, minLength: 1}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 99, default: 10}}
      requestBody:
        required: true
        content:
          application/json: {schema: {$ref: "#/components/schemas/Thing"}}
      responses:
        "200":
          description: As it is now.
          content:
            application/json: {schema: {$ref: "#/components/schemas/Thing"}}
        default: {description: Any error.}
components:
  schemas:
    Thing:
      type: object
      required: [weight]
      properties:
        weight: {type: number}
        since: {type: string, format: date-time}
"""

Change = Callable[[Any], Any]


def keep(value: Any) -> Any:
    return value


def as_floats(value: Any) -> Any:
    return {**value, "weight": float(value["weight"])}


def known_only(value: Any) -> Any:
    return {name: value[name] for name in ("weight", "since") if name in value}


def as_offsets(value: Any) -> Any:
    return {**value, "since": value["since"].replace("Z", "+00:00")} if "since" in value else value


def without_since(value: Any) -> Any:
    return {name: each for name, each in value.items() if name != "since"}


class Client:
    """A client with hand-written requests. It applies `change` to the body that it sends and to the answer."""

    def __init__(self, change: Change, *, sends_defaults: bool = False) -> None:
        self.change = change
        self.sends_defaults = sends_defaults

    def find(self, described: DescribedOperation) -> str:
        return described.path

    def call(self, found: str, exchange: Exchange) -> tuple[httpx.Request, Any]:
        values = {parameter.name: value for parameter, value in exchange.inputs.parameters}
        query = {"limit": 10} if self.sends_defaults else {}
        query |= {name: value for name, value in values.items() if name == "limit"}
        path = found.replace("{thingId}", quote(values["thingId"], safe=""))
        content = json.dumps(self.change(exchange.inputs.body))
        request = httpx.Request("PUT", f"{BASE}{path}?{urlencode(query)}", content=content)
        return request, self.change(exchange.answer)


class Server:
    """A server that applies `change_body` to the body that it receives, and `change_answer` to its answer."""

    def __init__(self, change_body: Change, change_answer: Change) -> None:
        self.change_body = change_body
        self.change_answer = change_answer

    def find(self, described: DescribedOperation) -> str:
        return described.path

    def serve(
        self, _: str, request: httpx.Request, exchange: Exchange
    ) -> tuple[Mapping[Key, Any], httpx.Response]:
        assert request.method == "PUT"
        limit = request.url.params.get("limit")
        values = {parameter.name: value for parameter, value in exchange.inputs.parameters}
        given: dict[Key, Any] = {
            ("path", "thingId"): values["thingId"],
            ("query", "limit"): int(limit) if limit else 10,
            ("body", ""): self.change_body(json.loads(request.content)),
        }
        return given, httpx.Response(200, json=self.change_answer(exchange.answer))


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "things.yaml"
    path.write_text(DOCUMENT)
    return path


@pytest.mark.parametrize(
    ("side", "by_meaning", "to_the_letter"),
    [
        pytest.param(Client(keep), True, True, id="client"),
        pytest.param(Client(keep, sends_defaults=True), True, True, id="client that sends defaults"),
        pytest.param(Client(as_offsets), True, True, id="client that writes timestamps with an offset"),
        pytest.param(Client(as_floats), True, False, id="client that converts integers to floats"),
        pytest.param(Client(known_only), True, False, id="client that drops unknown properties"),
        pytest.param(Client(without_since), False, False, id="client that drops a known property"),
        pytest.param(Server(keep, keep), True, True, id="server"),
        pytest.param(Server(as_floats, keep), True, False, id="server that converts integers to floats"),
        pytest.param(Server(keep, known_only), True, False, id="server that drops unknown properties"),
        pytest.param(
            Server(without_since, keep), False, False, id="server that drops a known property of the request"
        ),
        pytest.param(
            Server(keep, without_since), False, False, id="server that drops a known property of the answer"
        ),
    ],
)
def test_a_side_passes_or_fails(spec: Path, side: Any, by_meaning: bool, to_the_letter: bool) -> None:
    for exact, passes in ((False, by_meaning), (True, to_the_letter)):
        total, failures = Probing(spec, side, examples=40, exact=exact).run()
        assert total == 1
        assert not failures if passes else [*failures] == ["PUT /things/{thingId}"]


def test_a_missing_operation_fails(spec: Path) -> None:
    side = Client(keep)
    side.find = lambda described: None  # type: ignore[method-assign, assignment]
    assert Probing(spec, side, examples=1, exact=False).run() == (
        1,
        {"PUT /things/{thingId}": "AssertionError: is left out"},
    )


@pytest.mark.parametrize(
    ("wanted", "found", "by_meaning"),
    [
        ("2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", True),
        ("http://a.example", "http://a.example/", True),
        ("PT36S", "PT0M36S", True),
        ("2026-01-01", "2026-01-02", False),
        ("a", "b", False),
        (1, True, False),
        (0, None, False),
        ([1], [1, 1], False),
        ({"a": None}, {}, True),
        ({"a": 1}, {}, False),
        (2**70, float(2**70), True),
    ],
)
def test_values_are_compared_by_meaning(wanted: Any, found: Any, by_meaning: bool) -> None:
    assert (Comparing(exact=False).find(wanted, found, "value") == "") is by_meaning


def test_arguments_are_matched_by_name(spec: Path) -> None:
    (described,) = read_operations(read_document(spec))
    names = name_arguments(described, ["self", "limit_query", "thing_id", "body"])
    assert names == {("path", "thingId"): "thing_id", ("query", "limit"): "limit_query"}
