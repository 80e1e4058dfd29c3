"""The third-party documents that the generators run on, if their folder exists."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from orchestrator_codegen.document.load import load
from orchestrator_codegen.document.operation_walk import iter_operations

from ..measuring.peers import ROOT
from ..measuring.turns import Effort

_FOLDER: Final = ROOT.parent / "shared" / "corpus"
_FALLBACK: Final = Path("/work/shared/corpus")


def find(effort: Effort) -> list[Path]:
    """Return the documents, smallest first: as many as `effort` asks for, none if the folder is missing."""
    folder = _FOLDER if _FOLDER.is_dir() else _FALLBACK
    found = (
        [path for path in folder.iterdir() if path.suffix in (".yaml", ".json")] if folder.is_dir() else []
    )
    found.sort(key=lambda path: (path.stat().st_size, path.name))
    return found[: effort.count(len(found))]


def count(spec: Path) -> tuple[int, int]:
    """Return the number of operations and the number of named schemas in the document at `spec`."""
    data = load(spec).data
    schemas = (data.get("components") or {}).get("schemas") or {}
    return sum(1 for _ in iter_operations(data)), len(schemas)
