"""Keeps of each discriminator what fields can say: each model has one value, which no other of its union has."""

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
    """A choice between schemas by a property: its values, each with the name of the schema that it stands for."""

    property: str
    values: frozenset[tuple[str, str]]


def settle_discriminators(definitions: Mapping[str, JSON]) -> dict[str, JSON]:
    """Return `definitions`, the schemas of a document by name, whose discriminators map every value.

    A value that the mapping does not have is the schema's own name (OpenAPI 3.1.1, section 4.8.25). A discriminator
    goes where a schema may lack the property, or has several values, be it in two choices, or one that its own enum
    does not have: such a union is told apart by all that was sent. It goes where others are built on its schema too:
    that is for `based_unions`.
    """
    found = [
        choice
        for each in definitions.values()
        for _, schema in iter_schemas(each)
        for choice in _read(schema)
    ]
    values = defaultdict[tuple[str, str], set[str]](set)
    for choice in found:
        for value, name in choice.values:
            values[choice.property, name].add(value)

    def is_plain(choice: _Choice) -> bool:
        return all(
            len(values[choice.property, name]) == 1 and _may_have(definitions, name, choice.property, value)
            for value, name in choice.values
        )

    def change(schema: dict[str, JSON]) -> dict[str, JSON]:
        if not isinstance(schema.get("discriminator"), dict):
            return schema
        rest = {key: value for key, value in schema.items() if key != "discriminator"}
        kept = [choice for choice in _read(schema) if is_plain(choice)]
        return {**rest, "discriminator": _write(kept[0])} if kept else rest

    return {name: map_schemas(each, change) for name, each in definitions.items()}


def _may_have(definitions: Mapping[str, JSON], name: str, key: str, value: str) -> bool:
    """Say whether the schema called `name` always has a property called `key`, and lets it be `value`."""
    properties, required = list_properties(definitions.get(name), definitions)
    said = properties.get(key)
    for part in iter_parts(said, definitions):
        if value not in part.get("enum", [value]) or value != part.get("const", value):
            return False
    return key in required


def _read(schema: Mapping[str, JSON]) -> Iterator[_Choice]:
    """Yield the choice that `schema` makes, if it makes one between schemas with names."""
    said = schema.get("discriminator")
    if not isinstance(said, dict) or not isinstance(said.get("propertyName"), str):
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
        yield _Choice(said["propertyName"], frozenset(values))


def _write(choice: _Choice) -> dict[str, JSON]:
    mapping = {
        value: join_reference(("components", "schemas", name)) for value, name in sorted(choice.values)
    }
    return {"propertyName": choice.property, "mapping": mapping}


def name_target(target: str) -> str:
    """Return the name of the schema that a mapping names, or refers to."""
    component = read_component({"$ref": target})
    return component[0] if component is not None else target
