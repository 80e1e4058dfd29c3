"""Comparison of timestamps, of which one may be rounded."""

from __future__ import annotations

import pytest
from orchestrator_conformance.checks.live_runs.steps import is_before


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2026-03-02T08:00:00.000Z", "2026-03-02T08:00:00.001Z", True),
        ("2026-03-02T08:00:00.001Z", "2026-03-02T08:00:00.001Z", False),
        ("2026-03-02T10:00:00+02:00", "2026-03-02T08:00:01Z", True),
        ("2026-03-02T09:00:00-02:00", "2026-03-02T10:00:00Z", False),
        # The first one may be cut to seconds, and the second one may be rounded to milliseconds.
        ("2026-03-02T08:00:00Z", "2026-03-02T08:00:00.900Z", False),
        ("2026-03-02T08:00:00.000600Z", "2026-03-02T08:00:00.001Z", False),
        ("2026-03-02T08:00:00Z", "2026-03-02T08:00:01.100Z", True),
        ("2026-03-02T08:00Z", "2026-03-02T08:00:59Z", False),
        ("2026-03-02T06:00:00.000123456Z", "2026-03-02T08:00:00.123Z", True),
        ("2026-03-02T08:00:00", "2026-03-02T08:00:01Z", False),
        (None, "2026-03-02T08:00:01Z", False),
    ],
)
def test_a_timestamp_is_before_another(one: object, other: object, expected: bool) -> None:
    assert is_before(one, other) is expected
