"""Writes a comparison as JSON with a stable schema."""

from __future__ import annotations

import json
from typing import Any

from ...document.diagnostics import Location
from ..change import CLIENTS, NOBODY, SERVERS, Change, Comparison


def render_json(comparison: Comparison) -> str:
    """Return the JSON, in ASCII.

        {
          "old": FILE, "new": FILE,
          "summary": {"changes": n, "breaks_clients": n, "breaks_servers": n, "compatible": n},
          "changes": [{
            "operation": {"method": "GET", "path": "/pets", "operation_id": "listPets"},  null for the whole document
            "where": ["answer 200", "[]", "name"],                                        [] for the operation itself
            "kind": "property-removed",
            "says": "was removed",
            "breaks": ["clients", "servers"],                                             [] if compatible
            "direction": "request" or "answer",                                           null for neither
            "old": {"file": FILE, "line": 12, "column": 5}, "new": the same               null if absent
          }]
        }

    Changes are in the order of operations, those of the old document first. Kinds, classes and keys are stable; new
    ones may be added, and the wording of `says` may change.
    """
    summary = {
        "changes": len(comparison.changes),
        "breaks_clients": comparison.count(CLIENTS),
        "breaks_servers": comparison.count(SERVERS),
        "compatible": comparison.count(NOBODY),
    }
    changes = [_write_change(each) for each in comparison.changes]
    found = {"old": comparison.old, "new": comparison.new, "summary": summary, "changes": changes}
    return json.dumps(found, indent=2) + "\n"


def _write_change(change: Change) -> dict[str, Any]:
    operation = change.operation
    return {
        "operation": operation
        and {"method": operation.method, "path": operation.path, "operation_id": operation.id},
        "where": list(change.where),
        "kind": change.kind,
        "says": change.says,
        "breaks": sorted(change.breaks),
        "direction": change.direction,
        "old": _write_location(change.old),
        "new": _write_location(change.new),
    }


def _write_location(location: Location | None) -> dict[str, Any] | None:
    if location is None:
        return None
    return {"file": location.file, "line": location.line, "column": location.column}
