from __future__ import annotations

from typing import Any

import pytest
from orchestrator_conformance.reference.errors import BadRequest
from orchestrator_conformance.reference.filters.criteria import MAX_DEPTH, parse_criterion
from orchestrator_conformance.reference.filters.filtering import fits_pattern

from ..support.reference_rows import ROWS, Row, find, ids, join, where, within

ALPHA = where("name", "EQ", "alpha")
BETA = where("name", "EQ", "beta")
ACTIVE = where("state", "EQ", "ACTIVE")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        # Text.
        (where("name", "EQ", "beta"), "be"),
        (where("name", "EQ", "Beta"), ""),
        (where("name", "IN", ["alpha", "beta"]), "abe"),
        (where("name", "IN", []), ""),
        (where("name", "LIKE", "alpha"), "a"),
        (where("name", "LIKE", "alpha*"), "ad"),
        (where("name", "LIKE", "%b%t%"), "bde"),
        (where("name", "LIKE", "*"), "abde"),
        (where("name", "IS_NULL", True), "c"),
        (where("name", "IS_NULL", False), "abde"),
        # Ids.
        (where("id", "EQ", "c"), "c"),
        (where("id", "IN", ["a", "e", "z"]), "ae"),
        (where("id", "IS_NULL", True), ""),
        # Dates are compared as instants: the UTC offset does not matter.
        (where("at", "EQ", "2025-01-02T10:00:00Z"), "be"),
        (where("at", "EQ", "2025-01-02T12:00:00+02:00"), "be"),
        (where("at", "EQ", "2025-01-02T10:00:00.000"), "be"),
        (where("at", "GT", "2025-01-02T10:00:00Z"), "c"),
        (where("at", "GTE", "2025-01-02T10:00:00Z"), "bce"),
        (where("at", "LT", "2025-01-02T10:00:00Z"), "a"),
        (where("at", "LTE", "2025-01-02T10:00:00Z"), "abe"),
        (where("at", "BETWEEN", ["2025-01-01T10:00:00Z", "2025-01-02T10:00:00Z"]), "abe"),
        (where("at", "BETWEEN", ["2025-01-02T10:00:00Z", "2025-01-01T10:00:00Z"]), ""),
        (where("at", "IS_NULL", True), "d"),
        (where("at", "IS_NULL", False), "abce"),
        # States.
        (where("state", "EQ", "ACTIVE"), "ac"),
        (where("state", "IN", ["ERROR", "PENDING"]), "be"),
        # Within objects.
        (within("variables", "owner", "EQ", "ada"), "ad"),
        (within("variables", "owner", "LIKE", "*a*"), "acd"),
        (within("variables", "owner", "IS_NULL", True), "b"),
        (within("variables", "data", "size", "EQ", 1), "a"),
        (within("variables", "data", "size", "EQ", "1"), "b"),
        (within("variables", "data", "size", "EQ", True), "d"),
        (within("variables", "data", "size", "EQ", 1.5), "c"),
        (within("variables", "data", "size", "IN", [1.5, "1"]), "bc"),
        (within("variables", "data", "flag", "EQ", True), "b"),
        (within("variables", "data", "title", "LIKE", "%two"), "be"),
        (within("variables", "data", "title", "IS_NULL", True), "acd"),
        (within("variables", "data", "deep", "er", "x", "EQ", "y"), "a"),
        (within("variables", "data", "deep", "er", "x", "IS_NULL", True), "bcde"),
        (within("variables", "data", "unheard of", "EQ", "y"), ""),
        # Logic.
        (join("AND", ALPHA, ACTIVE), "a"),
        (join("AND", ALPHA, BETA), ""),
        (join("OR", ALPHA, BETA), "abe"),
        (join("OR", ALPHA, ACTIVE), "ac"),
        (join("NOT", ACTIVE), "bde"),
        (join("NOT", BETA), "acd"),
        (
            join(
                "AND", where("at", "GTE", "2025-01-02T10:00:00Z"), where("at", "LT", "2025-01-03T10:00:00Z")
            ),
            "be",
        ),
        (join("AND", join("OR", ALPHA, BETA), join("NOT", where("state", "EQ", "ERROR"))), "ae"),
        (
            join(
                "OR", join("AND", BETA, where("id", "EQ", "e")), within("variables", "owner", "EQ", "grace")
            ),
            "ce",
        ),
        (join("NOT", join("NOT", join("NOT", ACTIVE))), "bde"),
        (join("NOT", ACTIVE, BETA), "d"),
        (join("AND"), "abcde"),
        (join("OR"), ""),
        (join("NOT"), "abcde"),
    ],
    ids=str,
)
def test_a_filter_selects_rows(filters: dict[str, Any], expected: str) -> None:
    found = find(ROWS, filters=filters)
    assert "".join(sorted(ids(found.rows))) == expected
    assert found.total == len(expected)


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        (where("nope", "EQ", "x"), "unknown field 'nope'"),
        (where("owner", "EQ", "ada"), "unknown field 'owner'"),
        (within("variables", "nope", "EQ", "x"), "unknown field 'nope' in 'variables'"),
        (within("name", "first", "EQ", "x"), "'name' has no nested fields"),
        (within("variables", "owner", "first", "EQ", "x"), "'owner' has no nested fields"),
        (where("variables", "EQ", "x"), "EQ does not apply to variables"),
        (where("name", "GT", "x"), "GT does not apply to name"),
        (where("name", "BETWEEN", ["a", "b"]), "BETWEEN does not apply to name"),
        (where("id", "LIKE", "a%"), "LIKE does not apply to id"),
        (where("at", "IN", ["2025-01-01T10:00:00Z"]), "IN does not apply to at"),
        (where("at", "LIKE", "2025%"), "LIKE does not apply to at"),
        (where("state", "LIKE", "A%"), "LIKE does not apply to state"),
        (where("state", "IS_NULL", True), "IS_NULL does not apply to state"),
        (where("state", "GT", "ACTIVE"), "GT does not apply to state"),
        (within("variables", "data", "size", "GT", 1), "GT does not apply to variables.data.size"),
        (where("name", "EQ", 1), "requires a string value"),
        (where("name", "EQ", ["beta"]), "requires one value"),
        (where("name", "IN", "beta"), "requires a list"),
        (where("name", "IN", ["beta", 1]), "requires a string value"),
        (where("name", "LIKE", 1), "requires a string value"),
        (where("name", "IS_NULL", "true"), "requires true or false"),
        (where("at", "GT", "yesterday"), "is not a valid date"),
        (where("at", "GT", 1735725600000), "requires a string value"),
        (where("at", "BETWEEN", "2025-01-01T10:00:00Z"), "requires a list of two values"),
        (where("at", "BETWEEN", ["2025-01-01T10:00:00Z"]), "requires a list of two values"),
        (where("state", "EQ", "DONE"), "is not a valid state"),
        (where("state", "IN", ["ACTIVE", "DONE"]), "is not a valid state"),
        (join("OR", ALPHA, where("nope", "EQ", "x")), "unknown field"),
        ({**BETA, "nested": ALPHA}, "matches more than one kind of filter"),
        (join("NOT", {**BETA, "nested": ALPHA}), "matches more than one kind of filter"),
        (
            {**join("AND", BETA), "field": "variables", "nested": ALPHA},
            "matches more than one kind of filter",
        ),
        ({"field": "variables", "nested": join("AND", BETA)}, "neither a logical filter"),
        ({"field": "name"}, "neither a logical filter"),
        ({"field": "name", "operator": "EQ", "value": None}, "neither a logical filter"),
        ({"field": "name", "operator": "EQ", "value": {"a": 1}}, "neither a logical filter"),
        ({"operator": "XOR", "filters": []}, "neither a logical filter"),
        ([], "neither a logical filter"),
    ],
    ids=str,
)
@pytest.mark.parametrize("rows", [ROWS, []], ids=["rows", "no rows"])
def test_an_invalid_filter_is_rejected_even_for_an_empty_list(
    rows: list[Row], filters: Any, reason: str
) -> None:
    with pytest.raises(BadRequest, match=reason):
        find(rows, filters=filters)


