"""Rules for examples: those that do not match their schema, and those that do not exist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ...document.diagnostics import Severity
from ...document.load import JSON, Pointer
from ..finding import Hit, Rule
from ..subject import Part, Subject
from ..wording import show


@dataclass(frozen=True, slots=True)
class _Example:
    at: Pointer
    value: JSON
    schema_at: Pointer


def find_misfits(subject: Subject) -> Iterator[Hit]:
    """Yield the examples of bodies, parameters, headers and schemas that do not match their schema."""
    examples = list(_list_of_schemas(subject))
    for body in _iter_bodies(subject):
        examples += _list_of_body(subject, body)
    # Imported here, because the import is slower than all other rules.
    from ...validation.value_check import ValueCheck

    check = ValueCheck(subject.document)
    for example in examples:
        for at, message in check.find_mismatch(example.value, example.schema_at):
            found = f"the example does not match its schema: {message}"
            yield Hit((*example.at, *at), found, "correct the example or the schema")


def find_lost_examples(subject: Subject) -> Iterator[Hit]:
    """Yield the examples whose `$ref` has no target in the document."""
    for body in _iter_bodies(subject):
        examples = body.data.get("examples")
        for name, example in (examples if isinstance(examples, dict) else {}).items():
            reference = example.get("$ref") if isinstance(example, dict) else None
            if (
                isinstance(reference, str)
                and reference.startswith("#")
                and not subject.step(body, "examples", name).data
            ):
                found = f"the example {show(name)} refers to {show(reference)}, which does not exist"
                yield Hit((*body.at, "examples", name), found, "correct the $ref, or remove the example")


def _list_of_schemas(subject: Subject) -> Iterator[_Example]:
    for schema in subject.schemas:
        if "$ref" in schema.data and subject.is_30:
            continue
        if "example" in schema.data:
            yield _Example((*schema.at, "example"), schema.data["example"], schema.at)
        examples = schema.data.get("examples")
        for index, value in enumerate(examples if isinstance(examples, list) else ()):
            yield _Example((*schema.at, "examples", index), value, schema.at)


def _iter_bodies(subject: Subject) -> Iterator[Part]:
    """Yield the objects with `schema` and examples: JSON media types, parameters and headers."""
    pending: list[tuple[JSON, Pointer]] = [(subject.data, ())]
    while pending:
        current, here = pending.pop()
        if isinstance(current, list):
            pending += [(item, (*here, index)) for index, item in enumerate(current)]
        if isinstance(current, dict):
            if "schema" in current and _is_json(here):
                yield Part(here, current)
            pending += [(value, (*here, key)) for key, value in current.items() if _is_structure(key, here)]


def _list_of_body(subject: Subject, body: Part) -> Iterator[_Example]:
    schema_at = (*body.at, "schema")
    if "example" in body.data:
        yield _Example((*body.at, "example"), body.data["example"], schema_at)
    examples = body.data.get("examples")
    for name in examples if isinstance(examples, dict) else ():
        example = subject.step(body, "examples", name)
        if "value" in example.data:
            yield _Example((*example.at, "value"), example.data["value"], schema_at)


def _is_structure(key: str, at: Pointer) -> bool:
    return at[-1:] == ("responses",) or not (key in _OPAQUE or key.startswith("x-"))


_OPAQUE: Final = frozenset({"schema", "schemas", "example", "examples", "default", "enum", "const"})


def _is_json(at: Pointer) -> bool:
    """Return whether an example at `at` is a JSON value. Examples of other media types are strings."""
    return at[-2:-1] != ("content",) or "json" in str(at[-1]).lower()


RULES: Final = (
    Rule(
        "misfit-example",
        Severity.WARNING,
        "an example that does not match its schema",
        "readers copy it and mock servers send it, and either it or the schema is wrong",
        find_misfits,
    ),
    Rule(
        "lost-example",
        Severity.WARNING,
        "an example that is a $ref to nothing",
        "docs and mock servers have nothing to show",
        find_lost_examples,
    ),
)
