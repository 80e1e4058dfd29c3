"""Every kind of change of a schema, in requests and in answers."""

from __future__ import annotations

from typing import Final

import pytest

from ..support.comparing import compare_texts, summarize_all

DOCUMENT: Final = """\
openapi: {version}
info: {{title: Pets, version: "1"}}
paths:
  /pets:
    post:
      operationId: savePet
      {content}
components:
  schemas:
    Cat: {{type: object, required: [meow], properties: {{meow: {{type: string}}}}}}
    Dog: {{type: object, required: [bark], properties: {{bark: {{type: string}}}}}}
    Hund: {{type: object, required: [bark], properties: {{bark: {{type: string}}}}}}
    Mouse: {{type: integer}}
    Tree: {{type: object, properties: {{value: {{type: string}}, down: {{$ref: "#/components/schemas/Tree"}}}}}}
    Wood: {{type: object, properties: {{value: {{type: integer}}, down: {{$ref: "#/components/schemas/Wood"}}}}}}
"""
REQUEST: Final = (
    'requestBody: {content: {application/json: {schema: %s}}}\n      responses: {"200": {description: ok}}'
)
ANSWER: Final = 'responses: {"200": {description: ok, content: {application/json: {schema: %s}}}}'
CAT, DOG, HUND, MOUSE, TREE, WOOD = (
    f'{{$ref: "#/components/schemas/{name}"}}' for name in ("Cat", "Dog", "Hund", "Mouse", "Tree", "Wood")
)


def write(schema: str, content: str, version: str = "3.1.0") -> str:
    return DOCUMENT.format(version=version, content=content % schema)


def compare_requests(old: str, new: str, version: str = "3.1.0") -> list[tuple[str, str, str]]:
    return summarize_all(compare_texts(write(old, REQUEST, version), write(new, REQUEST, version)))


def compare_answers(old: str, new: str, version: str = "3.1.0") -> list[tuple[str, str, str]]:
    return summarize_all(compare_texts(write(old, ANSWER, version), write(new, ANSWER, version)))


# The parties that each effect breaks, in a request and in an answer.
WIDER, NARROWER, UNCLEAR = ("servers", "clients"), ("clients", "servers"), ("clients servers",) * 2
MIRRORED: Final = {WIDER: NARROWER, NARROWER: WIDER, UNCLEAR: UNCLEAR}

