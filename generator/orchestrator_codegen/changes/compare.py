"""Compares two valid documents: first the document as a whole, then operation by operation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..document.load import Document
from .change import BOTH, Change, Comparison, Finding, OperationName
from .operations.operations import compare_operations, match_operations, read_operations
from .operations.servers import compare_document_servers
from .schemas.schemas import Schemas
from .side import Side, make_side, means_the_same
from .wording import quote

# Keys that are compared elsewhere or do not affect messages. All other top-level keys are compared literally.
_READ: Final = frozenset({"openapi", "info", "paths", "components", "servers", "security", "tags"})


def compare(old: Document, new: Document) -> Comparison:
    """Return every change from `old` to `new`, in an order that depends on the documents only."""
    sides = make_side(old), make_side(new)
    schemas = Schemas(*sides)
    changes = [_place(sides, None, each) for each in _compare_tops(*sides)]
    for one, other in match_operations(read_operations(sides[0]), read_operations(sides[1])):
        name = one.name if one else other.name if other else None
        found = dict.fromkeys(compare_operations(one, other, schemas))
        changes += [_place(sides, name, each) for each in found]
    return Comparison(old.file, new.file, tuple(changes))


def _compare_tops(old: Side, new: Side) -> Iterator[Finding]:
    yield from compare_document_servers(old, new)
    one, other = old.document.data, new.document.data
    for key in dict.fromkeys((*one, *other)):
        if key in _READ or key == "externalDocs" or key.startswith("x-"):
            continue
        old_at, new_at = ((key,) if data.get(key) else None for data in (one, other))
        if not means_the_same(old, new, old_at, new_at):
            says = f"{quote(key)} has changed; its effect is unknown"
            yield Finding("unknown", says, BOTH, None, old_at, new_at)


def _place(sides: tuple[Side, Side], operation: OperationName | None, finding: Finding) -> Change:
    old, new = (
        side.document.locate(at) if at is not None else None
        for side, at in zip(sides, (finding.old, finding.new), strict=True)
    )
    return Change(
        operation=operation,
        where=finding.where,
        kind=finding.kind,
        says=finding.says,
        breaks=finding.breaks,
        direction=finding.direction,
        old=old,
        new=new,
    )
