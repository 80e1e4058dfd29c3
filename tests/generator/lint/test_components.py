"""Each rule on components and names reports the fault at its place, and nothing in a similar valid document."""

from __future__ import annotations

from typing import Final

import pytest

from ..support.linting import (
    ERROR,
    OK,
    Case,
    check_case,
    find,
    with_operation,
    with_paths,
    with_schemas,
    with_thing,
)

ANSWERS: Final = f'responses: {{"200": {OK}, {ERROR}}}'
LIST: Final = f"/things:\n  get: {{operationId: listThings, summary: List., {ANSWERS}}}"


def with_tree(properties: str) -> str:
    """Return a document with `Tree` and `Leaf` in lines 9 and 10, and `Thing` with `properties`."""
    return with_schemas(
        f"Thing: {{description: A thing., type: object, properties: {{{properties}}}}}\n"
        "Tree: {description: A., type: array, items: {$ref: '#/components/schemas/Leaf'}}\n"
        "Leaf: {type: string, description: A leaf.}"
    )


UNUSED: Final = {
    "not used, and used only by an unused one": Case(
        "unused-component",
        with_tree(""),
        ('9:5 "Tree" of schemas', '10:5 "Leaf" of schemas'),
        with_tree("a: {$ref: '#/components/schemas/Tree'}"),
    ),
    "used only by itself": Case(
        "unused-component",
        with_schemas(
            "Thing: {description: A thing., type: object}\n"
            "Tree: {description: A., type: array, items: {$ref: '#/components/schemas/Tree'}}"
        ),
        ('9:5 "Tree"',),
        with_schemas(
            "Thing: {description: A thing., type: array, items: {$ref: '#/components/schemas/Thing'}}\n"
        ),
    ),
    "used by a discriminator": Case(
        "unused-component",
        with_schemas(
            "Thing: {description: A., type: object, x-note: Other}\nHeir:\n  description: A.\n  allOf:\n"
            "  - {$ref: '#/components/schemas/Thing'}\nOther: {type: object, description: A.}"
        ),
        ('9:5 "Heir"',),
        with_schemas(
            "Thing: {description: A., type: object, discriminator: {propertyName: a, mapping: {b: Other}}}\n"
            "Heir:\n  description: A.\n  allOf:\n"
            "  - {$ref: '#/components/schemas/Thing'}\nOther: {type: object, description: A.}"
        ),
    ),
    "components of other kinds": Case(
        "unused-component",
        f"""\
openapi: 3.1.0
info: {{title: Things, version: "1"}}
paths: {{/things: {{get: {{operationId: listThings, summary: List., {ANSWERS}}}}}}}
components:
  schemas: {{Thing: {{type: object, description: A thing.}}}}
  parameters: {{P: {{name: p, in: query, description: A., schema: {{type: string}}}}}}
  securitySchemes: {{S: {{type: http, scheme: basic}}}}
  responses: {{R: {{description: A.}}}}
""",
        ('6:16 "P" of parameters', '7:21 "S" of securitySchemes', '8:15 "R" of responses'),
        f"""\
openapi: 3.1.0
info: {{title: Things, version: "1"}}
security: [{{S: []}}]
paths:
  /things:
    parameters: [{{$ref: '#/components/parameters/P'}}]
    get:
      operationId: listThings
      summary: List.
      responses: {{"200": {OK}, default: {{$ref: '#/components/responses/R'}}}}
components:
  schemas: {{Thing: {{type: object, description: A thing.}}}}
  parameters: {{P: {{name: p, in: query, description: A., schema: {{type: string}}}}}}
  securitySchemes: {{S: {{type: http, scheme: basic}}}}
  responses: {{R: {{description: A.}}}}
""",
    ),
}
UNRESOLVED: Final = {
    "a security scheme": Case(
        "unknown-security",
        with_operation(f"security: [{{key: []}}]\n{ANSWERS}"),
        ('11:19 the security scheme "key" is not declared',),
        with_operation(f"security: [{{}}]\n{ANSWERS}"),
    ),
    "a link": Case(
        "lost-link",
        with_operation(
            "responses: {default: {description: A., links: {Next: {operationId: nextThing}}, content: "
            "{application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}"
        ),
        ('11:61 the link "Next" names "nextThing"',),
        with_operation(
            "responses: {default: {description: A., links: {Next: {operationId: listThings}}, content: "
            "{application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}"
        ),
    ),
}
NAMES: Final = {
    "a keyword": Case(
        "odd-method",
        with_operation(ANSWERS).replace("listThings", "import"),
        ('9:7 the method of the operationId "import" is named import_',),
        with_operation(ANSWERS).replace("listThings", "importThings"),
    ),
    "two equal names": Case(
        "odd-method",
        with_paths(f"{LIST}\n  put: {{operationId: list_things, summary: Put., {ANSWERS}}}"),
        ('8:11 "listThings" is named list_things_',),
        with_paths(f"{LIST}\n  put: {{operationId: put_things, summary: Put., {ANSWERS}}}"),
    ),
    "a reserved class name": Case(
        "odd-class",
        with_schemas(
            "Thing: {description: A., type: array, items: {$ref: '#/components/schemas/Model'}}\n"
            "Model: {type: object, description: A.}"
        ),
        ('9:5 the class of the schema "Model" is named ModelSchema',),
        with_schemas(
            "Thing: {description: A., type: array, items: {$ref: '#/components/schemas/Car-Model'}}\n"
            "Car-Model: {type: object, description: A.}"
        ),
    ),
    "equal property names": Case(
        "twin-names",
        with_thing("type: object\nproperties: {fooBar: {description: A.}, foo_bar: {description: B.}}"),
        ('11:47 "fooBar" and "foo_bar" of the schema "Thing"',),
        with_thing("type: object\nproperties: {fooBar: {description: A.}, foobar: {description: B.}}"),
    ),
    "equal parameter names": Case(
        "twin-names",
        with_operation(
            "parameters:\n- {name: a-b, in: query, description: A., schema: {type: string}}\n"
            f"- {{name: aB, in: header, description: A., schema: {{type: string}}}}\n{ANSWERS}"
        ),
        ('13:10 the parameters "a-b" and "aB" of listThings',),
        with_operation(
            "parameters:\n- {name: a-b, in: query, description: A., schema: {type: string}}\n"
            f"- {{name: ab, in: header, description: A., schema: {{type: string}}}}\n{ANSWERS}"
        ),
    ),
}


CASES: Final = {**UNUSED, **UNRESOLVED, **NAMES}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_rule_reports_the_fault_and_nothing_else(case: Case) -> None:
    check_case(case)


def test_no_component_is_unused_in_a_document_without_operations() -> None:
    head = 'openapi: 3.1.0\ninfo: {title: Things, version: "1"}\n'
    assert find(f"{head}components: {{schemas: {{Thing: {{type: object, description: A.}}}}}}\n") == []
