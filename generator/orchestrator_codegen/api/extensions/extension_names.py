"""Checks that the method names that `x-paging` and `x-wait` request are not taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from ...document.load import Pointer
from ...document.operation_walk import iter_operations
from ..ir import Operation
from ..parse_context import Parsing
from ..python_names import TAKEN_METHODS, name_argument, name_methods


def drop_taken_names(parsing: Parsing, operations: Sequence[Operation]) -> Iterator[Operation]:
    """Yield `operations` without the extensions that request a taken name. Warns of each."""
    methods = name_methods(each.id for each in operations)
    owners = dict.fromkeys(TAKEN_METHODS, "every client")
    owners |= {name: f"the operation {operation_id}" for operation_id, name in methods.items()}
    for operation in operations:
        dropped: dict[str, Any] = {}
        for extension, field, said in (
            ("x-paging", "paging", operation.paging),
            ("x-wait", "waiting", operation.waiting),
        ):
            if said is None:
                continue
            # The extension needs a method name, and a constant in the list of operations.
            wanted = (name_argument(said.name), f"{methods[operation.id]}_{field}")
            clash = next((name for name in wanted if name in owners), None)
            if clash is None:
                owners[wanted[0]] = f"the {extension} of {operation.id}"
                continue
            dropped[field] = None
            at = (*_find_operation(parsing, operation.id), extension, "name")
            parsing.warn(
                f"{extension} requires the name {clash}, which {owners[clash]} has; it is omitted", at
            )
        yield replace(operation, **dropped)


def _find_operation(parsing: Parsing, operation_id: str) -> Pointer:
    places = iter_operations(parsing.document.data)
    nodes = (parsing.follow((*item_at, method)) for _, method, item_at in places)
    return next(each.at for each in nodes if each.data["operationId"] == operation_id)
