"""Small documents to lint: what is wrong with each, and one like it with which nothing is."""

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
    """What breaks a rule, with place and piece of the sentence of each finding, and what nearly breaks it."""

    rule: str
    faulty: str
    found: tuple[str, ...]
    sane: str


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
    """Return a document in which the keys of `schema`, the only one, start in line 10."""
    return with_schemas(f"Thing:\n{_indent('description: A thing.', 2)}\n{_indent(schema, 2)}", version)


def with_paths(paths: str, components: str = "", version: str = "3.1.0") -> str:
    """Return a document in which `paths` start in line 7, `components` after them."""
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
    """Return a document with one GET, whose keys beside its name and summary start in line 11."""
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


def expect(case: Case) -> None:
    """Hold both documents of `case` against it: no rule but the one that is meant may find anything in either."""
    found = find(case.faulty)
    assert len(found) == len(case.found), found
    for told, wanted in zip(found, case.found, strict=True):
        place, _, piece = wanted.partition(" ")
        assert told.startswith(f"{place} {case.rule}: "), told
        assert piece in told
    assert find(case.sane) == []


def list_rules(*tables: Mapping[str, Case]) -> Iterable[str]:
    """Return the rules that the cases of `tables` are about."""
    return {case.rule for table in tables for case in table.values()}


def _indent(text: str, width: int) -> str:
    return "\n".join(f"{' ' * width}{line}" for line in text.splitlines())
