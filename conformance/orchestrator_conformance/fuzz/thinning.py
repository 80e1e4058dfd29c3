"""Drops generated cases that would hardly find anything new."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any, Final

from schemathesis.generation.case import Case
from schemathesis.generation.meta import CoveragePhaseData, CoverageScenario

from .plan import FuzzPlan

# Requests to undocumented operations, or with undocumented content types.
_UNDOCUMENTED: Final = frozenset(
    {
        CoverageScenario.UNSPECIFIED_HTTP_METHOD,
        CoverageScenario.UNSUPPORTED_PATH_PATTERN,
        CoverageScenario.MALFORMED_CONTENT_TYPE,
        CoverageScenario.UNSUPPORTED_CONTENT_TYPE,
    }
)
# The share of valid cases that is kept: they come in long series that differ in one detail.
_KEPT: Final = 0.25


class Thinning:
    """Limits the number of cases in the coverage phase, where a schema can lead to hundreds of cases.

    Keeps one case per violated part of a schema and kind of violation, and a sample of at most `max_examples` valid
    cases per operation.
    """

    def __init__(self, plan: FuzzPlan) -> None:
        self._max_examples = plan.max_examples
        self._random = Random(plan.seed)
        self._kept: Counter[tuple[str, ...]] = Counter()

    def keeps(self, case: Case[Any], operation_id: str) -> bool:
        """Whether to send `case`. Counts the cases that are kept."""
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
