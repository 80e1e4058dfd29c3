"""A rule for missing descriptions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...document.diagnostics import Severity
from ...document.load import JSON
from ..finding import Hit, Rule
from ..subject import Part, Subject
from ..wording import enumerate_names, show

_CHANGE: Final = "add a description"


def find_undescribed(subject: Subject) -> Iterator[Hit]:
    """Yield operations, parameters, responses and schemas without a description, with one hit for all properties."""
    for endpoint in subject.endpoints:
        if not _is_described(endpoint.part.data):
            yield Hit(endpoint.part.at, f"{endpoint.id} has neither summary nor description", "add a summary")
        for part in endpoint.parameters:
            schema = subject.step(part, "schema").data if "schema" in part.data else {}
            if not (_is_described(part.data) or _is_described(schema)):
                yield Hit(part.at, f"the parameter {show(part.data['name'])} has no description", _CHANGE)
        for status in endpoint.answers:
            part = subject.step(endpoint.part, "responses", status)
            if not _is_described(part.data):
                found = f"the description of the response {show(status)} is empty"
                yield Hit((*part.at, "description"), found, "say when the response is sent")
    for name, schema in ((subject.data.get("components") or {}).get("schemas") or {}).items():
        if isinstance(schema, dict):
            yield from _look_at_schema(subject, Part(("components", "schemas", name), schema))


def _look_at_schema(subject: Subject, schema: Part) -> Iterator[Hit]:
    name = show(schema.at[-1])
    if not _is_described(schema.data) and "$ref" not in schema.data:
        yield Hit(schema.at, f"the schema {name} has no description", _CHANGE)
    lacking = [
        each
        for each, member in (schema.data.get("properties") or {}).items()
        if not (_is_described(member) or _is_described(subject.step(schema, "properties", each).data))
    ]
    if lacking:
        found = (
            f"{enumerate_names(lacking)} of {name} {'has' if len(lacking) == 1 else 'have'} no description"
        )
        yield Hit((*schema.at, "properties", lacking[0]), found, "describe each of them")


def _is_described(part: JSON) -> bool:
    if not isinstance(part, dict):
        return True  # boolean schemas need no description
    return any(str(part.get(key) or "").strip() for key in ("description", "summary"))


RULES: Final = (
    Rule(
        "missing-description",
        Severity.NOTE,
        "an operation, parameter, response, schema or property without description",
        "readers have to guess what it means, and generated docstrings are empty",
        find_undescribed,
    ),
)
