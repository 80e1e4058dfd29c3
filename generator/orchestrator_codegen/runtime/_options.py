"""The options of a client. They are validated before any request; an invalid one raises `ValueError`."""

from __future__ import annotations

import math
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol, TypeAlias, cast

import httpx

from ._credential import Credential
from ._flows import Tokens, TokenSource
from ._operation import Operation

# RFC 9110, section 5.6.2.
_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_PARTS: Final = ("connect", "read", "write", "pool")


class TimeoutParts(Protocol):
    """An `httpx.Timeout`, or the `Timeout` of another HTTP library such as httpx2."""

    def as_dict(self) -> dict[str, float | None]: ...


class Url(Protocol):
    """An `httpx.URL`, or the `URL` of another HTTP library such as httpx2."""

    @property
    def scheme(self) -> str: ...
    @property
    def host(self) -> str: ...


class AuthFlow(Protocol):
    """An `httpx.Auth`, or the `Auth` of another HTTP library such as httpx2."""

    def auth_flow(self, request: Any) -> Any: ...


class Chooser(Protocol):
    """Chooses the tokens for each operation, with the credential that describes how each is sent."""

    def choose(self, operation: Operation[Any]) -> Tokens: ...


Auth: TypeAlias = str | TokenSource | AuthFlow | Chooser


class HttpClient(Protocol):
    """The required methods of a synchronous HTTP client, such as `httpx.Client` or `httpx2.Client`."""

    def build_request(self, method: str, url: str) -> Any: ...
    def send(self, request: Any, *, follow_redirects: bool = False) -> Any: ...
    def close(self) -> None: ...


class AsyncHttpClient(Protocol):
    """The required methods of an asynchronous HTTP client, such as `httpx.AsyncClient` or `httpx2.AsyncClient`."""

    def build_request(self, method: str, url: str) -> Any: ...
    async def send(self, request: Any, *, follow_redirects: bool = False) -> Any: ...
    async def aclose(self) -> None: ...


Timeout: TypeAlias = float | TimeoutParts
BaseUrl: TypeAlias = str | Url


def read_base_url(base_url: BaseUrl) -> httpx.URL:
    """Return `base_url` without its trailing slash; raise `ValueError` if it is not an absolute HTTP(S) URL."""
    try:
        url = httpx.URL(str(base_url))
    except httpx.InvalidURL as error:
        raise ValueError(f"base_url is not a valid URL: {error}") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise ValueError(f"base_url must be an absolute http:// or https:// URL, got {url!r}")
    if url.query or url.fragment:
        raise ValueError("base_url must not have a query or a fragment")
    if url.port is not None and not 0 < url.port < 65536:
        raise ValueError(f"base_url must have a port from 1 to 65535, got {url.port}")
    return url.copy_with(path=url.path.rstrip("/"))


def read_headers(
    headers: Mapping[str, str] | None, url: httpx.URL, auth: object, credential: Credential
) -> Mapping[str, str]:
    """Return the headers of every request by lower-case name: `headers`, and the credentials of `auth` or `url`.

    Raises `ValueError` if a header cannot be sent. The message has the name of the header but not its value.
    """
    merged: dict[str, str] = {}
    for name, value in (headers or {}).items():
        check_header(name, value)
        merged[name.lower()] = value
    if isinstance(auth, str):
        merged |= filter(None, [credential.write_header(auth)])
    elif auth is None and url.userinfo and "authorization" not in merged:
        user = f"{url.username}:{url.password}".encode()
        merged["authorization"] = f"Basic {b64encode(user).decode('ascii')}"
    return merged


def check_header(name: str, value: object) -> None:
    """Raise `ValueError` if `name` is not a valid header name, or `value` not a valid header value."""
    if not _TOKEN.fullmatch(name):
        raise ValueError(
            f"{name!r} is not a valid header name: use letters, digits and any of !#$%&'*+-.^_`|~"
        )
    if not isinstance(value, str):
        raise ValueError(f"the header {name!r} must be a str, got {type(value).__name__}")
    if not (value.isascii() and value.isprintable()):
        raise ValueError(
            f"the header {name!r} must be printable ASCII: its value has a line break or another invalid character"
        )


def read_timeout(timeout: Timeout | None) -> Mapping[str, float | None] | None:
    """Return the timeouts in seconds by phase, as HTTP libraries accept them; None uses the library's defaults.

    Raises `ValueError` if `timeout` is not a positive number of seconds or a timeout object.
    """
    if timeout is None:
        return None
    if isinstance(timeout, bool) or not (isinstance(timeout, int | float) or hasattr(timeout, "as_dict")):
        raise ValueError(
            f"timeout must be a number of seconds or an httpx.Timeout, got {type(timeout).__name__}"
        )
    if isinstance(timeout, int | float):
        if not (timeout > 0 and math.isfinite(timeout)):
            raise ValueError(
                f"timeout must be more than 0 seconds, got {timeout}; to wait without limit use httpx.Timeout(None)"
            )
        return dict.fromkeys(_PARTS, timeout)
    return timeout.as_dict()


def read_tokens(auth: Any, credential: Credential) -> Callable[[Operation[Any]], Tokens]:
    """Return a function that returns the token sources of an operation, which are called for each request.

    Raises `ValueError` if `auth` is not a supported kind of credentials.
    """
    if hasattr(auth, "choose"):
        choose: Callable[[Operation[Any]], Tokens] = auth.choose
        return choose
    if not (auth is None or isinstance(auth, str) or callable(auth) or hasattr(auth, "auth_flow")):
        raise ValueError(
            f"auth must be a token, a function that returns a token, or an httpx.Auth, got {type(auth).__name__}"
        )
    is_source = callable(auth) and not hasattr(auth, "auth_flow")
    tokens: Tokens = ((cast("TokenSource", auth), credential),) if is_source else ()
    return lambda operation: tokens


def check_http_client(http_client: Any, closing: str, transport: object, event_hooks: object) -> None:
    """Raise `ValueError` if `http_client` is of the wrong kind, or is combined with `transport` or `event_hooks`.

    `closing` is the name of the close method that the right kind has.
    """
    if http_client is None:
        return
    if transport is not None or event_hooks is not None:
        raise ValueError(
            "transport and event_hooks cannot be combined with http_client: configure them on that client"
        )
    if not hasattr(http_client, closing):
        kind = "an asynchronous" if closing == "aclose" else "a synchronous"
        raise ValueError(f"http_client must be {kind} HTTP client, got {type(http_client).__name__}")
