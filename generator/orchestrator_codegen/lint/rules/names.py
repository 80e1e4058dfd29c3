"""Rules for names that differ in Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ...api.python_names import name_argument, name_class, name_classes, name_methods, snake_case
from ...document.diagnostics import Severity
from ..finding import Hit, Rule
from ..subject import Subject
from ..wording import name_schema, show


def find_odd_methods(subject: Subject) -> Iterator[Hit]:
    """Yield the operationIds whose method has another name, because theirs is taken."""
    names = name_methods(endpoint.id for endpoint in subject.endpoints)
    for endpoint in subject.endpoints:
        wanted = snake_case(endpoint.id)
        if names[endpoint.id] != wanted and wanted.isidentifier():
            found = f"the method of the operationId {show(endpoint.id)} is named {names[endpoint.id]}"
            change = f"choose an operationId that does not become {wanted} in Python"
            yield Hit((*endpoint.part.at, "operationId"), found, change)


def find_odd_classes(subject: Subject) -> Iterator[Hit]:
    """Yield the schemas whose class has another name, because theirs is taken."""
    schemas = (subject.data.get("components") or {}).get("schemas") or {}
    for name, given in name_classes(schemas).items():
        if given != name_class(name):
            found = f"the class of the schema {show(name)} is named {given}"
            yield Hit(
                ("components", "schemas", name),
                found,
                f"choose a name that does not become {name_class(name)} in Python",
            )


def find_colliding_properties(subject: Subject) -> Iterator[Hit]:
    """Yield the properties of an object, and the parameters of an operation, that are equal in snake_case."""
    for schema in subject.schemas:
        properties = schema.data.get("properties")
        for first, second in _find_twins(properties if isinstance(properties, dict) else ()):
            found = f"{show(first)} and {show(second)} of {name_schema(schema.at)} are equal in snake_case"
            yield Hit((*schema.at, "properties", second), found, "rename one")
    for endpoint in subject.endpoints:
        named = {str(part.data["name"]): part for part in endpoint.parameters}
        for first, second in _find_twins(named):
            found = (
                f"the parameters {show(first)} and {show(second)} of {endpoint.id} are equal in snake_case"
            )
            yield Hit((*named[second].at, "name"), found, "rename one")


def _find_twins(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    first: dict[str, str] = {}
    for name in names:
        word = name_argument(name)
        if word in first:
            yield first[word], name
        first.setdefault(word, name)


RULES: Final = (
    Rule(
        "odd-method",
        Severity.WARNING,
        "an operationId that is taken in Python, or equal to another in snake_case",
        "users look for the method under the name of the operationId",
        find_odd_methods,
    ),
    Rule(
        "odd-class",
        Severity.WARNING,
        "a schema whose name is taken in Python, or equal to another class name",
        "users look for the class under the name of the schema",
        find_odd_classes,
    ),
    Rule(
        "twin-names",
        Severity.WARNING,
        "two properties of an object, or parameters of an operation, that are equal in snake_case",
        "generated code distinguishes them by a suffix, which is easy to confuse",
        find_colliding_properties,
    ),
)
