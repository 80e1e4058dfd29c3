"""Checks that one side sent, received and returned the values that were drawn.

A client may send the default of a parameter that was left out, and may percent-encode any character.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import unquote_plus

import httpx

from tests.generator.support.probe.document import DescribedParameter
from tests.generator.support.probe.inputs import ABSENT, is_form, is_json
from tests.generator.support.probe.wire import expect, read_form, read_multipart

from .comparing import Comparing, Key, Pair
from .exchange import Exchange, list_fields

# Headers that a request may have without being in the document.
_STANDARD_HEADERS: Final = (
    *("host", "accept", "accept-encoding", "connection", "user-agent", "content-length", "content-type"),
    "authorization",
)


def check_client(comparing: Comparing, exchange: Exchange, request: httpx.Request, returned: Any) -> None:
    """Raise `AssertionError` if the request of a client or its return value is not as drawn."""
    _check_request(comparing, exchange, request)
    _check_body(comparing, exchange, request)
    if exchange.answer_type and not is_form(exchange.answer_type):
        comparing.require(exchange.answer, returned, "returned")


def check_server(
    comparing: Comparing, exchange: Exchange, given: Mapping[Key, Any], response: httpx.Response
) -> None:
    """Raise `AssertionError` if the arguments of a server's handler or its response are not as drawn."""
    answered = f"answered {response.status_code}: {response.text[:200]}"
    assert response.status_code == exchange.status, answered
    drawn = {(parameter.place, parameter.name): value for parameter, value in exchange.inputs.parameters}
    for parameter in exchange.described.parameters:
        key = parameter.place, parameter.name
        comparing.require(drawn.get(key, exchange.defaults.get(key)), given[key], parameter.name)
    if exchange.media_type:
        wanted = None if exchange.inputs.body is ABSENT else exchange.inputs.body
        comparing.require(wanted, given["body", ""], "body")
    if is_json(exchange.answer_type, exchange.answer):
        comparing.require(exchange.answer, response.json(), "answered")
    elif exchange.answer_type and not is_form(exchange.answer_type):
        comparing.require(exchange.respond()[1], response.content, "answered")


def _check_request(comparing: Comparing, exchange: Exchange, request: httpx.Request) -> None:
    described = exchange.described
    plain = expect(described.path, exchange.inputs.parameters)
    path, _, query = request.url.raw_path.decode("ascii").partition("?")
    comparing.require(described.method, request.method, "method")
    comparing.require(unquote_plus(plain.path), unquote_plus(path), "path")
    optional = expect(described.path, _list_defaults(exchange))
    comparing.require_pairs(_read(plain.query), _read(query.split("&")), _read(optional.query), "query")
    headers = {name.lower(): value for name, value in request.headers.items()}
    cookies = headers.pop("cookie", "").split("; ")
    comparing.require_pairs(_read(plain.cookies), _read(cookies), _read(optional.cookies), "cookies")
    own = [(name, value) for name, value in headers.items() if name not in _STANDARD_HEADERS]
    comparing.require_pairs([*plain.headers.items()], own, [*optional.headers.items()], "headers")


def _list_defaults(exchange: Exchange) -> list[tuple[DescribedParameter, Any]]:
    """Return the parameters that were left out, with their defaults."""
    sent = {(parameter.place, parameter.name) for parameter, _ in exchange.inputs.parameters}
    known = {(parameter.place, parameter.name): parameter for parameter in exchange.described.parameters}
    return [(known[key], value) for key, value in exchange.defaults.items() if key not in sent]


def _check_body(comparing: Comparing, exchange: Exchange, request: httpx.Request) -> None:
    wanted, content, media_type = exchange.inputs.body, request.content, exchange.media_type
    if wanted is ABSENT:
        comparing.require(b"", content, "sent")
    elif is_json(media_type, wanted):
        comparing.require(wanted, json.loads(content), "sent")
    elif not is_form(media_type):
        comparing.require(wanted if isinstance(wanted, bytes) else wanted.encode(), content, "sent")
    elif media_type.startswith("multipart/"):
        parts = read_multipart(request.headers["content-type"], content)
        found = [(part.name, part.content.decode("latin-1")) for part in parts]
        comparing.require_pairs(list_fields(wanted, "latin-1"), found, [], "parts")
    else:
        comparing.require_pairs(list_fields(wanted, "utf-8"), read_form(content), [], "fields")


def _read(pairs: Iterable[str]) -> list[Pair]:
    parts = [each.partition("=") for each in pairs if each]
    return [(unquote_plus(name), unquote_plus(value)) for name, _, value in parts]
