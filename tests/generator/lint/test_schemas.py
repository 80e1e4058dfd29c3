"""Each rule on schemas reports the fault at its place, and nothing in a similar valid document."""

from __future__ import annotations

from typing import Final

import pytest

from ..support.linting import Case, check_case, with_schemas, with_thing


def with_property(schema: str, version: str = "3.1.0") -> str:
    """Return a document whose `Thing` has the property `part`, in line 12."""
    return with_thing(f"type: object\nproperties:\n  part: {{description: A part., {schema}}}", version)


def with_pair(first: str, second: str, kind: str) -> str:
    """Return a document whose `Thing` has two properties, in lines 12 and 13."""
    return with_thing(
        f"type: object\nproperties:\n  {first}: {{type: {kind}, description: A.}}\n"
        f"  {second}: {{type: {kind}, description: B.}}"
    )


ARRAYS: Final = {
    "an array": Case(
        "array-without-items",
        with_property("type: array"),
        ('12:9 the property "part" is an array without items',),
        with_property("type: array, items: {}"),
    ),
    "an array in an array": Case(
        "array-without-items",
        with_property("type: array, items: {type: array}"),
        ('12:51 each item of the property "part" is an array',),
        with_property("type: array, items: {type: array, prefixItems: [{type: string}]}"),
    ),
    "a nullable array": Case(
        "array-without-items",
        with_property("type: [array, 'null']"),
        ("12:9 is an array without items",),
        with_property("allOf: [{type: array, minItems: 1}, {type: array, items: {type: string}}]"),
    ),
    "an array as additionalProperties": Case(
        "array-without-items",
        with_property("additionalProperties: {type: array}"),
        ('12:38 each value of the property "part" is an array',),
        with_property("type: array, oneOf: [{items: {type: string}}, {items: {type: integer}}]"),
    ),
}
ENUMS: Final = {
    "an enum of text": Case(
        "enum-without-type",
        with_property("enum: [a, b]"),
        ('12:38 the property "part" is an enum without a type',),
        with_property("type: string, enum: [a, b]"),
    ),
    "an enum in a branch": Case(
        "enum-without-type",
        with_property("enum: [1, null]"),
        ("12:38 without a type",),
        with_property("allOf: [{type: string}, {enum: [a]}]"),
    ),
    "a value of a different type": Case(
        "idle-enum-value",
        with_property("type: string, enum: [a, 1, 'null', null]"),
        ("12:62 the value 1 in the enum of", "12:73 the value null in the enum of"),
        with_property("type: [string, 'null'], enum: [a, '1', null]"),
    ),
    "null in 3.0": Case(
        "idle-enum-value",
        with_property("type: string, enum: [a, null]", "3.0.3"),
        ("12:62 the value null in the enum of",),
        with_property("type: string, nullable: true, enum: [a, null]", "3.0.3"),
    ),
}
FORMATS: Final = {
    "a date-time that is an integer": Case(
        "foreign-format",
        with_property("type: integer, format: date-time"),
        ("12:53 is of type integer, to which the format date-time does not apply",),
        with_property("type: string, format: date-time"),
    ),
    "a float that is an integer": Case(
        "foreign-format",
        with_property("type: integer, format: float"),
        ("12:53 the format float does not apply",),
        with_property("type: [number, 'null'], format: float"),
    ),
    "an integer format on a string": Case(
        "foreign-format",
        with_property("type: string, format: int32"),
        ("12:52 the format int32 does not apply",),
        with_property("type: string, format: int64"),
    ),
    "nullable in 3.1": Case(
        "idle-nullable",
        with_property("type: string, nullable: true"),
        ("12:52 has nullable: true, which OpenAPI 3.1 ignores",),
        with_property("type: string, nullable: false"),
    ),
    "nullable without type in 3.0": Case(
        "idle-nullable",
        with_property("nullable: true, allOf: [{type: object}]", "3.0.3"),
        ("12:38 is nullable but has no type",),
        with_property("nullable: true, type: object, allOf: [{type: object}]", "3.0.3"),
    ),
}
NUMBERS: Final = {
    "an integer by name": Case(
        "number-for-integer",
        with_pair("statusCode", "error_count", "number"),
        ('12:22 "statusCode" has the type number', '13:23 "error_count" has the type number'),
        with_pair("statusCode", "error_count", "integer"),
    ),
    "an integer by neighbouring names": Case(
        "number-for-integer",
        with_pair("limit", "offset", "number"),
        ('12:17 "limit"', '13:18 "offset"'),
        with_pair("limit", "total", "number"),
    ),
    "a page size": Case(
        "number-for-integer",
        with_pair("size", "page", "[number, 'null']"),
        ('12:16 "size"', '13:16 "page"'),
        with_pair("size", "offset", "number"),
    ),
    "an integer by format": Case(
        "number-for-integer",
        with_property("type: number, format: int32"),
        ("12:38 the format int32 is for integers",),
        with_property("type: number, format: double"),
    ),
    "an integer by multipleOf": Case(
        "number-for-integer",
        with_property("type: number, multipleOf: 5"),
        ("12:38 every multiple of multipleOf is an integer",),
        with_property("type: number, multipleOf: 0.5"),
    ),
    "a fraction as the example": Case(
        "number-for-integer",
        with_thing("type: object\nproperties:\n  count: {description: A., type: number, example: 3}"),
        ('12:34 "count"',),
        with_thing("type: object\nproperties:\n  count: {description: A., type: number, example: 3.5}"),
    ),
}
OBJECTS: Final = {
    "an undeclared name": Case(
        "required-stranger",
        with_thing(
            "type: object\nrequired: [name, nmae]\nproperties: {name: {type: string, description: A.}}"
        ),
        ('11:24 the schema "Thing" requires "nmae"',),
        with_thing("type: object\nrequired: [name]\nproperties: {name: {type: string, description: A.}}"),
    ),
    "an undeclared name in a property": Case(
        "required-stranger",
        with_property("type: object, required: [b], properties: {a: {type: string}}"),
        ('12:63 the property "part" requires "b"',),
        with_property(
            "anyOf: [{required: [a]}, {required: [b]}], properties: {a: {type: string}, b: {type: string}}"
        ),
    ),
    "a sibling of $ref": Case(
        "idle-sibling",
        with_property("allOf: [{$ref: '#/components/schemas/Thing', nullable: true}]", "3.0.3"),
        ('12:83 "nullable" beside a $ref',),
        with_property("allOf: [{$ref: '#/components/schemas/Thing', description: It., x-a: 1}]", "3.0.3"),
    ),
    "a sibling of $ref in 3.1": Case(
        "idle-sibling",
        with_property("$ref: '#/components/schemas/Thing', minProperties: 1, deprecated: true", "3.0.3"),
        ('12:74 "minProperties" beside a $ref',),
        with_property("$ref: '#/components/schemas/Thing', minProperties: 1"),
    ),
}
CAT: Final = "{{type: object, required: [{}], properties: {{{}}}{}}}"


