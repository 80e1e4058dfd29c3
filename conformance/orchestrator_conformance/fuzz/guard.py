"""Decides whether a request may be sent, by its final method and path alone."""

from __future__ import annotations

import posixpath
from urllib.parse import parse_qsl, unquote

from ..contract.contract import Operation
from .plan import FuzzPlan


def find_permitted(plan: FuzzPlan, method: str, raw_path: str) -> Operation | None:
    """Return the operation that a request resolves to, or None if the request must not be sent.

    `raw_path` is the path and query after the base URL. Servers and proxies decode paths at different stages, so the
    path is interpreted in every common way. A request is permitted if its raw path resolves to a permitted operation,
    and no interpretation leads to another operation or to a value that is not pinned.
    """
    path, _, query = raw_path.partition("?")
    found = plan.contract.find_operation(method, path)
    if found is None or found[0].id not in plan.operations:
        return None
    for reading in _readings(path):
        other = plan.contract.find_operation(method, reading)
        if other is not None and (other[0] is not found[0] or not _is_pinned(plan, *other, query)):
            return None
    return found[0]


def _readings(path: str) -> set[str]:
    """Return `path` raw, decoded once, and decoded twice, each also with dot segments and double slashes resolved."""
    decoded = [path, unquote(path), unquote(unquote(path))]
    # A server that decodes before it splits the URL cuts the path at these characters.
    decoded += [each.partition(mark)[0] for each in decoded for mark in "?#;"]
    resolved = [posixpath.normpath("/" + each.lstrip("/")) for each in decoded]
    return {*decoded, *resolved}


def _is_pinned(plan: FuzzPlan, operation: Operation, values: dict[str, str], query: str) -> bool:
    pinned = plan.pinned.get(operation.id, {})
    sent = [*values.items(), *parse_qsl(query, keep_blank_values=True)]
    names = {name for name, _ in sent}
    return pinned.keys() <= names and all(value in pinned[name] for name, value in sent if name in pinned)
