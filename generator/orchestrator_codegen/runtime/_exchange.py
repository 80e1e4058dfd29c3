"""How a call becomes an HTTP request and an answer becomes a value; `Client` and `AsyncClient` share it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, TypeVar
from urllib.parse import quote

import httpx

from ._operation import InvalidValue, Media, Operation
from ._options import BaseUrl, check_header, read_base_url, read_headers
from ._secrets import mask
from .errors import ApiError, DecodeError, find_kind, find_reason, shorten

T = TypeVar("T")

# What most operations accept: an HTTP client of our own sends it, and a request only what differs.
ACCEPT: Final = "application/json"


@dataclass(frozen=True, slots=True)
class Target:
    """Where requests go, without the user that the URL may name, and what all of them carry.

    `owns_http` says that the HTTP client is httpx's and our own: it sends `ACCEPT` of itself, and takes parsed URLs.
    """

    base_url: str
    headers: Mapping[str, str] = field(repr=False)
    owns_http: bool = False

    @classmethod
    def read(
        cls, base_url: BaseUrl, headers: Mapping[str, str] | None, auth: object, *, owns_http: bool
    ) -> Target:
        """Return the target that a client is given; raise `ValueError` where it is none."""
        url = read_base_url(base_url)
        # The user goes as a header: HTTP libraries log the URLs that they are given.
        return cls(str(url.copy_with(userinfo=b"")), read_headers(headers, url, auth), owns_http)


def build_request(
    http: Any,
    target: Target,
    operation: Operation[Any],
    arguments: Mapping[str, object],
    body: object,
    seconds: Mapping[str, float | None] | None,
) -> Any:
    """Return the request of the HTTP library `http` that calls `operation`; an argument that is `None` is not sent.

    `seconds` is what `read_timeout` gives. Raises `ValueError` for a required parameter that is missing, an empty path
    parameter and a value of the wrong type.
    """
    path, query, own = _place(operation, arguments)
    options: dict[str, Any] = {} if seconds is None else {"extensions": {"timeout": dict(seconds)}}
    if operation.body is not None and (body is not None or operation.body.required):
        options["content"] = operation.body.media.encode(body)
        own["content-type"] = operation.body.media.media_type
    if query:
        options["params"] = query
    is_sent_anyway = target.owns_http and operation.accepted == ACCEPT
    accepted = {} if is_sent_anyway else {"accept": operation.accepted}
    options["headers"] = {**accepted, **target.headers, **own}
    url = target.base_url + path
    return http.build_request(operation.method, _parse_url(url) if target.owns_http else url, **options)


def _place(
    operation: Operation[Any], arguments: Mapping[str, object]
) -> tuple[str, list[tuple[str, str]], dict[str, str]]:
    """Return the path, the query and the headers that carry `arguments`; raise `ValueError`."""
    path = operation.path
    query: list[tuple[str, str]] = []
    headers: dict[str, str] = {}
    for parameter in operation.parameters:
        value = arguments.get(parameter.argument)
        if value is None:
            if parameter.required:
                raise ValueError(f"{parameter.argument} is required, got None")
            continue
        texts = parameter.write(value)
        if parameter.place == "path":
            path = path.replace(f"{{{parameter.name}}}", _quote_segment(parameter.argument, ",".join(texts)))
        elif parameter.place == "query":
            query.extend((parameter.name, text) for text in texts)
        else:
            check_header(parameter.name, ",".join(texts))
            headers[parameter.name.lower()] = ",".join(texts)
    return path, query, headers


def read_answer(operation: Operation[T], response: httpx.Response) -> T:
    """Return the value of a documented success; raise an `ApiError` for any other, or `DecodeError`."""
    media = _find(operation.successes, response.status_code)
    if media is None or (not response.is_success and response.status_code not in operation.successes):
        raise _tell_refusal(operation, response)
    if media.media_type and not _is_media_type(response.headers.get("Content-Type", ""), media.media_type):
        raise _tell_type(operation, response, media.media_type)
    try:
        return media.decode(response.content, lenient=True)
    except InvalidValue as error:
        reason = mask(str(error), operation, response.request)
    raise DecodeError(operation.id, response, shorten(reason))


def _tell_refusal(operation: Operation[Any], response: httpx.Response) -> ApiError:
    error = _read_error(operation, response)
    reason = mask(find_reason(response, error), operation, response.request)
    return find_kind(response.status_code)(operation.id, response, error, reason)


def _tell_type(operation: Operation[Any], response: httpx.Response, wanted: str) -> DecodeError:
    found = response.headers.get("Content-Type") or "none"
    reason = mask(f"expected content type {wanted}, got {found}", operation, response.request)
    return DecodeError(operation.id, response, shorten(reason))


def _read_error(operation: Operation[Any], response: httpx.Response) -> Any:
    documented = _find(operation.errors, response.status_code)
    for media in [documented] if documented is not None else [*operation.errors.values()]:
        try:
            return media.decode(response.content, lenient=True)
        except InvalidValue:
            continue
    return None


def _find(medias: Mapping[int, Media[T]], status: int) -> Media[T] | None:
    """Return what is documented for `status`: itself, its class (`4XX`), or the document's `default`."""
    return medias.get(status) or medias.get(status // 100) or medias.get(0)


def _is_media_type(found: str, wanted: str) -> bool:
    return found == wanted or (
        found.partition(";")[0].strip().lower() == wanted.partition(";")[0].strip().lower()
    )


@lru_cache(maxsize=256)
def _parse_url(url: str) -> httpx.URL:
    """Return `url` parsed: those who poll ask for the same few again and again, and to parse one takes its time."""
    return httpx.URL(url)


def _quote_segment(argument: str, text: str) -> str:
    if not text:
        raise ValueError(f"{argument} must not be empty: it is a segment of the path")
    # A server or proxy resolves the segments "." and "..", so their dots are quoted too.
    return quote(text, safe="") if text.strip(".") else text.replace(".", "%2E")