@pytest.mark.parametrize(
    "filters",
    [
        # Without a value or with an unknown operator, it is not a field filter.
        {"field": "variables", "nested": where("owner", "EQ", "ada"), "operator": "EQ"},
        {"field": "variables", "nested": where("owner", "EQ", "ada"), "operator": "XOR", "value": 1},
        {**within("variables", "owner", "EQ", "ada"), "note": "unknown members are ignored"},
    ],
)
def test_a_filter_that_matches_exactly_one_branch_is_accepted(filters: dict[str, Any]) -> None:
    assert ids(find(ROWS, filters=filters).rows) == "ad"


def test_a_field_filter_with_an_invalid_nested_filter_is_accepted() -> None:
    assert ids(find(ROWS, filters={**BETA, "nested": {"field": "x"}}).rows) == "be"


@pytest.mark.parametrize(("depth", "is_accepted"), [(MAX_DEPTH, True), (MAX_DEPTH + 1, False)])
def test_the_depth_of_a_filter_is_limited(depth: int, is_accepted: bool) -> None:
    filters = ALPHA
    for _ in range(depth - 1):
        filters = join("NOT", filters)
    if is_accepted:
        assert parse_criterion(filters)
    else:
        with pytest.raises(BadRequest, match=f"more than {MAX_DEPTH} levels"):
            parse_criterion(filters)


HOSTILE = [
    "it's",
    'say "hi"',
    "C:\\new\\",
    "two\nlines",
    "a   b",
    "tab\t",
    "naïve 搜索 🎈",
    "",
    "'; DROP--",
    "a.c",
    "[x]",
    "^$",
    "?",
]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("operator", ["EQ", "IN", "LIKE"])
def test_special_characters_in_a_value_are_literal(operator: str, value: str) -> None:
    rows = [
        {**ROWS[0], "id": f"row {number}", "name": name} for number, name in enumerate([*HOSTILE, "abc", "x"])
    ]
    asked = [value] if operator == "IN" else value
    found = find(rows, filters=where("name", operator, asked)).rows
    assert [row["name"] for row in found] == [value]


@pytest.mark.parametrize(
    ("text", "pattern", "fits"),
    [
        ("", "", True),
        ("", "*", True),
        ("", "**%", True),
        ("a", "", False),
        ("abc", "abc", True),
        ("abc", "a*", True),
        ("abc", "*c", True),
        ("abc", "*b*", True),
        ("abc", "a%c", True),
        ("abc", "a*b*c", True),
        ("abc", "*abc*", True),
        ("abc", "b*", False),
        ("abc", "*b", False),
        ("abc", "a*d*c", False),
        ("abc", "ab*bc", False),
        ("aba", "a*a", True),
        ("a", "a*a", False),
        ("aa", "*a*a*a*", False),
        ("a_c", "a_c", True),
        ("abc", "a_c", False),
        ("abc", "a.c", False),
        ("abc", "a?c", False),
        ("two\nlines", "two*lines", True),
        ("a\\b", "a\\*", True),
        ("100%", "100%", True),
    ],
)
def test_a_text_matches_a_pattern(text: str, pattern: str, fits: bool) -> None:
    assert fits_pattern(text, pattern) is fits


def test_a_pattern_with_many_wildcards_is_fast() -> None:
    assert not fits_pattern("a" * 5_000, "%a" * 2_000 + "b")
