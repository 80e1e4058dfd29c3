"""The security scheme decides how a token is sent, and no error or log contains a key."""

from __future__ import annotations

import logging
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import httpx
import pytest

from ...support.documents import HEAD
from ...support.running import imported

PATHS = """paths:
  /pets:
    get:
      operationId: listPets
      parameters: [{name: q, in: query, allowReserved: true, schema: {type: string}}]
      responses: {"204": {description: ok}}
"""
TOKEN = "s3cret-t0ken"
BEARER = ("authorization", f"Bearer {TOKEN}")
SCHEMES = [
    ("", BEARER),
    ("{type: http, scheme: bearer}", BEARER),
    ("{type: http, scheme: Basic}", ("authorization", "Basic czNjcmV0LXQwa2Vu")),
    ("{type: oauth2, flows: {clientCredentials: {tokenUrl: /token, scopes: {}}}}", BEARER),
    ("{type: openIdConnect, openIdConnectUrl: 'https://id.example'}", BEARER),
    ("{type: apiKey, in: header, name: X-Key}", ("x-key", TOKEN)),
    ("{type: apiKey, in: cookie, name: sid}", ("cookie", f"sid={TOKEN}")),
    ("{type: apiKey, in: query, name: api key}", ("", f"api%20key={TOKEN}")),
]


def write(scheme: str) -> str:
    secured = (
        f"security: [{{main: []}}]\ncomponents: {{securitySchemes: {{main: {scheme}}}}}\n" if scheme else ""
    )
    return HEAD.partition("components:")[0] + secured + PATHS


@pytest.mark.parametrize("is_source", [False, True], ids=["token", "source"])
@pytest.mark.parametrize(("scheme", "expected"), SCHEMES, ids=[each[0] or "none" for each in SCHEMES])
def test_a_token_is_sent_by_its_scheme(
    tmp_path: Path, scheme: str, expected: tuple[str, str], *, is_source: bool
) -> None:
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(204)

    with imported(tmp_path, write(scheme)) as package:
        auth = (lambda: TOKEN) if is_source else TOKEN
        with package.Client("http://backend", auth=auth, transport=httpx.MockTransport(answer)) as client:
            client.list_pets()
            assert TOKEN not in repr(client)
    (request,) = sent
    name, value = expected
    assert (request.headers.get(name) if name else request.url.query.decode().replace("+", "%20")) == value
    assert ("authorization" in request.headers) == (name == "authorization")


@pytest.mark.parametrize(
    "scheme",
    [
        *(each[0] for each in SCHEMES if "apiKey" in each[0]),
        "{type: apiKey, in: header, name: X-App}",
        "{type: apiKey, in: query, name: App}",
    ],
)
def test_errors_redact_the_key(tmp_path: Path, scheme: str) -> None:
    with imported(tmp_path, write(scheme)) as package:
        wire = httpx.MockTransport(
            lambda request: httpx.Response(403, text=f"{request.url} {TOKEN} is no key")
        )
        with (
            package.Client("http://backend", auth=TOKEN, transport=wire) as client,
            pytest.raises(package.ApiError) as raised,
        ):
            client.list_pets()
    assert TOKEN not in f"{raised.value} {raised.value!r}"
    assert "***" in str(raised.value)


class Silent(BaseHTTPRequestHandler):
    """Answers 204, or 401 to an expired key. Logs nothing."""

    def do_GET(self) -> None:
        self.send_response(401 if "expired" in self.path else 204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.mark.parametrize("name", ["api key", "k"])
def test_logs_redact_a_key_in_the_query(tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    keys = iter(["expired-k3y", TOKEN])
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), Silent) as server,
        imported(tmp_path, write(f"{{type: apiKey, in: query, name: {name}}}")) as package,
    ):
        Thread(target=server.serve_forever, daemon=True).start()
        for auth in (TOKEN, lambda: next(keys)):
            with package.Client(f"http://127.0.0.1:{server.server_port}", auth=auth) as client:
                client.list_pets(q="a/b c?")
        server.shutdown()
    assert caplog.text.count(f"/pets?q=a/b%20c?&{quote(name)}=*** ") == 3
    assert [each for each in (TOKEN, "k3y") if each in caplog.text] == []


def test_a_renewed_key_is_sent_after_a_401(tmp_path: Path) -> None:
    keys = iter(["old", "new"])
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["cookie"])
        return httpx.Response(204 if "new" in seen[-1] else 401)

    with imported(tmp_path, write("{type: apiKey, in: cookie, name: sid}")) as package:
        options = {"auth": lambda: next(keys), "headers": {"Cookie": "lang=en"}}
        with package.Client("http://backend", transport=httpx.MockTransport(answer), **options) as client:
            client.list_pets()
    assert seen == ["lang=en; sid=old", "lang=en; sid=new"]
