"""Builds the request for a call of an operation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, urlencode

from ..contract.contract import Operation
from .exchange import Request

JSON = Any

_LARGEST_PAGE: Final = 1000


def build_request(
    operation: Operation, path: Mapping[str, str], query: Mapping[str, str], body: JSON
) -> Request:
    """Return the request for an operation. Path parameters are percent-encoded; `body` None sends no body."""
    raw_path = operation.path
    for name, value in path.items():
        raw_path = raw_path.replace(f"{{{name}}}", quote_segment(value))
    if query:
        raw_path += "?" + urlencode(query, errors="replace")
    data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    headers = (("Content-Type", "application/json"),) if data else ()
    return Request(operation.method, raw_path, headers, data)


def is_simple_search(body: JSON) -> bool:
    """Whether a backend has no reason to reject a SearchRequest: it asks for a page at most."""
    paging = (body or {}).get("paginationInfo", {})
    counts = [paging.get("offset", 0), paging.get("pageSize", 0)]
    return (
        "filters" not in (body or {})
        and paging.keys() <= {"offset", "pageSize", "orderDirection"}
        and all(isinstance(count, int) and 0 <= count <= _LARGEST_PAGE for count in counts)
    )


def quote_segment(value: str) -> str:
    """Return `value` percent-encoded for one segment of a path, so that it does not lead to another path."""
    # A segment of dots alone would be resolved.
    return value.replace(".", "%2E") if value in (".", "..") else quote(value, safe="", errors="replace")
