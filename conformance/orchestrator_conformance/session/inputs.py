"""Generates inputs for a run from the input schema of the workflow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

import jsonschema_rs

Pole = Literal["low", "high", "odd"]

_POLES: Final[tuple[Pole, ...]] = ("low", "high", "odd")
# The default limits for schemas without limits. Above `_SAFE`, a JSON number may lose precision.
_LONG, _MANY, _MOST, _SAFE = 300, 3, 1000, 2**53
_ODD: Final = "\u00e4\u00e9 \u4e16\u754c \U0001f600 'a' \"b\" \\ {c} %d, nothing"

_FORMATS = {
    "date": "2026-01-31",
    "date-time": "2026-01-31T12:00:00Z",
    "time": "12:00:00Z",
    "email": "conformance@example.com",
    "uri": "https://example.com/conformance",
    "uuid": "6f1c7a52-0f5b-4d0e-9d0c-3b1f4a2e8c11",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
}


def sample_inputs(schema: Any, seed: int) -> dict[str, Any] | None:
    """Return inputs that satisfy `schema`, if possible with its optional properties, or None if none were found."""
    if not isinstance(schema, dict) or not schema:
        return {}
    try:
        validator = jsonschema_rs.validator_for(schema)
    except (ValueError, jsonschema_rs.ReferencingError):
        return None
    for is_whole in (True, False):
        value = _sample(schema, schema, seed, is_whole=is_whole)
        if isinstance(value, dict) and validator.is_valid(value):
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
    bare = _sample(schema, schema, seed, is_whole=False)
    found = [bare] if isinstance(bare, dict) and is_valid(schema, bare) else []
    found += [_move(schema, whole, pole) for pole in _POLES]
    return [each for number, each in enumerate(found) if each not in found[:number]]


def list_invalid_inputs(schema: Any, inputs: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return inputs that violate `schema`, each with a description.

    One input is missing, has an unknown choice, or has the wrong type.
    """
    invalid: list[tuple[str, dict[str, Any]]] = []
    for name in _members(schema).keys() & inputs.keys():
        wrong: Any = 7 if isinstance(inputs[name], str) else "text"
        is_choice = isinstance(inputs[name], str) and "enum" in (_members(schema)[name] or {})
        invalid += [
            (f"without {name}", {key: inputs[key] for key in inputs if key != name}),
            (
                f"with {name} set to an unknown choice",
                {**inputs, name: "no-such-choice" if is_choice else inputs[name]},
            ),
            (f"with {name} of the wrong type", {**inputs, name: wrong}),
        ]
    # Sorted by description, because the names come from a set.
    return sorted(
        ((description, each) for description, each in invalid if breaks_schema(schema, each)),
        key=lambda pair: pair[0],
    )


def _move(schema: Any, whole: dict[str, Any], pole: Pole) -> dict[str, Any]:
    """Return the inputs with each value moved as far towards `pole` as the schema allows."""
    inputs = dict(whole)
    for name, member in _members(schema).items():
        if name in inputs:
            moved = ({**inputs, name: value} for value in _extremes(member, inputs[name], pole))
            inputs = next((each for each in moved if is_valid(schema, each)), inputs)
    return inputs


def _members(schema: Any) -> dict[str, Any]:
    members = schema.get("properties") if isinstance(schema, dict) else None
    return members if isinstance(members, dict) else {}


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
    shortest, longest = int(member.get("minLength", 0)), int(member.get("maxLength", _LONG))
    match pole:
        case "low":
            return ["x" * shortest]
        case "high":
            return ["long text, " * (longest // 11) + "x" * (longest % 11)]
        case "odd":
            return [_ODD[:longest].rstrip().ljust(shortest, "x")]


def breaks_schema(schema: Any, inputs: Any) -> bool:
    """Whether `inputs` violate `schema`. False if the schema is unusable."""
    try:
        return not jsonschema_rs.validator_for(schema).is_valid(inputs)
    except (ValueError, jsonschema_rs.ReferencingError):
        return False


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
    try:
        return bool(jsonschema_rs.validator_for(schema).is_valid(inputs))
    except (ValueError, jsonschema_rs.ReferencingError):
        return False


def _sample(schema: Any, root: dict[str, Any], seed: int, *, is_whole: bool, depth: int = 0) -> Any:
    if not isinstance(schema, dict) or depth > 8:
        return f"conformance-{seed}"
    if str(schema.get("$ref", "")).startswith("#/"):
        return _sample(_follow(root, schema["$ref"]), root, seed, is_whole=is_whole, depth=depth + 1)
    for given in ("const", "default"):
        if given in schema:
            return schema[given]
    for given in ("enum", "examples"):
        if schema.get(given):
            return schema[given][seed % len(schema[given])]
    for branches in ("oneOf", "anyOf"):
        if schema.get(branches):
            return _sample(schema[branches][0], root, seed, is_whole=is_whole, depth=depth + 1)
    kind = schema.get("type", "object" if "properties" in schema or "allOf" in schema else "string")
    if isinstance(kind, list):
        kind = next((each for each in kind if each != "null"), "null")
    match kind:
        case "object":
            return _sample_object(schema, root, seed, is_whole=is_whole, depth=depth)
        case "array":
            item = _sample(schema.get("items", {}), root, seed, is_whole=is_whole, depth=depth + 1)
            return [item] * max(int(schema.get("minItems", 0)), 1 if is_whole else 0)
        case "integer" | "number":
            return _sample_number(schema, is_integer=kind == "integer")
        case "boolean":
            return seed % 2 == 0
        case "null":
            return None
        case _:
            return _sample_text(schema, seed)


def _sample_object(
    schema: dict[str, Any], root: dict[str, Any], seed: int, *, is_whole: bool, depth: int
) -> Any:
    value: dict[str, Any] = {}
    for part in schema.get("allOf") or ():
        value |= _sample(part, root, seed, is_whole=is_whole, depth=depth + 1)
    required = schema.get("required") or []
    for name, member in (schema.get("properties") or {}).items():
        if is_whole or name in required:
            value[name] = _sample(member, root, seed, is_whole=is_whole, depth=depth + 1)
    return value


def _sample_number(schema: dict[str, Any], *, is_integer: bool) -> int | float:
    step = schema.get("multipleOf", 1 if is_integer else 0.5)
    low = schema.get("minimum", schema.get("exclusiveMinimum", 1))
    value = low if "exclusiveMinimum" not in schema else low + step
    high = schema.get("maximum", schema.get("exclusiveMaximum"))
    if high is not None and value > high:
        value = high if "maximum" in schema else high - step
    return int(value) if is_integer else value


def _sample_text(schema: dict[str, Any], seed: int) -> str:
    text = _FORMATS.get(schema.get("format", ""), f"conformance-{seed}")
    text = text.ljust(int(schema.get("minLength", 0)), "x")
    return text[: int(schema["maxLength"])] if "maxLength" in schema else text


def _follow(root: dict[str, Any], reference: str) -> Any:
    node: Any = root
    for part in reference.removeprefix("#/").split("/"):
        node = node.get(part.replace("~1", "/").replace("~0", "~"), {}) if isinstance(node, dict) else {}
    return node
