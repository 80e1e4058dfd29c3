"""Adds an operationId, derived from method and path, to each operation without one. It names the generated method."""

from __future__ import annotations

import copy
import dataclasses
import re
import unicodedata

from ..document.diagnostics import BrokenDocument, Diagnostic, error, warning
from ..document.load import JSON, Document, Pointer
from ..document.operation_walk import METHODS, iter_operations
from ..document.references import follow
from .python_names import SIGNS


def name_operations(document: Document) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Return `document` with an operationId in each operation, and a warning for each one that was derived.

    Raises `BrokenDocument` if a derived operationId is taken.
    """
    found = [(method, at) for _, method, at in iter_operations(document.data)]
    is_named = all(follow(document.data, (*at, method))[1].get("operationId") for method, at in found)
    if is_named and len(set(found)) == len(found):
        return document, ()  # the usual case: copying a large document is slow
    data = copy.deepcopy(document.data)
    _separate(data)
    places = [(path, method, follow(data, (*at, method))) for path, method, at in iter_operations(data)]
    taken = {operation.get("operationId") for _, _, (_, operation) in places}
    unnamed = [each for each in places if not each[2][1].get("operationId")]
    # If two paths get the same name, the one with more special characters spells them out.
    for path, method, (at, operation) in sorted(unnamed, key=lambda each: len(re.findall(r"\W", each[0]))):
        names = _name(method, path), _name(method, path, spells_signs=True)
        name = next((each for each in names if each not in taken), None)
        if name is None:
            message = (
                f"{method.upper()} {path} has no operationId, and {names[0]} is taken; add an operationId"
            )
            raise BrokenDocument([error(message, document.locate(at))])
        taken.add(name)
        operation["operationId"] = name
    diagnostics = [
        warning(
            f"{method.upper()} {path} has no operationId; named it {operation['operationId']}, "
            "which changes with the path",
            document.locate(at),
        )
        for path, method, (at, operation) in unnamed
    ]
    return dataclasses.replace(document, data=data), tuple(diagnostics)


def _separate(data: JSON) -> None:
    """Give each path that shares a path item its own copy, whose operations have no operationId yet."""
    items = {path: item for path, item in data["paths"].items() if path.startswith("/")}
    owners: set[Pointer] = {("paths", path) for path, item in items.items() if "$ref" not in item}
    for path in items:
        at, item = follow(data, ("paths", path))
        if at == ("paths", path):
            continue
        if at in owners:
            data["paths"][path] = copy.deepcopy(item)
            for method in METHODS:
                data["paths"][path].get(method, {}).pop("operationId", None)
        owners.add(at)


def _name(method: str, path: str, *, spells_signs: bool = False) -> str:
    """Return a name such as `getPetsByPetId` for `GET /pets/{petId}`; with `spells_signs`, `getPetsSlashByPetId`."""
    words = [method]
    for part in re.findall(r"\w+|\W", path[1:]):
        if part == "{":
            words.append("by")
        elif re.match(r"\w", part):
            words.append(part)
        elif spells_signs and part != "}":
            words += [SIGNS[part]] if part in SIGNS else unicodedata.name(part, "").title().split()
    return words[0] + "".join(word[:1].upper() + word[1:] for word in words[1:])
