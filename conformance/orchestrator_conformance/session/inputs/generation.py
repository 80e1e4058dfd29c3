"""Generates inputs for a run from the input schema of the workflow.

The schema comes from the target and is not trusted: nothing here raises, and what is generated is bounded in size.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any, Final, Literal

from ...target.untrusted_schemas import compile_schema
from .sampling import sample

Pole = Literal["low", "high", "odd"]

_POLES: Final[tuple[Pole, ...]] = ("low", "high", "odd")
# The default limits for schemas without limits. Above `_SAFE`, a JSON number may lose precision.
_LONG, _MANY, _MOST, _SAFE = 300, 3, 1000, 2**53
# Limits for schemas with large limits of their own, or with many properties.
_LONGEST, _MOST_MEMBERS = 10_000, 64
_ODD: Final = "\u00e4\u00e9 \u4e16\u754c \U0001f600 'a' \"b\" \\ {c} %d, nothing"


def sample_inputs(schema: Any, seed: int) -> dict[str, Any] | None:
    """Return inputs that satisfy `schema`, if possible with its optional properties, or None if none were found."""
    if not isinstance(schema, dict) or not schema:
        return {}
    is_valid_for_schema = compile_schema(schema)
    if is_valid_for_schema is None:
        return None
    for is_whole in (True, False):
        value = sample(schema, seed, is_whole=is_whole)
        if isinstance(value, dict) and is_valid_for_schema(value):
            return value
    return None


def vary_inputs(schema: Any, seed: int) -> list[dict[str, Any]]:
    """Return several inputs that satisfy `schema` and differ as much as it allows, or an empty list if none were found.

    - Required properties only.
    - Every value at its lower limit, and every value at its upper limit.
    - Values that are often lost or misread: non-ASCII text, fractions, false, 0, and empty lists.
    """
    whole = sample_inputs(schema, seed)
    if not whole:
        return []
    bare = sample(schema, seed, is_whole=False)
    found = [bare] if isinstance(bare, dict) and is_valid(schema, bare) else []
    found += [_move(schema, whole, pole) for pole in _POLES]
    return [each for number, each in enumerate(found) if each not in found[:number]]


def list_invalid_inputs(schema: Any, inputs: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return inputs that violate `schema`, each with a description.

    One input is missing, has an unknown choice, or has the wrong type.
    """
    invalid: list[tuple[str, dict[str, Any]]] = []
    members = _members(schema)
    for name in [each for each in members if each in inputs]:
        member = members[name]
        wrong: Any = 7 if isinstance(inputs[name], str) else "text"
        is_choice = isinstance(inputs[name], str) and isinstance(member, dict) and "enum" in member
        invalid += [
            (f"without {name}", {key: inputs[key] for key in inputs if key != name}),
            (
                f"with {name} set to an unknown choice",
                {**inputs, name: "no-such-choice" if is_choice else inputs[name]},
            ),
            (f"with {name} of the wrong type", {**inputs, name: wrong}),
        ]
    is_valid_for_schema = compile_schema(schema)
    if is_valid_for_schema is None:
        return []
    found = [(description, each) for description, each in invalid if not is_valid_for_schema(each)]
    return sorted(found, key=lambda pair: pair[0])


def _move(schema: Any, whole: dict[str, Any], pole: Pole) -> dict[str, Any]:
    """Return the inputs with each value moved as far towards `pole` as the schema allows."""
    inputs, is_valid_for_schema = dict(whole), compile_schema(schema)
    for name, member in _members(schema).items():
        if name in inputs and is_valid_for_schema is not None:
            moved = ({**inputs, name: value} for value in _find_extremes(member, inputs[name], pole))
            inputs = next((each for each in moved if is_valid_for_schema(each)), inputs)
    return inputs


def _members(schema: Any) -> dict[str, Any]:
    """Return the first properties of a schema, by name."""
    members = schema.get("properties") if isinstance(schema, dict) else None
    return dict(islice(members.items(), _MOST_MEMBERS)) if isinstance(members, dict) else {}


def _find_extremes(member: Any, value: Any, pole: Pole) -> list[Any]:
    try:
        return _extremes(member, value, pole)
    except Exception:  # A keyword of the schema may have any value.
        return []


def _extremes(member: Any, value: Any, pole: Pole) -> list[Any]:
    """Return replacements for `value`, which was generated for `member`, the most extreme first."""
    if not isinstance(member, dict) or "const" in member or "pattern" in member or "format" in member:
        return []
    if member.get("enum"):
        return [member["enum"][-1 if pole == "high" else 0]]
    match value:
        case bool():
            return [pole == "high"]
        case int() | float():
            return _extreme_numbers(member, pole)
        case str():
            return _extreme_texts(member, pole)
        case list():
            return [value * _MANY, value * 2] if pole == "high" else [[]]
        case dict():
            inner = _members(member)
            return [
                {
                    name: next(iter(_extremes(inner.get(name), each, pole)), each)
                    for name, each in value.items()
                }
            ]
        case _:
            return []


def _extreme_numbers(member: Mapping[str, Any], pole: Pole) -> list[float]:
    is_whole = member.get("type") == "integer"
    step = member.get("multipleOf", 1 if is_whole else 0.5)
    low = member.get("minimum", member.get("exclusiveMinimum", 0 if pole == "low" else 1))
    high = member.get("maximum", member.get("exclusiveMaximum", _MOST))
    match pole:
        case "low":
            found = [low, low + step]
        case "high":
            found = [high, high - step]
        case "odd":
            found = [0, low + step / 4, low + step]
    return [each for each in found if abs(each) <= _SAFE and (not is_whole or each == int(each))]


def _extreme_texts(member: Mapping[str, Any], pole: Pole) -> list[str]:
    shortest = min(int(member.get("minLength", 0)), _LONGEST)
    longest = min(int(member.get("maxLength", _LONG)), _LONGEST)
    match pole:
        case "low":
            return ["x" * shortest]
        case "high":
            return ["long text, " * (longest // 11) + "x" * (longest % 11)]
        case "odd":
            return [_ODD[:longest].rstrip().ljust(shortest, "x")]


def breaks_schema(schema: Any, inputs: Any) -> bool:
    """Whether `inputs` violate `schema`. False if the schema is unusable."""
    is_valid_for_schema = compile_schema(schema)
    return is_valid_for_schema is not None and not is_valid_for_schema(inputs)


def holds(shown: Any, given: Any) -> bool:
    """Whether the shown value contains the given one. Objects may have additional members."""
    match given:
        case dict():
            return isinstance(shown, dict) and all(
                holds(shown.get(name), value) for name, value in given.items()
            )
        case list():
            return isinstance(shown, list) and len(shown) == len(given) and all(map(holds, shown, given))
        case _:
            return isinstance(shown, bool) == isinstance(given, bool) and bool(shown == given)


def is_valid(schema: Any, inputs: Any) -> bool:
    """Whether `inputs` satisfy `schema`. False if the schema is unusable."""
    if not isinstance(schema, dict) or not schema:
        return True
    is_valid_for_schema = compile_schema(schema)
    return is_valid_for_schema is not None and is_valid_for_schema(inputs)
