"""Orders operations by how concrete their paths are: a concrete path wins over a templated one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...api.ir import Operation


def sort_by_precedence(operations: Iterable[Operation]) -> list[Operation]:
    """Return `operations` in the order in which their paths are tried: at the leftmost difference, text first.

    Paths of one shape keep the document's order. Follows OpenAPI 3.1, "Path Templating Matching".
    """
    return sorted(operations, key=lambda operation: [_rank(part) for part in operation.path.split("/")])


def _rank(segment: str) -> int:
    """Return 0 for text, 2 for a lone parameter, and 1 for what has both, as `{row},{column}`."""
    if "{" not in segment:
        return 0
    return 2 if re.fullmatch(r"\{[^{}]*\}", segment) else 1
