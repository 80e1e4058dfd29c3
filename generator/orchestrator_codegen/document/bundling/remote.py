"""Fetches a document over HTTP, in bounded time and size; only with `--allow-remote` does anything call it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    import httpx

_SECONDS: Final = 20.0
_MOST_BYTES: Final = 10_000_000
_MOST_REDIRECTS: Final = 5
_SCHEMES: Final = ("http", "https")

# A name and a port, None where it is that of the scheme.
Host: TypeAlias = tuple[str, int | None]


class Unreachable(Exception):
    """A document that cannot be fetched, or may not be."""


def find_host(url: str) -> Host | None:
    """Return the host of `url`, None where it is no URL of http or https."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _SCHEMES or not parts.hostname:
        return None
    is_usual = port == {"http": 80, "https": 443}[parts.scheme]
    return parts.hostname, None if is_usual else port


def fetch(url: str, hosts: Collection[Host]) -> str:
    """Return the text at `url`, which is http or https; raise `Unreachable`.

    A redirect may lead to one of `hosts` alone, and not from https to http.
    """
    outcome: list[str | Unreachable] = []
    # In a thread, as no timeout of the HTTP library's bounds the whole of an answer that comes byte by byte.
    thread = Thread(target=lambda: outcome.append(_try(lambda: _fetch(url, hosts))), daemon=True)
    thread.start()
    thread.join(_SECONDS)
    if not outcome:
        raise Unreachable(f"it takes more than {_SECONDS:.0f} seconds")
    if isinstance(outcome[0], Unreachable):
        raise outcome[0]
    return outcome[0]


def _try(do: Callable[[], str]) -> str | Unreachable:
    # Here and not above: most documents need nothing from elsewhere.
    import httpx

    try:
        return do()
    except Unreachable as problem:
        return problem
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError) as problem:
        return Unreachable(str(problem) or type(problem).__name__)


def _fetch(url: str, hosts: Collection[Host]) -> str:
    import httpx

    until = monotonic() + _SECONDS
    # What is packed may be larger than memory once it is unpacked.
    headers = {"accept-encoding": "identity"}
    with httpx.Client(timeout=_SECONDS, follow_redirects=False, headers=headers) as client:
        for _ in range(_MOST_REDIRECTS + 1):
            with client.stream("GET", url) as response:
                if not response.has_redirect_location:
                    return _read(response, until)
                url = _redirect(url, response.headers["location"], hosts)
    raise Unreachable(f"more than {_MOST_REDIRECTS} redirects")


def _redirect(url: str, location: str, hosts: Collection[Host]) -> str:
    target = urljoin(url, location)
    host = find_host(target)
    if host is None or (urlsplit(url).scheme == "https" and urlsplit(target).scheme != "https"):
        raise Unreachable(f"it is redirected to {target!r}")
    if host not in hosts:
        raise Unreachable(f"it is redirected to {target!r}, on a host that no document on disk names")
    return target


def _read(response: httpx.Response, until: float) -> str:
    if response.status_code != 200:
        raise Unreachable(f"the answer is {response.status_code}")
    if response.headers.get("content-encoding", "identity") != "identity":
        raise Unreachable("it is packed, which was not asked for")
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise Unreachable(f"it has more than {_MOST_BYTES:,} bytes")
        if monotonic() > until:  # nobody waits for it any more
            break
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Unreachable(f"it is not UTF-8 text (byte {problem.start})") from None