def with_named_union(head: str) -> str:
    """Return a document in which the schema that begins with `head` is a union of two equal schemas."""
    alike = "{type: object, description: A., required: [a], properties: {a: {type: string, description: A.}}}"
    return with_schemas(
        f"{head}\n  description: A thing.\n"
        "  oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]\n"
        f"A: {alike}\nB: {alike}"
    )


def with_union(first: str, second: str, rest: str = "") -> str:
    """Return a document in which a property is a union of two schemas, in line 12."""
    return with_property(f"oneOf: [{first}, {second}]{rest}")


UNIONS: Final = {
    "integer and number": Case(
        "ambiguous-union",
        with_union("{type: number}", "{type: integer}"),
        ("12:62 both branch 1 and branch 2 of the oneOf of",),
        with_union("{type: string}", "{type: integer}"),
    ),
    "two strings": Case(
        "ambiguous-union",
        with_union("{type: string}", "{type: string, description: Another.}"),
        ("12:62 both branch 1 and branch 2",),
        with_union("{type: string, format: date}", "{type: string, format: uuid}"),
    ),
    "one branch includes the other": Case(
        "ambiguous-union",
        with_union(
            CAT.format("a", "a: {type: string}", ""), CAT.format("a, b", "a: {type: string}, b: {}", "")
        ),
        ("12:110 both branch 1 and branch 2",),
        with_union(
            CAT.format("a", "a: {type: string}", ", additionalProperties: false"),
            CAT.format("a, b", "a: {type: string}, b: {}", ""),
        ),
    ),
    "distinguished by required properties": Case(
        "ambiguous-union",
        with_union(CAT.format("", "a: {type: string}", ""), CAT.format("", "b: {type: string}", "")),
        ("12:109 both branch 1 and branch 2",),
        with_union(CAT.format("a", "a: {type: string}", ""), CAT.format("b", "b: {type: string}", "")),
    ),
    "distinguished by an enum": Case(
        "ambiguous-union",
        with_union(CAT.format("a", "a: {type: string}", ""), CAT.format("a", "a: {type: string}", "")),
        ("12:110 both branch 1 and branch 2",),
        with_union(
            CAT.format("a", "a: {type: string, enum: [x]}", ""),
            CAT.format("a", "a: {type: string, enum: [y]}", ""),
        ),
    ),
    "a discriminator": Case(
        "ambiguous-union",
        with_named_union("Thing:"),
        ('10:49 of the oneOf of the schema "Thing"',),
        with_named_union("Thing:\n  discriminator: {propertyName: a}"),
    ),
}
CASES: Final = {**ARRAYS, **ENUMS, **FORMATS, **NUMBERS, **OBJECTS, **UNIONS}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_rule_reports_the_fault_and_nothing_else(case: Case) -> None:
    check_case(case)
