"""Compares lists of instances with what is expected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

from ...target.exchange import Exchange
from ...verdict.outcome import Difference
from ..session import Failed, Undecided
from .instances import Listing, Lists, Row, texts_of

Predicate = Callable[[Row], bool]

_SHOWN: Final = 5


def sees_others(rows: Iterable[Row]) -> bool:
    """Whether the caller sees runs that others started. If so, lists are assumed to contain every run."""
    return len(set(texts_of(rows, "initiatorEntity"))) > 1


def has(field: str, *values: str) -> Predicate:
    """Return a predicate: whether the field of a row is one of `values`."""
    return lambda row: row.get(field) in values


def expect_matches(lists: Lists, condition: Row, matches: Predicate, wanted: str) -> None:
    """Compare the list filtered by `condition` with the rows that match. `wanted` describes the rows.

    Raises `Undecided` if every row matches or none does, because an ignored filter could not be detected.
    """

    def compare(whole: Listing, filtered: Listing) -> None:
        expected = [row["id"] for row in whole.rows if matches(row)]
        if not 0 < len(expected) < len(whole.rows):
            raise Undecided(f"instances both with and without {wanted}")
        expect_same(expected, filtered.ids, f"the instances with {wanted}", filtered.exchange)

    lists.agree(lambda: lists.ask({"filters": condition}), compare)


def expect_value(lists: Lists, condition: Callable[[str], Row], field: str, nobody: str) -> None:
    """Compare the list filtered by `condition` on `field` with the rows, even if all rows have the same value.

    `nobody` is a value that no row has. If the rows do not differ, it is used to detect an ignored filter.
    """
    rows = lists.known().rows
    values = {row[field] for row in rows if row.get(field)}
    if len(values) > 1 or any(not row.get(field) for row in rows):
        value = find_split(rows, field)
        expect_matches(lists, condition(value), has(field, value), f"{field} {value}")
        return
    if not values:
        raise Undecided(f"instances with {field}")

    def compare(whole: Listing, found: tuple[Listing, Listing]) -> None:
        everyone, none = found
        expect_same(
            whole.ids, everyone.ids, f"the instances with {field}, all with one value", everyone.exchange
        )
        expect_same([], none.ids, f"the instances with {field} {nobody}", none.exchange)

    (value,) = values
    asked = ({"filters": condition(value)}, {"filters": condition(nobody)})
    lists.agree(lambda: (lists.ask(asked[0]), lists.ask(asked[1])), compare)


def expect_same(expected: Iterable[str], found: list[str], what: str, exchange: Exchange) -> None:
    """Raise `Failed`, with the difference, unless `found` has each id of `expected` exactly once, in any order."""
    wanted = set(expected)
    missing, surplus = sorted(wanted - set(found)), sorted(set(found) - wanted)
    twice = sorted(each for each, count in Counter(found).items() if count > 1)
    deviations = [
        f"{len(ids)} {word} ({', '.join(ids[:_SHOWN])}{', ...' if len(ids) > _SHOWN else ''})"
        for word, ids in (("missing", missing), ("unexpected", surplus), ("duplicated", twice))
        if ids
    ]
    if deviations:
        difference = Difference(tuple(missing), tuple(surplus), tuple(twice))
        found_text = f"{len(found)}: {', '.join(deviations)}"
        raise Failed(f"{what}: {len(wanted)}", found_text, exchange, difference=difference)


def find_split(rows: list[Row], field: str) -> str:
    """Return the text in `field` that splits `rows` most evenly. Raises `Undecided` if no text splits them."""
    values = texts_of(rows, field)
    counts = Counter(values)
    splitting = [value for value, count in counts.items() if count < len(rows)]
    if not splitting:
        raise Undecided(f"instances that differ in {field}")
    return max(splitting, key=lambda value: min(counts[value], len(rows) - counts[value]))


def is_sorted(values: list[str], *, descending: bool = False) -> bool:
    """Whether the texts are sorted by a common collation: by code point, ignoring case, or ignoring punctuation."""
    if descending:
        values = values[::-1]
    collations: tuple[Callable[[str], str], ...] = (
        str,
        str.casefold,
        lambda text: "".join(filter(str.isalnum, text.casefold())),
    )
    return any(sorted(values, key=key) == values for key in collations)
