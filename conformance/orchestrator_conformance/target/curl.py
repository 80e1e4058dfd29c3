"""Writes a request as a command for a POSIX shell. Text from the target is an argument of it, and never runs."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from typing import Final

from .exchange import NotJson, Request, read_json, show_body
from .shown_text import escape_json

# Ids with other characters are percent-encoded in a path, and short ids also occur in ordinary text.
PLAIN_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{7,}")
_NOT_IN_A_FORMAT: Final = frozenset(b"'\\%")


def write_curl(request: Request, base_url: str, *, has_token: bool) -> str:
    """Return a curl command that sends `request` again. It reads the token from a shell variable."""
    url = quote_word(base_url + request.path)
    body = show_body(request.body).encode("utf-8", "replace")
    return join_curl(["-sS", "-i"], request, url, body, has_token=has_token)


def join_curl(
    options: list[str],
    request: Request,
    url: str,
    body: bytes,
    *,
    has_token: bool,
    names: Mapping[str, str] | None = None,
) -> str:
    """Return a curl command that sends `body` to `url`, a shell word. `names` has the shell variable of some ids."""
    parts = ["curl", *options, *_guard_path(request.path), "-X", request.method, url]
    if has_token and request.token is not None:
        parts += ["-H", f'"Authorization: Bearer {request.token}"']
    parts += [
        word
        for name, value in request.headers
        if name.lower() == "content-type"
        for word in ("-H", quote_word(f"{name}: {value}"))
    ]
    if not body:
        return " ".join(parts)
    text = _read_text(body)
    if text is None:
        return f"printf '{_write_format(body)}' | " + " ".join([*parts, "--data-binary", "@-"])
    # With --data-binary, a body that starts with @ is the name of a file.
    option = "--data-raw" if text.startswith("@") else "--data-binary"
    return " ".join([*parts, option, quote_with_names(text, names or {})])


def _guard_path(path: str) -> list[str]:
    # curl expands brackets and braces of a URL, and resolves its dot segments.
    options = ["--globoff"] if re.search(r"[][{}]", path) else []
    return [*options, "--path-as-is"] if "/." in path else options


def _read_text(body: bytes) -> str | None:
    """Return `body` as printable text, or None if it has none of the same meaning."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if text.isprintable():
        return text
    try:
        read_json(body)
    except NotJson:
        return None
    escaped = escape_json(text)
    return escaped if escaped.isprintable() else None


def quote_word(text: str) -> str:
    """Return a shell word with the value `text`. It consists of printable characters."""
    if text.isprintable():
        return shlex.quote(text)
    return f"\"$(printf '{_write_format(text.encode('utf-8', 'replace'))}')\""


def quote_with_names(text: str, names: Mapping[str, str]) -> str:
    """Return a shell word with the value `text`, in which the shell variables of `names` take the place of the ids."""
    if not names:
        return shlex.quote(text)
    longest_first = sorted(names, key=len, reverse=True)
    pieces = re.split("(" + "|".join(map(re.escape, longest_first)) + ")", text)
    return "".join(f'"${names[each]}"' if each in names else _quote_piece(each) for each in pieces) or "''"


def _quote_piece(text: str) -> str:
    quoted = shlex.quote(text)
    if not text:
        return ""
    return quoted if quoted.startswith("'") else f"'{text}'"


def _write_format(data: bytes) -> str:
    """Return the format with which `printf` writes `data`."""
    return "".join(
        chr(byte) if 0x20 <= byte <= 0x7E and byte not in _NOT_IN_A_FORMAT else f"\\{byte:03o}"
        for byte in data
    )
