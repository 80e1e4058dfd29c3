"""How a call becomes an HTTP request and an answer becomes a value; `Client` and `AsyncClient` share it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar
from urllib.parse import quote

import httpx

from ._operation import InvalidValue, Media, Operation
from .errors import ApiError, DecodeError

T = TypeVar("T")


def check_base_url(base_url: str | httpx.URL) -> str:
    """Return `base_url` without its trailing slash; raise `ValueError` where it is no absolute HTTP(S) URL."""
    url = httpx.URL(base_url)
    if url.scheme not in ("http", "https") or not url.host:
        raise ValueError(f"base_url must be an absolute http:// or https:// URL, got {url!r}")
    if url.query or url.fragment:
        raise ValueError("base_url must have neither query nor fragment")
    return str(url).rstrip("/")


def check_options(transport: object, http_client: object) -> None:
    """Raise `ValueError` where both are given: a client of the caller's has its own transport."""
    if transport is not None and http_client is not None:
        raise ValueError("give either transport or http_client: the HTTP client has a transport of its own")


def bearer(headers: Mapping[str, str] | None, token: str | None) -> httpx.Headers:
    """Return `headers` with the bearer `token`, where there is one, as their `Authorization`.

    Raises `ValueError`, which names the header and not its value, where one cannot be sent as it is.
    """
    if token is not None and not re.fullmatch("[!-~]+", token):
        raise ValueError(
            "token must be printable ASCII without white space; strip the line end of one from a file"
        )
    for name, value in (headers or {}).items():
        if not value.isprintable():
            raise ValueError(
                f"the header {name!r} holds a character that no header can carry, such as a line end"
            )
    merged = httpx.Headers(headers)
    if token is not None:
        merged["Authorization"] = f"Bearer {token}"
    return merged


def build_request(
    http: httpx.Client | httpx.AsyncClient,
    base_url: str,
    operation: Operation[Any],
    arguments: Mapping[str, object],
    body: object,
    headers: httpx.Headers,
    timeout: httpx.Timeout | None,
) -> httpx.Request:
    """Return the request that calls `operation`; an argument that is `None` is not sent.

    Raises `ValueError` for a required parameter that is missing, an empty path parameter and a value of the wrong type.
    """
    path = operation.path
    query: list[tuple[str, str | int | float | bool | None]] = []
    sent = httpx.Headers({"Accept": _accepted(operation)})
    sent.update(headers)
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
            sent[parameter.name] = ",".join(texts)
    content: bytes | None = None
    if operation.body is not None and (body is not None or operation.body.required):
        content = operation.body.media.encode(body)
        sent["Content-Type"] = operation.body.media.media_type
    url = httpx.URL(base_url + path)
    if "Authorization" in sent:
        url = url.copy_with(userinfo=b"")  # or its user and password would go instead
    return http.build_request(
        operation.method,
        url,
        params=query or None,
        content=content,
        headers=sent,
        timeout=httpx.USE_CLIENT_DEFAULT if timeout is None else timeout,
    )


def read_answer(operation: Operation[T], response: httpx.Response) -> T:
    """Return the value of a documented success; raise `ApiError` for any other answer, or `DecodeError`."""
    media = _find(operation.successes, response.status_code)
    if media is None or (not response.is_success and response.status_code not in operation.successes):
        raise ApiError(operation.id, response, _read_error(operation, response))
    if media.media_type and not _is_media_type(response.headers.get("Content-Type", ""), media.media_type):
        found = response.headers.get("Content-Type", "none")
        raise DecodeError(operation.id, response, f"expected content type {media.media_type}, got {found}")
    try:
        return media.decode(response.content, allow_nulls=True)
    except InvalidValue as error:
        raise DecodeError(operation.id, response, str(error)) from None


def _read_error(operation: Operation[Any], response: httpx.Response) -> Any:
    documented = _find(operation.errors, response.status_code)
    for media in [documented] if documented is not None else [*operation.errors.values()]:
        try:
            return media.decode(response.content, allow_nulls=True)
        except InvalidValue:
            continue
    return None


def _find(medias: Mapping[int, Media[T]], status: int) -> Media[T] | None:
    """Return what is documented for `status`: itself, its class (`4XX`), or the document's `default`."""
    return medias.get(status) or medias.get(status // 100) or medias.get(0)


def _accepted(operation: Operation[Any]) -> str:
    documented = (*operation.successes.values(), *operation.errors.values())
    return ", ".join(dict.fromkeys(media.media_type for media in documented if media.media_type)) or "*/*"


def _is_media_type(found: str, wanted: str) -> bool:
    return found.partition(";")[0].strip().lower() == wanted.partition(";")[0].strip().lower()


def _quote_segment(argument: str, text: str) -> str:
    if not text:
        raise ValueError(f"{argument} must not be empty: it is a segment of the path")
    # A server or proxy resolves the segments "." and "..", so their dots are quoted too.
    return quote(text, safe="") if text.strip(".") else text.replace(".", "%2E")
