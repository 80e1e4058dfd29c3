"""Fetches a document over HTTP, in bounded time and size; only with `--allow-remote` does anything call it."""

from __future__ import annotations

from time import monotonic
from typing import Final
from urllib.parse import urljoin, urlsplit

_SECONDS: Final = 20.0
_MOST_BYTES: Final = 10_000_000
_MOST_REDIRECTS: Final = 5


class Unreachable(Exception):
    """A document that cannot be fetched, or may not be."""


def fetch(url: str) -> str:
    """Return the text at `url`, which is http or https; raise `Unreachable`.

    A redirect may lead from http to https and to either elsewhere, but not from https to http, and nowhere else.
    """
    # Here and not above: most documents need nothing from elsewhere.
    import httpx

    until = monotonic() + _SECONDS
    try:
        with httpx.Client(timeout=_SECONDS, follow_redirects=False) as client:
            for _ in range(_MOST_REDIRECTS + 1):
                with client.stream("GET", url) as response:
                    if not response.has_redirect_location:
                        if response.status_code != 200:
                            raise Unreachable(f"the answer is {response.status_code}")
                        return _read(response, until)
                    url = _redirect(url, response.headers["location"])
    except (httpx.HTTPError, httpx.InvalidURL) as problem:
        raise Unreachable(str(problem) or type(problem).__name__) from None
    raise Unreachable(f"more than {_MOST_REDIRECTS} redirects")


def _redirect(url: str, location: str) -> str:
    target = urljoin(url, location)
    allowed = ("https",) if urlsplit(url).scheme == "https" else ("http", "https")
    if urlsplit(target).scheme not in allowed:
        raise Unreachable(f"it is redirected to {target!r}")
    return target


def _read(response: object, until: float) -> str:
    body = bytearray()
    for chunk in response.iter_bytes():  # type: ignore[attr-defined]
        body += chunk
        if len(body) > _MOST_BYTES:
            raise Unreachable(f"it has more than {_MOST_BYTES:,} bytes")
        if monotonic() > until:
            raise Unreachable(f"it takes more than {_SECONDS:.0f} seconds")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Unreachable(f"it is not UTF-8 text (byte {problem.start})") from None
