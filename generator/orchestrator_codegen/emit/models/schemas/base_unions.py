"""Replaces a reference to a base schema with a union of the base and of every schema that extends it.

A base schema has a discriminator, and others extend it through `allOf`. A value of the discriminator property that
matches no extending schema selects the base itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ....api.ir import Api, Content, ListOf, Operation, Reference, Schema, Type
from ....document.load import JSON
from ....document.references import join_reference, read_mapping, read_whole
from ....document.schema_walk import map_schemas
from .discriminators import name_target


@dataclass(frozen=True, slots=True)
class Base:
    """A base schema: its discriminator property, and the extending schema for each value of that property."""

    property: str
    values: Mapping[str, str]


def find_bases(definitions: Mapping[str, JSON]) -> dict[str, Base]:
    """Return the base schemas of a document, by name.

    A schema that the mapping does not name has its own name as value (OpenAPI 3.1.1, section 4.8.25).
    """
    children = defaultdict[str, list[str]](list)
    for name, definition in definitions.items():
        for part in definition.get("allOf") or () if isinstance(definition, dict) else ():
            base = read_whole(part)
            if base is not None:
                children[base].append(name)
    bases = {}
    for name, definition in definitions.items():
        key = _find_discriminator_property(definition)
        descendants = _list_descendants(name, children)
        if key and descendants:
            mapped = {value: name_target(target) for value, target in read_mapping(definition).items()}
            values = {value: child for value, child in mapped.items() if child in descendants}
            values |= {
                child: child for child in descendants if child not in mapped.values() and child not in mapped
            }
            bases[name] = Base(key, values)
    return bases


def _find_discriminator_property(definition: Any) -> str:
    """Return the property name of the discriminator of a schema that is not a union, or "" if it has none."""
    if not isinstance(definition, dict) or definition.keys() & {"oneOf", "anyOf"}:
        return ""
    discriminator = definition.get("discriminator")
    key = discriminator.get("propertyName") if isinstance(discriminator, dict) else None
    return key if isinstance(key, str) else ""


def _list_descendants(name: str, children: Mapping[str, list[str]]) -> list[str]:
    """Return the names of the schemas that extend the schema `name`, directly or indirectly, each once."""
    found: dict[str, None] = {}
    waiting = [*children.get(name, ())]
    while waiting:
        child = waiting.pop(0)
        if child not in found and child != name:
            found[child] = None
            waiting[:0] = children.get(child, ())
    return [*found]


def name_base_unions(api: Api) -> Api:
    """Return `api` with references to base schemas in operations replaced by named unions.

    The union for the base `Pet` is a new schema named `AnyPet`.
    """
    definitions = {schema.name: schema for schema in api.schemas}
    bases = find_bases({name: schema.definition for name, schema in definitions.items()})
    named: dict[str, Schema] = {}

    def widen(type_: Type) -> Type:
        match type_:
            case ListOf(items):
                return ListOf(widen(items))
            case Reference(name) if name in bases:
                union = f"Any{name[:1].upper()}{name[1:]}"
                while union in definitions:
                    union = f"Any{union}"
                reference = {"$ref": join_reference(("components", "schemas", name))}
                named[union] = Schema(union, reference, definitions[name].location)
                return Reference(union)
            case _:
                return type_

    def widen_content(content: Content) -> Content:
        return replace(content, type=widen(content.type)) if content.kind == "json" else content

    def widen_operation(operation: Operation) -> Operation:
        body = operation.body
        return replace(
            operation,
            body=None if body is None else replace(body, content=widen_content(body.content)),
            responses=tuple(
                each if each.content is None else replace(each, content=widen_content(each.content))
                for each in operation.responses
            ),
        )

    if not bases:
        return api
    operations = tuple(map(widen_operation, api.operations))
    return replace(api, operations=operations, schemas=(*api.schemas, *named.values()))


def expand_bases(definitions: Mapping[str, JSON], bases: Mapping[str, Base]) -> dict[str, JSON]:
    """Return `definitions` with each reference to a base replaced by a union of the extending schemas and the base."""

    def expand(member: Any) -> Any:
        if read_whole(member) not in bases:
            return member
        rest = {key: value for key, value in member.items() if key != "$ref"}
        return {**rest, "anyOf": list(_list_branches(member, bases))}

    def change(schema: dict[str, JSON]) -> dict[str, JSON]:
        changed: dict[str, Any] = dict(schema)
        if isinstance(schema.get("properties"), dict):
            changed["properties"] = {name: expand(each) for name, each in schema["properties"].items()}
        for key in ("items", "additionalProperties"):
            if isinstance(schema.get(key), dict):
                changed[key] = expand(schema[key])
        for key in ("anyOf", "oneOf"):
            if isinstance(schema.get(key), list) and "discriminator" not in schema:
                branches = [each for branch in schema[key] for each in _list_branches(branch, bases)]
                changed[key] = [each for at, each in enumerate(branches) if each not in branches[:at]]
        return changed

    return {name: expand(map_schemas(definition, change)) for name, definition in definitions.items()}


def _list_branches(branch: Any, bases: Mapping[str, Base]) -> Iterator[Any]:
    name = read_whole(branch)
    if name is not None and name in bases:
        for child in dict.fromkeys(bases[name].values.values()):
            yield {"$ref": join_reference(("components", "schemas", child))}
        yield {"$ref": branch["$ref"]}
    else:
        yield branch
