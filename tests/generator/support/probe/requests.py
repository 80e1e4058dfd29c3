"""Holds a request, as it went over the wire, against what its document says."""

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
from .document import Described
from .inputs import ABSENT, Inputs, is_form, is_json
from .wire import Part, expect, read_form, read_multipart, sort_query, write_text

T = TypeVar("T", bound=tuple[Any, ...])

# What any request may carry, whatever the document says.
_USUAL: Final = {"host", "accept", "accept-encoding", "connection", "user-agent", "content-length"}
_UNRESERVED: Final = re.compile("%(?:2[dDeE]|3[0-9]|4[1-9a-fA-F]|5[0-9aAfF]|6[1-9a-fA-F]|7[0-9aAeE])")


def check_sent(
    document: Mapping[str, Any],
    described: Described,
    inputs: Inputs,
    media_type: str,
    request: httpx.Request,
    token: str,
    *,
    is_lone: bool,
) -> None:
    """Raise `AssertionError` where `request` is not what the document makes of `inputs` and of `token`.

    `is_lone` says that the client has no other credential.
    """
    parts = expect(described.path, inputs.parameters)
    path, _, query = request.url.raw_path.decode("ascii").partition("?")
    headers = {name.lower(): value for name, value in request.headers.items()}
    cookies = [each for each in headers.pop("cookie", "").split("; ") if each]
    pairs = query.split("&")
    wanted = _list_wanted(document, described, is_lone=is_lone)
    _take_credentials(wanted, token, headers, pairs, cookies)
    require_same(described.method, request.method, "method")
    require_same(_normalise(parts.path), _normalise(path), "path")
    require_same(parts.query, sort_query(pairs), "query")
    require_same(parts.cookies, tuple(sorted(cookies)), "cookies")
    own = {name: value for name, value in headers.items() if name not in _USUAL and name != "content-type"}
    require_same(parts.headers, own, "headers")
    _check_accept(described, headers["accept"])
    if inputs.body is ABSENT:
        require_same(b"", request.content, "sent")
    else:
        content_type = headers["content-type"]
        require_type(media_type, content_type)
        _check_body(media_type, content_type, inputs.body, request.content)


def require_type(media_type: str, content_type: str) -> None:
    """Raise `AssertionError` where `content_type` is no concrete one of `media_type`, which may be a range."""
    wanted, found = (each.partition(";")[0].strip().lower() for each in (media_type, content_type))
    assert "*" not in found, found
    ranges = (wanted, wanted.replace("*+", ""))
    assert any(fnmatchcase(found, each) for each in ranges), f"{found} is no {wanted}"


def _normalise(path: str) -> str:
    """Return `path` with nothing quoted that means the same unquoted."""
    return _UNRESERVED.sub(lambda found: unquote(found[0]), path)


def _check_accept(described: Described, accept: str) -> None:
    documented = {media_type for content in described.answers.values() for media_type in content}
    asked = {each.strip() for each in accept.split(",")}
    assert asked <= (documented | {"application/json"} or {"*/*"}) or accept == "*/*", accept


def _list_wanted(document: Mapping[str, Any], described: Described, *, is_lone: bool) -> list[list[Any]]:
    """Return alternatives of the schemes by which the credential is sent, each of schemes that are used together.

    A lone token is sent to every operation, whatever it wants, as one of the schemes says.
    """
    schemes = (document.get("components") or {}).get("securitySchemes") or {"": {"type": "oauth2"}}
    if is_lone:
        return [[each] for each in schemes.values()]
    if described.security is None:
        operations = (each for item in document["paths"].values() for each in item.values())
        is_said = any(isinstance(each, dict) and "security" in each for each in operations)
        return [[] if is_said else [*schemes.values()]]
    first = next(filter(None, described.security), ())
    return [[schemes[name] for name in first]]


def _take_credentials(
    alternatives: list[list[Any]], token: str, headers: dict[str, str], pairs: list[str], cookies: list[str]
) -> None:
    """Take the credentials out of the parts of a request; they must stand where one of `alternatives` wants them."""
    for schemes in alternatives:
        taken = dict(headers), [*pairs], [*cookies]
        if all(_take_credential(scheme, token, *taken) for scheme in schemes):
            headers.clear()
            headers.update(taken[0])
            pairs[:], cookies[:] = taken[1:]
            return
    raise AssertionError(f"no scheme of the document wants the credential where it is: {headers} {pairs}")


def _take_credential(
    scheme: Any, token: str, headers: dict[str, str], pairs: list[str], cookies: list[str]
) -> bool:
    match scheme:
        case {"type": "apiKey", "in": "header", "name": name}:
            return headers.pop(name.lower(), None) == token
        case {"type": "apiKey", "in": "query", "name": name}:
            return _take(f"{quote(name, safe='')}={quote(token, safe='')}", pairs)
        case {"type": "apiKey", "in": "cookie", "name": name}:
            return _take(f"{name}={quote(token, safe='')}", cookies)
        case {"type": "http", "scheme": "basic"}:
            coded = base64.b64encode(token.encode()).decode()
            return headers.pop("authorization", None) == f"Basic {coded}"
        case _:
            return headers.pop("authorization", None) == f"Bearer {token}"


def _take(part: str, parts: list[str]) -> bool:
    is_there = part in parts
    if is_there:
        parts.remove(part)
    return is_there


def _check_body(media_type: str, content_type: str, wanted: Any, content: bytes) -> None:
    if is_json(media_type, wanted):
        require_same(wanted, json.loads(content), "sent")
    elif not is_form(media_type):
        require_same(wanted if isinstance(wanted, bytes) else wanted.encode(), content, "sent")
    elif media_type.startswith("multipart/"):
        parts = [(part.name, part.content, part.is_file) for part in list_parts(wanted)]
        found = [(part.name, part.content, part.is_file) for part in read_multipart(content_type, content)]
        require_same(_sort(parts), _sort(found), "parts")
    else:
        fields = [(part.name, part.content.decode()) for part in list_parts(wanted)]
        require_same(_sort(fields), _sort(read_form(content)), "fields")


def _sort(fields: Iterable[T]) -> list[T]:
    """Return the fields in the order of their names: only those of one name have an order."""
    return sorted(fields, key=lambda each: each[0])


def list_parts(form: Mapping[str, Any]) -> list[Part]:
    """Return the parts of a form: one for each item of a list, an object as JSON."""
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
