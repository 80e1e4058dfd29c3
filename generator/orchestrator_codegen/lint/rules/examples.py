"""Rules on examples that their own schema refuses, or that are not there."""

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
    """Yield the examples of bodies, parameters, headers and schemas that their schema refuses."""
    examples = list(_list_of_schemas(subject))
    for body in _iter_bodies(subject):
        examples += _list_of_body(subject, body)
    # Here and not above: the import costs more than all other rules.
    from ...validation.value_check import ValueCheck

    check = ValueCheck(subject.document)
    for example in examples:
        for at, message in check.find_mismatch(example.value, example.schema_at):
            found = f"the example does not fit its schema: {message}"
            yield Hit((*example.at, *at), found, "mend the example, or the schema")


def find_lost_examples(subject: Subject) -> Iterator[Hit]:
    """Yield the examples whose `$ref` leads nowhere in the document."""
    for body in _iter_bodies(subject):
        examples = body.data.get("examples")
        for name, example in (examples if isinstance(examples, dict) else {}).items():
            reference = example.get("$ref") if isinstance(example, dict) else None
            if (
                isinstance(reference, str)
                and reference.startswith("#")
                and not subject.step(body, "examples", name).data
            ):
                found = f"the example {show(name)} leads to {show(reference)}, where nothing is"
                yield Hit((*body.at, "examples", name), found, "mend the $ref, or remove the example")


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
    """Yield what has a key `schema` and may have examples beside it: media types of JSON, parameters and headers."""
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
    """Say whether an example at `at` is written as a value: other media types are written as text."""
    return at[-2:-1] != ("content",) or "json" in str(at[-1]).lower()


RULES: Final = (
    Rule(
        "misfit-example",
        Severity.WARNING,
        "an example that its schema refuses",
        "readers copy it, mocks send it, and one of the two is wrong",
        find_misfits,
    ),
    Rule(
        "lost-example",
        Severity.WARNING,
        "an example that is a $ref to nothing",
        "readers and mocks have nothing to show",
        find_lost_examples,
    ),
)
