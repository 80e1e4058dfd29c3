"""Builds the HTTP request of a call and reads the value from its response; `Client` and `AsyncClient` share it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, TypeVar

import httpx

from ._credential import Credential
from ._media import InvalidValue, is_of
from ._operation import Operation, find_documented
from ._options import BaseUrl, check_header, read_base_url, read_headers
from ._parameter import Parameter
from ._secrets import mask
from .errors import ApiError, DecodeError, find_kind, find_reason, shorten

T = TypeVar("T")

# What most operations accept. Our own HTTP client sends it by default; a request sets `Accept` only if it differs.
ACCEPT: Final = "application/json"


@dataclass(frozen=True, slots=True)
class Target:
    """The base URL of requests, without user and password, and the headers and query pairs of every request.

    `query` holds percent-encoded `name=value` pairs.
    `owns_http` is true if the HTTP client is our own httpx client: it sends `ACCEPT` by default and accepts parsed
    URLs.
    """

    base_url: str
    headers: Mapping[str, str] = field(repr=False)
    query: tuple[str, ...] = field(default=(), repr=False)
    owns_http: bool = False

    @classmethod
    def read(
        cls,
        base_url: BaseUrl,
        headers: Mapping[str, str] | None,
        auth: object,
        credential: Credential,
        *,
        owns_http: bool,
    ) -> Target:
        """Return the target for the arguments of a client; raise `ValueError` if one of them is invalid."""
        url = read_base_url(base_url)
        pair = credential.write_pair(auth) if isinstance(auth, str) else ""
        carried = read_headers(headers, url, auth, credential)
        # User and password are sent in a header, because HTTP libraries log the URLs of requests.
        return cls(str(url.copy_with(userinfo=b"")), carried, (pair,) if pair else (), owns_http)


def build_request(
    http: Any,
    target: Target,
    operation: Operation[Any],
    arguments: Mapping[str, object],
    body: object,
    seconds: Mapping[str, float | None] | None,
) -> Any:
    """Return the request that calls `operation`, built by the HTTP client `http`. An argument that is None is not sent.

    `seconds` is a result of `read_timeout`. Raises `ValueError` for a missing required parameter, an empty path
    parameter and a value of the wrong type.
    """
    path, query, own = _place(operation, arguments)
    options: dict[str, Any] = {} if seconds is None else {"extensions": {"timeout": dict(seconds)}}
    if operation.body is not None and (body is not None or operation.body.required):
        media = operation.body.media
        options["content"] = content = media.encode(body)
        own["content-type"] = media.describe(content)
    is_default = target.owns_http and operation.accepted == ACCEPT
    accepted = {} if is_default else {"accept": operation.accepted}
    if "cookie" in own and "cookie" in target.headers:
        own["cookie"] = f"{target.headers['cookie']}; {own['cookie']}"
    options["headers"] = {**accepted, **target.headers, **own}
    url = target.base_url + path
    if query or target.query:
        sign = "&" if "?" in path else "?"
        pairs = "&".join([*query, *target.query])
        return http.build_request(operation.method, f"{url}{sign}{pairs}", **options)
    return http.build_request(operation.method, _parse_url(url) if target.owns_http else url, **options)


def _place(
    operation: Operation[Any], arguments: Mapping[str, object]
) -> tuple[str, list[str], dict[str, str]]:
    """Return the path, the query pairs and the headers for `arguments`; raise `ValueError` if one cannot be sent."""
    path = operation.path
    query: list[str] = []
    cookies: list[str] = []
    headers: dict[str, str] = {}
    for parameter in operation.parameters:
        value = arguments.get(parameter.argument)
        if value is None:
            if parameter.required:
                raise ValueError(f"{parameter.argument} is required, got None")
            continue
        refused = ""
        try:
            match parameter.place:
                case "path":
                    path = path.replace(f"{{{parameter.name}}}", _write_segment(parameter, value))
                case "query":
                    query += parameter.write_pairs(value)
                case "cookie":
                    cookies += parameter.write_pairs(value)
                case "header":
                    text = parameter.write_header(value)
                    check_header(parameter.name, text)
                    headers[parameter.name.lower()] = text
        except InvalidValue as problem:
            refused = f"{parameter.argument}: {problem}"
        if refused:  # outside the `except`: the context of the exception would show the value in a traceback
            raise InvalidValue(refused)
    if cookies:
        headers["cookie"] = "; ".join(cookies)
    return path, query, headers


def _write_segment(parameter: Parameter, value: object) -> str:
    segment = parameter.write_segment(value)
    if not segment:
        raise InvalidValue("must not be empty, because it is a segment of the path")
    return segment


def read_answer(operation: Operation[T], response: httpx.Response) -> T:
    """Return the value of a documented success response.

    Raises `ApiError` for any other response, and `DecodeError` for a success that does not match the document.
    """
    media = find_documented(operation.successes, response.status_code, has_default=response.is_success)
    if media is None:
        raise _make_api_error(operation, response)
    # Not stored in a local variable: tracebacks may show those, and a backend may echo a token in any header.
    if media.media_type and not is_of(_read_type(response), media.media_type):
        raise _make_type_error(operation, response, media.media_type)
    try:
        return media.decode(media.unwrap(response.content, _read_type(response)), lenient=True)
    except InvalidValue as error:
        reason = mask(str(error), operation, response.request)
    raise DecodeError(operation.id, response, shorten(reason))


def _make_api_error(operation: Operation[Any], response: httpx.Response) -> ApiError:
    error = _read_error(operation, response)
    reason = mask(find_reason(response, error), operation, response.request)
    return find_kind(response.status_code)(operation.id, response, error, reason)


def _make_type_error(operation: Operation[Any], response: httpx.Response, wanted: str) -> DecodeError:
    found = response.headers.get("Content-Type") or "none"
    reason = mask(f"expected content type {wanted}, got {found}", operation, response.request)
    return DecodeError(operation.id, response, shorten(reason))


def _read_error(operation: Operation[Any], response: httpx.Response) -> Any:
    documented = find_documented(operation.errors, response.status_code)
    for media in [documented] if documented is not None else [*operation.errors.values()]:
        try:
            return media.decode(response.content, lenient=True)
        except InvalidValue:
            continue
    return None


def _read_type(response: httpx.Response) -> str:
    found: str = response.headers.get("Content-Type", "")
    return found


@lru_cache(maxsize=256)
def _parse_url(url: str) -> httpx.URL:
    """Return `url` parsed. Cached because parsing is slow and polling repeats the same few URLs."""
    return httpx.URL(url)
