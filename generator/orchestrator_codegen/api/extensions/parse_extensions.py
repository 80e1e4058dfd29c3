"""Parses the extensions of operations: `x-idempotent`, `x-paging` and `x-wait`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from ...document.load import JSON, Document, Pointer
from ...document.references import follow, read_whole
from ..ir import Anything, Choice, ListOf, Paging, Property, Reference, Scalar, Type, Waiting
from ..parse_context import SCALARS

_PAGING: Final = ("name", "page", "offset", "limit", "items", "id")
_WAITING: Final = ("name", "property", "until")


class BadExtension(Exception):
    """An extension that does not match the rest of the document: a sentence and the pointer."""

    def __init__(self, sentence: str, at: Pointer) -> None:
        super().__init__(sentence)
        self.at = at


@dataclass(frozen=True, slots=True)
class _Schema:
    """A schema with its pointer, `$ref` followed, and its name if it is a component."""

    data: dict[str, Any]
    at: Pointer
    name: str | None


def parse_idempotent(document: Document, operation: JSON, at: Pointer) -> bool | None:
    """Return the value of `x-idempotent`, or None if it is absent; raise `BadExtension`."""
    value = operation.get("x-idempotent")
    if value is not None and not isinstance(value, bool):
        raise BadExtension("x-idempotent must be true or false", (*at, "x-idempotent"))
    return value


def parse_paging(document: Document, operation: JSON, at: Pointer) -> Paging | None:
    """Return the value of `x-paging`, or None if it is absent; raise `BadExtension`."""
    said = _read_texts(operation, at, "x-paging", _PAGING)
    if said is None:
        return None
    here = (*at, "x-paging")
    body = _find_schema(document, (*at, "requestBody"), here, "a request body")
    answer = _find_schema(document, (*at, "responses", "200"), here, "a response 200")
    page = _find_property(document, body, said["page"], (*here, "page"))
    for key in ("offset", "limit"):
        _find_property(document, page, said[key], (*here, key))
    items = _find_property(document, answer, said["items"], (*here, "items"))
    if items.data.get("type") != "array":
        raise BadExtension(f"{said['items']} is not an array", (*here, "items"))
    row = _follow(document, (*items.at, "items"))
    _find_property(document, row, said["id"], (*here, "id"))
    for part, what in ((body, "the body"), (page, said["page"])):
        if part.name is None:
            raise BadExtension(f"{what} must refer to a schema of components with $ref", here)
    return Paging(
        **said,
        body=Reference(body.name or ""),
        page_type=Reference(page.name or ""),
        row=Anything() if row.name is None else Reference(row.name),
        beside=tuple(_list_properties(document, body, {said["page"]})),
        within=tuple(_list_properties(document, page, {said["offset"], said["limit"]})),
    )


def parse_waiting(document: Document, operation: JSON, at: Pointer) -> Waiting | None:
    """Return the value of `x-wait`, or None if it is absent; raise `BadExtension`."""
    if "x-wait" not in operation:
        return None
    here = (*at, "x-wait")
    said = _read_object(operation["x-wait"], here, {*_WAITING, "absent"}, required=_WAITING)
    until, absent = said["until"], said.get("absent", [])
    if not isinstance(until, list) or not until or not all(isinstance(each, str) for each in until):
        raise BadExtension("until must be a list of strings", (*here, "until"))
    if not isinstance(absent, list) or not all(type(each) is int for each in absent):
        raise BadExtension("absent must be a list of statuses, as integers", (*here, "absent"))
    answer = _find_schema(document, (*at, "responses", "200"), here, "a response 200")
    found = _find_property(document, answer, str(said["property"]), (*here, "property"))
    for value in until if "enum" in found.data else ():
        if value not in found.data["enum"]:
            raise BadExtension(f"{value!r} is not a value of {said['property']}", (*here, "until"))
    return Waiting(str(said["name"]), str(said["property"]), tuple(until), tuple(absent))


def _read_texts(operation: JSON, at: Pointer, key: str, names: tuple[str, ...]) -> dict[str, str] | None:
    if key not in operation:
        return None
    said = _read_object(operation[key], (*at, key), set(names), required=names)
    for name, value in said.items():
        if not isinstance(value, str) or not value:
            raise BadExtension(f"{name} must be a string", (*at, key, name))
    return said


def _read_object(value: JSON, at: Pointer, known: set[str], required: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadExtension(f"{at[-1]} must be an object with {', '.join(required)}", at)
    if missing := [name for name in required if name not in value]:
        raise BadExtension(f"{at[-1]} requires {', '.join(missing)}", at)
    for name in value:
        if name not in known:
            raise BadExtension(
                f"{at[-1]} has no key {name!r}; the keys are {', '.join(sorted(known))}", (*at, name)
            )
    return value


def _find_schema(document: Document, at: Pointer, here: Pointer, what: str) -> _Schema:
    try:
        at, part = follow(document.data, at)
        content = part["content"]
        media_type = next(each for each in content if "json" in each)
        return _follow(document, (*at, "content", media_type, "schema"))
    except (KeyError, TypeError, StopIteration):
        raise BadExtension(f"{here[-1]} requires {what} in JSON", here) from None


def _follow(document: Document, at: Pointer) -> _Schema:
    node: Any = document.data
    for part in at:
        node = node[part]
    name = read_whole(node)
    at, data = follow(document.data, at)
    return _Schema(data if isinstance(data, dict) else {}, at, name)


def _find_property(document: Document, owner: _Schema, name: str, here: Pointer) -> _Schema:
    for at in _list_parts(document, owner):
        _, data = follow(document.data, at)
        if name in (data.get("properties") or {}):
            return _follow(document, (*at, "properties", name))
    raise BadExtension(f"{owner.name or 'the schema'} has no property {name!r}", here)


def _list_parts(document: Document, owner: _Schema) -> Iterator[Pointer]:
    yield owner.at
    for index in range(len(owner.data.get("allOf") or ())):
        yield from _list_parts(document, _follow(document, (*owner.at, "allOf", index)))


def _list_properties(document: Document, owner: _Schema, left_out: set[str]) -> Iterator[Property]:
    for at in _list_parts(document, owner):
        _, data = follow(document.data, at)
        for name, schema in (data.get("properties") or {}).items():
            if name not in left_out:
                found = _follow(document, (*at, "properties", name))
                prose = schema.get("description") or found.data.get("description") or ""
                required = name in (data.get("required") or ())
                yield Property(name, _read_type(document, found), required, prose.strip())


def _read_type(document: Document, schema: _Schema) -> Type:
    if schema.name is not None:
        return Reference(schema.name)
    values, kind = schema.data.get("enum"), schema.data.get("type")
    if isinstance(values, list) and all(isinstance(value, str) for value in values):
        return Choice(tuple(values))
    if kind in SCALARS:
        return Scalar(kind)
    if kind == "array" and isinstance(schema.data.get("items"), dict):
        return ListOf(_read_type(document, _follow(document, (*schema.at, "items"))))
    return Anything()
