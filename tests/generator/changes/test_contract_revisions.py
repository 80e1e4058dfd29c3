"""Compares the revisions of the contract, whose changes are known, and real documents with themselves."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import pytest
from orchestrator_codegen.changes.change import CLIENTS, NOBODY, SERVERS, Comparison
from orchestrator_codegen.changes.compare import compare
from orchestrator_codegen.changes.wording import join_steps
from orchestrator_codegen.document.load import load
from orchestrator_codegen.validation.repair import repair_document

from ..support.documents import SHARED, SPEC

REVISIONS: Final = [
    *(
        SHARED / "contract" / "revisions" / f"{date}.yaml"
        for date in ("2024-04-04", "2024-09-09", "2025-01-24", "2025-07-15", "2026-01-16")
    ),
    SHARED / "contract" / "contract.yaml",
]
CORPUS: Final = [
    each for each in sorted((SHARED / "corpus").glob("*.*")) if each.suffix in {".yaml", ".json"}
]

# By the index of the old revision: the operationId, place, kind and broken parties of some changes, then the number of
# changes that break clients, break servers, and are compatible.
Fact = tuple[str, str, str, str]
FACTS: Final[dict[int, tuple[list[Fact], tuple[int, int, int]]]] = {
    0: (
        [
            ("getWorkflowsOverview", "", "operation-moved", "clients servers"),
            ("getWorkflowsOverview", "query parameter page", "parameter-removed", "clients"),
            ("getWorkflowsOverview", "request body", "body-added", ""),
            ("getInstances", "", "operation-moved", "clients servers"),
            ("getInstances", "answer 200 / items[] / nodes", "property-added", "servers"),
            ("getInstances", "answer 200 / items[] / status", "values-added", "clients"),
            ("getInstances", "answer 200 / items[] / status", "values-removed", "servers"),
            ("getInstances", "answer 200 / paginationInfo / page", "property-removed", "clients servers"),
            ("getInstances", "answer 200 / paginationInfo / pageSize", "bound-changed", "clients"),
            ("getInstanceById", "query parameter includeAssessment", "parameter-added", ""),
            ("getInstanceById", "answer 200 / instance", "property-added", "servers"),
            ("getWorkflowResults", "", "operation-removed", "clients"),
            ("executeWorkflow", "request body / inputData / *", "type-changed", "servers"),
            ("executeWorkflow", "answer 200 / id", "property-required", "servers"),
            ("abortWorkflow", "", "operation-moved", "clients servers"),
            ("getWorkflowInputSchemaById", "", "operation-added", "servers"),
        ],
        (37, 17, 10),
    ),
    1: (
        [
            ("getWorkflowsOverview", "request body / filterInfo", "property-removed", "clients"),
            (
                "getWorkflowsOverview",
                "request body / paginationInfo / totalCount",
                "property-removed",
                "clients",
            ),
            ("getWorkflowsOverview", "answer 200 / overviews[] / lastRunStatus", "values-limited", "servers"),
            ("getWorkflowById", "", "operation-removed", "clients"),
            ("getInstances", "answer 200 / items[] / status", "property-removed", "clients"),
            ("getInstances", "answer 200 / items[] / state", "property-added", ""),
            ("executeWorkflow", "query parameter businessKey", "parameter-added", ""),
            ("executeWorkflow", "request body / inputData", "property-optional", "servers"),
            ("retriggerInstance", "", "operation-added", "servers"),
            ("getWorkflowInstances", "", "operation-added", "servers"),
        ],
        (15, 7, 9),
    ),
    2: (
        [
            ("getInstances", "request body / filters", "branch-added", "servers"),
            ("getInstanceById", "query parameter includeAssessment", "parameter-removed", "clients"),
            ("getInstanceById", "answer 200 / instance", "property-removed", "clients"),
            ("getInstanceById", "answer 200 / nodes", "property-added", "servers"),
            ("executeWorkflow", "query parameter businessKey", "parameter-removed", "clients"),
            ("executeWorkflow", "request body / authTokens", "property-added", ""),
            ("pingWorkflowServiceById", "", "operation-added", "servers"),
        ],
        (12, 7, 19),
    ),
    3: (
        [
            ("getInstances", "answer 200 / items[] / targetEntity", "property-added", ""),
            (
                "getInstances",
                "answer 200 / items[] / workflowdata / result / outputs[] / format",
                "values-added",
                "clients",
            ),
            ("executeWorkflow", "request body / targetEntity", "property-added", ""),
            ("retriggerInstance", "request body", "body-added", "clients"),
            ("getWorkflowsOverviewForEntity", "", "operation-added", "servers"),
            ("getWorkflowLogById", "", "operation-added", "servers"),
        ],
        (4, 2, 4),
    ),
    4: (
        [
            ("getInstances", "answer 200 / totalCount", "property-added", ""),
            ("getWorkflowOverviewById", "answer 200 / availability", "property-added", ""),
        ],
        (0, 0, 14),
    ),
}


def compare_files(old: Path, new: Path) -> Comparison:
    for path in (old, new):
        if not path.exists():
            pytest.skip(f"{path} is not there")
    return compare(repair_document(load(old))[0], repair_document(load(new))[0])


@pytest.mark.parametrize("at", FACTS)
def test_the_changes_between_revisions_are_reported(at: int) -> None:
    found = compare_files(REVISIONS[at], REVISIONS[at + 1])
    facts, counts = FACTS[at]
    reported = {
        (
            each.operation.id if each.operation else "",
            join_steps(each.where),
            each.kind,
            " ".join(sorted(each.breaks)),
        )
        for each in found.changes
    }
    assert [fact for fact in facts if fact not in reported] == []
    assert tuple(found.count(each) for each in (CLIENTS, SERVERS, NOBODY)) == counts


def test_the_document_of_this_project_is_equivalent_to_the_contract() -> None:
    assert compare_files(SPEC, REVISIONS[-1]).changes == ()


def test_one_revision_is_repaired_without_a_change_of_its_default() -> None:
    found = compare_files(REVISIONS[4], REVISIONS[5])
    assert [each for each in found.changes if each.kind == "default-changed"] == []


@pytest.mark.parametrize("path", [*REVISIONS, *CORPUS], ids=lambda path: path.name)
def test_a_document_does_not_differ_from_itself(path: Path) -> None:
    started = time.monotonic()
    assert compare_files(path, path).changes == ()
    assert time.monotonic() - started < 60
