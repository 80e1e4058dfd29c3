"""Both samples of an operation send the credential that the document asks for, from the same variables."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from .documents import HEAD, write_document
from .referring import list_operations, read_reference

# A scheme, then what curl is given, what the client is given, and the variables to set.
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
        'auth=httpx.BasicAuth(os.environ["API_USER"], os.environ["API_PASSWORD"])',
        ["API_USER", "API_PASSWORD"],
    ),
    "header": (
        "{type: apiKey, in: header, name: X-Key}",
        "--header 'X-Key: '\"$API_KEY\"",
        'headers={"X-Key": os.environ["API_KEY"]}',
        ["API_KEY"],
    ),
    "query": (
        '{type: apiKey, in: query, name: "a b"}',
        "'?a%20b='\"$API_KEY\"",
        'http_client=httpx.Client(params={"a b": os.environ["API_KEY"]})',
        ["API_KEY"],
    ),
    "cookie": (
        "{type: apiKey, in: cookie, name: sid}",
        '--cookie sid="$API_KEY"',
        'headers={"Cookie": "sid=" + os.environ["API_KEY"]}',
        ["API_KEY"],
    ),
}


def describe(scheme: str, security: str, own: str = "") -> str:
    declared = f"  securitySchemes: {{s: {scheme}}}\n" if scheme else ""
    return (
        f"{HEAD}{declared}{security}paths:\n  /pets:\n    delete:\n      operationId: dropPets\n{own}"
        '      responses: {"204": {description: gone}}\n'
    )


def read_samples(folder: Path, text: str) -> tuple[str, str, str]:
    """Return the curl and the Python of the one operation in `text`, and the setting of both."""
    reference = read_reference(write_document(folder, text))
    (operation,) = list_operations(reference)
    curl, python = operation.samples
    return curl.text, python.text, reference.setting.text


@pytest.mark.parametrize(("scheme", "curl", "python", "variables"), KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("is_own", [False, True])
def test_each_kind(
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


@pytest.mark.parametrize(("security", "own"), [("", ""), ("security: [{s: []}]\n", "      security: []\n")])
def test_none_is_sent_where_none_is_asked_for(tmp_path: Path, security: str, own: str) -> None:
    curl, python, setting = read_samples(tmp_path, describe("{type: http, scheme: bearer}", security, own))
    assert curl == 'curl --request DELETE "$BASE_URL"/pets'
    assert 'with Client(os.environ["BASE_URL"]) as client:' in python
    assert setting == "export BASE_URL=https://api.example.com"


def test_a_token_is_sent_where_the_document_says_nothing(tmp_path: Path) -> None:
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
