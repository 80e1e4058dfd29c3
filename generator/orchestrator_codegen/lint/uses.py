"""Finds the components that operations use: by `$ref`, name, discriminator or extension, directly or indirectly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from ..document.load import JSON, Pointer
from ..document.operation_walk import METHODS
from ..document.references import follow, split_reference
from ..document.schema_walk import iter_schemas

# The kind and the name of a component.
Component = tuple[str, str]

_OPERATIONS: Final = ("paths", "webhooks")


def find_used(data: JSON) -> set[Component]:
    """Return the components that the operations of `data` use."""
    components = data.get("components") or {}
    heirs = _find_children(components.get("schemas") or {})
    used: set[Component] = {("securitySchemes", name) for _, name in iter_securities(data)}
    pending = [use for key in _OPERATIONS for use in _iter_uses(data.get(key), components)]
    # Extensions of the document may name components.
    pending += [
        use
        for owner in (data, data.get("info"))
        if isinstance(owner, dict)
        for key, value in owner.items()
        if key.startswith("x-")
        for use in _iter_uses(value, components, is_extension=True)
    ]
    while pending:
        component = pending.pop()
        kind, name = component
        named = components.get(kind)
        if component in used or not isinstance(named, dict) or name not in named:
            continue
        used.add(component)
        pending += _iter_uses(named[name], components)
        pending += heirs.get(component, ())
    return used


def iter_securities(data: JSON) -> Iterator[tuple[Pointer, str]]:
    """Yield the name and the pointer of each security scheme that the document or an operation requires."""
    yield from _iter_names(data.get("security"), ("security",))
    for key in _OPERATIONS:
        for path in data.get(key) or {}:
            at, item = follow(data, (key, path))
            for method in METHODS if isinstance(item, dict) else ():
                operation = item.get(method)
                if isinstance(operation, dict):
                    yield from _iter_names(operation.get("security"), (*at, method, "security"))


def _iter_names(security: JSON, at: Pointer) -> Iterator[tuple[Pointer, str]]:
    for index, requirement in enumerate(security if isinstance(security, list) else ()):
        for name in requirement:
            yield (*at, index, name), name


def _find_children(schemas: Mapping[str, JSON]) -> Mapping[Component, list[Component]]:
    """Return, for each schema with a discriminator, the schemas that extend it with `allOf`."""
    heirs: dict[Component, list[Component]] = defaultdict(list)
    for name, schema in schemas.items():
        for branch in (schema.get("allOf") or ()) if isinstance(schema, dict) else ():
            for target in _read_target(branch.get("$ref") if isinstance(branch, dict) else None):
                base = schemas.get(target[1])
                if isinstance(base, dict) and any("discriminator" in each for _, each in iter_schemas(base)):
                    heirs[target].append(("schemas", name))
    return heirs


def _iter_uses(
    node: JSON, components: Mapping[str, JSON], *, is_extension: bool = False
) -> Iterator[Component]:
    """Yield the components that `node` refers to: by `$ref`, discriminator, or name in an extension."""
    pending = [(node, is_extension)]
    while pending:
        current, in_extension = pending.pop()
        match current:
            case list():
                pending += [(item, in_extension) for item in current]
            case dict():
                yield from _read_target(current.get("$ref"))
                for key, value in current.items():
                    pending.append((value, in_extension or key.startswith("x-") or key == "mapping"))
            case str() if in_extension:
                yield from _read_target(current)
                yield from ((kind, current) for kind, named in components.items() if current in (named or ()))


def _read_target(reference: JSON) -> Iterator[Component]:
    if isinstance(reference, str) and reference.startswith("#/components/"):
        parts = split_reference(reference)
        if len(parts) > 2:
            yield str(parts[1]), str(parts[2])
