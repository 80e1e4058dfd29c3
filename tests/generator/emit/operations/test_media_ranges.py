"""A key of `content` can be a media range: one type in it is sent, and every type in it is accepted."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
from orchestrator_codegen.api.media_types import choose_media_type, make_concrete
from orchestrator_v2._media import Bytes, Json, Text, is_of

from ...support.documents import HEAD, write_document
from ...support.referring import list_operations, read_reference
from ...support.running import imported, serve


@pytest.mark.parametrize(
    ("found", "wanted", "expected"),
    [
        ("application/json", "application/json", True),
        ("Application/JSON; charset=utf-8", "application/json", True),
        ("application/json", "*/*", True),
        ("", "*/*", True),
        ("image/png", "*", True),
        ("text/csv; header=present", "text/*", True),
        ("image/png", "text/*", False),
        ("application/problem+json", "application/*+json", True),
        ("application/json", "application/*+json", True),
        ("application/xml", "application/*+json", False),
        ("text/json", "application/*+json", False),
        ("", "text/*", False),
        ("application/jsonp", "application/json", False),
    ],
)
def test_which_types_are_in_a_range(found: str, wanted: str, expected: bool) -> None:
    assert is_of(found, wanted) is expected


@pytest.mark.parametrize(
    ("media", "content_type"),
    [
        (Json[Any](int, "*/*"), "application/json"),
        (Json[Any](int, "application/*"), "application/json"),
        (Json[Any](int, "application/*+json"), "application/json"),
        (Json[Any](int, "application/problem+json"), "application/problem+json"),
        (Text("*/*"), "text/plain"),
        (Text("text/*"), "text/plain"),
        (Bytes("*/*"), "application/octet-stream"),
        (Bytes("image/*"), "image/octet-stream"),
        (Bytes("application/*+xml"), "application/xml"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_the_sent_type_is_in_its_range(media: Any, content_type: str) -> None:
    assert media.describe(b"") == content_type
    assert is_of(content_type, media.media_type)
    if isinstance(media, Json):
        assert make_concrete(media.media_type) == content_type


@pytest.mark.parametrize(
    ("media_types", "chosen"),
    [
        (["application/*+json", "text/json", "application/json"], "application/json"),
        (["*/*", "application/vnd.zoo+json"], "application/vnd.zoo+json"),
        (["application/vnd.zoo+json", "application/json"], "application/json"),
        (["*/*", "multipart/form-data"], "multipart/form-data"),
        (["text/plain", "*/*"], "*/*"),
        (["image/*", "image/png"], "image/png"),
        (["image/png", "application/*+json"], "application/*+json"),
        (["text/*", "image/png"], "image/png"),
    ],
)
def test_which_of_several_types_is_chosen(media_types: list[str], chosen: str) -> None:
    assert choose_media_type(media_types) == chosen


DOCUMENT = f"""{HEAD}paths:
  /pets:
    post:
      operationId: addPet
      requestBody:
        required: true
        content: {{"*/*": {{schema: {{$ref: "#/components/schemas/Pet"}}}}}}
      responses:
        "200":
          description: ok
          content: {{"*/*": {{schema: {{$ref: "#/components/schemas/Pet"}}}}}}
  /names:
    get:
      operationId: getNames
      responses:
        "200": {{description: ok, content: {{"*/*": {{schema: {{type: string}}}}}}}}
  /picture:
    get:
      operationId: getPicture
      responses:
        "200": {{description: ok, content: {{"*/*": {{schema: {{type: string, format: binary}}}}}}}}
  /export:
    get:
      operationId: getExport
      responses:
        "200": {{description: ok, content: {{application/json: {{schema: {{type: string, format: binary}}}}}}}}
  /whatever:
    get:
      operationId: getWhatever
      responses:
        "200": {{description: ok, content: {{"*/*": {{}}}}}}
"""


@pytest.mark.parametrize(
    ("method", "content_type", "content", "expected"),
    [
        ("get_names", "text/csv", b'"a",b', '"a",b'),
        ("get_picture", "image/png", b"\x89PNG", b"\x89PNG"),
        ("get_export", "application/json", b"[1, 2", b"[1, 2"),
        ("get_whatever", "text/html", b"<p>", b"<p>"),
    ],
)
def test_an_answer_of_any_type_in_the_range_is_accepted(
    tmp_path: Path, method: str, content_type: str, content: bytes, expected: object
) -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=content, headers={"content-type": content_type})

    with (
        imported(tmp_path, DOCUMENT) as package,
        package.Client("http://backend", transport=httpx.MockTransport(answer)) as client,
    ):
        assert getattr(client, method)() == expected


def test_client_and_server_send_a_concrete_type(tmp_path: Path) -> None:
    seen: list[tuple[str, str]] = []

    async def call(package: Any) -> Any:
        wire = serve(package, handlers={"add_pet": lambda body: body})
        hooks: dict[str, Any] = {"response": [note]}
        async with package.AsyncClient("http://backend", transport=wire, event_hooks=hooks) as client:
            return await client.add_pet(package.models.Pet(name="Ada"))

    async def note(response: httpx.Response) -> None:
        seen.append((response.request.headers["content-type"], response.headers["content-type"]))

    with imported(tmp_path, DOCUMENT) as package:
        assert asyncio.run(call(package)).name == "Ada"
    assert seen == [("application/json", "application/json")]


def test_samples_send_a_concrete_type(tmp_path: Path) -> None:
    reference = read_reference(write_document(tmp_path, DOCUMENT))
    curl = {each.id: each.samples[0].text for each in list_operations(reference)}["addPet"]
    assert "--header 'Content-Type: application/json'" in curl
