"""Puts real ids, pinned values and valid bodies into generated cases."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any, Final
from urllib.parse import quote, unquote

from schemathesis.core import NOT_SET
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.case import Case
from schemathesis.generation.meta import TestPhase

from ..contract.contract import Operation
from .plan import FuzzPlan

# How often a valid made-up value is replaced by a real one, and a made-up body by a good one.
_REAL: Final = 0.75
_GOOD: Final = 0.5
_LONGEST_ID: Final = 200
_LOCATIONS: Final = (ParameterLocation.PATH, ParameterLocation.QUERY)


class Steering:
    """Changes cases before they are sent. Its choices depend on the plan's seed and on the earlier cases only.

    It changes the finished case, not its generation, so it applies to every phase and also sees the values that links
    took from answers.
    """

    def __init__(self, plan: FuzzPlan) -> None:
        self._plan = plan
        self._random = Random(plan.seed)
        self._answered: set[str] = set()
        self._pinned_texts = {
            text for pins in plan.pinned.values() for texts in pins.values() for text in texts
        }
        self._together: set[frozenset[str]] = set()

    def learn(self, value: Any) -> None:
        """Remember the texts of a JSON answer as real values: links may use them."""
        match value:
            case str() if len(value) <= _LONGEST_ID:
                self._answered.add(value)
            case dict():
                self._together.add(
                    frozenset(
                        each
                        for each in value.values()
                        if isinstance(each, str) and each in self._pinned_texts
                    )
                )
                for each in value.values():
                    self.learn(each)
            case list():
                for each in value:
                    self.learn(each)

    def steer(self, case: Case[Any], operation: Operation) -> None:
        """Put real and pinned values into `case`, and sometimes a good body."""
        for location in _LOCATIONS:
            self._put_real(case, location)
        if operation.id in self._plan.pinned:
            self._put_pinned(case, operation)
        if not _is_negative(case, ParameterLocation.BODY) and self._random.random() < _GOOD:
            self._put_body(case, operation)

    def _put_real(self, case: Case[Any], location: ParameterLocation) -> None:
        sent = _read_values(case, location)
        if _is_negative(case, location):
            return
        for name, values in self._plan.values.items():
            # Values from answers are already real.
            if not values or name not in sent or unquote(str(sent[name])) in self._answered:
                continue
            if self._random.random() < _REAL:
                sent[name] = _encode(self._random.choice(values), location)

    def _put_pinned(self, case: Case[Any], operation: Operation) -> None:
        places = {parameter["name"]: parameter["in"] for parameter in operation.parameters}
        for name, value in self._next_pins(operation.id).items():
            for location in _LOCATIONS:
                if places.get(name) == location.value:
                    _read_values(case, location)[name] = _encode(value, location)

    def _next_pins(self, operation_id: str) -> dict[str, str]:
        """Return a combination of pinned values, usually of values that occurred in one object of an answer."""
        pinned = self._plan.pinned[operation_id]
        combinations = [dict(zip(pinned, each, strict=True)) for each in product(*pinned.values())]
        related = [
            each for each in combinations if any(set(each.values()) <= texts for texts in self._together)
        ]
        return self._random.choice(
            related if related and self._random.random() < _REAL else combinations or [{}]
        )

    def _put_body(self, case: Case[Any], operation: Operation) -> None:
        if operation.body is None:
            return
        bodies = self._plan.bodies.get(operation.id)
        if bodies:
            case.body = self._random.choice(bodies)
            case.media_type = case.media_type or operation.body.media_type
        elif _is_chained(case) and not operation.is_body_required:
            # A made-up filter is often rejected, which ends the chain of links.
            case.body = NOT_SET


def _is_chained(case: Case[Any]) -> bool:
    return case.meta is not None and case.meta.phase.name is TestPhase.STATEFUL


def _is_negative(case: Case[Any], location: ParameterLocation) -> bool:
    return case.meta is not None and case.meta.is_negative_at(location)


def _read_values(case: Case[Any], location: ParameterLocation) -> dict[str, Any]:
    values = case.get_container(location)
    return values if isinstance(values, dict) else {}


def _encode(value: str, location: ParameterLocation) -> str:
    # Cases hold path parameters in percent-encoded form.
    return quote(value, safe="") if location is ParameterLocation.PATH else value
