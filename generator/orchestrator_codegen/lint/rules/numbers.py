"""A rule for numbers that should be integers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ...api.python_names import snake_case
from ...document.diagnostics import Severity
from ...document.json_types import list_types
from ...document.load import JSON, Pointer
from ..finding import Hit, Rule
from ..subject import Subject, is_composed
from ..wording import show

# Names of properties that are always whole numbers.
_WHOLE: Final = frozenset(
    {
        *("count", "page_size", "page_number", "page_index", "per_page", "page_count", "total_count"),
        *("total_pages", "total_items", "port", "status_code", "http_status", "http_status_code"),
        *("max_retries", "retry_count", "line_number", "column_number"),
    }
)

# Names that belong to paging, and are whole numbers, if one of the names on the right is among the siblings.
_PAGING: Final = {
    "limit": frozenset({"offset", "page", "page_number", "start_index"}),
    "offset": frozenset({"limit", "page_size", "per_page"}),
    "page": frozenset({"limit", "size", "page_size", "per_page", "total_pages"}),
    "size": frozenset({"page", "page_number"}),
}

_WHOLE_FORMATS: Final = frozenset({"int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"})
_BOUNDS: Final = ("default", "example", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def find_numbers_for_integers(subject: Subject) -> Iterator[Hit]:
    """Yield the numbers that only make sense as integers: by name and siblings, by format, or by multipleOf."""
    for schema in subject.schemas:
        properties = schema.data.get("properties") or {}
        for name in _choose_whole(properties):
            yield from _judge_name(name, properties[name], (*schema.at, "properties", name))
    for endpoint in subject.endpoints:
        parameters = {str(part.data["name"]): part for part in endpoint.parameters}
        for name in _choose_whole(parameters):
            part = parameters[name]
            yield from _judge_name(name, part.data.get("schema"), (*part.at, "schema"))
    for schema in subject.schemas:
        if _is_number(schema.data) and (reason := _find_whole(schema.data)):
            found = f"the type is number, but {reason}"
            yield Hit((*schema.at, "type"), found, _CHANGE)


_CHANGE: Final = "write type: integer"


def _choose_whole(names: Iterable[str]) -> Iterator[str]:
    """Yield the names of whole numbers among `names`, which are siblings."""
    words = {name: snake_case(name) for name in names}
    for name, word in words.items():
        is_paging = not _PAGING.get(word, frozenset()).isdisjoint(words.values())
        if word in _WHOLE or word.endswith("_count") or word.startswith("number_of_") or is_paging:
            yield name


def _judge_name(name: str, schema: JSON, at: Pointer) -> Iterator[Hit]:
    if isinstance(schema, dict) and _is_number(schema) and not _find_whole(schema):
        yield Hit(
            (*at, "type"), f"{show(name)} has the type number, but its name implies an integer", _CHANGE
        )


def _is_number(schema: dict[str, JSON]) -> bool:
    """Return whether `schema` has the type number, and nothing in it implies fractions."""
    kinds = list_types(schema)
    if "number" not in kinds or "integer" in kinds or is_composed(schema):
        return False
    if "format" in schema and schema["format"] not in _WHOLE_FORMATS:
        return False
    values = [schema.get(key) for key in _BOUNDS]
    for key in ("examples", "enum"):
        listed = schema.get(key)
        values += listed if isinstance(listed, list) else []
    values.append(schema.get("multipleOf"))
    return not any(isinstance(value, float) and not value.is_integer() for value in values)


def _find_whole(schema: dict[str, JSON]) -> str:
    """Return the reason why only integers match `schema`, or an empty string."""
    if schema.get("format") in _WHOLE_FORMATS:
        return f"the format {schema['format']} is for integers"
    return "every multiple of multipleOf is an integer" if "multipleOf" in schema else ""


RULES: Final = (
    Rule(
        "number-for-integer",
        Severity.WARNING,
        "a number that is an integer by its name (pageSize, statusCode, ...), format or multipleOf",
        "1.5 is valid there, and in Python it is int | float, which cannot index or slice",
        find_numbers_for_integers,
    ),
)
