"""Leaves out generated cases that cost a request and tell little."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any, Final

from schemathesis.generation.case import Case
from schemathesis.generation.meta import CoveragePhaseData, CoverageScenario

from .plan import FuzzPlan

# Requests for which the document has no operation, or whose content type it says nothing about.
_UNDOCUMENTED: Final = frozenset(
    {
        CoverageScenario.UNSPECIFIED_HTTP_METHOD,
        CoverageScenario.UNSUPPORTED_PATH_PATTERN,
        CoverageScenario.MALFORMED_CONTENT_TYPE,
        CoverageScenario.UNSUPPORTED_CONTENT_TYPE,
    }
)
# Valid cases come in long rows that differ in one detail.
_KEPT: Final = 0.25


class Thinning:
    """Counts the cases of the coverage phase: there the schemas say how many there are, hundreds for a search.

    Of the cases that break one place of a schema in one way it keeps the first, of the valid ones a sample of at most
    `max_examples` for each operation.
    """

    def __init__(self, plan: FuzzPlan) -> None:
        self._max_examples = plan.max_examples
        self._random = Random(plan.seed)
        self._kept: Counter[tuple[str, ...]] = Counter()

    def keeps(self, case: Case[Any], operation_id: str) -> bool:
        """Whether `case` is worth sending; a case that is kept is counted."""
        if case.meta is None or not isinstance(case.meta.phase.data, CoveragePhaseData):
            return True
        data = case.meta.phase.data
        if data.scenario in _UNDOCUMENTED:
            return False
        key: tuple[str, ...] = (operation_id,)
        limit = self._max_examples
        if case.meta.generation.mode.is_negative:
            key = (operation_id, data.scenario, data.location or "", data.parameter or "")
            limit = 1
        elif self._kept[key] and self._random.random() >= _KEPT:
            return False
        self._kept[key] += 1
        return self._kept[key] <= limit
