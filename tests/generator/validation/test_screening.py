"""The slow validator finds no problem in any document that the screening accepts, so no message is lost."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pytest
from orchestrator_codegen.document.diagnostics import BrokenDocument
from orchestrator_codegen.document.load import Document, load, parse_text
from orchestrator_codegen.document.references import check_references
from orchestrator_codegen.validation.repair import repair_document
from orchestrator_codegen.validation.screening import is_plainly_sound
from orchestrator_codegen.validation.structure import check_structure

from ..docs.test_page import CORPUS_DOCUMENTS
from ..support.broken_documents import BROKEN
from ..support.documents import SPEC

RICH: Final = """\
openapi: VERSION
info: {title: Shop, version: "1"}
tags: [{name: a}, {name: b}]
paths:
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string, pattern: "^a"}}]
    get:
      operationId: getPet
      parameters:
      - {name: page, in: query, schema: {type: integer, format: int32, minimum: 1, default: 1}}
      - {$ref: "#/components/parameters/Sort"}
      responses:
        "200": {$ref: "#/components/responses/Pet"}
        default:
          description: error
          content: {application/json: {schema: {type: object, required: [code], properties: {code: {type: integer}}}}}
    put:
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Dog"}}}}
      responses: {"204": {description: done}}
components:
  parameters:
    Sort:
      name: sort
      in: query
      schema: {allOf: [{$ref: "#/components/schemas/Order"}], default: asc}
  responses:
    Pet: {description: a pet, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
  schemas:
    Order: {type: string, enum: [asc, desc]}
    Pet:
      oneOf: [{$ref: "#/components/schemas/Dog"}]
      discriminator: {propertyName: kind, mapping: {dog: "#/components/schemas/Dog"}}
    Animal: {type: object, properties: {kind: {type: string, default: dog}, born: {type: string, format: date}}}
    Dog:
      allOf: [{$ref: "#/components/schemas/Animal"}, {type: object, properties: {tail: {type: number, maximum: 5}}}]
      required: [kind, tail]
"""
VALUES: Final[tuple[Any, ...]] = (
    None,
    5,
    -1.5,
    "text",
    "(",
    True,
    [],
    ["text"],
    [5, 5],
    {},
    {"type": "text"},
    {"default": []},
)


def test_the_screening_accepts_valid_documents() -> None:
    for spec in (SPEC, *CORPUS_DOCUMENTS):
        assert is_plainly_sound(repair_document(load(spec))[0]), spec.name


@pytest.mark.parametrize(("content", "problems"), BROKEN.values(), ids=BROKEN)
def test_the_screening_accepts_no_broken_document(
    tmp_path: Path, content: str | bytes, problems: object
) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_bytes(content if isinstance(content, bytes) else content.encode())
    try:
        document = load(spec)
    except (BrokenDocument, RecursionError):
        return
    compare(document)


@pytest.mark.slow
@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_the_screening_accepts_no_document_with_a_mistake(version: str) -> None:
    data = parse_text(RICH.replace("VERSION", version), "spec.yaml").data
    assert is_plainly_sound(Document("", "", data, None))
    # Only every third change: all of them take a minute.
    results = [compare(Document("", "", changed, None)) for changed in islice(list_changes(data), 0, None, 3)]
    assert results.count(False) > 170  # most changes make the document invalid
    assert results.count(True) > 17  # some do not


def compare(document: Document) -> bool | None:
    """Return whether the screening accepts `document`; fail if it does and the slow validator finds a problem.

    Returns None for a document that an earlier check rejects.
    """
    data = document.data
    if not isinstance(data, dict) or not str(data.get("openapi")).startswith(("3.0.", "3.1.")):
        return None
    if list(check_references(document)):
        return None
    accepted = is_plainly_sound(document)
    if accepted:
        assert [str(each) for each in check_structure(document)] == []
    return accepted


def list_changes(data: Any) -> Iterator[Any]:
    """Yield `data` with one part removed, duplicated or replaced."""
    for at in list_places(data):
        for value in VALUES:
            changed = copy.deepcopy(data)
            find(changed, at[:-1])[at[-1]] = value
            yield changed
        changed = copy.deepcopy(data)
        above = find(changed, at[:-1])
        if isinstance(above, list):
            above.append(copy.deepcopy(above[at[-1]]))
        else:
            del above[at[-1]]
        yield changed


def list_places(node: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for key in range(len(node)) if isinstance(node, list) else node if isinstance(node, dict) else ():
        if at or key != "openapi":
            yield (*at, key)
            yield from list_places(node[key], (*at, key))


def find(data: Any, at: tuple[Any, ...]) -> Any:
    for key in at:
        data = data[key]
    return data