# The old schema, the new one, the place of the one change below the body, its kind and its effect.
LIMITS: Final[dict[str, tuple[str, str, str, str, tuple[str, ...]]]] = {
    "a different type": ("{type: string}", "{type: integer}", "", "type-changed", UNCLEAR),
    "a type added": ("{type: string}", "{type: [string, integer]}", "", "type-changed", WIDER),
    "an integer becomes a number": ("{type: integer}", "{type: number}", "", "type-changed", WIDER),
    "the type removed": ("{type: string}", "{}", "", "type-changed", WIDER),
    "null": ("{type: string}", "{type: [string, 'null']}", "", "null-allowed", WIDER),
    "null beside a reference": (CAT, f"{{anyOf: [{CAT}, {{type: 'null'}}]}}", "", "null-allowed", WIDER),
    "null beside a choice": (
        f"{{oneOf: [{CAT}, {MOUSE}]}}",
        f"{{oneOf: [{CAT}, {MOUSE}, {{type: 'null'}}]}}",
        "",
        "null-allowed",
        WIDER,
    ),
    "a value added": ("{enum: [a]}", "{enum: [a, b]}", "", "values-added", WIDER),
    "a value removed": ("{enum: [a, b]}", "{enum: [b]}", "", "values-removed", NARROWER),
    "the only value": ("{type: string}", "{type: string, const: a}", "", "values-limited", NARROWER),
    "values without a type": ("{}", "{enum: [a, 1]}", "", "values-limited", NARROWER),
    "null among the values": ("{enum: [a]}", "{enum: [a, null]}", "", "null-allowed", WIDER),
    "a bound added": ("{type: string}", "{type: string, minLength: 1}", "", "bound-changed", NARROWER),
    "a higher minimum length": (
        "{type: string, minLength: 1}",
        "{type: string, minLength: 2}",
        "",
        "bound-changed",
        NARROWER,
    ),
    "a higher maximum length": (
        "{type: array, maxItems: 1}",
        "{type: array, maxItems: 2}",
        "",
        "bound-changed",
        WIDER,
    ),
    "a lower negative minimum": (
        "{type: number, minimum: -1}",
        "{type: number, minimum: -2}",
        "",
        "bound-changed",
        WIDER,
    ),
    "an exclusive bound": (
        "{type: number, maximum: 1}",
        "{type: number, exclusiveMaximum: 1}",
        "",
        "bound-changed",
        NARROWER,
    ),
    "a lower number of properties": (
        "{type: object, maxProperties: 2}",
        "{type: object, maxProperties: 1}",
        "",
        "bound-changed",
        NARROWER,
    ),
    "a format added": ("{type: string}", "{type: string, format: date}", "", "format-changed", NARROWER),
    "a different format": (
        "{type: string, format: uuid}",
        "{type: string, format: date}",
        "",
        "format-changed",
        UNCLEAR,
    ),
    "int32 becomes int64": (
        "{type: integer, format: int32}",
        "{type: integer, format: int64}",
        "",
        "format-changed",
        WIDER,
    ),
    "a pattern added": ("{type: string}", "{type: string, pattern: a}", "", "pattern-changed", NARROWER),
    "a different pattern": (
        "{type: string, pattern: a}",
        "{type: string, pattern: b}",
        "",
        "pattern-changed",
        UNCLEAR,
    ),
    "a second pattern": (
        "{type: string, pattern: a}",
        "{allOf: [{type: string, pattern: a}, {pattern: b}]}",
        "",
        "pattern-changed",
        NARROWER,
    ),
    "a divisor of the divisor": (
        "{type: integer, multipleOf: 6}",
        "{type: integer, multipleOf: 3}",
        "",
        "divisor-changed",
        WIDER,
    ),
    "a different divisor": (
        "{type: number, multipleOf: 0.2}",
        "{type: number, multipleOf: 0.3}",
        "",
        "divisor-changed",
        UNCLEAR,
    ),
    "unique items": ("{type: array}", "{type: array, uniqueItems: true}", "", "unique-items", NARROWER),
    "items": (
        "{type: array, items: {type: integer}}",
        "{type: array, items: {type: number}}",
        "[]",
        "type-changed",
        WIDER,
    ),
    "a closed object": (
        "{type: object}",
        "{type: object, additionalProperties: false}",
        "",
        "object-closed",
        NARROWER,
    ),
    "an object closed by another keyword": (
        "{type: object}",
        "{type: object, unevaluatedProperties: false}",
        "",
        "object-closed",
        NARROWER,
    ),
    "the schema of other properties": (
        "{type: object, additionalProperties: {type: number}}",
        "{type: object, additionalProperties: {type: integer}}",
        "*",
        "type-changed",
        NARROWER,
    ),
    "the schema of a property pattern": (
        "{type: object, patternProperties: {^x: {type: number}}}",
        "{type: object, patternProperties: {^x: {type: integer}}}",
        "/^x/",
        "type-changed",
        NARROWER,
    ),
    "a property pattern added": (
        "{type: object}",
        "{type: object, patternProperties: {^x: {type: integer}}}",
        "",
        "pattern-properties",
        UNCLEAR,
    ),
    "a property becomes required": (
        "{type: object, properties: {a: {}}}",
        "{type: object, properties: {a: {}}, required: [a]}",
        "a",
        "property-required",
        NARROWER,
    ),
    "a nested change": (
        "{type: array, items: {type: object, properties: {a: {enum: [x]}}}}",
        "{type: array, items: {type: object, properties: {a: {enum: [x, y]}}}}",
        "[] / a",
        "values-added",
        WIDER,
    ),
    "a branch added": (
        f"{{oneOf: [{CAT}, {DOG}]}}",
        f"{{oneOf: [{MOUSE}, {CAT}, {DOG}]}}",
        "",
        "branch-added",
        WIDER,
    ),
    "a single schema becomes a branch": (CAT, f"{{anyOf: [{MOUSE}, {CAT}]}}", "", "branch-added", WIDER),
    "any value becomes a choice": ("{}", f"{{anyOf: [{MOUSE}, {CAT}]}}", "", "choice-changed", NARROWER),
    "a change in a branch": (
        f"{{oneOf: [{CAT}, {{type: array, items: {{type: integer}}}}]}}",
        f"{{oneOf: [{CAT}, {{type: array, items: {{type: number}}}}]}}",
        "branch 2[]",
        "type-changed",
        WIDER,
    ),
    "oneOf becomes anyOf": (
        f"{{oneOf: [{CAT}, {DOG}]}}",
        f"{{anyOf: [{CAT}, {DOG}]}}",
        "",
        "choice-changed",
        WIDER,
    ),
    "a choice removed beside other keywords": (
        f"{{type: object, minProperties: 1, oneOf: [{CAT}, {DOG}]}}",
        "{type: object, minProperties: 1}",
        "",
        "unknown",
        UNCLEAR,
    ),
    "the property of a discriminator": (
        f"{{oneOf: [{CAT}, {DOG}], discriminator: {{propertyName: a}}}}",
        f"{{oneOf: [{CAT}, {DOG}], discriminator: {{propertyName: b}}}}",
        "",
        "discriminator",
        UNCLEAR,
    ),
    "a discriminator added": (
        f"{{oneOf: [{CAT}, {DOG}]}}",
        f"{{oneOf: [{CAT}, {DOG}], discriminator: {{propertyName: b}}}}",
        "",
        "discriminator",
        UNCLEAR,
    ),
    "a discriminator value added": (
        f"{{oneOf: [{CAT}, {DOG}], discriminator: {{propertyName: a, mapping: {{c: Cat}}}}}}",
        f"{{oneOf: [{CAT}, {DOG}], discriminator: {{propertyName: a, mapping: {{c: Cat, d: Dog}}}}}}",
        "",
        "discriminator",
        WIDER,
    ),
    "the schema becomes false": ("{type: object}", "false", "", "type-changed", NARROWER),
    "a recursive schema": (TREE, WOOD, "value", "type-changed", UNCLEAR),
    "an unsupported keyword of JSON Schema": (
        "{not: {type: string}}",
        "{not: {type: integer}}",
        "",
        "unknown",
        UNCLEAR,
    ),
    "an unknown keyword": ("{}", "{frobnicate: 1}", "", "unknown", UNCLEAR),
    "a property called title is not prose": (
        "{if: {properties: {title: {const: a}}}, then: false}",
        "{if: {properties: {title: {const: b}}}, then: false}",
        "",
        "unknown",
        UNCLEAR,
    ),
    "a different default": (
        "{type: string, default: a}",
        "{type: string, default: b}",
        "",
        "default-changed",
        UNCLEAR,
    ),
}


