"""Reads the options that describe a target. The command line and the pytest plugin share them."""

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
    """Return the headers to send with every request; raise `CannotRun`, whose message shows no header value.

    `token_env` is the name of the environment variable that holds a bearer token, and `option` the option that gave
    it. Each of `headers` has the form `Name: value`.
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
            raise CannotRun(f"{option} {token_env}: the environment variable is not set or is empty")
        if not token.isascii() or not token.isprintable() or " " in token:
            raise CannotRun(
                f"{option} {token_env}: the value is not a bearer token: it must be printable ASCII without spaces"
            )
        read["Authorization"] = f"Bearer {token}"
    return read


def choose_claims(
    profile: Profile | None, file: Path | None, claim: str, disclaim: str, *, may_run: bool
) -> Claims:
    """Return the claims of the target; raise `CannotRun`.

    They start from a profile. The file changes them first, then the lists of names. `profile` takes precedence over the
    profile in the file; the default is `standard`.
    """
    from_file, claimed, disclaimed = read_claims(file) if file is not None else (None, [], [])
    chosen = profile or from_file or "standard"
    claims = adjust(claims_of(chosen), claimed, disclaimed)
    claims = adjust(claims, _split(claim), _split(disclaim))
    if may_run and not claims.allows("execution"):
        raise CannotRun(
            "--allow-runs requires the feature execution, which is not claimed; claim it, or remove --allow-runs"
        )
    return claims


def _split(words: str) -> list[str]:
    return [each.strip() for each in words.split(",") if each.strip()]


def read_allowed_runs(words: str) -> Callable[[str], bool] | None:
    """Return a function that says whether a workflow may be started; None if `words` is empty. `all` allows all."""
    names = frozenset(_split(words))
    if not names:
        return None
    return lambda workflow_id: names == {ALL} or workflow_id in names
