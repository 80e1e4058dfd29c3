"""Has a reference to a schema with a discriminator, on which others are built, be a union of all of these.

The property may say something that no schema is for: then it is the schema that was referred to.
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
    """A schema that others are built on: the property that tells them apart, and the schema for each of its values."""

    property: str
    values: Mapping[str, str]


def find_bases(definitions: Mapping[str, JSON]) -> dict[str, Base]:
    """Return the schemas of a document, by name, that others are built on and that tell these apart.

    A value that the mapping does not have is the schema's own name (OpenAPI 3.1.1, section 4.8.25).
    """
    children = defaultdict[str, list[str]](list)
    for name, definition in definitions.items():
        for part in definition.get("allOf") or () if isinstance(definition, dict) else ():
            base = read_whole(part)
            if base is not None:
                children[base].append(name)
    bases = {}
    for name, definition in definitions.items():
        key = _read_property(definition)
        below = _list_below(name, children)
        if key and below:
            said = {value: name_target(target) for value, target in read_mapping(definition).items()}
            known = {value: child for value, child in said.items() if child in below}
            known |= {child: child for child in below if child not in said.values() and child not in said}
            bases[name] = Base(key, known)
    return bases


def _read_property(definition: Any) -> str:
    """Return the property of the discriminator of a schema that is no union, "" where it has none."""
    if not isinstance(definition, dict) or definition.keys() & {"oneOf", "anyOf"}:
        return ""
    said = definition.get("discriminator")
    key = said.get("propertyName") if isinstance(said, dict) else None
    return key if isinstance(key, str) else ""


def _list_below(name: str, children: Mapping[str, list[str]]) -> list[str]:
    """Return what is built on the schema called `name`, and on that, each once."""
    found: dict[str, None] = {}
    waiting = [*children.get(name, ())]
    while waiting:
        child = waiting.pop(0)
        if child not in found and child != name:
            found[child] = None
            waiting[:0] = children.get(child, ())
    return [*found]


def name_unions(api: Api) -> Api:
    """Return `api` whose operations take and answer what is built on a schema wherever they refer to such a schema.

    That is a schema of its own then, called `AnyPet` where `Pet` is the one that was referred to.
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


def spread_bases(definitions: Mapping[str, JSON], bases: Mapping[str, Base]) -> dict[str, JSON]:
    """Return `definitions` in which each reference to one of `bases` is a union: what is built on it, then itself."""

    def spread(member: Any) -> Any:
        if read_whole(member) not in bases:
            return member
        rest = {key: value for key, value in member.items() if key != "$ref"}
        return {**rest, "anyOf": list(_list_branches(member, bases))}

    def change(schema: dict[str, JSON]) -> dict[str, JSON]:
        changed: dict[str, Any] = dict(schema)
        if isinstance(schema.get("properties"), dict):
            changed["properties"] = {name: spread(each) for name, each in schema["properties"].items()}
        for key in ("items", "additionalProperties"):
            if isinstance(schema.get(key), dict):
                changed[key] = spread(schema[key])
        for key in ("anyOf", "oneOf"):
            if isinstance(schema.get(key), list) and "discriminator" not in schema:
                branches = [each for branch in schema[key] for each in _list_branches(branch, bases)]
                changed[key] = [each for at, each in enumerate(branches) if each not in branches[:at]]
        return changed

    return {name: spread(map_schemas(definition, change)) for name, definition in definitions.items()}


def _list_branches(branch: Any, bases: Mapping[str, Base]) -> Iterator[Any]:
    name = read_whole(branch)
    if name is not None and name in bases:
        for child in dict.fromkeys(bases[name].values.values()):
            yield {"$ref": join_reference(("components", "schemas", child))}
        yield {"$ref": branch["$ref"]}
    else:
        yield branch
