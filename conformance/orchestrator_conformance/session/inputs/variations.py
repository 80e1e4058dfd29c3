"""Varies inputs one value at a time, along the input schema of the workflow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from .generation import is_valid

# The kinds of replacements, in the order in which they are tried: a workflow branches most often on a choice.
_KINDS: Final = ("choice", "named", "limit", "text", "absent")
_TEXTS: Final = ("", " ", "0", "\u00e4\u4e16 \U0001f600 'a' \"b\" \\ {c} %d", "x" * 300)
_NUMBERS: Final = (0, -1, 1, 1000, 0.5)
_DEPTH: Final = 4

_Step = str | int
_Replacement = tuple[str, tuple[_Step, ...], Any]

# Marks a value to leave out.
_ABSENT: Final = object()


def iter_variations(schema: Any, inputs: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield inputs that satisfy `schema` and differ from `inputs` in one value, the most promising first.

    The values are the members of enums, booleans, the examples and defaults of the schema, numbers and texts at their
    limits, unusual texts, empty lists, and absent optional values, at any depth up to four.
    """
    if not isinstance(schema, dict) or not schema:
        return
    replacements = [each for each in _iter_replacements(schema, schema, dict(inputs), ()) if each[1]]
    seen = [dict(inputs)]
    for kind in _KINDS:
        for _, path, value in _interleave([one for one in replacements if one[0] == kind]):
            varied = _replace(inputs, path, value)
            if varied not in seen and is_valid(schema, varied):
                seen.append(varied)
                yield varied


def _interleave(replacements: list[_Replacement]) -> list[_Replacement]:
    """Return the replacements so that each place gets its first one before any place gets its second one."""
    rounds: dict[tuple[_Step, ...], int] = {}
    ranked = []
    for each in replacements:
        rounds[each[1]] = rounds.get(each[1], 0) + 1
        ranked.append((rounds[each[1]], each))
    return [each for _, each in sorted(ranked, key=lambda pair: pair[0])]


def _iter_replacements(
    root: dict[str, Any], schema: Any, value: Any, path: tuple[_Step, ...]
) -> Iterator[_Replacement]:
    """Yield the kind, the place and the new value of each replacement. A value may be invalid."""
    for part in _iter_parts(root, schema, 0):
        yield from (("choice", path, each) for each in part.get("enum") or ())
        named = [*(part.get("examples") or ()), *([part["default"]] if "default" in part else [])]
        yield from (("named", path, each) for each in named)
        yield from _iter_own(part, path)
        if isinstance(value, dict) and len(path) < _DEPTH:
            members = part.get("properties")
            for name, member in (members if isinstance(members, dict) else {}).items():
                yield from _iter_replacements(root, member, value.get(name), (*path, name))
                if name in value:
                    yield "absent", (*path, name), _ABSENT
        if isinstance(value, list) and value and len(path) < _DEPTH:
            yield from _iter_replacements(root, part.get("items"), value[0], (*path, 0))


def _iter_own(part: Mapping[str, Any], path: tuple[_Step, ...]) -> Iterator[_Replacement]:
    kinds = part.get("type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if "boolean" in kinds:
        yield from (("choice", path, each) for each in (True, False))
    if "null" in kinds:
        yield "choice", path, None
    if "integer" in kinds or "number" in kinds:
        yield from (("limit", path, each) for each in _limits_of(part, is_whole="number" not in kinds))
    if "string" in kinds and not part.get("enum"):
        shortest = part.get("minLength", 0)
        texts = [*_TEXTS, "x" * shortest if isinstance(shortest, int) and 0 < shortest <= 300 else ""]
        yield from (("text", path, each) for each in texts)
    if "array" in kinds:
        yield "absent", path, []


def _limits_of(part: Mapping[str, Any], *, is_whole: bool) -> list[float]:
    step = part.get("multipleOf", 1)
    found = [part[name] for name in ("minimum", "maximum") if isinstance(part.get(name), int | float)]
    for name, sign in (("exclusiveMinimum", 1), ("exclusiveMaximum", -1)):
        if isinstance(part.get(name), int | float) and isinstance(step, int | float):
            found.append(part[name] + sign * step)
    return [each for each in (*found, *_NUMBERS) if not is_whole or each == int(each)]


def _iter_parts(root: dict[str, Any], schema: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Yield the schema and the alternatives and parts that it consists of, with local references resolved."""
    if not isinstance(schema, dict) or depth > _DEPTH:
        return
    reference = schema.get("$ref")
    if isinstance(reference, str) and reference.startswith("#/"):
        yield from _iter_parts(root, _follow(root, reference), depth + 1)
    yield schema
    for keyword in ("allOf", "anyOf", "oneOf"):
        parts = schema.get(keyword)
        for each in parts if isinstance(parts, list) else ():
            yield from _iter_parts(root, each, depth + 1)


def _follow(root: Any, reference: str) -> Any:
    for part in reference.removeprefix("#/").split("/"):
        root = root.get(part.replace("~1", "/").replace("~0", "~")) if isinstance(root, dict) else None
    return root


def _replace(whole: Any, path: tuple[_Step, ...], value: Any) -> Any:
    """Return a copy of `whole` with another value at `path`."""
    if not path:
        return value
    step, *rest = path
    if isinstance(step, int):
        return [*whole[:step], _replace(whole[step], tuple(rest), value), *whole[step + 1 :]]
    if value is _ABSENT and not rest:
        return {name: each for name, each in whole.items() if name != step}
    return {**whole, step: _replace(whole.get(step, {}), tuple(rest), value)}
