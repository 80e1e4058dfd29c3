"""Timestamps of any precision."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from orchestrator_conformance.model.conditions import compares
from orchestrator_conformance.model.instants import (
    complete_timestamp,
    is_before,
    read_instant,
    write_with_offset,
)


def read(text: str) -> datetime:
    instant = read_instant(text)
    assert instant is not None
    return instant


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-01T08:00:00Z",
        "2025-03-01T08:00:00.0Z",
        "2025-03-01t08:00:00.000z",
        "2025-03-01T09:00:00.000000000+01:00",
        "2025-03-01T08:00:00,000000000000Z",
    ],
)
def test_the_same_instant_in_any_notation(text: str) -> None:
    assert read(text) == datetime(2025, 3, 1, 8, tzinfo=UTC)
    assert hash(read(text)) == hash(datetime(2025, 3, 1, 8, tzinfo=UTC))


@pytest.mark.parametrize("value", ["2025-03-01T08:00:00", "2025-03-01T08:00:00.5", "yesterday", "", 7, None])
def test_no_instant(value: object) -> None:
    assert read_instant(value) is None


def test_the_order_of_instants_is_exact() -> None:
    texts = [
        "2025-03-01T08:00:00.123Z",
        "2025-03-01T09:00:00.1230001+01:00",
        "2025-03-01T08:00:00.123456Z",
        "2025-03-01T07:00:00.123456049-01:00",
        "2025-03-01T08:00:00.12345605Z",
        "2025-03-01T08:00:00.123456789Z",
        "2025-03-01T08:00:00.123456789012Z",
        "2025-03-01T08:00:00.124Z",
    ]
    instants = [read(text) for text in texts]
    assert sorted(instants, reverse=True) == instants[::-1]
    for place, one in enumerate(instants):
        for other_place, other in enumerate(instants):
            assert (one < other) == (place < other_place)
            assert (one <= other) == (place <= other_place)
            assert (one > other) == (place > other_place)
            assert (one >= other) == (place >= other_place)
            assert (one == other) == (place == other_place)


@pytest.mark.parametrize(
    ("text", "hours", "expected"),
    [
        ("2025-03-01T08:00:00Z", 12, "2025-03-01T20:00:00+12:00"),
        ("2025-03-01T08:00:00.120Z", -12, "2025-02-28T20:00:00.120-12:00"),
        ("2025-03-01T08:00:00.123456Z", 12, "2025-03-01T20:00:00.123456+12:00"),
        ("2025-03-01T08:00:00.123456789Z", 12, "2025-03-01T20:00:00.123456789+12:00"),
    ],
)
def test_an_instant_is_written_with_the_digits_that_were_read(text: str, hours: int, expected: str) -> None:
    assert write_with_offset(read(text), timedelta(hours=hours)) == expected
    assert read(expected) == read(text)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("08:00:00.123Z", "08:00:00.123456Z", False),
        ("08:00:00.122Z", "08:00:00.123456Z", True),
        ("08:00:00Z", "08:00:00.999Z", False),
        ("08:00:00.123456788Z", "08:00:00.123456789Z", True),
        ("09:00:00.5+01:00", "08:00:00.5Z", False),
        ("08:00:01Z", "08:00:00.999Z", False),
    ],
)
def test_times_of_different_precision_are_compared_in_the_lower_one(
    one: str, other: str, expected: bool
) -> None:
    assert is_before(read(f"2025-03-01T{one}"), read(f"2025-03-01T{other}")) is expected


def test_filters_compare_every_digit() -> None:
    stored = "2025-03-01T08:00:00.123456789Z"
    assert compares(stored, "EQ", "2025-03-01T09:00:00.123456789+01:00", is_date=True)
    assert not compares(stored, "EQ", "2025-03-01T08:00:00.123456788Z", is_date=True)
    assert compares(stored, "GT", "2025-03-01T08:00:00.123456788Z", is_date=True)
    assert not compares(stored, "LTE", "2025-03-01T08:00:00.123456Z", is_date=True)


@pytest.mark.parametrize(
    ("shown", "completed"),
    [
        ("2025-03-01T08:00:00Z", "2025-03-01T08:00:00Z"),
        ("2025-03-01T08:00:00.5+01:00", "2025-03-01T08:00:00.5+01:00"),
        ("2025-03-01T08:00:00.123456789", "2025-03-01T08:00:00.123456789Z"),
        ("2025-03-01 08:00:00", "2025-03-01T08:00:00Z"),
        ("1741588200123", "2025-03-10T06:30:00.123+00:00"),
        ("yesterday", "yesterday"),
        ("17", "17"),
        ("", ""),
        (None, None),
    ],
)
def test_a_timestamp_gets_the_zone_that_it_lacks(shown: object, completed: object) -> None:
    assert complete_timestamp(shown) == completed
