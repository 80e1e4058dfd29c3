"""Checks a request, as it was sent, against its document."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Any, Final, TypeVar
from urllib.parse import quote, unquote

import httpx

from .comparison import require_same
from .document import DescribedOperation
from .inputs import ABSENT, Inputs, is_form, is_json
from .wire import Part, expect, read_form, read_multipart, sort_query, write_text

T = TypeVar("T", bound=tuple[Any, ...])

# Headers that any request may have.
_STANDARD_HEADERS: Final = {"host", "accept", "accept-encoding", "connection", "user-agent", "content-length"}
_UNRESERVED: Final = re.compile("%(?:2[dDeE]|3[0-9]|4[1-9a-fA-F]|5[0-9aAfF]|6[1-9a-fA-F]|7[0-9aAeE])")


def check_sent(
    document: Mapping[str, Any],
    described: DescribedOperation,
    inputs: Inputs,
    media_type: str,
    request: httpx.Request,
    token: str,
    *,
    is_only_credential: bool,
) -> None:
    """Raise `AssertionError` if `request` is not the documented serialization of `inputs` and `token`.

    `is_only_credential` means that the client has a single token for all security schemes.
    """
    parts = expect(described.path, inputs.parameters)
    path, _, query = request.url.raw_path.decode("ascii").partition("?")
    headers = {name.lower(): value for name, value in request.headers.items()}
    cookies = [each for each in headers.pop("cookie", "").split("; ") if each]
    pairs = query.split("&")
    expected = _list_expected_schemes(document, described, is_only_credential=is_only_credential)
    _remove_credentials(expected, token, headers, pairs, cookies)
    require_same(described.method, request.method, "method")
    require_same(_normalize(parts.path), _normalize(path), "path")
    require_same(parts.query, sort_query(pairs), "query")
    require_same(parts.cookies, tuple(sorted(cookies)), "cookies")
    own = {
        name: value
        for name, value in headers.items()
        if name not in _STANDARD_HEADERS and name != "content-type"
    }
    require_same(parts.headers, own, "headers")
    _check_accept(described, headers["accept"])
    if inputs.body is ABSENT:
        require_same(b"", request.content, "sent")
    else:
        content_type = headers["content-type"]
        require_type(media_type, content_type)
        _check_body(media_type, content_type, inputs.body, request.content)


def require_type(media_type: str, content_type: str) -> None:
    """Raise `AssertionError` if `content_type` does not match `media_type`, which may be a range."""
    expected, found = (each.partition(";")[0].strip().lower() for each in (media_type, content_type))
    assert "*" not in found, found
    ranges = (expected, expected.replace("*+", ""))
    assert any(fnmatchcase(found, each) for each in ranges), f"{found} does not match {expected}"


def _normalize(path: str) -> str:
    """Return `path` with percent-encoded unreserved characters decoded."""
    return _UNRESERVED.sub(lambda found: unquote(found[0]), path)


def _check_accept(described: DescribedOperation, accept: str) -> None:
    documented = {media_type for content in described.answers.values() for media_type in content}
    asked = {each.strip() for each in accept.split(",")}
    assert asked <= (documented | {"application/json"} or {"*/*"}) or accept == "*/*", accept


def _list_expected_schemes(
    document: Mapping[str, Any], described: DescribedOperation, *, is_only_credential: bool
) -> list[list[Any]]:
    """Return the alternatives of security schemes by which the credential may be sent, each a list used together.

    A single token is sent with every operation by one of the schemes, even if the operation does not require it.
    """
    schemes = (document.get("components") or {}).get("securitySchemes") or {"": {"type": "oauth2"}}
    if is_only_credential:
        return [[each] for each in schemes.values()]
    if described.security is None:
        operations = (each for item in document["paths"].values() for each in item.values())
        is_said = any(isinstance(each, dict) and "security" in each for each in operations)
        return [[] if is_said else [*schemes.values()]]
    first = next(filter(None, described.security), ())
    return [[schemes[name] for name in first]]


def _remove_credentials(
    alternatives: list[list[Any]], token: str, headers: dict[str, str], pairs: list[str], cookies: list[str]
) -> None:
    """Remove the credentials from the parts of a request. They must be where one of `alternatives` requires them."""
    for schemes in alternatives:
        taken = dict(headers), [*pairs], [*cookies]
        if all(_remove_credential(scheme, token, *taken) for scheme in schemes):
            headers.clear()
            headers.update(taken[0])
            pairs[:], cookies[:] = taken[1:]
            return
    raise AssertionError(
        f"the credential is not where a scheme of the document requires it: {headers} {pairs}"
    )


def _remove_credential(
    scheme: Any, token: str, headers: dict[str, str], pairs: list[str], cookies: list[str]
) -> bool:
    match scheme:
        case {"type": "apiKey", "in": "header", "name": name}:
            return headers.pop(name.lower(), None) == token
        case {"type": "apiKey", "in": "query", "name": name}:
            return _remove(f"{quote(name, safe='')}={quote(token, safe='')}", pairs)
        case {"type": "apiKey", "in": "cookie", "name": name}:
            return _remove(f"{name}={quote(token, safe='')}", cookies)
        case {"type": "http", "scheme": "basic"}:
            coded = base64.b64encode(token.encode()).decode()
            return headers.pop("authorization", None) == f"Basic {coded}"
        case _:
            return headers.pop("authorization", None) == f"Bearer {token}"


def _remove(part: str, parts: list[str]) -> bool:
    is_there = part in parts
    if is_there:
        parts.remove(part)
    return is_there


def _check_body(media_type: str, content_type: str, expected: Any, content: bytes) -> None:
    if is_json(media_type, expected):
        require_same(expected, json.loads(content), "sent")
    elif not is_form(media_type):
        require_same(expected if isinstance(expected, bytes) else expected.encode(), content, "sent")
    elif media_type.startswith("multipart/"):
        parts = [(part.name, part.content, part.is_file) for part in list_parts(expected)]
        found = [(part.name, part.content, part.is_file) for part in read_multipart(content_type, content)]
        require_same(_sort(parts), _sort(found), "parts")
    else:
        fields = [(part.name, part.content.decode()) for part in list_parts(expected)]
        require_same(_sort(fields), _sort(read_form(content)), "fields")


def _sort(fields: Iterable[T]) -> list[T]:
    """Return the fields sorted by name. Only the order of fields with the same name is significant."""
    return sorted(fields, key=lambda each: each[0])


def list_parts(form: Mapping[str, Any]) -> list[Part]:
    """Return the parts of a form: one for each item of a list. Objects are JSON."""
    parts = []
    for name, value in form.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, bytes):
                parts.append(Part(name, each, "application/octet-stream", is_file=True))
            elif isinstance(each, dict | list):
                text = json.dumps(each, ensure_ascii=False, separators=(",", ":"))
                parts.append(Part(name, text.encode(), "application/json", is_file=False))
            else:
                parts.append(Part(name, write_text(each).encode(), "text/plain", is_file=False))
    return parts
