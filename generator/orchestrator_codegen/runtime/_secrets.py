"""Redacts the credentials of a request in error messages, because a backend may repeat them in its response."""

from __future__ import annotations

import contextlib
import json
import re
from base64 import b64decode
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import parse_qsl, quote

from ._media import InvalidValue
from ._model import iter_secrets
from ._operation import Operation

_SECRET_NAME: Final = re.compile("auth|cookie|credential|key|password|secret|session|token", re.IGNORECASE)
# A shorter value is not treated as a secret: it would be redacted inside ordinary words.
_SHORTEST: Final = 4


def mask(text: str, operation: Operation[Any], request: Any) -> str:
    """Return `text` with every secret of `request`, which calls `operation`, replaced by `***`."""
    for secret in sorted(_find_secrets(operation, request), key=len, reverse=True):
        text = text.replace(secret, "***")
    return text


def reveals_secret(problem: BaseException, operation: Operation[Any], request: Any) -> bool:
    """Return whether a traceback of `problem`, with its causes and contexts, shows a secret of `request`."""
    seen: set[int] = set()
    left: list[BaseException | None] = [problem]
    while left:
        each = left.pop()
        if each is not None and id(each) not in seen:
            seen.add(id(each))
            left += [each.__cause__, each.__context__]
            shown = f"{each} {each!r}"
            if mask(shown, operation, request) != shown:
                return True
    return False


def _find_secrets(operation: Operation[Any], request: Any) -> set[str]:
    found = {
        *_find_in_headers(operation, request),
        *_find_in_query(operation, request),
        *_find_in_body(operation, request),
    }
    return found | {form for each in found for form in (json.dumps(each)[1:-1], quote(each, safe=""))}


def _find_in_headers(operation: Operation[Any], request: Any) -> Iterator[str]:
    for name, value in request.headers.items():
        if name.lower() == "authorization":
            # Always redacted, even if it is short.
            yield from filter(None, [value.rpartition(" ")[2], _read_password(value)])
        elif _has_secret_name(name, operation):
            parts = [value, *(part.strip() for part in re.split("[;,=]", value))]
            yield from (part for part in parts if len(part) >= _SHORTEST)


def _find_in_query(operation: Operation[Any], request: Any) -> Iterator[str]:
    for name, value in parse_qsl(request.url.query.decode("ascii", "replace")):
        if _has_secret_name(name, operation) and len(value) >= _SHORTEST:
            yield value


def _has_secret_name(name: str, operation: Operation[Any]) -> bool:
    return bool(_SECRET_NAME.search(name)) or name.lower() in operation.secrets


def _read_password(credentials: str) -> str:
    scheme, _, coded = credentials.partition(" ")
    if scheme.lower() != "basic":
        return ""
    with contextlib.suppress(ValueError):
        return b64decode(coded).decode().partition(":")[2]
    return ""


def _find_in_body(operation: Operation[Any], request: Any) -> Iterator[str]:
    if operation.body is None or not request.content:
        return
    try:
        body = operation.body.media.decode(request.content, lenient=True)
    except InvalidValue:  # an event hook of the caller has changed it
        return
    yield from (each for each in iter_secrets(body) if len(each) >= _SHORTEST)
