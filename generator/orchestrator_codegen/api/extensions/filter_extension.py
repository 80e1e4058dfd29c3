"""Reads `x-filter`: the schemas of filters, and the meaning of their properties and operator values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ...document.diagnostics import Diagnostic, error
from ...document.load import JSON, Document, Pointer
from ...document.references import follow, split_reference
from ...document.schema_walk import iter_document_schemas
from ..ir import FilterPart, Filters

KEY: Final = "x-filter"
_SCHEMAS: Final = ("components", "schemas")

# The roles of the properties of each part, and the meanings of its operator. The default names are the role itself and
# the meaning in uppercase: the property `field`, the word `IS_NULL` for `isNull`.
_PROPERTIES: Final[Mapping[str, tuple[str, ...]]] = {
    "comparison": ("field", "operator", "value"),
    "logical": ("operator", "filters"),
    "nested": ("field", "nested"),
}
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "comparison": ("eq", "gt", "gte", "lt", "lte", "in", "like", "between", "isNull"),
    "logical": ("and", "or", "not"),
    "nested": (),
}
_NEEDED: Final = ("comparison", "logical")


def check_filters(document: Document) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each `x-filter` that is in the wrong place or names something that does not exist."""
    places = [at for at, schema in iter_document_schemas(document.data) if KEY in schema]
    for at in places:
        if at[:2] != _SCHEMAS or len(at) != 3:
            message = f"{KEY} has no effect here; move it to a schema in components"
            yield error(message, document.locate((*at, KEY)))
    named = [at for at in places if at[:2] == _SCHEMAS and len(at) == 3]
    for at in named[1:]:
        message = f"{KEY} is already at {named[0][2]}; a document can have only one kind of filter"
        yield error(message, document.locate((*at, KEY)))
    for at in named[:1]:
        reader = _Reader(document, at)
        reader.read()
        yield from reader.problems


def read_filters(document: Document) -> Filters | None:
    """Return the filters that `x-filter` describes, or None. `check_filters` has found no problem in `document`."""
    for name, schema in ((document.data.get("components") or {}).get("schemas") or {}).items():
        if isinstance(schema, dict) and KEY in schema:
            return _Reader(document, (*_SCHEMAS, name)).read()
    return None


