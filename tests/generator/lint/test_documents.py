"""The findings in real documents. Each was reviewed, and none is a false positive."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

import pytest
from orchestrator_codegen.pipeline import lint_document

from ..support.documents import SHARED, SPEC

REVISIONS: Final = SHARED / "contract" / "revisions"
CORPUS: Final = SHARED / "corpus"

# Not counted: the first two depend on what the generator supports, the last needs no review.
EXCLUDED: Final = frozenset({"left-out", "unfit-error", "missing-description"})

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

# The findings that follow from the structure of the contract. No others are allowed.
EXPECTED: Final = {
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
    """Return the number of findings in `spec` by rule."""
    if not spec.exists():
        pytest.skip(f"{spec} does not exist")
    return dict(Counter(each.rule for each in lint_document(spec) if each.rule not in EXCLUDED))


@pytest.mark.parametrize(("spec", "found"), FOUND.items(), ids=[spec.stem for spec in FOUND])
def test_the_findings_are_the_expected_ones(spec: Path, found: dict[str, int]) -> None:
    assert count(spec) == found


@pytest.mark.slow
def test_the_findings_in_a_large_document_are_the_expected_ones() -> None:
    assert count(CORPUS / "airflow31.yaml") == {
        "ambiguous-union": 1,
        "crossed-paths": 9,
        "hidden-value": 3,
        "idle-header": 4,
        "no-error": 3,
    }


def test_the_document_of_this_project_has_only_structural_findings() -> None:
    found = lint_document(SPEC)
    assert len(found) == len(EXPECTED)
    for rule, piece in EXPECTED:
        assert any(each.rule == rule and piece in each.found for each in found), (rule, piece)
