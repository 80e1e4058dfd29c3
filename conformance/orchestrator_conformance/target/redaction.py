"""Redacts secrets in exchanges before they are recorded or reported."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from .exchange import Exchange, NotJson, read_json

MASK: Final = "**********"


def redact(exchange: Exchange, mask: Callable[[str], str]) -> Exchange:
    """Return a copy of the exchange for reports, with `mask` applied to the headers and the body of the response."""
    response = exchange.response
    return replace(
        exchange,
        response=replace(
            response,
            headers=tuple((name, mask(value)) for name, value in response.headers),
            body=mask(response.body.decode("utf-8", errors="replace")).encode(),
            problem=mask(response.problem),
        ),
    )


def mask_tokens(body: bytes) -> bytes:
    """Return `body` with the token of every `authTokens` entry masked."""
    if b"authTokens" not in body:
        return body
    try:
        value = read_json(body)
    except NotJson:
        return b"(not shown: not JSON, and contains authTokens)"
    return json.dumps(_mask(value), ensure_ascii=False).encode("utf-8", "replace")


def _mask(value: Any, *, below: bool = False) -> Any:
    if isinstance(value, dict):
        return {
            key: MASK if below and key == "token" else _mask(item, below=below or key == "authTokens")
            for key, item in value.items()
        }
    return [_mask(item, below=below) for item in value] if isinstance(value, list) else value
