"""Documented response headers are typed in the client and validated in the server."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import httpx
import pytest
from orchestrator_codegen.pipeline import generate_package

from ...support.documents import HEAD, PETS, write_document
from ...support.referring import list_operations, read_reference
from ...support.running import imported, serve

DOCUMENT: Final = f"""{HEAD}
  headers:
    Left: {{required: true, schema: {{type: integer, minimum: 0}}}}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        "200":
          description: pets
          headers:
            X-Left: {{$ref: "#/components/headers/Left"}}
            X-Kinds: {{schema: {{type: array, items: {{type: string}}}}}}
            X-Mood: {{schema: {{type: string, enum: [good, bad]}}}}
            X-Pet: {{content: {{application/json: {{schema: {{$ref: "#/components/schemas/Pet"}}}}}}}}
            Content-Type: {{schema: {{type: integer}}}}
            Read: {{schema: {{type: boolean}}}}
          content: {{text/plain: {{schema: {{type: string}}}}}}
        "204": {{description: none}}
        "429":
          description: later
          headers: {{retry-after: {{required: true, schema: {{type: integer}}}}, x-left: {{schema: {{type: string}}}}}}
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    with imported(tmp_path_factory.mktemp("headers"), DOCUMENT) as package:
        importlib.import_module(f"{package.__name__}.server")
        yield package


def read(package: ModuleType, status: int, headers: Mapping[str, str]) -> Any:
    """Return the typed headers that the client reads from an answer with `headers`."""
    answer = httpx.Response(status, text="ok", headers={"content-type": "text/plain", **headers})
    with package.Client("http://backend", transport=httpx.MockTransport(lambda _: answer)) as client:
        return package.headers.ListPetsHeaders.read(client.with_raw_response(client.list_pets)())


NONE: Final = dict.fromkeys(("x_left", "x_kinds", "x_mood", "x_pet", "read_", "retry_after"))


@pytest.mark.parametrize(
    ("status", "headers", "expected"),
    [
        (200, {"x-left": "3"}, {"x_left": 3}),
        (200, {"X-LEFT": "3", "X-Kinds": "cat, dog"}, {"x_left": 3, "x_kinds": ["cat", "dog"]}),
        (200, {"X-Left": "0", "Read": "true", "Retry-After": "9"}, {"x_left": 0, "read_": True}),
        (204, {"X-Left": "never"}, {}),
        (418, {"X-Left": "never"}, {}),
        (429, {"Retry-After": "9", "X-Left": "3"}, {"x_left": "3", "retry_after": 9}),
    ],
)
def test_headers_are_read_by_status(
    package: ModuleType, status: int, headers: Mapping[str, str], expected: Mapping[str, Any]
) -> None:
    found = read(package, status, headers)
    assert {name: getattr(found, name) for name in NONE} == {**NONE, **expected}


def test_a_header_can_hold_a_model_or_an_enum(package: ModuleType) -> None:
    found = read(package, 200, {"X-Left": "3", "X-Pet": '{"name": "Rex"}', "X-Mood": "good"})
    assert (found.x_pet.name, found.x_mood) == ("Rex", "good")


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({}, "header X-Left: is required but missing"),
        ({"X-Left": "few"}, "header X-Left: expected an integer"),
        ({"X-Left": "-1"}, "header X-Left: value: Input should be greater than or equal to 0"),
    ],
)
def test_an_invalid_header_is_neither_read_nor_sent(
    package: ModuleType, headers: Mapping[str, str], reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(package.DecodeError) as raised:
        read(package, 200, headers)
    assert raised.value.reason == reason
    assert answer(package, package.server.Reply("ok", headers=headers)).status_code == 500
    assert f"listPets: the handler's result does not match the document: {reason}" in caplog.text


@pytest.mark.parametrize(("mode", "count"), [("log", 1), ("off", 0)], ids=["log", "off"])
def test_validate_answers_applies_to_headers(
    package: ModuleType, mode: str, count: int, caplog: pytest.LogCaptureFixture
) -> None:
    sent = answer(package, "ok", validate_answers=mode)
    assert (sent.status_code, sent.text) == (200, "ok")
    assert caplog.text.count("header X-Left: is required but missing") == count


def test_the_headers_of_a_reply_are_validated_by_its_status(package: ModuleType) -> None:
    reply = package.server.Reply("ok", headers={"x-left": "3", "X-More": "undocumented"})
    assert answer(package, reply).headers["X-More"] == "undocumented"
    assert answer(package, package.server.Reply(None, 204)).status_code == 204


def answer(package: ModuleType, reply: object, **options: Any) -> httpx.Response:
    """Return the answer of the stubs to a handler that returns `reply`."""

    async def ask() -> httpx.Response:
        wire = serve(package, handlers={"list_pets": lambda: reply}, **options)
        async with httpx.AsyncClient(base_url="http://backend", transport=wire) as client:
            return await client.get("/pets")

    return asyncio.run(ask())


def test_no_module_is_generated_without_response_headers(tmp_path: Path) -> None:
    assert {"headers.py", "_headers.py"}.isdisjoint(generate_package(write_document(tmp_path, PETS)).files)


def test_the_docs_show_how_to_read_headers(tmp_path: Path) -> None:
    (operation,) = list_operations(read_reference(write_document(tmp_path, DOCUMENT)))
    assert operation.hints == (
        "`headers.ListPetsHeaders.read(raw)` reads the documented headers of "
        "`raw = client.with_raw_response(client.list_pets)(...)`.",
    )
    assert [each.name for each in operation.answers[0].headers][:2] == ["X-Left", "X-Kinds"]
