"""Finds the schemas that requests or answers can contain, at any depth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ....api.ir import Api, ListOf, Reference, Type
from ....document.load import JSON
from ....document.references import read_component
from ....document.schema_walk import iter_schemas


def find_request_schemas(api: Api, definitions: Mapping[str, JSON]) -> set[str]:
    """Return the names of the schemas that request bodies and parameters can contain."""
    types = [each.type for operation in api.operations for each in operation.parameters] + [
        operation.body.content.type for operation in api.operations if operation.body is not None
    ]
    return _reach(types, definitions)


def find_response_schemas(api: Api, definitions: Mapping[str, JSON]) -> set[str]:
    """Return the names of the schemas that response bodies and headers can contain."""
    responses = [response for operation in api.operations for response in operation.responses]
    types = [each.content.type for each in responses if each.content is not None]
    types += [header.type for each in responses for header in each.headers]
    return _reach(types, definitions)


def list_references(definition: JSON) -> Iterator[str]:
    """Yield the name of each component that `definition` refers to, at any depth."""
    for _, schema in iter_schemas(definition):
        component = read_component(schema)
        if component is not None:
            yield component[0]


def _reach(types: Iterable[Type], definitions: Mapping[str, JSON]) -> set[str]:
    waiting = [name for type_ in types for name in _list_names(type_)]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found and name in definitions:
            found.add(name)
            waiting.extend(list_references(definitions[name]))
    return found


def _list_names(type_: Type) -> list[str]:
    match type_:
        case Reference(name):
            return [name]
        case ListOf(items):
            return _list_names(items)
        case _:
            return []
