"""Forms: how they are written, how bodies of other writers are read, and which bodies are rejected."""

from __future__ import annotations

import asyncio
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from orchestrator_v2._media import InvalidValue

from ...support.documents import HEAD, ROOT
from ...support.probe.wire import read_multipart
from ...support.running import imported, serve

RUNTIME: Final = ROOT / "generator" / "orchestrator_codegen" / "runtime"


def load_forms() -> ModuleType:
    """Return the runtime module of forms, loaded into the generated package, which does not use it."""
    spec = importlib.util.spec_from_file_location("orchestrator_v2._form", Path(RUNTIME / "_form.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look up their module
    try:
        spec.loader.exec_module(module)
    finally:
        del sys.modules[spec.name]
    return module


FORM: Final = load_forms()
FIELDS: Final = {
    "file": FORM.Field("file"),
    "files": FORM.Field("files"),
    "count": FORM.Field(reads=("integer",)),
    "tags": FORM.Field("list"),
    "size": FORM.Field("json"),
}
MULTIPART: Final = FORM.Multipart(dict[str, Any], FIELDS)
URLENCODED: Final = FORM.Form(dict[str, Any], {k: v for k, v in FIELDS.items() if v.kind[:4] != "file"})
small_settings: Final = settings(max_examples=50, derandomize=True, database=None, deadline=None)


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        ({"name": "a b"}, b"name=a+b"),
        ({"name": "ü&="}, b"name=%C3%BC%26%3D"),
        ({"name": ""}, b"name="),
        ({"count": 3}, b"count=3"),
        ({"tags": ["a", "b,c"]}, b"tags=a&tags=b%2Cc"),
        ({"size": {"w": 1}}, b"size=%7B%22w%22%3A1%7D"),
    ],
)
def test_an_urlencoded_form(value: dict[str, Any], sent: bytes) -> None:
    assert URLENCODED.encode(value) == sent
    assert URLENCODED.decode(sent, lenient=False) == value


def test_a_multipart_form() -> None:
    data = MULTIPART.encode({"name": "ü", "count": 3, "file": b"\xff\r\n--", "size": {"w": 1}})
    boundary = MULTIPART.describe(data).removeprefix("multipart/form-data; boundary=").encode()
    assert data == b"".join(
        b"--" + boundary + b"\r\n" + part + b"\r\n"
        for part in (
            b'Content-Disposition: form-data; name="name"\r\n\r\n\xc3\xbc',
            b'Content-Disposition: form-data; name="count"\r\n\r\n3',
            b'Content-Disposition: form-data; name="file"; filename="file"\r\n'
            b"Content-Type: application/octet-stream\r\n\r\n\xff\r\n--",
            b'Content-Disposition: form-data; name="size"\r\nContent-Type: application/json\r\n\r\n{"w":1}',
        )
    ) + (b"--" + boundary + b"--\r\n")


names = st.text(st.characters(codec="utf-8"), max_size=5).filter(lambda name: name not in FIELDS)
files = st.binary(max_size=20) | st.sampled_from([b"\r\n--", b"--\r\n", b"\r\n\r\n", b"\r\n", b"\0"])
forms = st.builds(
    lambda texts, known: {**texts, **known},
    st.dictionaries(names.filter(lambda name: "%" not in name), st.text(max_size=9), max_size=2),
    st.fixed_dictionaries(
        {}, optional={"file": files, "files": st.lists(files, min_size=1, max_size=3), "count": st.integers()}
    ),
)


def is_plain(name: str) -> bool:
    """Return whether all writers of forms write `name` in the same way."""
    return name.isprintable() and not {"\\", "%"} & {*name}


@small_settings
@given(forms)
def test_a_form_round_trips(value: dict[str, Any]) -> None:
    assert MULTIPART.decode(MULTIPART.encode(value), lenient=False) == value


@small_settings
@given(forms.filter(lambda form: form and all(is_plain(name) and name.isascii() for name in form)))
def test_an_independent_parser_reads_a_form(value: dict[str, Any]) -> None:
    data = MULTIPART.encode(value)
    found = [(part.name, part.content) for part in read_multipart(MULTIPART.describe(data), data)]
    items = [
        (name, each) for name, item in value.items() for each in (item if isinstance(item, list) else [item])
    ]
    assert found == [(name, each if isinstance(each, bytes) else str(each).encode()) for name, each in items]


@small_settings
@given(
    st.dictionaries(names.filter(is_plain), st.text(max_size=5), max_size=2),
    st.lists(files, max_size=2),
)
def test_a_form_of_httpx_is_read(texts: dict[str, str], sent: list[bytes]) -> None:
    parts: list[Any] = [(name, (None, text.encode())) for name, text in texts.items()]
    parts += [("files", ('a "b".png', each, "image/png")) for each in sent]
    if not parts:
        return
    data = httpx.Request("POST", "http://a.test", files=parts).read()
    assert MULTIPART.decode(data, lenient=False) == {**texts, **({"files": sent} if sent else {})}


