"""A rule on numbers that count something, and so should be integers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..diagnostics import Severity
from ..emit.names import snake_case
from ..json_types import list_types
from ..load import JSON
from .finding import Hit, Rule
from .subject import Subject, is_composed
from .words import show

# Names of what comes in whole numbers, wherever they stand.
_COUNTS: Final = frozenset(
    {
        *("count", "page_size", "page_number", "page_index", "per_page", "page_count", "total_count"),
        *("total_pages", "total_items", "port", "status_code", "http_status", "http_status_code"),
        *("max_retries", "retry_count", "line_number", "column_number"),
    }
)

# Names that may be anything by themselves, and count where another of these, or of the above, stands beside.
_PAGING: Final = frozenset({"limit", "offset", "page", "size", "total", "start_index"})

_WHOLE_FORMATS: Final = frozenset({"int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"})
_BOUNDS: Final = ("default", "example", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def find_numbers_for_integers(subject: Subject) -> Iterator[Hit]:
    """Yield the numbers that only make sense as integers: by name and company, by format, or by multipleOf."""
    for schema in subject.schemas:
        properties = schema.data.get("properties")
        named = properties if isinstance(properties, dict) else {}
        for name in _choose_counts(named):
            at = (*schema.at, "properties", name)
            yield from _judge_name(name, named[name], (*at, "type") if "type" in named[name] else at)
    for endpoint in subject.endpoints:
        parameters = {
            part.data["name"]: part
            for part in endpoint.parameters
            if isinstance(part.data.get("schema"), dict)
        }
        for name in _choose_counts(parameters):
            part = parameters[name]
            yield from _judge_name(name, part.data["schema"], (*part.at, "schema", "type"))
    for schema in subject.schemas:
        if _is_number(schema.data) and (reason := _find_whole(schema.data)):
            found = f"the type is number, and {reason}"
            yield Hit((*schema.at, "type"), found, _CHANGE)


_CHANGE: Final = "write type: integer"


def _choose_counts(names: dict[str, JSON] | dict[str, object]) -> Iterator[str]:
    """Yield those of `names`, which stand beside each other, that count something."""
    words = {name: snake_case(name) for name in names}
    paging = [name for name, word in words.items() if word in _PAGING or word in _COUNTS]
    for name, word in words.items():
        is_count = word in _COUNTS or word.endswith("_count") or word.startswith("number_of_")
        if is_count or (word in _PAGING and len(paging) > 1):
            yield name


def _judge_name(name: str, schema: JSON, at: tuple[str | int, ...]) -> Iterator[Hit]:
    if isinstance(schema, dict) and _is_number(schema) and not _find_whole(schema):
        yield Hit(at, f"{show(name)} counts something, and is of type number", _CHANGE)


def _is_number(schema: dict[str, JSON]) -> bool:
    """Say whether `schema` is of type number, and nothing there speaks of fractions."""
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
    """Return what says that only integers fit `schema`, or nothing."""
    if schema.get("format") in _WHOLE_FORMATS:
        return f"the format {schema['format']} is one of integers"
    return "every multiple of multipleOf is an integer" if "multipleOf" in schema else ""


RULES: Final = (
    Rule(
        "number-for-integer",
        Severity.WARNING,
        "a number that counts something: by its name, its format or its multipleOf",
        "1.5 is valid, and code in typed languages has to convert it before it can count with it",
        find_numbers_for_integers,
    ),
)