@dataclass(slots=True)
class _Reader:
    document: Document
    at: Pointer
    problems: list[Diagnostic] = field(default_factory=list)

    def read(self) -> Filters | None:
        """Return the filters, or None and the collected problems if a part is missing or wrong."""
        said = self._get_named(str(self.at[-1]))[KEY]
        if not isinstance(said, dict):
            self._add(f"{KEY} must name the schemas of `comparison` and `logical`", KEY)
            return None
        for key in said.keys() - _PROPERTIES.keys():
            self._add(f"{KEY} has no {key!r}: expected {_join(_PROPERTIES)}", KEY, key)
        for key in _NEEDED:
            if key not in said:
                self._add(f"{KEY} must name the schema of {key!r}", KEY)
        parts = {key: self._read_part(key, said[key]) for key in _PROPERTIES if key in said}
        comparison, logical, nested = (parts.get(key) for key in _PROPERTIES)
        if self.problems or comparison is None or logical is None:
            return None
        return Filters(str(self.at[-1]), comparison, logical, nested)

    def _read_part(self, key: str, said: JSON) -> FilterPart | None:
        at: Pointer = (KEY, key)
        if isinstance(said, str):
            said = {"schema": said}
        elif not (isinstance(said, dict) and isinstance(said.get("schema"), str)):
            self._add(f"{key} must be the name of a schema, or an object with 'schema'", *at)
            return None
        else:
            at = (*at, "schema")
        for other in said.keys() - {"schema", "properties", "words"}:
            self._add(f"{key} has no {other!r}: expected 'schema', 'properties' or 'words'", KEY, key, other)
        name = said["schema"]
        if problem := self._check_schema(name):
            self._add(problem, *at)
            return None
        schema = self._get_named(name)
        own = schema.get("properties") or {}
        properties = {role: self._read_property(key, role, said, name, own, at) for role in _PROPERTIES[key]}
        for missing in sorted(set(schema.get("required") or ()) - set(properties.values())):
            self._add(f"{name} requires {missing!r}, which {key} does not describe", *at)
        words = self._read_words(
            key, said, (*_SCHEMAS, name, "properties", properties.get("operator", "")), at
        )
        return FilterPart(name, tuple(properties.items()), tuple(words.items()))

    def _check_schema(self, name: str) -> str | None:
        if name not in self.document.data["components"]["schemas"]:
            return f"there is no schema {name!r} in components"
        if f"#/components/schemas/{name}" not in map(_find_target, self._list_branches()):
            return f"{name!r} is not a branch of the oneOf or anyOf of {self.at[-1]}"
        for keyword in ("$ref", "allOf", "oneOf", "anyOf"):
            if keyword in self._get_named(name):
                return f"{name} must define its properties directly, not with {keyword!r}"
        return None

    def _read_property(
        self, key: str, role: str, said: JSON, name: str, own: Mapping[str, JSON], at: Pointer
    ) -> str:
        names = self._read_names(key, "properties", said, _PROPERTIES[key])
        chosen = names.get(role, role)
        if chosen not in own:
            place = (KEY, key, "properties", role) if role in names else at
            hint = "" if role in names else f"; name the property for {role!r} in 'properties'"
            self._add(f"{name} has no property {chosen!r} of its own{hint}", *place)
        return chosen

    def _read_words(self, key: str, said: JSON, operator: Pointer, at: Pointer) -> dict[str, str]:
        names = self._read_names(key, "words", said, _WORDS[key])
        known = self._find_enum(operator)
        words = {}
        for role in _WORDS[key]:
            word = names.get(role, _spell(role))
            if known is None or word in known:
                words[role] = word
            elif role in names:
                self._add(
                    f"the operator has no word {word!r}: expected {_join(known)}", KEY, key, "words", role
                )
            elif key == "logical":
                self._add(f"the operator has no word {word!r}; name the one for {role!r} in 'words'", *at)
        return words

    def _read_names(self, key: str, kind: str, said: JSON, roles: tuple[str, ...]) -> dict[str, str]:
        names = said.get(kind, {})
        if not isinstance(names, dict) or not all(isinstance(name, str) for name in names.values()):
            self._add(f"{kind!r} must map names to strings", KEY, key, kind)
            return {}
        for other in names.keys() - set(roles):
            self._add(f"{key} has no {other!r}: expected {_join(roles)}", KEY, key, kind, other)
        return names

    def _find_enum(self, operator: Pointer) -> list[str] | None:
        try:
            _, schema = follow(self.document.data, operator)
        except LookupError:
            return None  # the missing property has been reported
        values = schema.get("enum") if isinstance(schema, dict) else None
        return [str(each) for each in values] if values else None

    def _list_branches(self) -> list[JSON]:
        _, schema = follow(self.document.data, self.at)
        return [branch for keyword in ("oneOf", "anyOf") for branch in schema.get(keyword) or ()]

    def _get_named(self, name: str) -> dict[str, JSON]:
        schema = self.document.data["components"]["schemas"][name]
        return schema if isinstance(schema, dict) else {}

    def _add(self, message: str, *at: str | int) -> None:
        problem = error(message, self.document.locate((*self.at, *at)))
        if problem not in self.problems:
            self.problems.append(problem)


def _find_target(branch: JSON) -> str:
    reference = branch.get("$ref") if isinstance(branch, dict) else None
    return "#/" + "/".join(map(str, split_reference(reference))) if isinstance(reference, str) else ""


def _spell(role: str) -> str:
    """Return the default word for `role`: `IS_NULL` for `isNull`."""
    return re.sub(r"([A-Z])", r"_\1", role).upper()


def _join(names: Any) -> str:
    *others, last = map(repr, names)
    return f"{', '.join(others)} or {last}" if others else last
