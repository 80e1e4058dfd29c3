"""Hypothesis strategies for JSON values of the document's schemas; they support the keywords that it uses."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st
from orchestrator_v2 import models
from orchestrator_v2._model import Model, attributes

from .document import OPERATIONS, SCHEMAS

# The placeholder in a drawn value for an optional field that is sent as null instead of being absent.
NULL: Final = type("Null", (), {"__repr__": lambda self: "NULL"})()

_ENTITY: Final = OPERATIONS["getWorkflowsOverviewForEntity"]["requestBody"]["content"]["application/json"]
_RESULT: Final = SCHEMAS["WorkflowResultDTO"]["properties"]
# The schemas of all models; some are inline schemas in the document.
ALL: Final[Mapping[str, Any]] = {
    **SCHEMAS,
    "GetWorkflowsOverviewForEntityRequest": _ENTITY["schema"],
    "WorkflowResultDTONextWorkflow": _RESULT["nextWorkflows"]["items"],
    "WorkflowResultDTOOutput": _RESULT["outputs"]["items"],
}
_NAMES: Final = {id(schema): name for name, schema in ALL.items()}

texts = st.text(max_size=6) | st.sampled_from(
    ["\0", "\u2028", "\U0001f600", "e\u0301", '"\\/\b', "1", "null"]
)
integers = st.integers(-3, 3) | st.integers(-(10**30), 10**30)
numbers = integers | st.floats(allow_nan=False, allow_infinity=False)
anything: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
# Possible names of unknown fields, among them awkward ones: attributes of the models and of Python objects.
_ODD: Final = (
    "",
    "x-y",
    "model_config",
    "model_fields",
    "__class__",
    "__dict__",
    "copy",
    "self",
    "process_id",
    "page_size",
)


@cache
def document_of(
    name: str, *, extra: bool = True, nulls: bool = False, unknown: bool = False
) -> st.SearchStrategy[Any]:
    """Return the strategy for values that match the schema `name`.

    `extra` adds unknown fields if the schema allows them, `nulls` replaces optional fields with `NULL`, and `unknown`
    replaces values of open enums with arbitrary strings.
    """
    return _Walk(extra=extra, nulls=nulls, unknown=unknown).named(name)


class _Walk:
    """Builds the strategy of a schema. Strategies are cached by name, because schemas are recursive."""

    def __init__(self, *, extra: bool, nulls: bool, unknown: bool) -> None:
        self._extra, self._nulls, self._unknown = extra, nulls, unknown
        self._known: dict[str, st.SearchStrategy[Any]] = {}

    def named(self, name: str) -> st.SearchStrategy[Any]:
        if name not in self._known:
            self._known[name] = st.deferred(lambda: self._walk(ALL[name], is_open=False))
        return self._known[name]

    def _walk(self, schema: Mapping[str, Any], *, is_open: bool) -> st.SearchStrategy[Any]:
        match schema:
            case {"$ref": str(reference)}:
                name = reference.rpartition("/")[2]
                listed = self.named(name)
                return listed | texts if is_open and "enum" in ALL[name] and self._unknown else listed
            case {"enum": values}:
                return (
                    st.sampled_from(values) | texts if is_open and self._unknown else st.sampled_from(values)
                )
            case {"oneOf": branches} | {"anyOf": branches}:
                return st.one_of([self._walk(each, is_open=False) for each in branches])
            case {"type": "object"} | {"allOf": _}:
                return self._walk_object(schema)
            case {"type": "array"}:
                items = schema.get("items")
                return st.lists(anything if items is None else self._walk(items, is_open=False), max_size=2)
            case {"type": "string"}:
                return texts.filter(lambda text: len(text) >= schema.get("minLength", 0))
            case {"type": "integer"}:
                return integers
            case {"type": "number"}:
                return (
                    numbers.filter(lambda number: number >= schema["minimum"])
                    if "minimum" in schema
                    else numbers
                )
            case {"type": "boolean"}:
                return st.booleans()
        raise AssertionError(f"the document uses a schema that has no strategy yet: {schema}")

    def _walk_object(self, schema: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
        properties, required = read_object(schema)
        if not properties:
            return st.dictionaries(texts, anything, max_size=3)
        opened = find_open(_NAMES.get(id(schema), ""))
        drawn = {name: self._walk(each, is_open=name in opened) for name, each in properties.items()}
        optional = {name: each for name, each in drawn.items() if name not in required}
        if self._nulls:
            optional = {name: st.just(NULL) | each for name, each in optional.items()}
        fixed = st.fixed_dictionaries({name: drawn[name] for name in required}, optional=optional)
        if not self._extra or schema.get("additionalProperties") is False:
            return fixed
        own = (texts | st.sampled_from(_ODD)).filter(lambda name: name not in _WIRE_NAMES)
        more = st.dictionaries(own, anything, max_size=2)
        return st.builds(lambda surplus, known: {**surplus, **known}, more, fixed)


def read_object(schema: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return the properties of an object schema and the names of the required ones, those of its `allOf` included."""
    if "$ref" in schema:
        return read_object(ALL[schema["$ref"].rpartition("/")[2]])
    parts = [read_object(part) for part in schema.get("allOf", [])]
    parts.append((schema.get("properties", {}), schema.get("required", [])))
    return (
        {name: each for properties, _ in parts for name, each in properties.items()},
        [name for _, required in parts for name in required],
    )


def find_open(name: str) -> frozenset[str]:
    """Return the properties of the schema `name` whose enum accepts undocumented values."""
    model = getattr(models, name, None)
    if not (isinstance(model, type) and issubclass(model, Model)):
        return frozenset()
    fields = model.model_fields
    return frozenset(
        wire
        for wire, attribute in attributes(model).items()
        if "UnknownValue" in str(fields[attribute].annotation)
    )


_WIRE_NAMES: Final = frozenset(name for schema in ALL.values() for name in read_object(schema)[0])


def drop_nulls(value: Any) -> Any:
    """Return `value` without the fields that are `NULL`."""
    match value:
        case dict():
            return {key: drop_nulls(each) for key, each in value.items() if each is not NULL}
        case list():
            return [drop_nulls(each) for each in value]
    return value


def write_nulls(value: Any) -> Any:
    """Return `value` with `NULL` replaced by null."""
    match value:
        case dict():
            return {key: write_nulls(each) for key, each in value.items()}
        case list():
            return [write_nulls(each) for each in value]
    return None if value is NULL else value
