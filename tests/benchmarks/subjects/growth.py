"""The CPU time of the generator by stage, and its growth with the size of the document."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from ..corpus import documents
from ..measuring import peers
from ..measuring.turns import Effort, Result, Table, Target
from .stages import measure_stages

SUBJECT: Final = "growth"
_SMALL, _LARGE = 250, 1000
_MOST_ROUNDS: Final = 3


def measure(effort: Effort) -> Iterator[Result | Table]:
    """Measure a synthetic document in two sizes, then the contract and each third-party document by stage."""
    sizes = {f"{effort.count(size):,} operations": effort.count(size) for size in (_LARGE, _SMALL)}
    figures: dict[str, list[float]] = {name: [] for name in sizes}
    rows: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        specs: dict[str, Path] = {}
        for name, count in sizes.items():
            specs[name] = Path(folder) / f"{count}.json"
            specs[name].write_text(json.dumps(make_document(count)))
        for _ in range(min(effort.rounds, _MOST_ROUNDS)):
            for name, count in sizes.items():
                stages = measure_stages(specs[name])
                figures[name].append(sum(stages.values()) / count * 1e3)
                rows[name] = _choose_faster(rows.get(name), stages)
        small = list(sizes)[1]
        yield Result(SUBJECT, "an operation and a schema, CPU", "ms", figures, (Target(small, 1.15),))
        for spec in (peers.SPEC, *documents.find(effort)):
            rows[spec.name] = measure_stages(spec)
        specs |= {spec.name: spec for spec in (peers.SPEC, *documents.find(effort))}
        counts = {name: documents.count(specs[name]) for name in rows}
    yield _tabulate(rows, counts)


def _choose_faster(seen: dict[str, float] | None, stages: dict[str, float]) -> dict[str, float]:
    return stages if seen is None or sum(stages.values()) < sum(seen.values()) else seen


def _tabulate(rows: dict[str, dict[str, float]], counts: dict[str, tuple[int, int]]) -> Table:
    stages = list(next(iter(rows.values())))
    columns = ("operations", "schemas", *stages, "ms in all")
    return Table(
        SUBJECT,
        "CPU milliseconds of each stage, imports left out",
        columns,
        {
            name: (
                *map(str, counts[name]),
                *(f"{took[stage] * 1e3:.0f}" for stage in stages),
                f"{sum(took.values()) * 1e3:.0f}",
            )
            for name, took in sorted(rows.items(), key=lambda row: counts[row[0]])
        },
    )


def make_document(count: int) -> dict[str, Any]:
    """Return a document with `count` operations and `count` schemas. Each schema refers to the one before it."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    for number in range(count):
        reference = {"$ref": f"#/components/schemas/Thing{number}"}
        content = {"application/json": {"schema": reference}}
        described = {
            "operationId": f"operate{number}",
            "summary": f"Operate on thing {number}",
            "tags": [f"tag{number % 20}"],
            "parameters": [
                {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                {
                    "name": "limit",
                    "in": "query",
                    "schema": {"type": "integer", "minimum": 1, "default": 20},
                },
            ],
            "responses": {"200": {"description": "a thing", "content": content}},
        }
        method = ("get", "put", "post", "delete")[number % 4]
        if method in ("put", "post"):
            described["requestBody"] = {"required": True, "content": content}
        paths.setdefault(f"/things{number // 4}/{{id}}", {})[method] = described
        schemas[f"Thing{number}"] = {
            "type": "object",
            "required": ["id"],
            "properties": {
                "id": {"type": "string", "description": f"What thing {number} is called"},
                "state": {"type": "string", "enum": ["NEW", "DONE"]},
                "size": {"type": "integer", "minimum": 0},
                "tags": {"type": "array", "items": {"type": "string"}},
                "before": {"$ref": f"#/components/schemas/Thing{max(number - 1, 0)}"},
            },
        }
    info = {"title": "Things", "version": "1"}
    return {"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": schemas}}