@pytest.mark.parametrize(("old", "new", "where", "kind", "effect"), LIMITS.values(), ids=LIMITS)
def test_a_change_breaks_by_its_effect_and_direction(
    old: str, new: str, where: str, kind: str, effect: tuple[str, str]
) -> None:
    below = f"{' / ' if where and not where.startswith('[]') else ''}{where}"
    assert compare_requests(old, new) == [(f"request body{below}", kind, effect[0])]
    assert compare_answers(old, new) == [(f"answer 200{below}", kind, effect[1])]


@pytest.mark.parametrize(("old", "new", "where", "kind", "effect"), LIMITS.values(), ids=LIMITS)
def test_the_reverse_change_breaks_the_other_party(
    old: str, new: str, where: str, kind: str, effect: tuple[str, str]
) -> None:
    back = MIRRORED[effect]
    assert [breaks for _, _, breaks in compare_requests(new, old)] == [back[0]]
    assert [breaks for _, _, breaks in compare_answers(new, old)] == [back[1]]


CLOSED: Final = "additionalProperties: false"
# The old schema, the new one, the place, the kind, and the parties that it breaks in a request and in an answer.
MEMBERS: Final[dict[str, tuple[str, str, str, str, str, str]]] = {
    "added": ("{type: object}", "{properties: {a: {}}, type: object}", "a", "property-added", "", ""),
    "added to a closed object": (
        f"{{type: object, {CLOSED}}}",
        f"{{properties: {{a: {{}}}}, type: object, {CLOSED}}}",
        "a",
        "property-added",
        "servers",
        "clients",
    ),
    "added and required": (
        "{type: object}",
        "{properties: {a: {}}, required: [a], type: object}",
        "a",
        "property-added",
        "clients",
        "servers",
    ),
    "added to required only": (
        "{type: object}",
        "{required: [a], type: object}",
        "a",
        "property-added",
        "clients",
        "servers",
    ),
    "added to a closed object and required": (
        f"{{type: object, {CLOSED}}}",
        f"{{properties: {{a: {{}}}}, required: [a], type: object, {CLOSED}}}",
        "a",
        "property-added",
        "clients servers",
        "clients servers",
    ),
    "removed": (
        "{properties: {a: {}}, type: object}",
        "{type: object}",
        "a",
        "property-removed",
        "clients",
        "clients",
    ),
    "removed from a closed object": (
        f"{{properties: {{a: {{}}}}, type: object, {CLOSED}}}",
        f"{{type: object, {CLOSED}}}",
        "a",
        "property-removed",
        "clients",
        "clients servers",
    ),
    "removed, and was required": (
        "{properties: {a: {}}, required: [a], type: object}",
        "{type: object}",
        "a",
        "property-removed",
        "clients servers",
        "clients",
    ),
    "a default added": (
        "{type: string}",
        "{type: string, default: a}",
        "",
        "default-changed",
        "servers",
        "servers",
    ),
    "a default removed": (
        "{type: string, default: a}",
        "{type: string}",
        "",
        "default-changed",
        "clients",
        "clients",
    ),
    "deprecated": ("{type: string}", "{type: string, deprecated: true}", "", "deprecated", "", ""),
}


