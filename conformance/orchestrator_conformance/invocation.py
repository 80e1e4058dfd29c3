"""Reads what a user says of a target: the same words on the command line and in pytest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from .target import CannotRun

ALL: Final = "all"


def read_headers(token_env: str | None, headers: Iterable[str], environ: Mapping[str, str]) -> dict[str, str]:
    """Return the headers that go with every request; raise `CannotRun` without showing any value.

    `token_env` names the environment variable that holds a bearer token; each of `headers` is `Name: value`.
    """
    read: dict[str, str] = {}
    for header in headers:
        name, colon, value = header.partition(":")
        if not colon or not name.strip() or not name.isascii() or any(each in header for each in "\r\n"):
            raise CannotRun(f"--header {name.strip()!r}: write it as 'Name: value', on one line")
        if not value.isascii():
            raise CannotRun(f"--header {name.strip()!r}: the value must be ASCII")
        read[name.strip()] = value.strip()
    if token_env is not None:
        token = environ.get(token_env, "").strip()
        if not token:
            raise CannotRun(f"--token-env {token_env}: the environment variable is not set, or empty")
        if not token.isascii() or not token.isprintable() or " " in token:
            raise CannotRun(f"--token-env {token_env}: what the variable holds is no bearer token")
        read["Authorization"] = f"Bearer {token}"
    return read


def read_allowed_runs(words: str) -> Callable[[str], bool] | None:
    """Return which workflows `words` allow to be started: none for an empty text, every one for `all`."""
    names = frozenset(filter(None, (each.strip() for each in words.split(","))))
    if not names:
        return None
    return lambda workflow_id: names == {ALL} or workflow_id in names
