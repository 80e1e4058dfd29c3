"""One request and its answer as they were on the wire, without the secrets in them."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

Headers = tuple[tuple[str, str], ...]

_SHOWN: Final = 2000
_MASK: Final = "**********"


@dataclass(frozen=True, slots=True)
class Request:
    """What was sent: the raw path with its query, below the base URL; the target's own headers are left out.

    `token` stands for the bearer token in what is shown: `$TOKEN` for the caller's own, None for none.
    """

    method: str
    path: str
    headers: Headers
    body: bytes
    token: str | None = "$TOKEN"


@dataclass(frozen=True, slots=True)
class Response:
    """What came."""

    status: int
    headers: Headers
    body: bytes

    @property
    def content_type(self) -> str:
        """The media type without its parameters, in lower case; empty where there is none."""
        values = [value for name, value in self.headers if name.lower() == "content-type"]
        return values[0].partition(";")[0].strip().lower() if values else ""


# What stands for an answer where the connection was closed, or nothing came in time.
NO_ANSWER: Final = Response(0, (), b"")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request to an operation of the document, and its answer.

    `is_good` says that every value in the request is known to be one that the target must take: ids that it gave
    itself, filters that the contract lists.
    """

    operation_id: str
    request: Request
    response: Response
    is_good: bool


class NotJson(ValueError):
    """Bytes that are no JSON document."""


def read_json(data: bytes) -> Any:
    """Return the JSON value of `data`; raise `NotJson`, also for NaN and Infinity, which JSON does not have."""

    def refuse(constant: str) -> float:
        raise NotJson(f"{constant} is not JSON")

    try:
        return json.loads(data.decode("utf-8"), parse_constant=refuse)
    except NotJson:
        raise
    except (ValueError, RecursionError) as problem:
        raise NotJson(str(problem)) from None


def conceal(exchange: Exchange, mask: Callable[[str], str]) -> Exchange:
    """Return an exchange to be shown, with `mask` applied to all that came from the target."""
    response = exchange.response
    return replace(
        exchange,
        response=Response(
            response.status,
            tuple((name, mask(value)) for name, value in response.headers),
            mask(response.body.decode("utf-8", errors="replace")).encode(),
        ),
    )


def mask_tokens(body: bytes) -> bytes:
    """Return a body with the token of every `authTokens` entry masked."""
    if b"authTokens" not in body:
        return body
    try:
        value = read_json(body)
    except NotJson:
        return b"(not JSON, and not shown: it names authTokens)"
    return json.dumps(_mask(value), ensure_ascii=False).encode()


def _mask(value: Any, *, below: bool = False) -> Any:
    if isinstance(value, dict):
        return {
            key: _MASK if below and key == "token" else _mask(item, below=below or key == "authTokens")
            for key, item in value.items()
        }
    return [_mask(item, below=below) for item in value] if isinstance(value, list) else value


def show_body(body: bytes) -> str:
    """Return a body as text for people, shortened."""
    text = body.decode("utf-8", errors="replace")
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}... ({len(body)} bytes)"


def write_curl(request: Request, base_url: str, *, has_token: bool) -> str:
    """Return a shell command that sends `request` again; a token comes from a variable, never from here."""
    parts = ["curl", "-sS", "-i", "-X", request.method, shlex.quote(base_url + request.path)]
    if has_token and request.token is not None:
        parts += ["-H", f'"Authorization: Bearer {request.token}"']
    for name, value in request.headers:
        if name.lower() == "content-type":
            parts += ["-H", shlex.quote(f"{name}: {value}")]
    if request.body:
        parts += ["--data-binary", shlex.quote(show_body(request.body))]
    return " ".join(parts)
