"""What must not be told: the credentials that a request carries, which a backend may repeat in what it answers."""

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

_TELLING: Final = re.compile("auth|cookie|credential|key|password|secret|session|token", re.IGNORECASE)
# What is shorter is no secret, and stands in too many words.
_SHORTEST: Final = 4


def mask(text: str, operation: Operation[Any], request: Any) -> str:
    """Return `text` with `***` for every secret of `request`, which calls `operation`."""
    for secret in sorted(_find_secrets(operation, request), key=len, reverse=True):
        text = text.replace(secret, "***")
    return text


def tells_secret(problem: BaseException, operation: Operation[Any], request: Any) -> bool:
    """Say whether a traceback of `problem`, and of what it came from, shows a secret of `request`."""
    seen: set[int] = set()
    left: list[BaseException | None] = [problem]
    while left:
        each = left.pop()
        if each is not None and id(each) not in seen:
            seen.add(id(each))
            left += [each.__cause__, each.__context__]
            told = f"{each} {each!r}"
            if mask(told, operation, request) != told:
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
            # Whatever its length: nothing else of a request is as secret.
            yield from filter(None, [value.rpartition(" ")[2], _read_password(value)])
        elif _is_telling(name, operation):
            parts = [value, *(part.strip() for part in re.split("[;,=]", value))]
            yield from (part for part in parts if len(part) >= _SHORTEST)


def _find_in_query(operation: Operation[Any], request: Any) -> Iterator[str]:
    for name, value in parse_qsl(request.url.query.decode("ascii", "replace")):
        if _is_telling(name, operation) and len(value) >= _SHORTEST:
            yield value


def _is_telling(name: str, operation: Operation[Any]) -> bool:
    return bool(_TELLING.search(name)) or name.lower() in operation.secrets


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
    except InvalidValue:  # a hook of the caller's has changed it
        return
    yield from (each for each in iter_secrets(body) if len(each) >= _SHORTEST)
