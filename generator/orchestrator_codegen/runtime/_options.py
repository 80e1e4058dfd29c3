"""What a client is given, held against what can be sent before anything is: all that is wrong is a `ValueError`."""

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
    """An `httpx.Timeout`, or that of the library that the HTTP client is from."""

    def as_dict(self) -> dict[str, float | None]: ...


class Url(Protocol):
    """An `httpx.URL`, or that of the library that the HTTP client is from."""

    @property
    def scheme(self) -> str: ...
    @property
    def host(self) -> str: ...


class AuthFlow(Protocol):
    """An `httpx.Auth`, or that of the library that the HTTP client is from."""

    def auth_flow(self, request: Any) -> Any: ...


class Chooser(Protocol):
    """What gives each operation the tokens that it wants, and says where they go."""

    def choose(self, operation: Operation[Any]) -> Tokens: ...


Auth: TypeAlias = str | TokenSource | AuthFlow | Chooser


class HttpClient(Protocol):
    """What is asked of a synchronous HTTP client: `httpx.Client` has it, and so does `httpx2.Client`."""

    def build_request(self, method: str, url: str) -> Any: ...
    def send(self, request: Any, *, follow_redirects: bool = False) -> Any: ...
    def close(self) -> None: ...


class AsyncHttpClient(Protocol):
    """What is asked of an asynchronous HTTP client: `httpx.AsyncClient` has it, and so does `httpx2.AsyncClient`."""

    def build_request(self, method: str, url: str) -> Any: ...
    async def send(self, request: Any, *, follow_redirects: bool = False) -> Any: ...
    async def aclose(self) -> None: ...


Timeout: TypeAlias = float | TimeoutParts
BaseUrl: TypeAlias = str | Url


def read_base_url(base_url: BaseUrl) -> httpx.URL:
    """Return `base_url` without its trailing slash; raise `ValueError` where it is no absolute HTTP(S) URL."""
    try:
        url = httpx.URL(str(base_url))
    except httpx.InvalidURL as error:
        raise ValueError(f"base_url is no URL: {error}") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise ValueError(f"base_url must be an absolute http:// or https:// URL, got {url!r}")
    if url.query or url.fragment:
        raise ValueError("base_url must have neither query nor fragment")
    if url.port is not None and not 0 < url.port < 65536:
        raise ValueError(f"base_url names the port {url.port}: there are 1 to 65535")
    return url.copy_with(path=url.path.rstrip("/"))


def read_headers(
    headers: Mapping[str, str] | None, url: httpx.URL, auth: object, credential: Credential
) -> Mapping[str, str]:
    """Return what every request carries, in lower case: `headers`, and the credentials of `auth` or else of `url`.

    Raises `ValueError`, which names the header and not its value, where one cannot be sent as it is.
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
    """Raise `ValueError` where no header can be called `name`, or hold `value`."""
    if not _TOKEN.fullmatch(name):
        raise ValueError(f"no header can be called {name!r}")
    if not isinstance(value, str):
        raise ValueError(f"the header {name!r} must be a str, got {type(value).__name__}")
    if not (value.isascii() and value.isprintable()):
        raise ValueError(
            f"the header {name!r} holds a character that no header can carry, such as a line end or one beyond ASCII"
        )


def read_timeout(timeout: Timeout | None) -> Mapping[str, float | None] | None:
    """Return the seconds for each part of an exchange, as every HTTP library takes them; None leaves them to it."""
    if timeout is None:
        return None
    if isinstance(timeout, bool) or not (isinstance(timeout, int | float) or hasattr(timeout, "as_dict")):
        raise ValueError(f"timeout must be seconds or an httpx.Timeout, got {type(timeout).__name__}")
    if isinstance(timeout, int | float):
        if not (timeout > 0 and math.isfinite(timeout)):
            raise ValueError(
                f"timeout must be more than 0 seconds, got {timeout}; httpx.Timeout(None) waits for ever"
            )
        return dict.fromkeys(_PARTS, timeout)
    return timeout.as_dict()


def read_tokens(auth: Any, credential: Credential) -> Callable[[Operation[Any]], Tokens]:
    """Return what chooses the tokens of an operation that `auth` gives anew for each request.

    Raises `ValueError` where `auth` is nothing that credentials come from.
    """
    if hasattr(auth, "choose"):
        choose: Callable[[Operation[Any]], Tokens] = auth.choose
        return choose
    if not (auth is None or isinstance(auth, str) or callable(auth) or hasattr(auth, "auth_flow")):
        raise ValueError(
            f"auth must be a token, a function that returns one or an httpx.Auth, got {type(auth).__name__}"
        )
    is_source = callable(auth) and not hasattr(auth, "auth_flow")
    tokens: Tokens = ((cast("TokenSource", auth), credential),) if is_source else ()
    return lambda operation: tokens


def check_http_client(http_client: Any, closing: str, transport: object, event_hooks: object) -> None:
    """Raise `ValueError` where `http_client` is of the other kind, or is not all that was given.

    `closing` is the method that closes one of the right kind.
    """
    if http_client is None:
        return
    if transport is not None or event_hooks is not None:
        raise ValueError("give either http_client or transport and event_hooks: an HTTP client has its own")
    if not hasattr(http_client, closing):
        kind = "an asynchronous" if closing == "aclose" else "a synchronous"
        raise ValueError(f"http_client must be {kind} HTTP client, got {type(http_client).__name__}")
