"""Drops every schema keyword that is not part of OpenAPI or JSON Schema.

datamodel-code-generator also reads its own extensions. `customTypePath`, `x-python-import` and others would make the
generated module import the names that they contain, and an `$id` would resolve a `$ref` against another host.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from ....api.ir import Api
from ....document.load import JSON
from ....document.references import read_mapping, split_reference
from ....document.schema_walk import map_schemas
from ....validation.patterns import drop_slow_patterns

_KNOWN: Final = frozenset(
    {
        "type",
        "format",
        "title",
        "description",
        "default",
        "enum",
        "const",
        "example",
        "examples",
        "deprecated",
    }
    | {"pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
    | {"multipleOf", "minItems", "maxItems", "uniqueItems", "contains", "minContains", "maxContains"}
    | {
        "minProperties",
        "maxProperties",
        "required",
        "properties",
        "patternProperties",
        "additionalProperties",
    }
    | {
        "propertyNames",
        "items",
        "prefixItems",
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "if",
        "then",
        "else",
        "$defs",
    }
    | {"dependentRequired", "dependentSchemas", "nullable", "readOnly", "writeOnly", "discriminator", "$ref"}
    | {"contentMediaType", "contentEncoding"}
)
# Keywords that apply to one type and are ignored for others (JSON Schema 2020-12, validation, section 6).
_STRING_BOUNDS: Final = frozenset({"minLength", "maxLength", "pattern"})
_NUMBER_BOUNDS: Final = frozenset(
    {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
)
_ARRAY_BOUNDS: Final = frozenset({"minItems", "maxItems", "uniqueItems"})
_INAPPLICABLE: Final = {
    "string": _NUMBER_BOUNDS | _ARRAY_BOUNDS,
    "integer": _STRING_BOUNDS | _ARRAY_BOUNDS,
    "number": _STRING_BOUNDS | _ARRAY_BOUNDS,
    "boolean": _STRING_BOUNDS | _NUMBER_BOUNDS | _ARRAY_BOUNDS,
    "array": _STRING_BOUNDS | _NUMBER_BOUNDS,
    "object": _STRING_BOUNDS | _NUMBER_BOUNDS | _ARRAY_BOUNDS,
}
_FLAGS: Final = frozenset({"x-secret", "unevaluatedProperties", "unevaluatedItems"})


def keep_known_keywords(api: Api) -> Api:
    """Return `api` with only known keywords in its schemas."""
    return replace(
        api,
        schemas=tuple(
            replace(schema, definition=map_schemas(schema.definition, _keep_known)) for schema in api.schemas
        ),
    )


def rename_mapping(schema: dict[str, JSON], classes: Mapping[str, str]) -> dict[str, JSON]:
    """Return `schema` with the targets of its discriminator mapping replaced by references to class names."""
    mapping = read_mapping(schema)
    if not mapping:
        return schema
    renamed = {}
    for value, target in mapping.items():
        name = str(split_reference(target)[-1]) if target.startswith("#/") else target
        if name in classes:
            renamed[value] = f"#/components/schemas/{classes[name]}"
    return {**schema, "discriminator": {**schema["discriminator"], "mapping": renamed}}


def _keep_known(schema: dict[str, JSON]) -> dict[str, JSON]:
    kept = {
        key: value
        for key, value in schema.items()
        if key in _KNOWN or (key in _FLAGS and isinstance(value, bool))
    }
    for key in _INAPPLICABLE.get(kept["type"], ()) if isinstance(kept.get("type"), str) else ():
        kept.pop(key, None)
    if kept.get("nullable") is False:
        del kept["nullable"]  # the default
    if isinstance(kept.get("description"), str):
        kept["description"] = "\n".join(line.rstrip() for line in kept["description"].splitlines())
    if not str(kept.get("$ref", "#/")).startswith("#/"):
        del kept["$ref"]
    discriminator = kept.get("discriminator")
    if isinstance(discriminator, dict):
        kept["discriminator"] = {
            key: discriminator[key] for key in ("propertyName", "mapping") if key in discriminator
        }
    return drop_slow_patterns(kept)
