"""Keeps of each schema what OpenAPI and JSON Schema say: datamodel-code-generator reads much else, and imports from it.

`customTypePath`, `x-python-import` and the like would have the generated module import whatever they name, and an
`$id` would have a `$ref` lead to another host.
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
# What bounds values of other types, and says nothing of those of the type (JSON Schema 2020-12, validation, section 6).
_TEXT: Final = frozenset({"minLength", "maxLength", "pattern"})
_NUMBER: Final = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"})
_LIST: Final = frozenset({"minItems", "maxItems", "uniqueItems"})
_OF_OTHERS: Final = {
    "string": _NUMBER | _LIST,
    "integer": _TEXT | _LIST,
    "number": _TEXT | _LIST,
    "boolean": _TEXT | _NUMBER | _LIST,
    "array": _TEXT | _NUMBER,
    "object": _TEXT | _NUMBER | _LIST,
}
_FLAGS: Final = frozenset({"x-secret", "unevaluatedProperties", "unevaluatedItems"})


def keep_known_keywords(api: Api) -> Api:
    """Return `api` with nothing in its schemas that the generator does not stand for."""
    return replace(
        api,
        schemas=tuple(
            replace(schema, definition=map_schemas(schema.definition, _keep_known)) for schema in api.schemas
        ),
    )


def rename_mapping(schema: dict[str, JSON], classes: Mapping[str, str]) -> dict[str, JSON]:
    """Return `schema` with its discriminator's mapping, which names schemas or refers to them, by class names."""
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
    for key in _OF_OTHERS.get(kept["type"], ()) if isinstance(kept.get("type"), str) else ():
        kept.pop(key, None)
    if kept.get("nullable") is False:
        del kept["nullable"]  # what is the case anyway
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
