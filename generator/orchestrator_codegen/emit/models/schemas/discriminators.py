"""Completes discriminators, and drops those that pydantic cannot use: each model must have exactly one value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ....document.load import JSON
from ....document.object_schemas import iter_parts, list_properties
from ....document.references import join_reference, read_component, read_mapping
from ....document.schema_walk import iter_schemas, map_schemas


@dataclass(frozen=True, slots=True)
class _Choice:
    """A discriminator: the property, and the pairs of a value and the name of the schema that it selects."""

    property: str
    values: frozenset[tuple[str, str]]


def resolve_discriminators(definitions: Mapping[str, JSON]) -> dict[str, JSON]:
    """Return `definitions`, the schemas of a document by name, with complete mappings or without discriminator.

    A schema that the mapping does not name has its own name as value (OpenAPI 3.1.1, section 4.8.25). A discriminator
    is dropped if the property is optional in a schema, if a schema has several values, in one union or across unions,
    or if the enum of the property excludes the value. Pydantic then compares a value with every schema in the union.
    A discriminator outside of a union is dropped too: `base_unions` handles it.
    """
    found = [
        choice
        for each in definitions.values()
        for _, schema in iter_schemas(each)
        for choice in _iter_choices(schema)
    ]
    values = defaultdict[tuple[str, str], set[str]](set)
    for choice in found:
        for value, name in choice.values:
            values[choice.property, name].add(value)

    def is_usable(choice: _Choice) -> bool:
        return all(
            len(values[choice.property, name]) == 1
            and _allows_value(definitions, name, choice.property, value)
            for value, name in choice.values
        )

    def change(schema: dict[str, JSON]) -> dict[str, JSON]:
        if not isinstance(schema.get("discriminator"), dict):
            return schema
        rest = {key: value for key, value in schema.items() if key != "discriminator"}
        kept = [choice for choice in _iter_choices(schema) if is_usable(choice)]
        return {**rest, "discriminator": _write_discriminator(kept[0])} if kept else rest

    return {name: map_schemas(each, change) for name, each in definitions.items()}


def _allows_value(definitions: Mapping[str, JSON], name: str, key: str, value: str) -> bool:
    """Return whether the schema `name` requires the property `key` and allows it to be `value`."""
    properties, required = list_properties(definitions.get(name), definitions)
    for part in iter_parts(properties.get(key), definitions):
        if value not in part.get("enum", [value]) or value != part.get("const", value):
            return False
    return key in required


def _iter_choices(schema: Mapping[str, JSON]) -> Iterator[_Choice]:
    """Yield the discriminator of `schema` if it is a union of named schemas."""
    discriminator = schema.get("discriminator")
    if not isinstance(discriminator, dict) or not isinstance(discriminator.get("propertyName"), str):
        return
    mapping = {value: name_target(target) for value, target in read_mapping(dict(schema)).items()}
    branches = [*(schema.get("oneOf") or ()), *(schema.get("anyOf") or ())]
    components = [read_component(each) for each in branches if each != {"type": "null"}]
    names = [each[0] for each in components if each is not None and not each[1]]
    if len(names) < len(components):
        return
    values = {(value, name) for value, name in mapping.items() if name in names}
    values |= {(name, name) for name in names if name not in mapping.values()}
    if values:
        yield _Choice(discriminator["propertyName"], frozenset(values))


def _write_discriminator(choice: _Choice) -> dict[str, JSON]:
    mapping = {
        value: join_reference(("components", "schemas", name)) for value, name in sorted(choice.values)
    }
    return {"propertyName": choice.property, "mapping": mapping}


def name_target(target: str) -> str:
    """Return the schema name that `target`, a name or a reference in a mapping, denotes."""
    component = read_component({"$ref": target})
    return component[0] if component is not None else target
