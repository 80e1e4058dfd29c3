"""Both samples of an operation send the required credential, read from the same variables."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final
from urllib.parse import unquote_plus

import httpx
import pytest
from starlette.requests import Request

from ..support.documents import HEAD, write_document
from ..support.referring import list_operations, read_reference
from ..support.running import imported, serve

# A scheme, then a part of the curl sample, a part of the Python sample, and the variables to set.
KINDS: Final[dict[str, tuple[str, str, str, list[str]]]] = {
    "bearer": (
        "{type: http, scheme: bearer}",
        '--header "Authorization: Bearer $TOKEN"',
        'auth=os.environ["TOKEN"]',
        ["TOKEN"],
    ),
    "oauth2": (
        "{type: oauth2, flows: {}}",
        '--header "Authorization: Bearer $TOKEN"',
        'auth=os.environ["TOKEN"]',
        ["TOKEN"],
    ),
    "basic": (
        "{type: http, scheme: Basic}",
        '--user "$API_USER:$API_PASSWORD"',
        'auth=os.environ["API_USER"] + ":" + os.environ["API_PASSWORD"]',
        ["API_USER", "API_PASSWORD"],
    ),
    "header": (
        "{type: apiKey, in: header, name: X-Key}",
        "--header 'X-Key: '\"$API_KEY\"",
        'auth=os.environ["API_KEY"]',
        ["API_KEY"],
    ),
    "query": (
        '{type: apiKey, in: query, name: "a b"}',
        "'?a%20b='\"$API_KEY\"",
        'auth=os.environ["API_KEY"]',
        ["API_KEY"],
    ),
    "cookie": (
        "{type: apiKey, in: cookie, name: sid}",
        '--cookie sid="$API_KEY"',
        'auth=os.environ["API_KEY"]',
        ["API_KEY"],
    ),
}

# A part of the Python sample if a single token would be sent with another scheme.
OTHERS: Final = {
    "bearer": 'auth=Credentials(s=os.environ["TOKEN"])',
    "basic": 's=os.environ["API_USER"] + ":" + os.environ["API_PASSWORD"]',
    "header": 'auth=Credentials(s=os.environ["API_KEY"])',
    "query": 'auth=Credentials(s=os.environ["API_KEY"])',
    "cookie": 'auth=Credentials(s=os.environ["API_KEY"])',
}
# The header, or "" for the query, and the value that the server receives.
SENT: Final = {
    "bearer": ("authorization", "Bearer s3cret"),
    "oauth2": ("authorization", "Bearer s3cret"),
    "basic": ("authorization", "Basic czNjcmV0OnMzY3JldA=="),
    "header": ("x-key", "s3cret"),
    "query": ("", "a b=s3cret"),
    "cookie": ("cookie", "sid=s3cret"),
}
VARIABLES: Final = ("TOKEN", "API_USER", "API_PASSWORD", "API_KEY")


def describe(scheme: str, security: str, own: str = "") -> str:
    declared = f"  securitySchemes: {{s: {scheme}}}\n" if scheme else ""
    return (
        f"{HEAD}{declared}{security}paths:\n  /pets:\n    delete:\n      operationId: dropPets\n{own}"
        '      responses: {"204": {description: gone}}\n'
    )


def read_samples(folder: Path, text: str) -> tuple[str, str, str]:
    """Return the curl and Python samples of the only operation in `text`, and the setting of both."""
    reference = read_reference(write_document(folder, text))
    (operation,) = list_operations(reference)
    curl, python = operation.samples
    return curl.text, python.text, reference.setting.text


@pytest.mark.parametrize(("scheme", "curl", "python", "variables"), KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("is_own", [False, True])
def test_samples_of_each_kind(
    tmp_path: Path, scheme: str, curl: str, python: str, variables: list[str], is_own: bool
) -> None:
    security = "" if is_own else "security: [{s: []}]\n"
    own = "      security: [{}, {s: []}]\n" if is_own else ""
    found = read_samples(tmp_path, describe(scheme, security, own))
    assert curl in found[0]
    assert python in found[1]
    assert [line.split("=")[0] for line in found[2].splitlines()] == [
        "export BASE_URL",
        *(f"export {each}" for each in variables),
    ]
    assert max(map(len, found[1].splitlines())) <= 90
    compile(found[1], "sample", "exec")


@pytest.mark.parametrize("kind", SENT)
@pytest.mark.parametrize("is_other", [False, True], ids=["only scheme", "second scheme"])
def test_the_generated_server_receives_the_credential_of_the_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, *, is_other: bool
) -> None:
    document = describe(KINDS[kind][0], "security: [{s: []}]\n")
    if is_other:
        other = "{type: apiKey, in: header, name: X-First}"
        document = document.replace("{s: {type", f"{{first: {other}, s: {{type")
        document = document.replace("[{s: []}]", "[{first: []}]")
        document = document.replace(
            "operationId: dropPets", "operationId: dropPets\n      security: [{s: []}]"
        )
    found: list[tuple[str, str]] = []

    def authenticate(request: Request) -> None:
        name, _ = SENT[kind]
        found.append((name, request.headers.get(name, "") if name else unquote_plus(request.url.query)))

    with imported(tmp_path, document) as package:
        wire = serve(package, handlers={"drop_pets": lambda: None}, authenticate=authenticate)

        def handle(transport: object, request: httpx.Request) -> httpx.Response:
            assert isinstance(request.stream, httpx.SyncByteStream)
            answer = asyncio.run(wire.handle_async_request(request))
            return httpx.Response(answer.status_code)

        monkeypatch.setattr(httpx.HTTPTransport, "handle_request", handle)
        monkeypatch.setenv("BASE_URL", "http://backend.test")
        for each in VARIABLES:
            monkeypatch.setenv(each, "s3cret")
        (operation,) = list_operations(read_reference(tmp_path / "spec.yaml", "", package.__name__))
        python = operation.samples[1].text
        assert (OTHERS.get(kind, OTHERS["bearer"]) if is_other else KINDS[kind][2]) in python
        exec(compile(python, kind, "exec", dont_inherit=True), {})
    assert found == [SENT[kind]]


@pytest.mark.parametrize(("security", "own"), [("", ""), ("security: [{s: []}]\n", "      security: []\n")])
def test_no_credential_is_sent_without_security(tmp_path: Path, security: str, own: str) -> None:
    curl, python, setting = read_samples(tmp_path, describe("{type: http, scheme: bearer}", security, own))
    assert curl == 'curl --request DELETE "$BASE_URL"/pets'
    assert 'with Client(os.environ["BASE_URL"]) as client:' in python
    assert setting == "export BASE_URL=https://api.example.com"


def test_a_bearer_token_is_sent_if_no_scheme_is_declared(tmp_path: Path) -> None:
    curl, _, _ = read_samples(tmp_path, describe("", ""))
    assert '--header "Authorization: Bearer $TOKEN"' in curl


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://a.test/b/", "https://a.test/b"),
        ("/v1", "https://api.example.com/v1"),
        ("'https://{x}.test'", "https://y.test"),
        ("https://a.test/'$(id)", "'https://a.test/'\"'\"'$(id)'"),
    ],
)
def test_the_base_url(tmp_path: Path, url: str, base: str) -> None:
    servers = f"servers:\n- url: {url}\n  variables: {{x: {{default: y}}}}\n"
    _, _, setting = read_samples(tmp_path, describe("", servers))
    assert setting.splitlines()[0] == f"export BASE_URL={base}"
