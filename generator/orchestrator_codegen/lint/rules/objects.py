"""Rules for combinations: required properties, siblings of `$ref`, and unions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from ...document.diagnostics import Severity
from ...document.json_types import list_types
from ...document.load import JSON
from ..finding import Hit, Rule
from ..subject import Part, Subject, is_composed, is_fragment
from ..wording import enumerate_names, name_schema, show

_PROSE: Final = frozenset({"$ref", "description", "summary", "title", "example", "deprecated"})

# Keywords that can distinguish the values of one branch from those of another.
_TELLING: Final = frozenset({"enum", "const", "format", "pattern", "not", "if", "allOf", "anyOf", "oneOf"})
_LIMITS: Final = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}) | {
    *("minLength", "maxLength", "minItems", "maxItems", "items", "prefixItems", "contains")
}


def find_undescribed_required(subject: Subject) -> Iterator[Hit]:
    """Yield the properties that an object requires and does not describe."""
    for schema in subject.schemas:
        properties = schema.data.get("properties")
        if not properties or is_composed(schema.data) or is_fragment(schema.at):
            continue
        if "patternProperties" in schema.data:
            continue
        for index, name in enumerate(schema.data.get("required") or ()):
            if name not in properties:
                found = f"{name_schema(schema.at)} requires {show(name)}, which is not one of its properties"
                change = "describe it in properties, or correct its name in required"
                yield Hit((*schema.at, "required", index), found, change)


def find_ignored_siblings(subject: Subject) -> Iterator[Hit]:
    """Yield the siblings of a `$ref` in OpenAPI 3.0, where they have no effect (Reference Object)."""
    for schema in subject.schemas if subject.is_30 else ():
        if isinstance(schema.data.get("$ref"), str):
            idle = [key for key in schema.data if key not in _PROSE and not key.startswith("x-")]
            if idle:
                found = f"{enumerate_names(idle)} beside a $ref: OpenAPI 3.0 ignores siblings of a $ref"
                change = "write allOf: [{$ref: ...}] in place of the $ref"
                yield Hit((*schema.at, idle[0]), found, change)


def find_ambiguous_unions(subject: Subject) -> Iterator[Hit]:
    """Yield each `oneOf` without a discriminator in which two branches accept the same values."""
    for schema in subject.schemas:
        if "discriminator" in schema.data or "oneOf" not in schema.data:
            continue
        branches = [
            (index, subject.step(schema, "oneOf", index))
            for index, branch in enumerate(schema.data["oneOf"])
            if isinstance(branch, dict) and ("$ref" not in branch or branch.keys() <= _PROSE)
        ]
        for (first, one), (second, other) in combinations(branches, 2):
            if _are_alike(subject, one, other):
                found = (
                    f"a value can match both branch {first + 1} and branch {second + 1} of the oneOf of "
                    f"{name_schema(schema.at)}"
                )
                yield Hit((*schema.at, "oneOf", second), found, _advise(one.data, other.data))
                break


def _advise(one: JSON, other: JSON) -> str:
    if "object" in list_types(one):
        return "add a discriminator, or a required property to each branch that the other does not have"
    return "remove the branch that the other includes, or write anyOf"


def _are_alike(subject: Subject, one: Part, other: Part) -> bool:
    """Return whether some values certainly match both. Schemas with other keywords count as different."""
    kinds = set(list_types(one.data)), set(list_types(other.data))
    if len(kinds[0]) != 1 or len(kinds[1]) != 1:
        return False
    if not (one.data.keys() | other.data.keys()).isdisjoint(_TELLING):
        return False
    if kinds[0] == kinds[1] == {"object"}:
        return _are_alike_objects(subject, one, other)
    if not (one.data.keys() | other.data.keys()).isdisjoint(_LIMITS):
        return False
    return kinds[0] == kinds[1] or kinds[0] | kinds[1] == {"integer", "number"}


def _are_alike_objects(subject: Subject, one: Part, other: Part) -> bool:
    if not (one.data.keys() | other.data.keys()).isdisjoint(_OBJECT_LIMITS):
        return False
    fields = one.data.get("properties") or {}, other.data.get("properties") or {}
    needed = set(one.data.get("required") or ()), set(other.data.get("required") or ())
    # Neither requires a property that the other does not have, so an object with all required properties matches both.
    if needed[0] - fields[1].keys() and needed[1] - fields[0].keys():
        return False
    for part, names, known in ((one, needed[1], fields[0]), (other, needed[0], fields[1])):
        if part.data.get("additionalProperties") not in (None, True) and names - known.keys():
            return False
    if any(field is False for each in fields for field in each.values()):
        return False
    shared = needed[0] | needed[1]
    return all(
        _may_agree(subject.step(one, "properties", name).data, subject.step(other, "properties", name).data)
        for name in shared & fields[0].keys() & fields[1].keys()
    )


_OBJECT_LIMITS: Final = frozenset(
    {"minProperties", "maxProperties", "patternProperties", "propertyNames", "dependentRequired"}
    | {"dependentSchemas", "unevaluatedProperties"}
)


def _may_agree(one: JSON, other: JSON) -> bool:
    """Return whether two properties certainly share values: same type, and no distinguishing keyword."""
    if one == other:
        return True
    kinds = list_types(one), list_types(other)
    simple = {"string", "boolean", "integer", "number"}
    return (
        kinds[0] == kinds[1]
        and set(kinds[0]) <= simple
        and all(schema.keys().isdisjoint(_TELLING | _LIMITS) for schema in (one, other))
    )


RULES: Final = (
    Rule(
        "required-stranger",
        Severity.WARNING,
        "an object that requires a property which it does not describe",
        "clients cannot know what to send, and the model has no typed field for it",
        find_undescribed_required,
    ),
    Rule(
        "idle-sibling",
        Severity.WARNING,
        "a keyword beside a $ref in OpenAPI 3.0, which ignores it",
        "it seems to apply but does not, or applies in some tools only",
        find_ignored_siblings,
    ),
    Rule(
        "ambiguous-union",
        Severity.WARNING,
        "a oneOf without discriminator in which a value can match two branches",
        "strictly, such a value is invalid; parsers use the branch that they try first",
        find_ambiguous_unions,
    ),
)
