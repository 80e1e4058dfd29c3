"""Parses paths into the intermediate representation, in a document with some components to refer to."""

from __future__ import annotations

from typing import Final

from orchestrator_codegen.api.ir import Api, Operation
from orchestrator_codegen.api.parse import parse
from orchestrator_codegen.document.load import parse_text
from orchestrator_codegen.validation.validate import validate

from .documents import HEAD

PARTS: Final = """\
  parameters:
    Limit: {name: limit, in: query, description: How many., schema: {type: integer, default: 10}}
  requestBodies:
    PetBody:
      {required: true, description: A pet., content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
  responses:
    Found: {description: found, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
"""
OK: Final = 'responses: {"204": {description: ok}}'


def read_api(paths: str) -> tuple[Api, list[str]]:
    """Return the API with `paths`, which start in line 16, and its warnings without the file name."""
    document = parse_text(f"{HEAD}{PARTS}paths:\n{paths}", "spec.yaml")
    validate(document)
    api, warnings = parse(document)
    return api, [str(each).removeprefix("spec.yaml:") for each in warnings]


def read_operation(paths: str) -> Operation:
    """Return the one operation in `paths`, which must cause no warnings."""
    api, warnings = read_api(paths)
    assert warnings == []
    (operation,) = api.operations
    return operation
