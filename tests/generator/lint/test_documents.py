"""What lint finds in documents that are in the field: each finding was looked at, and none is a false alarm."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

import pytest
from orchestrator_codegen.pipeline import lint_document

from ..support.documents import SHARED, SPEC

REVISIONS: Final = SHARED / "contract" / "revisions"
CORPUS: Final = SHARED / "corpus"

# What the generator supports is another matter, and prose that is missing is plain to see.
ELSEWHERE: Final = frozenset({"left-out", "unfit-error", "missing-description"})

FOUND: Final[dict[Path, dict[str, int]]] = {
    SHARED / "contract" / "contract.yaml": {
        "array-without-items": 1,
        "crossed-paths": 1,
        "enum-without-type": 2,
        "hidden-value": 1,
        "number-for-integer": 2,
        "unused-component": 4,
    },
    REVISIONS / "2024-04-04.yaml": {
        "crossed-paths": 1,
        "hidden-value": 2,
        "number-for-integer": 7,
        "unused-component": 5,
    },
    REVISIONS / "2026-01-16.yaml": {
        "array-without-items": 1,
        "crossed-paths": 1,
        "enum-without-type": 2,
        "hidden-value": 1,
        "number-for-integer": 2,
        "unused-component": 4,
        "slip": 1,
    },
    CORPUS / "backstage-catalog.json": {"empty-success": 2, "number-for-integer": 6},
    CORPUS / "callback.yaml": {"unnamed-operation": 1, "no-error": 1},
    CORPUS / "museum31.yaml": {},
    CORPUS / "petstore-expanded.yaml": {},
    CORPUS / "tictactoe31.yaml": {"no-error": 1, "unused-component": 1},
    CORPUS / "traintravel31.yaml": {},
    CORPUS / "uspto.yaml": {"no-error": 1},
    CORPUS / "webhook31.yaml": {},
}

# What belongs to the contract's structure, and so stays; nothing else may come to be found.
KEPT: Final = {
    ("array-without-items", 'the property "logs"'),
    ("crossed-paths", 'the path "/v2/workflows/instances/{instanceId}"'),
    ("enum-without-type", 'the property "format"'),
    ("enum-without-type", 'the property "orderDirection"'),
    ("hidden-value", '"/v2/workflows/instances/statuses"'),
    ("number-for-integer", '"offset"'),
    ("number-for-integer", '"pageSize"'),
    *(
        ("unused-component", f'"{name}"')
        for name in (
            "GetOverviewsRequestParams",
            "WorkflowDTO",
            "WorkflowListResultDTO",
            "WorkflowProgressDTO",
        )
    ),
}


def count(spec: Path) -> dict[str, int]:
    """Return how often each rule found something in `spec`."""
    if not spec.exists():
        pytest.skip(f"{spec} is not there")
    return dict(Counter(each.rule for each in lint_document(spec) if each.rule not in ELSEWHERE))


@pytest.mark.parametrize(("spec", "found"), FOUND.items(), ids=[spec.stem for spec in FOUND])
def test_nothing_else_is_found(spec: Path, found: dict[str, int]) -> None:
    assert count(spec) == found


@pytest.mark.slow
def test_nothing_else_is_found_in_a_large_document() -> None:
    assert count(CORPUS / "airflow31.yaml") == {
        "ambiguous-union": 1,
        "crossed-paths": 9,
        "hidden-value": 3,
        "idle-header": 4,
        "no-error": 3,
    }


def test_the_contracts_own_document_has_only_what_its_structure_brings() -> None:
    found = lint_document(SPEC)
    assert len(found) == len(KEPT)
    for rule, piece in KEPT:
        assert any(each.rule == rule and piece in each.found for each in found), (rule, piece)
