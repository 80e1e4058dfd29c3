"""Draws JSON values from the schemas of any document and validates them, independently of the generator."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias
from urllib.parse import unquote

from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator
from openapi_schema_validator import OAS30Validator

from .formats import texts
from .merging import merge
from .scalars import draw_number, draw_text, numbers

Strategy: TypeAlias = st.SearchStrategy[Any]
Direction: TypeAlias = Literal["request", "answer"]

# The maximum depth of a value of a recursive schema.
_DEPTH: Final = 3
# Names of unknown properties, some of which collide with attributes of models or of Python objects.
_ODD: Final = ("x-y", "model_config", "copy", "self", "\u00fc", "1st")
_KINDS: Final = ("null", "boolean", "integer", "number", "string", "array", "object")

anything: Final[Strategy] = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)


class SchemaStrategies:
    """Makes Hypothesis strategies from the schemas of one document, for one direction.

    An optional property that is `readOnly` in a request or `writeOnly` in an answer is not drawn; a required one is.
    `narrow` draws only what parameters and forms can carry: no null, no empty list, no undeclared property, and a
    string if the schema has no type. Without `surplus`, an object has only declared properties, if there are any.
    """

    def __init__(
        self,
        document: Mapping[str, Any],
        direction: Direction,
        *,
        narrow: bool = False,
        surplus: bool = True,
    ) -> None:
        self._document = document
        self._is_30 = str(document["openapi"]).startswith("3.0")
        self._excluded = "readOnly" if direction == "request" else "writeOnly"
        self._narrow = narrow
        self._is_exact = narrow or not surplus

    def draw(self, schema: Any) -> Strategy:
        """Return a strategy for the values of `schema`, which is a part of the document."""
        return self._walk(schema, 0).filter(self._validator(schema).is_valid)

    def allows(self, schema: Any, value: Any) -> bool:
        """Return whether `schema` allows `value`."""
        return bool(self._validator(schema).is_valid(value))

    def find_default(self, schema: Any) -> Any:
        """Return the default of `schema`, or None if it has none or an invalid one."""
        default = self._flatten(self.resolve(schema)).get("default")
        return default if self.allows(schema, default) else None

    def _validator(self, schema: Any) -> Any:
        return (OAS30Validator if self._is_30 else Draft202012Validator)(self._root(schema))

    def _root(self, schema: Any) -> Any:
        """Return a schema equivalent to `schema` in which references into the document resolve."""
        if not isinstance(schema, Mapping):
            return schema
        parts = {key: value for key, value in self._document.items() if key in ("components", "paths")}
        return {"allOf": [schema], **parts}

    def resolve(self, schema: Any) -> Any:
        """Return `schema` with its `$ref` resolved. In OpenAPI 3.1, siblings of `$ref` apply as well."""
        if not isinstance(schema, Mapping) or "$ref" not in schema:
            return schema
        node: Any = self._document
        for part in unquote(str(schema["$ref"])).removeprefix("#/").split("/"):
            name = part.replace("~1", "/").replace("~0", "~")
            node = node[int(name)] if isinstance(node, list) else node[name]
        beside = {} if self._is_30 else {key: value for key, value in schema.items() if key != "$ref"}
        target = self.resolve(node)
        return {"allOf": [target, beside]} if beside else target

    def list_properties(self, schema: Any) -> dict[str, Any]:
        """Return the properties of an object schema."""
        return dict(self._flatten(self.resolve(schema)).get("properties") or {})

    def list_scalars(self, schema: Any) -> frozenset[str]:
        """Return the JSON types that a string may be parsed as: those of the value, its items or its properties."""
        whole = self.resolve(schema)
        if not isinstance(whole, Mapping):
            return frozenset({"string"})
        inner = [each for key in ("allOf", "anyOf", "oneOf") for each in whole.get(key) or ()]
        inner += [whole[key] for key in ("items", "additionalProperties") if isinstance(whole.get(key), dict)]
        inner += (whole.get("properties") or {}).values()
        said = whole.get("type") or ()
        kinds = {said} if isinstance(said, str) else {*said}
        values = [*(whole.get("enum") or ()), *([whole["const"]] if "const" in whole else [])]
        kinds |= {"string" if isinstance(value, str) else "number" for value in values}
        return frozenset(kinds - {"array", "object", "null"}).union(*map(self.list_scalars, inner))

    def _walk(self, schema: Any, depth: int) -> Strategy:
        if schema is True or schema == {}:
            return texts if self._narrow else anything
        if schema is False:
            return st.nothing()
        whole = self._flatten(self.resolve(schema))
        for keyword in ("oneOf", "anyOf"):
            if keyword in whole:
                rest = {key: value for key, value in whole.items() if key != keyword}
                return self._walk_branches(whole[keyword], rest, depth)
        if "const" in whole:
            return st.just(whole["const"])
        if "enum" in whole:
            return st.sampled_from([each for each in whole["enum"] if not (self._narrow and each is None)])
        return st.one_of([self._walk_kind(kind, whole, depth) for kind in self._list_kinds(whole, depth)])

    def _walk_branches(self, branches: Any, rest: Mapping[str, Any], depth: int) -> Strategy:
        """Return a strategy for all branches, each with its discriminator value if there is one."""
        said = rest.get("discriminator") or {}
        key = said.get("propertyName")
        drawn = []
        for branch in branches:
            if self._narrow and self._is_null(branch):
                continue
            own = [rest, self._flatten(self.resolve(branch))]
            if key is not None and "$ref" in branch:
                called = str(branch["$ref"]).rpartition("/")[2]
                mapping = (said.get("mapping") or {}).items()
                names = [name for name, at in mapping if at in (branch["$ref"], called)] or [called]
                own.append({"properties": {key: {"enum": names}}, "required": [key]})
            plain = {name: value for name, value in merge(own).items() if name != "discriminator"}
            drawn.append(st.deferred(lambda plain=plain: self._walk(plain, depth + 1)))  # type: ignore[misc]
        if depth >= _DEPTH:
            drawn = drawn[-1:] if self._is_null(branches[-1]) else drawn[:1]
        return st.one_of(drawn)

    def _is_null(self, schema: Any) -> bool:
        return isinstance(schema, Mapping) and schema.get("type") == "null"

    def _flatten(self, schema: Any) -> dict[str, Any]:
        """Return `schema` with the parts of its `allOf` merged into it."""
        if not isinstance(schema, Mapping):
            return {} if schema is True else {"enum": []}
        rest = {key: value for key, value in schema.items() if key != "allOf"}
        return merge([*(self._flatten(self.resolve(part)) for part in schema.get("allOf") or ()), rest])

    def _list_kinds(self, schema: Mapping[str, Any], depth: int) -> list[str]:
        said = schema.get("type")
        kinds = [said] if isinstance(said, str) else list(said or ())
        if not kinds:
            is_object = not {"properties", "additionalProperties", "required"}.isdisjoint(schema)
            rest = ["string"] if self._narrow else list(_KINDS)
            kinds = ["object"] if is_object else ["array"] if "items" in schema else rest
        if schema.get("nullable"):
            kinds.append("null")
        if self._narrow:
            kinds = [kind for kind in kinds if kind != "null"]
        return ["null"] if depth >= _DEPTH and "null" in kinds else kinds

    def _walk_kind(self, kind: str, schema: Mapping[str, Any], depth: int) -> Strategy:
        match kind:
            case "null":
                return st.none()
            case "boolean":
                return st.booleans()
            case "integer" | "number":
                return draw_number(kind, schema)
            case "string":
                return draw_text(schema)
            case "array":
                return self._draw_array(schema, depth)
            case _:
                return self._draw_object(schema, depth)

    def _draw_array(self, schema: Mapping[str, Any], depth: int) -> Strategy:
        least = schema.get("minItems", int(self._narrow))
        most = min(schema.get("maxItems", least + 2), least if depth >= _DEPTH else least + 2)
        items = schema.get("items", True)
        inner = st.deferred(lambda: self._walk(items, depth + 1))
        return st.lists(inner, min_size=least, max_size=most)

    def _draw_object(self, schema: Mapping[str, Any], depth: int) -> Strategy:
        properties = schema.get("properties") or {}
        required = [*(schema.get("required") or ())]
        members = {
            name: st.deferred(lambda each=each: self._walk(each, depth + 1))  # type: ignore[misc]
            for name, each in properties.items()
            if name in required or not self._is_excluded(each)
        }
        fixed = {name: members.get(name, anything) for name in required}
        optional = {name: each for name, each in members.items() if name not in required}
        known = st.fixed_dictionaries(fixed, optional={} if depth >= _DEPTH else optional)
        more = self._draw_additional(schema, frozenset(properties), depth)

        def order(own: Mapping[str, Any], surplus: Mapping[str, Any]) -> dict[str, Any]:
            # The order of the schema, because the generated code serializes properties in that order.
            return {**{name: own[name] for name in properties if name in own}, **own, **surplus}

        return st.builds(order, known, more)

    def _is_excluded(self, schema: Any) -> bool:
        whole = self.resolve(schema)
        return isinstance(whole, Mapping) and bool(whole.get(self._excluded))

    def _draw_additional(self, schema: Mapping[str, Any], known: frozenset[str], depth: int) -> Strategy:
        """Return a strategy for the properties that the schema does not declare."""
        patterns = schema.get("patternProperties") or {}
        said = schema.get("additionalProperties", True)
        if depth >= _DEPTH and not schema.get("minProperties"):
            return st.just({})
        drawn = [
            st.dictionaries(st.from_regex(pattern, fullmatch=False), self._walk(each, depth + 1), max_size=1)
            for pattern, each in patterns.items()
        ]
        if said is not False and (not self._is_exact or said is not True or not known):
            names = (texts if self._is_exact else texts | st.sampled_from(_ODD)).filter(
                lambda name: name not in known and not any(re.search(each, name) for each in patterns)
            )
            least = max(0, schema.get("minProperties", 0) - len(known))
            inner = anything if said is True else self._walk(said, depth + 1)
            drawn.append(st.dictionaries(names, inner, min_size=least, max_size=least + 1))
        return st.tuples(*drawn).map(
            lambda parts: {key: each for part in parts for key, each in part.items()}
        )
