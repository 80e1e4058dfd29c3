"""Gives each operation that has no operationId one, made of its method and its path: it names the generated method."""

from __future__ import annotations

import copy
import dataclasses
import re

from .diagnostics import BrokenDocument, Diagnostic, error, warning
from .load import JSON, Document, Pointer
from .operation_walk import METHODS, iter_operations
from .references import follow


def name_operations(document: Document) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Return `document` with an operationId in each operation, and one warning for each that was made up.

    Raises `BrokenDocument` where two come to have one: then somebody has to choose.
    """
    found = [(method, at) for _, method, at in iter_operations(document.data)]
    is_named = all(follow(document.data, (*at, method))[1].get("operationId") for method, at in found)
    if is_named and len(set(found)) == len(found):
        return document, ()  # as a rule: a copy of a large document takes its time
    data = copy.deepcopy(document.data)
    _separate(data)
    places = [(path, method, follow(data, (*at, method))) for path, method, at in iter_operations(data)]
    taken = {operation.get("operationId") for _, _, (_, operation) in places}
    diagnostics = []
    for path, method, (at, operation) in places:
        if operation.get("operationId"):
            continue
        name = _name(method, path)
        if name in taken:
            message = f"{method.upper()} {path} has no operationId, and {name} is taken; give it one"
            raise BrokenDocument([error(message, document.locate(at))])
        taken.add(name)
        operation["operationId"] = name
        message = f"{method.upper()} {path} has no operationId; called it {name}, which changes with the path"
        diagnostics.append(warning(message, document.locate(at)))
    return dataclasses.replace(document, data=data), tuple(diagnostics)


def _separate(data: JSON) -> None:
    """Give each path that leads to the path item of another one of its own, whose operations have no names yet."""
    owners: set[Pointer] = {("paths", path) for path, item in data["paths"].items() if "$ref" not in item}
    for path in list(data["paths"]):
        at, item = follow(data, ("paths", path))
        if at == ("paths", path):
            continue
        if at in owners:
            data["paths"][path] = copy.deepcopy(item)
            for method in METHODS:
                data["paths"][path].get(method, {}).pop("operationId", None)
        owners.add(at)


def _name(method: str, path: str) -> str:
    """Return such as `getPetsByPetId` for `GET /pets/{petId}`."""
    words = [method]
    for segment in path.split("/"):
        parts = re.split(r"[{}]", segment)
        for index, part in enumerate(parts):
            words += ["by"] * bool(index % 2) + re.findall(r"\w+", part)
    return words[0] + "".join(word[:1].upper() + word[1:] for word in words[1:])
