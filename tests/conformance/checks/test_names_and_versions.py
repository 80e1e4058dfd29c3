"""Texts of a workflow definition, and how they are compared with those of an overview."""

from __future__ import annotations

import pytest
from orchestrator_conformance.checks.overviews.names_and_versions import is_same_text, read_texts


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{"id": "a", "version": 1.5, "states": []}', {"id": "a", "version": "1.5"}),
        ("id: a\nversion: 1.10\ndescription:\nname: ~\n", {"id": "a", "version": "1.10"}),
        ("id: a\nversion: '2.0'\nstates: []\n", {"id": "a", "version": "2.0"}),
        ("- a\n- b\n", {}),
        ("{", {}),
        ("a: [", {}),
        ("", {}),
    ],
)
def test_texts_and_numbers_are_read(source: str, expected: dict[str, str]) -> None:
    assert read_texts(source) == expected


@pytest.mark.parametrize(
    ("shown", "stated", "expected"),
    [
        ("1.4.0", "1.4.0", True),
        ("1.4.0", "1.4", False),
        ("2", "2.0", True),
        ("1.10", "1.1", True),
        ("2", "2.1", False),
        ("What it is for", "What it is for\n", True),
        ("What it is", "What it is for", False),
    ],
)
def test_texts_are_compared_apart_from_blanks_at_the_ends(shown: str, stated: str, expected: bool) -> None:
    assert is_same_text(shown, stated) is expected
