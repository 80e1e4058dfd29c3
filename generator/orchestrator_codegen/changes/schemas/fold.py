"""Merges the schemas that must all match into one `Shape`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeVar

from ...document.load import JSON, Pointer
from ..side import Side, is_prose
from .conjuncts import Conjuncts, read_types
from .shape import ALL, SUBJECTS, Bound, Members, Places, Shape

Value = TypeVar("Value")

_LEAST: Final = ("minimum", "minLength", "minItems", "minProperties")
_MOST: Final = ("maximum", "maxLength", "maxItems", "maxProperties")
_EXCLUSIVE: Final = {"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum"}
_RULES: Final = ("pattern", "format", "multipleOf")
_MARKS: Final = ("uniqueItems", "deprecated", "readOnly", "writeOnly")
_READ: Final = frozenset(
    {
        *_LEAST,
        *_MOST,
        *_EXCLUSIVE.values(),
        *_RULES,
        *_MARKS,
        "type",
        "enum",
        "const",
        "properties",
        "required",
    }
) | {"patternProperties", "additionalProperties", "items", "default", "discriminator"}

# Keywords that define schemas for references, which are followed instead.
_NAMES: Final = frozenset({"$defs", "definitions", "$id", "$schema", "$anchor"})


def fold(side: Side, places: Places) -> Shape:
    """Return what all schemas at `places` allow together."""
    found = Conjuncts(side)
    found.gather(places)
    folded = _Fold(side, keywords=dict(found.keywords))
    for at, schema in found.schemas:
        folded.add(at, schema)
    return folded.finish(places, found)


@dataclass(slots=True)
class _Fold:
    side: Side
    keywords: dict[str, Pointer]
    types: frozenset[str] = ALL
    values: dict[str, JSON] | None = None
    bounds: dict[str, Bound] = field(default_factory=dict)
    rules: dict[str, set[str]] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)
    named: dict[str, Places] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    patterns: dict[str, Places] = field(default_factory=dict)
    rest: Places = ()
    is_closed: bool = False
    items: Places = ()
    others: dict[str, Places] = field(default_factory=dict)

    def add(self, at: Pointer, schema: dict[str, JSON]) -> None:
        """Add one more schema that must match, too."""
        for key in schema:
            self.keywords.setdefault(key, (*at, key))
        self.types &= read_types(schema) or ALL
        self._add_values(schema)
        self._add_bounds(schema)
        for name in _RULES:
            if name in schema:
                self.rules.setdefault(name, set()).add(write_canonically(schema[name]))
        self.marks.update(name for name in _MARKS if schema.get(name) is True)
        self._add_members(at, schema)
        if schema.get("items", True) not in (True, {}):
            self.items += ((*at, "items"),)
        for key in schema:
            if key not in _READ and key not in _NAMES and not is_prose(key):
                self.others[key] = (*self.others.get(key, ()), (*at, key))

    def _add_values(self, schema: dict[str, JSON]) -> None:
        for listed in (schema.get("enum"), [schema["const"]] if "const" in schema else None):
            if listed is not None:
                values = {write_canonically(each): each for each in listed}
                before = values if self.values is None else self.values
                self.values = {key: value for key, value in values.items() if key in before}

    def _add_bounds(self, schema: dict[str, JSON]) -> None:
        for name, bound in _iter_bounds(schema):
            before = self.bounds.get(name)
            self.bounds[name] = bound if before is None else max(before, bound, key=_strictness(name))

    def _add_members(self, at: Pointer, schema: dict[str, JSON]) -> None:
        for keyword, members in (("properties", self.named), ("patternProperties", self.patterns)):
            for name in schema.get(keyword) or {}:
                members[name] = (*members.get(name, ()), (*at, keyword, name))
        self.required.update(schema.get("required") or ())
        rest = schema.get("additionalProperties", True)
        if rest is False:
            self.is_closed = True
        elif rest not in (True, {}):
            self.rest += ((*at, "additionalProperties"),)

    def finish(self, places: Places, found: Conjuncts) -> Shape:
        """Return the shape without keywords that do not apply to the allowed types."""
        if found.may_be_null and not found.choices:
            self.types |= {"null"}
            if self.values is not None:
                self.values["null"] = None
        if self.values is not None:
            self.values = {key: each for key, each in self.values.items() if _type_of(each) in self.types}
            self.types = frozenset(_type_of(each) for each in self.values.values())
        if self.others.get("unevaluatedProperties") and self._is_false("unevaluatedProperties"):
            self.is_closed = True
            del self.others["unevaluatedProperties"]
        has_object, has_array = "object" in self.types, "array" in self.types
        members = Members(self.named, frozenset(self.required), self.patterns, self.rest, self.is_closed)
        return Shape(
            places=places,
            is_never=found.is_never,
            may_be_null=found.may_be_null,
            types=self.types,
            values=self.values,
            bounds=self._keep({name: each for name, each in self.bounds.items() if not _is_idle(name, each)}),
            rules={name: frozenset(each) for name, each in self._keep(self.rules).items()},
            marks=frozenset(self._keep(dict.fromkeys(self.marks))),
            members=members if has_object else Members({}, frozenset(), {}, (), False),
            items=self.items if has_array else (),
            choices=tuple(found.choices),
            others=self._keep(self.others),
            keywords=self.keywords,
        )

    def _is_false(self, keyword: str) -> bool:
        return any(self.side.read(at)[1] is False for at in self.others[keyword])

    def _keep(self, named: dict[str, Value]) -> dict[str, Value]:
        return {name: each for name, each in named.items() if SUBJECTS.get(name, self.types) & self.types}


def write_canonically(value: JSON) -> str:
    """Return the canonical text of a value: sorted keys, and 1.0 as 1."""
    return json.dumps(_make_canonical(value), sort_keys=True, ensure_ascii=False)


def _make_canonical(value: JSON) -> JSON:
    if isinstance(value, dict):
        return {key: _make_canonical(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_make_canonical(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _iter_bounds(schema: dict[str, JSON]) -> Iterator[tuple[str, Bound]]:
    """Yield each bound. In OpenAPI 3.1 an exclusive bound is a number, in 3.0 a flag of the other bound."""
    is_whole = read_types(schema) == frozenset({"integer"})
    for name in (*_LEAST, *_MOST):
        exclusive = schema.get(_EXCLUSIVE.get(name, ""))
        if name in schema:
            yield name, _make_bound(name, schema[name], exclusive is True, is_whole)
        if exclusive is not None and not isinstance(exclusive, bool):
            yield name, _make_bound(name, exclusive, True, is_whole)


def _make_bound(name: str, value: int | float, is_exclusive: bool, is_whole: bool) -> Bound:
    if is_exclusive and is_whole and value == int(value):
        return Bound(int(value) + (1 if name in _LEAST else -1))
    return Bound(value, is_exclusive)


def _strictness(name: str) -> Callable[[Bound], tuple[float, bool]]:
    sign = 1 if name in _LEAST else -1
    return lambda bound: (sign * bound.value, bound.is_exclusive)


def is_stricter(name: str, one: Bound | None, other: Bound | None) -> bool:
    """Return whether `one` allows less than `other`. None means no bound."""
    if one is None or other is None:
        return one is not None
    strictness = _strictness(name)
    return strictness(one) > strictness(other)


def _is_idle(name: str, bound: Bound) -> bool:
    """Return whether the bound has no effect, because no length or count is less than 0."""
    return name in _LEAST and name != "minimum" and bound.value <= 0


def _type_of(value: JSON) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "integer" if value.is_integer() else "fraction"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"
