"""With several security schemes, each request carries the credentials that its operation requires."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from ...support.documents import write_document
from ...support.referring import list_operations, read_reference
from ...support.running import imported

DOCUMENT = """
openapi: 3.1.0
info: {title: Pets, version: "1"}
security: [{app: [], user: [read]}, {key: []}]
paths:
  /pets:
    get:
      operationId: listPets
      responses: {"204": {description: ok}}
    post:
      operationId: addPet
      security: [{user: []}]
      responses: {"204": {description: ok}}
    put:
      operationId: openPets
      security: [{}, {key: []}]
      responses: {"204": {description: ok}}
    delete:
      operationId: dropPets
      security: []
      responses: {"204": {description: ok}}
    patch:
      operationId: sealPets
      security: [{seal: [], key: []}]
      responses: {"204": {description: ok}}
components:
  securitySchemes:
    app: {type: apiKey, in: query, name: app-id}
    user: {type: http, scheme: bearer}
    key: {type: apiKey, in: header, name: X-Key}
    seal: {type: mutualTLS}
"""


def send(
    folder: Path, method: str, tokens: dict[str, Any], answers: Callable[[httpx.Request], int] = lambda _: 204
) -> list[tuple[str, str, str]]:
    """Call `method` and return the query, the authorization and the key of each request."""
    sent: list[tuple[str, str, str]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        headers = request.headers
        query = request.url.query.decode()
        sent.append((query, headers.get("authorization", ""), headers.get("x-key", "")))
        return httpx.Response(answers(request))

    with imported(folder, DOCUMENT) as package:
        credentials = package.Credentials(**tokens)
        transport = httpx.MockTransport(answer)
        with package.Client("http://backend", auth=credentials, transport=transport) as client:
            getattr(client, method)()
    return sent


@pytest.mark.parametrize(
    ("method", "tokens", "expected"),
    [
        ("list_pets", {"app": "a-id", "user": "u-token"}, ("app-id=a-id", "Bearer u-token", "")),
        (
            "list_pets",
            {"app": "a-id", "user": "u-token", "key": "k-key"},
            ("app-id=a-id", "Bearer u-token", ""),
        ),
        ("list_pets", {"user": "u-token", "key": "k-key"}, ("", "", "k-key")),
        ("add_pet", {"app": "a-id", "user": lambda: "u-token", "key": "k-key"}, ("", "Bearer u-token", "")),
        ("open_pets", {"user": "u-token"}, ("", "", "")),
        ("open_pets", {"key": "k-key"}, ("", "", "k-key")),
        ("drop_pets", {"user": "u-token", "key": "k-key"}, ("", "", "")),
        ("seal_pets", {"key": "k-key"}, ("", "", "k-key")),
    ],
)
def test_the_first_complete_alternative_is_sent(
    tmp_path: Path, method: str, tokens: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    assert send(tmp_path, method, tokens) == [expected]


@pytest.mark.parametrize(("tokens", "held"), [({}, ""), ({"app": "a-s3cret"}, "app=***")])
def test_a_call_without_required_credentials_is_rejected(
    tmp_path: Path, tokens: dict[str, str], held: str
) -> None:
    with pytest.raises(ValueError, match="listPets") as raised:
        send(tmp_path, "list_pets", tokens)
    message = f"listPets requires a token for app and user, or key; the client has Credentials({held})"
    assert str(raised.value) == message


def test_renewed_tokens_are_sent_after_a_401(tmp_path: Path) -> None:
    apps, users = iter(["a-1", "a-1"]), iter(["u-old", "u-new"])
    tokens = {"app": lambda: next(apps), "user": lambda: next(users)}
    sent = send(
        tmp_path,
        "list_pets",
        tokens,
        lambda request: 204 if "new" in request.headers["authorization"] else 401,
    )
    assert sent == [("app-id=a-1", "Bearer u-old", ""), ("app-id=a-1", "Bearer u-new", "")]


def test_an_async_client_awaits_each_source(tmp_path: Path) -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(f"{request.url.query.decode()} {request.headers['authorization']}")
        return httpx.Response(204)

    async def give() -> str:
        return "u-token"

    async def call(package: Any) -> None:
        auth = package.Credentials(app="a-id", user=give)
        async with package.AsyncClient(
            "http://backend", auth=auth, transport=httpx.MockTransport(answer)
        ) as client:
            await client.list_pets()

    with imported(tmp_path, DOCUMENT) as package:
        asyncio.run(call(package))
    assert seen == ["app-id=a-id Bearer u-token"]


@pytest.mark.parametrize(
    ("token", "reason"),
    [(5, "the token for user must be a str or a function that returns one, got int"), ("a b", "whitespace")],
)
def test_an_invalid_token_is_rejected_on_construction(tmp_path: Path, token: Any, reason: str) -> None:
    with imported(tmp_path, DOCUMENT) as package, pytest.raises(ValueError, match=reason):
        package.Credentials(user=token)


def test_repr_redacts_tokens(tmp_path: Path) -> None:
    with imported(tmp_path, DOCUMENT) as package:
        credentials = package.Credentials(app="a-s3cret", user=lambda: "u-s3cret")
        client = package.Client("http://backend", auth=credentials)
        assert f"{credentials!r} {client!r}".count("s3cret") == 0
        assert repr(credentials) == "Credentials(app=***, user=***)"


def test_a_single_token_uses_the_first_scheme(tmp_path: Path) -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.query.decode())
        return httpx.Response(204)

    with (
        imported(tmp_path, DOCUMENT) as package,
        package.Client("http://backend", auth="a-id", transport=httpx.MockTransport(answer)) as client,
    ):
        client.add_pet()
    assert seen == ["app-id=a-id"]


def test_schemes_that_send_the_token_alike_need_no_credentials_class(tmp_path: Path) -> None:
    document = DOCUMENT.replace("{type: apiKey, in: query, name: app-id}", "{type: oauth2, flows: {}}")
    document = document.replace("{type: apiKey, in: header, name: X-Key}", "{type: http, scheme: Bearer}")
    with imported(tmp_path, document) as package:
        assert not hasattr(package, "Credentials")


def test_samples_send_all_credentials_of_an_alternative(tmp_path: Path) -> None:
    reference = read_reference(write_document(tmp_path, DOCUMENT))
    samples = {each.id: [sample.text for sample in each.samples] for each in list_operations(reference)}
    curl, python = samples["listPets"]
    assert "'?app-id='\"$APP_KEY\"" in curl
    assert '--header "Authorization: Bearer $USER_TOKEN"' in curl
    assert 'app=os.environ["APP_KEY"],' in python
    assert 'user=os.environ["USER_TOKEN"],' in python
    compile(python, "sample", "exec")
    assert "auth" not in samples["dropPets"][1]
    assert 'auth=Credentials(user=os.environ["TOKEN"])' in samples["addPet"][1]


def test_all_credentials_are_sent_without_security_requirements(tmp_path: Path) -> None:
    unsaid = re.sub(r"^( *)security: .*\n", "", DOCUMENT, flags=re.MULTILINE)
    seen: list[tuple[str, str]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append((request.url.query.decode(), request.headers.get("x-key", "")))
        return httpx.Response(204)

    with imported(tmp_path, unsaid) as package:
        auth = package.Credentials(app="a-id", key="k-key")
        with package.Client("http://backend", auth=auth, transport=httpx.MockTransport(answer)) as client:
            client.drop_pets()
    assert seen == [("app-id=a-id", "k-key")]
