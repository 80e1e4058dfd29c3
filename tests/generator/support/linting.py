"""Builds small documents to lint, and checks the findings in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from orchestrator_codegen.document.load import parse_text
from orchestrator_codegen.lint.examine import examine
from orchestrator_codegen.validation.repair import repair_document
from orchestrator_codegen.validation.validate import validate

OK: Final = (
    "{description: Things., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}"
)
ERROR: Final = "default: {description: An error.}"
THING: Final = "    Thing: {type: object, description: A thing.}"


@dataclass(frozen=True, slots=True)
class Case:
    """A faulty document, the place and a part of the text of each finding, and a similar valid document."""

    rule: str
    faulty: str
    found: tuple[str, ...]
    valid: str


def with_schemas(schemas: str, version: str = "3.1.0") -> str:
    """Return a document in which `schemas`, one of them a `Thing`, start in line 8."""
    return f"""\
openapi: {version}
info: {{title: Things, version: "1"}}
paths:
  /things:
    get: {{operationId: listThings, summary: List., responses: {{"200": {OK}, {ERROR}}}}}
components:
  schemas:
{_indent(schemas, 4)}
"""


def with_thing(schema: str, version: str = "3.1.0") -> str:
    """Return a document with one schema, `Thing`, whose keys in `schema` start in line 10."""
    return with_schemas(f"Thing:\n{_indent('description: A thing.', 2)}\n{_indent(schema, 2)}", version)


def with_paths(paths: str, components: str = "", version: str = "3.1.0") -> str:
    """Return a document in which `paths` start in line 7, followed by `components`."""
    return f"""\
openapi: {version}
info: {{title: Things, version: "1"}}
components:
  schemas:
{THING}
paths:
{_indent(paths, 2)}
{components}
"""


def with_operation(operation: str, version: str = "3.1.0") -> str:
    """Return a document with one GET operation, whose keys in `operation` start in line 11."""
    return with_paths(
        f"/things:\n  get:\n    operationId: listThings\n    summary: List.\n{_indent(operation, 4)}",
        version=version,
    )


def find(text: str) -> list[str]:
    """Return the findings of the rules in `text`, which is a valid document, each as `line:column rule: what`."""
    document, _ = repair_document(parse_text(text, "spec.yaml"))
    validate(document)
    return [
        f"{each.location.line}:{each.location.column} {each.rule}: {each.found}"
        for each in examine(document, ())
    ]


def check_case(case: Case) -> None:
    """Check that the faulty document of `case` has exactly the expected findings, and the other one has none."""
    found = find(case.faulty)
    assert len(found) == len(case.found), found
    for finding, expected in zip(found, case.found, strict=True):
        place, _, piece = expected.partition(" ")
        assert finding.startswith(f"{place} {case.rule}: "), finding
        assert piece in finding
    assert find(case.valid) == []


def list_rules(*tables: Mapping[str, Case]) -> Iterable[str]:
    """Return the rules that the cases of `tables` test."""
    return {case.rule for table in tables for case in table.values()}


def _indent(text: str, width: int) -> str:
    return "\n".join(f"{' ' * width}{line}" for line in text.splitlines())
