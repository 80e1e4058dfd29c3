"""Rules for a single schema: arrays, enums, formats and null."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...document.diagnostics import Severity
from ...document.json_types import is_of_type, list_types
from ...document.load import JSON
from ..finding import Hit, Rule
from ..subject import Subject, is_composed, is_fragment
from ..wording import name_schema, show

# Formats that OpenAPI and JSON Schema define for one type. Not int64, which is also used for integers in strings.
_FORMATS: Final = {
    **dict.fromkeys(
        (
            "date",
            "date-time",
            "time",
            "duration",
            "email",
            "hostname",
            "ipv4",
            "ipv6",
            "uri",
            "uuid",
            "regex",
        ),
        ("string",),
    ),
    **dict.fromkeys(("byte", "binary", "password", "uri-reference", "json-pointer"), ("string",)),
    "int32": ("integer", "number"),
    "float": ("number",),
    "double": ("number",),
}


def find_arrays_without_items(subject: Subject) -> Iterator[Hit]:
    """Yield the arrays that do not describe their items."""
    for schema in subject.schemas:
        if "array" not in list_types(schema.data) or schema.data.keys() & {"items", "prefixItems", "const"}:
            continue
        if not is_composed(schema.data) and not is_fragment(schema.at):
            found = f"{name_schema(schema.at)} is an array without items"
            yield Hit(schema.at, found, "add items with the schema of an item; items: {} allows anything")


def find_enums_without_type(subject: Subject) -> Iterator[Hit]:
    """Yield the enums without a type."""
    for schema in subject.schemas:
        values = schema.data.get("enum")
        if not values or "type" in schema.data or is_composed(schema.data) or is_fragment(schema.at):
            continue
        kinds = sorted({kind for value in values for kind in _KINDS if is_of_type(value, kind)})
        wanted = kinds[0] if len(kinds) == 1 else f"[{', '.join(kinds)}]"
        change = f"add type: {wanted}"
        if subject.is_30 and len(kinds) > 1:
            change = "use values of one type, and add it; for null write nullable: true"
        yield Hit((*schema.at, "enum"), f"{name_schema(schema.at)} is an enum without a type", change)


_KINDS: Final = ("string", "integer", "boolean", "array", "object", "null")


def find_mistyped_enum_values(subject: Subject) -> Iterator[Hit]:
    """Yield the enum values that do not have the type of their schema."""
    for schema in subject.schemas:
        for index, value in enumerate(schema.data.get("enum") or ()):
            if not _fits_type(value, schema.data):
                kinds = " or ".join(list_types(schema.data))
                found = (
                    f"the value {show(value)} in the enum of {name_schema(schema.at)} is not of type {kinds}"
                )
                yield Hit((*schema.at, "enum", index), found, _repair_value(value, kinds, subject))


def _fits_type(value: JSON, schema: dict[str, JSON]) -> bool:
    kinds = list_types(schema)
    if not kinds or (value is None and schema.get("nullable") is True):
        return True
    return any(is_of_type(value, kind) for kind in kinds)


def _repair_value(value: JSON, kinds: str, subject: Subject) -> str:
    if value is None:
        return "add nullable: true" if subject.is_30 else f"write type: [{kinds}, 'null']"
    if kinds == "string":
        return f"quote it, {show(str(value))}, or remove it"
    return "write it as a value of that type, or remove it"


def find_foreign_formats(subject: Subject) -> Iterator[Hit]:
    """Yield the formats of another type than that of their schema."""
    for schema in subject.schemas:
        wanted, kinds = schema.data.get("format"), list_types(schema.data)
        allowed = _FORMATS.get(wanted) if isinstance(wanted, str) else None
        if allowed is None or not kinds or set(kinds) & {*allowed}:
            continue
        found = f"{name_schema(schema.at)} is of type {' or '.join(kinds)}, to which the format {wanted} does not apply"
        change = f"write type: {allowed[0]}, or remove the format"
        yield Hit((*schema.at, "format"), found, change)


def find_ignored_nullables(subject: Subject) -> Iterator[Hit]:
    """Yield each `nullable: true` that has no effect (OpenAPI 3.0.3, Schema Object, fixed field `nullable`)."""
    for schema in subject.schemas:
        if schema.data.get("nullable") is not True or "$ref" in schema.data:
            continue
        kinds = list_types(schema.data)
        name = name_schema(schema.at)
        if not subject.is_30 and "null" not in kinds:
            change = f"write type: [{', '.join(kinds)}, 'null']" if kinds else "add a branch type: 'null'"
            yield Hit(
                (*schema.at, "nullable"), f"{name} has nullable: true, which OpenAPI 3.1 ignores", change
            )
        elif subject.is_30 and not kinds and is_composed(schema.data):
            found = f"{name} is nullable but has no type, so nullable has no effect"
            yield Hit((*schema.at, "nullable"), found, "add the type, such as type: object")


RULES: Final = (
    Rule(
        "array-without-items",
        Severity.WARNING,
        "an array without items",
        "its items are not validated, and in Python it is a list of Any",
        find_arrays_without_items,
    ),
    Rule(
        "enum-without-type",
        Severity.WARNING,
        "an enum without type",
        "tools guess the type of the values in different ways",
        find_enums_without_type,
    ),
    Rule(
        "idle-enum-value",
        Severity.WARNING,
        "an enum value that does not have the type of the enum",
        "no valid value equals it",
        find_mistyped_enum_values,
    ),
    Rule(
        "foreign-format",
        Severity.WARNING,
        "a format for another type than that of the schema",
        "no tool applies it, so values may not match it",
        find_foreign_formats,
    ),
    Rule(
        "idle-nullable",
        Severity.WARNING,
        "a nullable that has no effect, as in OpenAPI 3.1",
        "some tools accept null there and others reject it",
        find_ignored_nullables,
    ),
)
