"""Compares the credentials that an operation requires."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ...document.load import JSON, Pointer
from ..change import CLIENTS, NOBODY, SERVERS, Direction, Finding
from ..side import Side, is_prose
from ..wording import quote

# A scheme and one of its scopes, or "" for the scheme itself. An alternative is the set that one request must present.
_Need = tuple[str, str]
_Alternative = frozenset[_Need]


def compare_security(old_side: Side, old_at: Pointer, new_side: Side, new_at: Pointer) -> Iterator[Finding]:
    """Yield a finding if the operations at these pointers require different credentials.

    An old request is accepted if it presents everything that the new document requires, and the other way round.
    """
    old_where, old_listed = _read(old_side, old_at)
    new_where, new_listed = _read(new_side, new_at)
    old = [_identify(old_side, each) for each in old_listed]
    new = [_identify(new_side, each) for each in new_listed]
    if set(old) == set(new):
        return
    breaks = NOBODY
    if not _is_let_in(old, new):
        breaks |= CLIENTS
    if not _is_let_in(new, old):
        breaks |= SERVERS
    was, is_ = _show(old_listed), _show(new_listed)
    says = f"now requires {is_}; it was {was}" if was != is_ else f"requires {is_} in another way"
    yield Finding("security", says, breaks, Direction.REQUEST, old_where, new_where, ("credentials",))


def _is_let_in(shown: list[_Alternative], asked: list[_Alternative]) -> bool:
    return all(any(need <= each for need in asked) for each in shown)


def _read(side: Side, at: Pointer) -> tuple[Pointer, list[dict[str, list[str]]]]:
    operation = side.follow(at)[1]
    if "security" in operation:
        return (*at, "security"), operation["security"] or [{}]
    listed = side.document.data.get("security")
    return (("security",), listed or [{}]) if listed is not None else (at, [{}])


def _identify(side: Side, alternative: dict[str, list[str]]) -> _Alternative:
    """Return the required schemes of an alternative, identified by their definitions instead of their names."""
    schemes = (side.document.data.get("components") or {}).get("securitySchemes") or {}
    needs = set[_Need]()
    for name, scopes in alternative.items():
        scheme = name
        if name in schemes:
            at = ("components", "securitySchemes", name)
            scheme = json.dumps(_strip(side.follow(at)[1]), sort_keys=True)
        needs |= {(scheme, ""), *((scheme, str(scope)) for scope in scopes or ())}
    return frozenset(needs)


def _strip(value: JSON) -> Any:
    """Return a scheme without prose and without its list of scopes."""
    if isinstance(value, dict):
        return {key: _strip(each) for key, each in value.items() if not is_prose(key) and key != "scopes"}
    return value


def _show(listed: list[dict[str, list[str]]]) -> str:
    return " or ".join(_show_alternative(each) for each in listed)


def _show_alternative(alternative: dict[str, list[str]]) -> str:
    shown = [
        quote(name) + (f" with {', '.join(quote(str(scope)) for scope in scopes)}" if scopes else "")
        for name, scopes in alternative.items()
    ]
    return " and ".join(shown) or "nothing"
