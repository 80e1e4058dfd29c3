"""Orders operations by path precedence: concrete paths match before templated ones."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...api.ir import Operation


def sort_by_precedence(operations: Iterable[Operation]) -> list[Operation]:
    """Return `operations` in the order in which their paths are matched.

    At the leftmost difference, literals come first. Paths with the same shape keep the order of the document. Follows
    OpenAPI 3.1, "Path Templating Matching".
    """
    return sorted(operations, key=lambda operation: [_rank(part) for part in operation.path.split("/")])


def _rank(segment: str) -> int:
    """Return 0 for a literal, 2 for a single parameter, and 1 for a mixture such as `{row},{column}`."""
    if "{" not in segment:
        return 0
    return 2 if re.fullmatch(r"\{[^{}]*\}", segment) else 1
