"""Rejects schemas that are composed of themselves, or of too many other schemas to expand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from ..document.diagnostics import Diagnostic, error
from ..document.load import JSON, Document, Pointer
from ..document.references import read_component, split_reference
from ..document.schema_walk import iter_document_schemas

# Merging expands `allOf`, so a schema that is used twice counts twice.
MOST_PARTS: Final = 10_000
DEEPEST: Final = 100

_COMPOSING: Final = ("allOf", "anyOf", "oneOf")


def check_composition(document: Document) -> Iterator[Diagnostic]:
    """Yield a diagnostic for the first schema with too many parts, through `$ref`, allOf, anyOf and oneOf."""
    counter = _Counter(document.data)
    for at, schema in iter_document_schemas(document.data):
        if schema.keys() & {"$ref", *_COMPOSING}:
            try:
                counter.count(at, schema, 0)
            except _Endless as problem:
                yield error(str(problem), document.locate(problem.at))
                return  # schemas composed of this one would repeat the message


class _Endless(Exception):
    """A schema that cannot be expanded: a sentence and the pointer."""

    def __init__(self, sentence: str, at: Pointer) -> None:
        super().__init__(sentence)
        self.at = at


@dataclass(slots=True)
class _Counter:
    """Counts the parts of each schema once. References are followed."""

    data: JSON
    _parts: dict[Pointer, tuple[int, int]] = field(default_factory=dict)
    _open: set[Pointer] = field(default_factory=set)

    def count(self, at: Pointer, schema: Any, above: int) -> tuple[int, int]:
        """Return the number and the depth of the schemas that the one at `at` is composed of; raise `_Endless`."""
        if not isinstance(schema, dict):
            return 1, 0
        if at in self._parts:
            return self._parts[at]
        if at in self._open:
            raise _Endless(
                "the schema is composed of itself; remove it from its own allOf, anyOf or oneOf", at
            )
        if above > DEEPEST:
            raise _Endless(
                f"the schema is composed through more than {DEEPEST} levels of others; use fewer", at
            )
        self._open.add(at)
        try:
            parts, depth = 1, 0
            for below, part in self._list_parts(at, schema):
                more, deeper = self.count(below, part, above + 1)
                parts, depth = parts + more, max(depth, deeper + 1)
        finally:
            self._open.discard(at)
        if parts > MOST_PARTS:
            raise _Endless(f"the schema is composed of more than {MOST_PARTS:,} others; use fewer", at)
        if depth > DEEPEST:
            raise _Endless(
                f"the schema is composed through more than {DEEPEST} levels of others; use fewer", at
            )
        self._parts[at] = parts, depth
        return parts, depth

    def _list_parts(self, at: Pointer, schema: dict[str, JSON]) -> Iterator[tuple[Pointer, JSON]]:
        if read_component(schema) is not None:
            target = _normalise(self.data, split_reference(schema["$ref"]))
            yield target, _get(self.data, target)
        for keyword in _COMPOSING:
            branches = schema.get(keyword)
            for index, part in enumerate(branches if isinstance(branches, list) else ()):
                yield (*at, keyword, index), part


def _normalise(data: JSON, at: Pointer) -> Pointer:
    """Return `at` with list indexes as integers."""
    found: list[str | int] = []
    for part in at:
        found.append(int(part) if isinstance(data, list) else part)
        data = data[found[-1]]
    return tuple(found)


def _get(data: JSON, at: Pointer) -> JSON:
    for part in at:
        data = data[part]
    return data
