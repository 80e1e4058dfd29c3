"""Leads generated cases to what exists: real ids, pinned ones, and bodies known to be good."""

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

# How often a made-up value that is allowed there gives way to a real one, and a body to a good one.
_REAL: Final = 0.75
_GOOD: Final = 0.5
_LONGEST_ID: Final = 200
_LOCATIONS: Final = (ParameterLocation.PATH, ParameterLocation.QUERY)


class Steering:
    """Changes cases before they are sent; what it draws follows from the plan's seed and the cases before.

    It works on the finished case rather than on its generation, so that every phase comes by, and every value that
    a link took from an answer.
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
        """Take the texts of a JSON answer for real: a link may lead to them."""
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
        """Put real and pinned values, and now and then a good body, into `case`."""
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
            # What an answer held is real already.
            if not values or name not in sent or unquote(str(sent[name])) in self._answered:
                continue
            if self._random.random() < _REAL:
                sent[name] = _spell(self._random.choice(values), location)

    def _put_pinned(self, case: Case[Any], operation: Operation) -> None:
        places = {parameter["name"]: parameter["in"] for parameter in operation.parameters}
        for name, value in self._next_pins(operation.id).items():
            for location in _LOCATIONS:
                if places.get(name) == location.value:
                    _read_values(case, location)[name] = _spell(value, location)

    def _next_pins(self, operation_id: str) -> dict[str, str]:
        """Return a combination of pinned values, most often one that stood in one object of an answer."""
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
            # A made-up filter is often refused, and then no link leads on.
            case.body = NOT_SET


def _is_chained(case: Case[Any]) -> bool:
    return case.meta is not None and case.meta.phase.name is TestPhase.STATEFUL


def _is_negative(case: Case[Any], location: ParameterLocation) -> bool:
    return case.meta is not None and case.meta.is_negative_at(location)


def _read_values(case: Case[Any], location: ParameterLocation) -> dict[str, Any]:
    values = case.get_container(location)
    return values if isinstance(values, dict) else {}


def _spell(value: str, location: ParameterLocation) -> str:
    # Cases hold path parameters as they are put into the path.
    return quote(value, safe="") if location is ParameterLocation.PATH else value
