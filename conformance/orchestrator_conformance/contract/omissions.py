"""Request bodies without one required part, derived from the schema of an operation's body.

The bodies are made from the examples of the operation and of operations with the same body, because a backend may
reject made-up values for other reasons. For parts of the schema that no example has, the values are made up.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from .contract import Contract, Operation, follow

JSON = Any
_Build = Callable[[JSON], JSON]

# Limits for recursive schemas: how deep a part may be, and how often one schema occurs on the way to it.
_DEPTH: Final = 12
_REPEATS: Final = 2
_KEYWORDS: Final = ("oneOf", "anyOf", "allOf")


@dataclass(frozen=True, slots=True)
class Omission:
    """A body without one required part. `missing` is the path of that part, such as `filters/value`."""

    missing: str
    body: JSON


@dataclass(frozen=True, slots=True)
class _Place:
    """An object within a body: its path, value and required members, and how to build a body with another value."""

    path: tuple[str, ...]
    value: dict[str, JSON]
    required: tuple[str, ...]
    build: _Build


def list_omissions(contract: Contract, operation: Operation) -> list[Omission]:
    """Return bodies that the schema forbids only because one required member of an object is absent, each once.

    The body itself is valid before the member is removed. For an operation without a body, the list is empty.
    """
    if operation.body is None:
        return []
    schema = operation.body.schema
    alike = [each for each in contract.operations.values() if each.body and each.body.schema == schema]
    examples = [each for owner in (operation, *alike) for each in read_examples(contract, owner)]
    bodies = [each for each in examples if contract.explain(schema, each) is None]
    places = [place for body in bodies for place in _iter_places(contract, schema, body, (), _same, ())]
    places += _iter_made_up(contract, schema, (), _same, ())
    found: dict[tuple[str, ...], Omission] = {}
    for place in places:
        for name in place.required:
            path = (*place.path, name)
            rest = {key: value for key, value in place.value.items() if key != name}
            body = place.build(rest)
            # A part of one kind of filter differs from a part of the same name of another kind.
            key = (*path, *sorted(place.value))
            if key not in found and contract.explain(schema, body) is not None:
                found[key] = Omission("/".join(path), body)
    return [*{json.dumps(each.body, sort_keys=True): each for each in found.values()}.values()]


def read_examples(contract: Contract, operation: Operation) -> list[JSON]:
    """Return the documented examples of the body of an operation."""
    item = contract.document["paths"][operation.path][operation.method.lower()]
    content = follow(contract.document, item.get("requestBody") or {}).get("content") or {}
    media: JSON = next(iter(content.values()), {})
    named = (media.get("examples") or {}).values()
    examples = [follow(contract.document, each).get("value") for each in named]
    schema = follow(contract.document, media.get("schema") or {})
    return [
        each
        for each in (*examples, media.get("example"), *(schema.get("examples") or ()))
        if each is not None
    ]


def _same(value: JSON) -> JSON:
    return value


def _iter_places(
    contract: Contract, schema: JSON, value: JSON, path: tuple[str, ...], build: _Build, seen: tuple[int, ...]
) -> Iterator[_Place]:
    """Yield the objects with required members within an existing value."""
    schema = follow(contract.document, schema)
    if not isinstance(schema, dict) or len(seen) > _DEPTH or contract.explain(schema, value) is not None:
        return
    seen = (*seen, id(schema))
    for keyword in _KEYWORDS:
        for branch in schema.get(keyword) or ():
            yield from _iter_places(contract, branch, value, path, build, seen)
    if isinstance(value, dict):
        if required := tuple(name for name in schema.get("required") or () if name in value):
            yield _Place(path, value, required, build)
        for name, member in (schema.get("properties") or {}).items():
            if name in value:
                inner = _build_member(build, value, name)
                yield from _iter_places(contract, member, value[name], (*path, name), inner, seen)
    elif isinstance(value, list) and value:
        inner = _build_item(build, value)
        yield from _iter_places(contract, schema.get("items", True), value[0], path, inner, seen)


def _iter_made_up(
    contract: Contract, schema: JSON, path: tuple[str, ...], build: _Build, seen: tuple[int, ...]
) -> Iterator[_Place]:
    """Yield the objects with required members that the schema describes, with made-up values."""
    schema = follow(contract.document, schema)
    if not isinstance(schema, dict) or len(seen) > _DEPTH or seen.count(id(schema)) >= _REPEATS:
        return
    seen = (*seen, id(schema))
    for keyword in _KEYWORDS:
        for branch in schema.get(keyword) or ():
            yield from _iter_made_up(contract, branch, path, build, seen)
    value = make_up(contract, schema)
    if isinstance(value, dict) and schema.get("required"):
        yield _Place(path, value, tuple(name for name in schema["required"] if name in value), build)
    if isinstance(value, dict):
        for name, member in (schema.get("properties") or {}).items():
            inner = _build_member(build, value, name)
            yield from _iter_made_up(contract, member, (*path, name), inner, seen)
    elif isinstance(value, list):
        yield from _iter_made_up(contract, schema.get("items", True), path, _build_item(build, value), seen)


def _build_member(build: _Build, whole: dict[str, JSON], name: str) -> _Build:
    return lambda value: build({**whole, name: value})


def _build_item(build: _Build, whole: list[JSON]) -> _Build:
    return lambda value: build([value, *whole[1:]])


def make_up(contract: Contract, schema: JSON, depth: int = 0) -> JSON:
    """Return a small value that matches `schema` as far as possible, with the required members of objects only."""
    schema = follow(contract.document, schema)
    if not isinstance(schema, dict) or depth > _DEPTH:
        return "text"
    given = [*(schema.get("examples") or ()), *(schema.get("enum") or ())]
    given += [schema[name] for name in ("const", "default") if name in schema]
    if given:
        return given[0]
    for keyword in ("oneOf", "anyOf"):
        if schema.get(keyword):
            made = (make_up(contract, branch, depth + 1) for branch in schema[keyword])
            return next((each for each in made if contract.explain(schema, each) is None), "text")
    match schema.get("type", "object" if "properties" in schema or "allOf" in schema else "string"):
        case "object":
            return _make_up_object(contract, schema, depth)
        case "array":
            return [make_up(contract, schema.get("items", True), depth + 1)] * int(schema.get("minItems", 0))
        case "boolean":
            return True
        case "integer" | "number":
            return schema.get("minimum", 1)
        case _:
            return "text".ljust(min(int(schema.get("minLength", 0)), 100), "t")


def _make_up_object(contract: Contract, schema: dict[str, JSON], depth: int) -> JSON:
    value: dict[str, JSON] = {}
    for part in schema.get("allOf") or ():
        made = make_up(contract, part, depth + 1)
        value |= made if isinstance(made, dict) else {}
    members = schema.get("properties") or {}
    return value | {
        name: make_up(contract, members.get(name, True), depth + 1) for name in schema.get("required") or ()
    }
