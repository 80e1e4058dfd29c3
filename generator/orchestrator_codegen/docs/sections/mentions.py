"""Finds the schemas that an operation refers to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...document.load import JSON
from ...document.references import follow, read_component, split_reference


def find_mentions(data: JSON, node: JSON) -> set[str]:
    """Return the names of the component schemas that `node` refers to, without those that these refer to."""
    seen: set[str] = set()
    found: set[str] = set()
    pending = [node]
    while pending:
        for part in _iter_references(pending.pop()):
            if part["$ref"] in seen:
                continue
            seen.add(part["$ref"])
            component = read_component(part)
            if component is not None:
                found.add(component[0])
            else:
                pending.append(follow(data, split_reference(part["$ref"]))[1])
    return found


def _iter_references(node: JSON) -> Iterator[dict[str, Any]]:
    if isinstance(node, list):
        for each in node:
            yield from _iter_references(each)
    elif isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node
            return
        for key, value in node.items():
            if key not in (
                "example",
                "examples",
                "default",
                "enum",
                "const",
                "callbacks",
            ) and not key.startswith("x-"):
                yield from _iter_references(value)
