"""Reads what a user says of a target: the same words on the command line and in pytest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from ..contract.cannot_run import CannotRun
from ..contract.features import Claims, Profile, adjust, claims_of, read_claims

ALL: Final = "all"


def read_headers(
    token_env: str | None,
    headers: Iterable[str],
    environ: Mapping[str, str],
    option: str = "--token-env",
) -> dict[str, str]:
    """Return the headers that go with every request; raise `CannotRun` without showing any value.

    `token_env` names the environment variable that holds a bearer token, and `option` is where the user named it; each
    of `headers` is `Name: value`.
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
            raise CannotRun(f"{option} {token_env}: the environment variable is not set, or empty")
        if not token.isascii() or not token.isprintable() or " " in token:
            raise CannotRun(f"{option} {token_env}: what the variable holds is no bearer token")
        read["Authorization"] = f"Bearer {token}"
    return read


def choose_claims(
    profile: Profile | None, file: Path | None, claim: str, disclaim: str, *, may_run: bool
) -> Claims:
    """Return what the target claims: a profile, changed by a file, changed by lists of names; raise `CannotRun`.

    A profile that is named here goes before that of the file; `standard` is the default.
    """
    from_file, claimed, disclaimed = read_claims(file) if file is not None else (None, [], [])
    chosen = profile or from_file or "standard"
    claims = adjust(claims_of(chosen), claimed, disclaimed)
    claims = adjust(claims, _split(claim), _split(disclaim))
    if may_run and not claims.allows("execution"):
        raise CannotRun("--allow-runs, and a profile or claims without execution: leave one of them out")
    return claims


def _split(words: str) -> list[str]:
    return [each.strip() for each in words.split(",") if each.strip()]


def read_allowed_runs(words: str) -> Callable[[str], bool] | None:
    """Return which workflows `words` allow to be started: none for an empty text, every one for `all`."""
    names = frozenset(_split(words))
    if not names:
        return None
    return lambda workflow_id: names == {ALL} or workflow_id in names
