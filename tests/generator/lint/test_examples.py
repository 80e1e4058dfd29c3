"""Each rule on examples and descriptions reports the fault at its place, and nothing in a similar valid document."""

from __future__ import annotations

from typing import Final

import pytest

from ..support.linting import ERROR, OK, Case, check_case, with_operation, with_thing

ANSWERS: Final = f'responses: {{"200": {OK}, {ERROR}}}'


def with_example(
    schema: str, example: str, media_type: str = "application/json", version: str = "3.1.0"
) -> str:
    """Return a document whose one operation has an answer with `example`, in line 15."""
    return (
        with_operation(
            "responses:\n  default:\n    description: A.\n    content:\n"
            f"      {media_type}: {{schema: {schema}, {example}}}",
            version,
        )
        + "x-used: '#/components/schemas/Thing'"
    )


THING: Final = "{type: object, required: [a], properties: {a: {type: integer}}}"
EXAMPLES: Final = {
    "of a body": Case(
        "misfit-example",
        with_example(THING, "example: {a: b}"),
        ("15:115 the example does not match its schema: 'b' is not of type 'integer'",),
        with_example(THING, "example: {a: 1}"),
    ),
    "of a body, by name": Case(
        "misfit-example",
        with_example(THING, "examples: {first: {value: {}}}"),
        ("15:124 'a' is a required property",),
        with_example(
            THING.replace("type: integer", "type: integer, writeOnly: true"), "examples: {first: {value: {}}}"
        ),
    ),
    "of a schema": Case(
        "misfit-example",
        with_thing("type: string\nexamples: [a, 1]"),
        ("11:21 1 is not of type 'string'",),
        with_thing(
            "type: string\nformat: date\npattern: '^(a+)+$'\nexamples: [aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab]"
        ),
    ),
    "null in 3.0": Case(
        "misfit-example",
        with_thing("type: string\nexample: null", "3.0.3"),
        ("11:7 None is not of type 'string'",),
        with_thing("type: string\nnullable: true\nexample: null", "3.0.3"),
    ),
    "of a media type other than JSON": Case(
        "misfit-example",
        with_example(THING, "example: <a/>", "application/problem+json"),
        ("15:113 '<a/>' is not of type 'object'",),
        with_example("{type: integer}", "example: '1'", "text/plain"),
    ),
    "through a reference": Case(
        "misfit-example",
        with_thing(
            "type: object\nproperties: {a/b: {description: A., type: array, items: {type: string, example: 1}}}"
        ),
        ("11:78 1 is not of type 'string'",),
        with_thing(
            "type: object\nproperties: {a: {description: A., $ref: '#/components/schemas/Thing'}}\n"
            "examples: [{a: {a: {}}}]"
        ),
    ),
    "with keywords that change the base URI or dialect": Case(
        "misfit-example",
        with_thing(
            "$id: 'http://a/b'\n$schema: 'http://json-schema.org/draft-04/schema#'\ntype: string\nexamples: [1]"
        ),
        ("13:18 1 is not of type 'string'",),
        with_thing(
            "$id: 'http://a/b'\ntype: array\nitems: {$ref: '#/components/schemas/Thing'}\nexamples: [[[]]]"
        ),
    ),
}
REFERENCES: Final = {
    "without a target": Case(
        "lost-example",
        with_example(THING, "examples: {a: {$ref: '#/components/examples/A'}}"),
        ('15:116 the example "a" refers to "#/components/examples/A", which does not exist',),
        with_example(THING, "examples: {a: {$ref: 'https://a/b.yaml#/c'}, b: {$ref: '#/x-b'}}")
        + "\nx-b: {value: {a: 1}}",
    ),
    "a cycle": Case(
        "lost-example",
        with_example(THING, "examples: {a: {$ref: '#/x-b'}}") + "\nx-b: {$ref: '#/x-b'}",
        ('15:116 the example "a" refers to "#/x-b"',),
        with_example(THING, "examples: {a: {$ref: '#/x-b'}}") + "\nx-b: {externalValue: 'https://a/b.json'}",
    ),
}
PROSE: Final = {
    "an operation": Case(
        "missing-description",
        with_operation(ANSWERS).replace("      summary: List.\n", ""),
        ("8:5 listThings has neither summary nor description",),
        with_operation(ANSWERS).replace("summary:", "description:"),
    ),
    "a parameter": Case(
        "missing-description",
        with_operation(f"parameters: [{{name: a, in: query, schema: {{type: string}}}}]\n{ANSWERS}"),
        ('11:20 the parameter "a" has no description',),
        with_operation(
            f"parameters: [{{name: a, in: query, schema: {{type: string, description: A.}}}}]\n{ANSWERS}"
        ),
    ),
    "an answer": Case(
        "missing-description",
        with_operation(ANSWERS).replace("An error.", "''"),
        ('11:137 the description of the response "default" is empty',),
        with_operation(ANSWERS),
    ),
    "a schema and its properties": Case(
        "missing-description",
        with_thing("type: object\nproperties: {a: {}, b: {description: B.}, c: {}}").replace(
            "A thing.", "''"
        ),
        ('8:5 the schema "Thing"', '11:20 "a" and "c" of "Thing" have no description'),
        with_thing(
            "type: object\nproperties: {a: {$ref: '#/components/schemas/Thing'}, b: {description: B.}}"
        ),
    ),
}
CASES: Final = {**EXAMPLES, **REFERENCES, **PROSE}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_rule_reports_the_fault_and_nothing_else(case: Case) -> None:
    check_case(case)
