"""Compares what peers sent and returned with the values that were drawn.

Two spellings of the same timestamp, duration or URL are equal. Unless the comparison is exact, a null equals an absent
member, and an integer equals a float if both convert to the same float.
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
# The location of a parameter, and its name.
Key: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Comparing:
    """Compares values by meaning, or exactly. Strings with several spellings are always compared by meaning.

    `credentials` are the lower-case names of the headers, cookies and parameters that carry credentials.
    """

    exact: bool
    credentials: frozenset[str] = frozenset()

    def require(self, wanted: Any, found: Any, what: str) -> None:
        """Raise `AssertionError` with the location of the first difference, if there is one."""
        if difference := self.find(wanted, found, what):
            raise AssertionError(difference)

    def find(self, wanted: Any, found: Any, at: str) -> str:
        """Return the location and the values of the first difference, or "" if there is none."""
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

    def require_pairs(self, wanted: list[Pair], found: list[Pair], optional: list[Pair], what: str) -> None:
        """Raise `AssertionError` unless `found` has the pairs of `wanted`, in any order.

        Further pairs have to be among `optional`, or carry credentials.
        """
        rest = [*found]
        for name, value in wanted:
            same = [each for each in rest if each[0] == name and _is_same_field(value, each[1])]
            if not same:
                raise AssertionError(f"{what}: {name}={value!r} is not among {found!r}")
            rest.remove(same[0])
        for name, value in rest:
            is_optional = any(each[0] == name and _is_same_field(value, each[1]) for each in optional)
            if not is_optional and name.lower() not in self.credentials:
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
    """Return whether two strings mean the same, as text or as JSON."""
    if is_same_text(wanted, found):
        return True
    try:
        return not Comparing(exact=False).find(json.loads(wanted), json.loads(found), "")
    except ValueError:
        return False


def is_same_text(wanted: str, found: str) -> bool:
    """Return whether two strings are equal, or spell the same timestamp, duration or URL, or the same list of them."""
    if wanted == found:
        return True
    for adapter in _SPELLED:
        try:
            return bool(adapter.validate_strings(wanted) == adapter.validate_strings(found))
        except ValidationError:
            continue
    parts, others = wanted.split(","), found.split(",")
    return 1 < len(parts) == len(others) and all(map(is_same_text, parts, others))
