"""Fetches a document over HTTP with limits on time and size. Called only with `--allow-remote`."""

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

# A host name and a port; None is the default port of the scheme.
Host: TypeAlias = tuple[str, int | None]


class Unreachable(Exception):
    """A document that cannot or may not be fetched."""


def find_host(url: str) -> Host | None:
    """Return the host of `url`, or None if it is not an http or https URL."""
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
    """Return the text at `url`, an http or https URL; raise `Unreachable`.

    Redirects are followed to `hosts` only, and never from https to http.
    """
    outcome: list[str | Unreachable] = []
    # In a thread, because no timeout of httpx limits the total time of a response that arrives byte by byte.
    thread = Thread(target=lambda: outcome.append(_try(lambda: _fetch(url, hosts))), daemon=True)
    thread.start()
    thread.join(_SECONDS)
    if not outcome:
        raise Unreachable(f"it took more than {_SECONDS:.0f} seconds")
    if isinstance(outcome[0], Unreachable):
        raise outcome[0]
    return outcome[0]


def _try(do: Callable[[], str]) -> str | Unreachable:
    # Imported here, because most documents refer to no remote files.
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
    # A compressed response could exceed the memory when decompressed.
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
        raise Unreachable(f"it is redirected to {target!r}, a host that no document on disk names")
    return target


def _read(response: httpx.Response, until: float) -> str:
    if response.status_code != 200:
        raise Unreachable(f"the response has status {response.status_code}")
    if response.headers.get("content-encoding", "identity") != "identity":
        raise Unreachable("the response is compressed, which was not requested")
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise Unreachable(f"it has more than {_MOST_BYTES:,} bytes")
        if monotonic() > until:  # the caller has given up
            break
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Unreachable(f"it is not UTF-8 text (byte {problem.start})") from None
