"""How a call becomes an HTTP request and an answer becomes a value; `Client` and `AsyncClient` share it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeVar
from urllib.parse import quote

import httpx

from ._flows import check_token
from ._operation import InvalidValue, Media, Operation
from .errors import DecodeError, find_kind

T = TypeVar("T")

# What most operations accept: an HTTP client of our own sends it, and a request only what differs.
ACCEPT: Final = "application/json"


def check_base_url(base_url: str | httpx.URL) -> str:
    """Return `base_url` without its trailing slash; raise `ValueError` where it is no absolute HTTP(S) URL."""
    url = httpx.URL(base_url)
    if url.scheme not in ("http", "https") or not url.host:
        raise ValueError(f"base_url must be an absolute http:// or https:// URL, got {url!r}")
    if url.query or url.fragment:
        raise ValueError("base_url must have neither query nor fragment")
    return str(url).rstrip("/")


def merge_headers(headers: Mapping[str, str] | None, token: str | None) -> dict[str, str]:
    """Return `headers` in lower case, with the bearer `token`, where there is one, as their `authorization`.

    Raises `ValueError`, which names the header and not its value, where one cannot be sent as it is.
    """
    for name, value in (headers or {}).items():
        if not value.isprintable():
            raise ValueError(
                f"the header {name!r} holds a character that no header can carry, such as a line end"
            )
    merged = {name.lower(): value for name, value in (headers or {}).items()}
    if token is not None:
        merged["authorization"] = f"Bearer {check_token(token)}"
    return merged


@dataclass(frozen=True, slots=True)
class Target:
    """Where requests go, and what all of them carry; `hides_user` leaves out the user that the URL may name.

    `owns_http` says that the HTTP client is httpx's and our own: it sends `ACCEPT` of itself, and takes parsed URLs.
    """

    base_url: str
    headers: Mapping[str, str]
    hides_user: bool
    owns_http: bool = False


def build_request(
    http: Any,
    target: Target,
    operation: Operation[Any],
    arguments: Mapping[str, object],
    body: object,
    timeout: object,
) -> Any:
    """Return the request of the HTTP library `http` that calls `operation`; an argument that is `None` is not sent.

    Raises `ValueError` for a required parameter that is missing, an empty path parameter and a value of the wrong type.
    """
    path = operation.path
    query: list[tuple[str, str]] = []
    sent = dict(target.headers)
    if not target.owns_http or operation.accepted != ACCEPT:
        sent.setdefault("accept", operation.accepted)
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
            sent[parameter.name.lower()] = ",".join(texts)
    options: dict[str, Any] = {"headers": sent}
    if operation.body is not None and (body is not None or operation.body.required):
        options["content"] = operation.body.media.encode(body)
        sent["content-type"] = operation.body.media.media_type
    if query:
        options["params"] = query
    if timeout is not None:
        options["timeout"] = timeout
    base_url = target.base_url
    if target.hides_user or "authorization" in sent:
        base_url = _hide_user(base_url)  # or it would go instead
    url = base_url + path
    return http.build_request(operation.method, _parse_url(url) if target.owns_http else url, **options)


def read_answer(operation: Operation[T], response: httpx.Response) -> T:
    """Return the value of a documented success; raise an `ApiError` for any other, or `DecodeError`."""
    media = _find(operation.successes, response.status_code)
    if media is None or (not response.is_success and response.status_code not in operation.successes):
        raise find_kind(response.status_code)(operation.id, response, _read_error(operation, response))
    if media.media_type:
        found = response.headers.get("Content-Type", "none")
        if found != media.media_type and not _is_media_type(found, media.media_type):
            raise DecodeError(
                operation.id, response, f"expected content type {media.media_type}, got {found}"
            )
    try:
        return media.decode(response.content, lenient=True)
    except InvalidValue as error:
        raise DecodeError(operation.id, response, str(error)) from None


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
    return found.partition(";")[0].strip().lower() == wanted.partition(";")[0].strip().lower()


@lru_cache(maxsize=256)
def _parse_url(url: str) -> httpx.URL:
    """Return `url` parsed: those who poll ask for the same few again and again, and to parse one takes its time."""
    return httpx.URL(url)


@lru_cache
def _hide_user(base_url: str) -> str:
    return str(httpx.URL(base_url).copy_with(userinfo=b"")) if "@" in base_url else base_url


def _quote_segment(argument: str, text: str) -> str:
    if not text:
        raise ValueError(f"{argument} must not be empty: it is a segment of the path")
    # A server or proxy resolves the segments "." and "..", so their dots are quoted too.
    return quote(text, safe="") if text.strip(".") else text.replace(".", "%2E")