@pytest.mark.parametrize(("old", "new", "where", "kind", "request_", "answer"), MEMBERS.values(), ids=MEMBERS)
def test_added_and_removed_parts(
    old: str, new: str, where: str, kind: str, request_: str, answer: str
) -> None:
    below = where and f" / {where}"
    assert compare_requests(old, new) == [(f"request body{below}", kind, request_)]
    assert compare_answers(old, new) == [(f"answer 200{below}", kind, answer)]


def test_a_read_only_property_is_not_part_of_requests() -> None:
    old = "{type: object, required: [a], properties: {a: {type: string}}}"
    new = "{type: object, required: [a], properties: {a: {type: string, readOnly: true}}}"
    assert compare_requests(old, new) == [("request body / a", "property-removed", "clients servers")]
    assert compare_answers(old, new) == []


def test_a_new_property_is_compared_with_additional_properties() -> None:
    old = "{type: object, additionalProperties: {type: string}}"
    new = "{type: object, additionalProperties: {type: string}, properties: {a: {type: integer}}}"
    assert compare_requests(old, new) == [
        ("request body / a", "property-added", ""),
        ("request body / a", "type-changed", "clients servers"),
    ]


def test_a_schema_is_reported_once_per_body_at_the_nearest_place() -> None:
    old, new = (
        f"{{type: object, properties: {{list: {{type: array, items: {tree}}}, a: {tree}}}}}"
        for tree in (TREE, WOOD)
    )
    assert compare_requests(old, new) == [("request body / a / value", "type-changed", "clients servers")]


def test_all_changes_of_one_schema_are_reported() -> None:
    old = "{type: string, minLength: 1, format: uuid, enum: [a, b]}"
    new = "{type: string, maxLength: 9, enum: [b, c]}"
    assert sorted(kind for _, kind, _ in compare_requests(old, new)) == [
        "bound-changed",
        "bound-changed",
        "format-changed",
        "values-added",
        "values-removed",
    ]