@pytest.mark.parametrize(
    "head",
    [
        b'content-disposition:form-data;name="tags"',
        b"Content-Disposition: form-data; name=tags",
        b'Content-Disposition: form-data; filename="name=x"; name="tags"',
        b'Content-Disposition: form-data; filename="; name=\\"x\\""; name="tags"',
        b'Content-Type: text/plain; charset=utf-8\r\nContent-Disposition: form-data; name="tags"',
    ],
)
def test_every_notation_of_a_field_name_is_read(head: bytes) -> None:
    data = b"--b c\r\n" + head + b"\r\n\r\nx\r\n--b c  \r\n" + head + b"\r\n\r\ny\r\n--b c--"
    for end in (b"", b"\r\n", b"\r\nepilogue"):
        assert MULTIPART.decode(data + end, lenient=False) == {"tags": ["x", "y"]}


PART: Final = b'Content-Disposition: form-data; name="tags"\r\n\r\n'


@pytest.mark.parametrize(
    ("preamble", "epilogue"),
    [
        (b"", b""),
        (b"This is MIME.\r\n", b"\r\n"),
        (b"\r\n", b"\r\n--b\r\n" + PART + b"z\r\n--b--\r\n"),
        (b"--bc\r\n--\r\nx --b\r\n", b"\r\nThe end.\r\n--b"),
    ],
)
@pytest.mark.parametrize("written", ["boundary=b", 'charset=x; Boundary="b"'])
def test_preamble_and_epilogue_are_ignored(preamble: bytes, epilogue: bytes, written: str) -> None:
    parts = b"--b \t\r\n" + PART + b"x\r\n--bc\r\n--b\r\n" + PART + b"y\r\n--b-- "
    data = MULTIPART.unwrap(preamble + parts + epilogue, f"multipart/form-data; {written}")
    assert MULTIPART.decode(data, lenient=False) == {"tags": ["x\r\n--bc", "y"]}
    empty = MULTIPART.unwrap(preamble + b"--b--" + epilogue, f"multipart/form-data; {written}")
    assert MULTIPART.decode(empty, lenient=False) == {}


@pytest.mark.parametrize("data", [b"", b"--b", b"--b\r\n" + PART + b"x\r\n--c--", b"--c--", b"x--b--"])
def test_a_body_without_its_boundary_is_rejected(data: bytes) -> None:
    with pytest.raises(InvalidValue):
        MULTIPART.unwrap(data, "multipart/form-data; boundary=b")


UPLOAD: Final = f"""{HEAD}paths:
  /pets:
    post:
      operationId: addPet
      requestBody: &pet
        content: {{multipart/form-data: {{schema: {{type: object, properties: {{name: {{type: string}}}}}}}}}}
      responses: {{"200": {{description: added, <<: *pet}}}}
"""


def test_client_and_server_ignore_preamble_and_epilogue(tmp_path: Path) -> None:
    body = b'before\r\n--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nRex\r\n--b--\r\nafter'
    headers = {"content-type": "multipart/form-data; boundary=b"}
    seen: list[str] = []

    async def send(package: ModuleType) -> httpx.Response:
        wire = serve(package, handlers={"add_pet": lambda body: seen.append(body.name) or body})
        async with httpx.AsyncClient(transport=wire) as client:
            return await client.post("http://backend/pets", content=body, headers=headers)

    with imported(tmp_path, UPLOAD) as package:
        assert asyncio.run(send(package)).status_code == 200
        wire = httpx.MockTransport(lambda _: httpx.Response(200, content=body, headers=headers))
        with package.Client("http://backend", transport=wire) as client:
            seen.append(client.add_pet().name)
    assert seen == ["Rex", "Rex"]


HOSTILE: Final = [
    b"",
    b"--",
    b"--b",
    b"--b\r\n",
    b"--b\r\n\r\n--b--",
    b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
    b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx',
    b'--b\r\nContent-Disposition: form-data; name="a"\r\nx\r\n--b--',
    b'--b\r\nContent-Disposition: form-data; name="\xff"\r\n\r\nx\r\n--b--',
    b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff\r\n--b--',
    b'--b\r\nContent-Disposition: form-data; name="count"\r\n\r\nx\r\n--b--',
    b'--b\r\nContent-Disposition: form-data; name="size"\r\n\r\n{\r\n--b--',
    b'--b\r\nContent-Disposition: form-data; name="size"\r\n\r\n' + b"[" * 100_000 + b"\r\n--b--",
    b'--b\r\nContent-Disposition: form-data; name="count"\r\n\r\n' + b"1" * 10_000 + b"x\r\n--b--",
]


@pytest.mark.parametrize("data", HOSTILE, ids=lambda data: repr(data[:80]))
def test_an_invalid_multipart_form_is_rejected(data: bytes) -> None:
    with pytest.raises(InvalidValue):
        MULTIPART.decode(data, lenient=False)


@pytest.mark.parametrize(
    "data", [b"count=x", b"count=1&count=2", b"name=%FF", b"%FF=1", b"size={", b"a=1&a=\xff", b"count="]
)
def test_an_invalid_urlencoded_form_is_rejected(data: bytes) -> None:
    with pytest.raises(InvalidValue):
        URLENCODED.decode(data, lenient=False)


@small_settings
@given(st.binary(max_size=60), st.booleans())
def test_no_body_crashes(data: bytes, is_framed: bool) -> None:
    framed = b"--b\r\n" + data + b"\r\n--b--" if is_framed else data
    for media in (MULTIPART, URLENCODED):
        try:
            media.decode(framed, lenient=False)
        except InvalidValue:
            continue
