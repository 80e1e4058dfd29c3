"""Compares what peers sent and returned with what was drawn.

An instant, a duration or an address may be spelled anew. Unless it must be exact, a null is as good as nothing, and
numbers are the same that a float holds alike.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeAlias

from pydantic import AnyUrl, TypeAdapter, ValidationError

_SPELLED: Final = tuple(TypeAdapter(kind) for kind in (datetime, date, timedelta, AnyUrl))

Pair: TypeAlias = tuple[str, str]
# Where a parameter is, and its name.
Key: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Comparing:
    """Says whether values are the same; `exact` is to the letter, but for what has several spellings.

    `credentials` are the names of the headers, cookies and parameters that carry one, in lower case.
    """

    exact: bool
    credentials: frozenset[str] = frozenset()

    def require(self, wanted: Any, found: Any, what: str) -> None:
        """Raise `AssertionError`, which says where, where `found` is not the same as `wanted`."""
        if difference := self.find(wanted, found, what):
            raise AssertionError(difference)

    def find(self, wanted: Any, found: Any, at: str) -> str:
        """Return where `found` is not the same as `wanted`; "" where it is."""
        match wanted, found:
            case dict(), dict():
                own, other = self._list_members(wanted), self._list_members(found)
                if own.keys() != other.keys():
                    return f"{at}: {sorted(own.keys() ^ other.keys())} on one side only"
                parts = [self.find(each, other[key], f"{at}.{key}") for key, each in own.items()]
            case list(), list() if len(wanted) == len(found):
                pairs = enumerate(zip(wanted, found, strict=True))
                parts = [self.find(each, other, f"{at}.{index}") for index, (each, other) in pairs]
            case _:
                is_same = wanted is found or self._is_same_scalar(wanted, found)
                parts = ["" if is_same else f"{at}: wanted {wanted!r}, found {found!r}"]
        return next(filter(None, parts), "")

    def require_pairs(self, wanted: list[Pair], found: list[Pair], spared: list[Pair], what: str) -> None:
        """Raise `AssertionError` where `found` are not `wanted`, in any order, but for some of `spared`."""
        rest = [*found]
        for name, value in wanted:
            same = [each for each in rest if each[0] == name and _is_same_field(value, each[1])]
            if not same:
                raise AssertionError(f"{what}: {name}={value!r} is not among {found!r}")
            rest.remove(same[0])
        for name, value in rest:
            is_spared = any(each[0] == name and _is_same_field(value, each[1]) for each in spared)
            if not is_spared and name.lower() not in self.credentials:
                raise AssertionError(f"{what}: {name}={value!r} was not asked for")

    def _list_members(self, value: Mapping[str, Any]) -> dict[str, Any]:
        return {key: each for key, each in value.items() if self.exact or each is not None}

    def _is_same_scalar(self, wanted: Any, found: Any) -> bool:
        if isinstance(wanted, str) and isinstance(found, str):
            return is_same_text(wanted, found)
        if type(wanted) is type(found):
            return bool(wanted == found)
        return (
            not self.exact and {type(wanted), type(found)} == {int, float} and float(wanted) == float(found)
        )


def _is_same_field(wanted: str, found: str) -> bool:
    """Say whether two texts mean the same, as JSON where both are that."""
    if is_same_text(wanted, found):
        return True
    try:
        return not Comparing(exact=False).find(json.loads(wanted), json.loads(found), "")
    except ValueError:
        return False


def is_same_text(wanted: str, found: str) -> bool:
    """Say whether two texts are one, or two spellings of one instant, duration or address, or of a list of them."""
    if wanted == found:
        return True
    for adapter in _SPELLED:
        try:
            return bool(adapter.validate_strings(wanted) == adapter.validate_strings(found))
        except ValidationError:
            continue
    parts, others = wanted.split(","), found.split(",")
    return 1 < len(parts) == len(others) and all(map(is_same_text, parts, others))