# Equivalent schemas: the old version and schema, then the new version and schema.
NULLABLE_CAT: Final = f"{{nullable: true, allOf: [{CAT}]}}"
EQUIVALENT: Final[dict[str, tuple[str, str, str, str]]] = {
    "null": ("3.0.3", "{type: string, nullable: true}", "3.1.0", "{type: [string, 'null']}"),
    "null beside a reference": ("3.0.3", NULLABLE_CAT, "3.1.0", f"{{anyOf: [{CAT}, {{type: 'null'}}]}}"),
    "null beside a choice": (
        "3.0.3",
        f"{{nullable: true, oneOf: [{CAT}, {MOUSE}]}}",
        "3.1.0",
        f"{{oneOf: [{CAT}, {{type: 'null'}}, {MOUSE}]}}",
    ),
    "an exclusive bound": (
        "3.0.3",
        "{type: number, minimum: 1, exclusiveMinimum: true}",
        "3.1.0",
        "{type: number, exclusiveMinimum: 1}",
    ),
    "a bound of integers": (
        "3.1.0",
        "{type: integer, exclusiveMinimum: 0}",
        "3.1.0",
        "{type: integer, minimum: 1}",
    ),
    "a renamed component": ("3.1.0", DOG, "3.1.0", HUND),
    "an inlined component": (
        "3.1.0",
        DOG,
        "3.1.0",
        "{properties: {bark: {type: string}}, required: [bark], type: object}",
    ),
    "a renamed branch": ("3.1.0", f"{{oneOf: [{CAT}, {DOG}]}}", "3.1.0", f"{{oneOf: [{HUND}, {CAT}]}}"),
    "a renamed branch among branches of the same type": (
        "3.1.0",
        f"{{oneOf: [{DOG}, {{type: object, properties: {{a: {{type: string}}}}}}]}}",
        "3.1.0",
        f"{{oneOf: [{{type: object, properties: {{a: {{type: string}}}}}}, {HUND}]}}",
    ),
    "merged parts of allOf": (
        "3.1.0",
        "{allOf: [{type: object, required: [a]}, {properties: {a: {type: string}}}]}",
        "3.1.0",
        "{type: object, required: [a], properties: {a: {type: string}}}",
    ),
    "a property in two parts": (
        "3.1.0",
        "{allOf: [{properties: {a: {type: string}}}, {properties: {a: {minLength: 1}}}], type: object}",
        "3.1.0",
        "{type: object, properties: {a: {type: string, minLength: 1}}}",
    ),
    "a choice of one branch": ("3.1.0", f"{{oneOf: [{CAT}]}}", "3.1.0", CAT),
    "types as branches": (
        "3.1.0",
        "{anyOf: [{type: string}, {type: integer}]}",
        "3.1.0",
        "{type: [integer, string]}",
    ),
    "values as branches": ("3.1.0", "{oneOf: [{const: a}, {const: b}]}", "3.1.0", "{enum: [b, a]}"),
    "const as an enum": ("3.1.0", "{const: a}", "3.1.0", "{type: string, enum: [a]}"),
    "1.0 and 1": ("3.1.0", "{enum: [1.0]}", "3.1.0", "{enum: [1]}"),
    "keywords without effect": (
        "3.1.0",
        "{type: object}",
        "3.1.0",
        "{type: object, additionalProperties: true, minProperties: 0, required: [], properties: {}, minLength: 9}",
    ),
    "documentation only": (
        "3.1.0",
        "{type: string, description: a, title: b, example: c, x-y: d}",
        "3.1.0",
        "{type: string}",
    ),
    "the order of properties": (
        "3.1.0",
        "{properties: {a: {}, b: {}}, required: [a, b]}",
        "3.1.0",
        "{properties: {b: {}, a: {}}, required: [b, a]}",
    ),
    "a keyword beside a reference": (
        "3.1.0",
        '{$ref: "#/components/schemas/Mouse", minimum: 1}',
        "3.1.0",
        "{type: integer, minimum: 1}",
    ),
    "a keyword beside a reference in 3.0": (
        "3.0.3",
        '{$ref: "#/components/schemas/Mouse", minimum: 1}',
        "3.0.3",
        MOUSE,
    ),
    "a reference in an unsupported keyword": ("3.1.0", f"{{not: {DOG}}}", "3.1.0", f"{{not: {HUND}}}"),
    "a recursive schema": (
        "3.1.0",
        TREE,
        "3.1.0",
        f"{{type: object, properties: {{value: {{type: string}}, down: {TREE}}}}}",
    ),
}


@pytest.mark.parametrize(("old_version", "old", "new_version", "new"), EQUIVALENT.values(), ids=EQUIVALENT)
def test_equivalent_schemas_have_no_changes(old_version: str, old: str, new_version: str, new: str) -> None:
    for content in (REQUEST, ANSWER):
        one, other = write(old, content, old_version), write(new, content, new_version)
        assert summarize_all(compare_texts(one, other)) == []
        assert summarize_all(compare_texts(other, one)) == []
