"""For third-party documents, the generated client and server exchange valid messages."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from ..support.documents import SHARED, SPEC
from ..support.probe.exchange import list_probes, run_probes

REVISIONS: Final = SHARED / "contract" / "revisions"
CORPUS: Final = SHARED / "corpus"

# Each document with its number of operations.
FAST: Final[dict[Path, int]] = {
    SPEC: 14,
    CORPUS / "petstore-expanded.yaml": 4,
    CORPUS / "uspto.yaml": 3,
    CORPUS / "callback.yaml": 1,
    CORPUS / "webhook31.yaml": 0,
    CORPUS / "tictactoe31.yaml": 3,
    CORPUS / "museum31.yaml": 8,
}
SLOW: Final[dict[Path, int]] = {
    CORPUS / "traintravel31.yaml": 7,
    CORPUS / "backstage-catalog.json": 20,
    SHARED / "contract" / "contract.yaml": 14,
    REVISIONS / "2024-04-04.yaml": 10,
    REVISIONS / "2024-09-09.yaml": 10,
    REVISIONS / "2025-01-24.yaml": 11,
    REVISIONS / "2025-07-15.yaml": 12,
    REVISIONS / "2026-01-16.yaml": 14,
}
AIRFLOW: Final = CORPUS / "airflow31.yaml"


def probe(spec: Path, folder: Path, count: int, *, examples: int, step: int = 1) -> None:
    """Probe every `step`-th operation of the document at `spec`, which has `count` operations."""
    if not spec.exists():
        pytest.skip(f"{spec} does not exist")
    _, probes, missing = list_probes(spec, folder)
    assert missing == []
    assert len(probes) == count
    assert run_probes(probes[::step], examples) == {}


@pytest.mark.parametrize("spec", FAST, ids=lambda spec: spec.stem)
def test_client_and_server_follow_the_document(spec: Path, tmp_path: Path) -> None:
    probe(spec, tmp_path, FAST[spec], examples=5)


@pytest.mark.slow
@pytest.mark.parametrize("spec", SLOW, ids=lambda spec: spec.stem)
def test_client_and_server_follow_larger_documents(spec: Path, tmp_path: Path) -> None:
    probe(spec, tmp_path, SLOW[spec], examples=5)


@pytest.mark.slow
def test_client_and_server_follow_a_document_with_hundreds_of_operations(tmp_path: Path) -> None:
    # Every tenth operation, because all of them take three minutes.
    probe(AIRFLOW, tmp_path, 128, examples=2, step=10)
