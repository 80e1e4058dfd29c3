"""Invalid documents, each with the problems that are reported for it."""

from __future__ import annotations

from typing import Final

from .documents import HEAD, PETS

TWICE: Final = f"""\
{HEAD}paths:
  /pets:
    get: {{operationId: listPets, responses: {{"200": {{description: ok}}}}}}
    put: {{operationId: listPets, responses: {{"200": {{description: ok}}}}}}
    post: {{responses: {{"200": {{description: ok}}}}}}
"""


# The content of the file, then the line and column of each problem and a part of its message.
Problems = list[tuple[str, str]]


BROKEN: Final[dict[str, tuple[str | bytes, Problems]]] = {
    "not UTF-8": (b"openapi: \xff", [("1:1", "not UTF-8 text (byte 9)")]),
    "a tab": ("openapi: 3.1.0\n\tinfo: {}\n", [("2:1", "not YAML: found a tab character")]),
    "an open quote": ('openapi: "3.1.0\ninfo: {}\n', [("3:1", "not YAML: found unexpected end of stream")]),
    "a control character": ("openapi: \x01\n", [("1:1", "not YAML: ")]),
    "two documents": ("openapi: 3.1.0\n---\na: 1\n", [("2:1", "not YAML: ")]),
    "an unknown alias": ("openapi: *nowhere\n", [("1:10", "not YAML: found undefined alias")]),
    "an alias in itself": ("openapi: &a\n  - *a\n", [("1:10", "an alias contains itself")]),
    "a key that is a list": ("openapi: 3.1.0\n? [a]\n: 1\n", [("2:3", "a key must be a string")]),
    "a key twice": (
        "openapi: 3.1.0\ninfo:\n  title: A\n  title: B\n",
        [("4:3", "the key 'title' is a duplicate of the key in line 3")],
    ),
    "a key twice in one line": (
        "a: {b: 1, b: 2}\n",
        [("1:11", "the key 'b' is a duplicate of the key in line 1")],
    ),
    "a merge of no mapping": ("openapi: 3.1.0\n<<: text\n", [("2:5", "a mapping")]),
    "nesting without end": ("a: " + "[" * 3_000 + "]" * 3_000 + "\n", [("1:131", "nested too deeply")]),
    "nothing": ("", [("1:1", "expected a mapping at the top")]),
    "a list": ("- openapi\n", [("1:1", "expected a mapping at the top")]),
    "no version": ("info: {}\n", [("1:1", "the key 'openapi' is missing")]),
    "Swagger": ("swagger: '2.0'\n", [("1:1", "(Swagger 2.0: convert it to OpenAPI 3 first)")]),
    "version 2": ("info: {}\nopenapi: 2.0.0\n", [("2:1", "OpenAPI 2.0.0 is not supported: expected 3.0")]),
    "version 3.2": ("openapi: 3.2.0\n", [("1:1", "OpenAPI 3.2.0 is not supported")]),
    "a version that is a number": ("openapi: 3.1\n", [("1:1", "OpenAPI 3.1 is not supported")]),
    "no OpenAPI": (HEAD + "paths: []\n", [("8:1", "[] is not of type")]),
    "no paths": (HEAD + "paths:\n", [("8:1", " is not of type")]),
    "an undeclared parameter": (
        PETS.replace("/pets:", "/pets/{id}:"),
        [("10:5", "Path parameter 'id' for 'get' operation in '/pets/{id}' was not resolved")],
    ),
    "an unknown type": (
        PETS.replace("paths:", "    Dog: {type: canine}\npaths:"),
        [("8:11", "'canine' is not")],
    ),
    "a reference that is not a string": (
        PETS.replace('"#/components/schemas/Pet"', "5"),
        [("17:45", "$ref")],
    ),
    "properties that are a reference": (
        PETS.replace("paths:", '    Dog: {properties: {$ref: "#/components/schemas/Cat"}}\npaths:'),
        [("8:24", "'#/components/schemas/Cat' is not of type")],
    ),
    "a reference to another kind of thing": (
        PETS.replace(
            "      responses:", '      parameters: [{$ref: "#/components/schemas/Pet"}]\n      responses:'
        ),
        [("12:21", "#/components/schemas/Pet")],
    ),
    "a reference to something other than a schema": (
        PETS.replace("#/components/schemas/Pet", "#/components/schemas"),
        [("17:45", "the $ref '#/components/schemas' does not point to a schema")],
    ),
    "a keyword of the wrong type": (
        PETS.replace(
            "paths:", '    Dog: {oneOf: [{$ref: "#/components/schemas/Cat"}]}\n    Cat: {oneOf: 1}\npaths:'
        ),
        [("9:11", "1 is not of type 'array'")],
    ),
    "a reference to itself": (
        PETS.replace("paths:", '    Dog: {$ref: "#/components/schemas/Dog"}\npaths:'),
        [("8:11", "the $ref '#/components/schemas/Dog' refers to itself")],
    ),
    "a reference to an anchor": (
        PETS.replace("#/components/schemas/Pet", "#Pet"),
        [("17:45", "the $ref '#Pet' points to nothing")],
    ),
    "a mapping to an unknown schema": (
        PETS.replace(
            "paths:", "    Dog: {oneOf: [{}], discriminator: {propertyName: a, mapping: {b: Cat}}}\npaths:"
        ),
        [("8:67", "the discriminator mapping names 'Cat', which is not a schema of components")],
    ),
    "a reference to an unknown schema": (
        PETS.replace("schemas/Pet", "schemas/Dog"),
        [("17:45", "the $ref '#/components/schemas/Dog' points to nothing")],
    ),
    "a reference to a URL": (
        PETS.replace("#/components", "https://example.com/pets.yaml#"),
        [("17:45", "points to another host; use --allow-remote")],
    ),
    "a duplicate operationId": (
        TWICE,
        [("11:11", "the operationId 'listPets' is a duplicate of the one in line 10; rename one")],
    ),
    "a generated operationId that is in use": (
        HEAD + "paths:\n"
        "  /a-b: {get: {responses: {'204': {description: ok}}}}\n"
        "  /a_b: {get: {operationId: getAB, responses: {'204': {description: ok}}}}\n"
        "  /a: {get: {operationId: getAHyphenB, responses: {'204': {description: ok}}}}\n",
        [("9:10", "GET /a-b has no operationId, and getAB is taken; add an operationId")],
    ),
    "several violations": (
        HEAD.replace("  title: Pets\n", "") + "paths: []\n",
        [("2:1", " is a required property"), ("7:1", "[] is not of type")],
    ),
    "several duplicate keys": (
        "b: 1\nb: 2\na:\n  - c: 1\n    c: 2\n",
        [
            ("2:1", "the key 'b' is a duplicate of the key in line 1"),
            ("5:5", "the key 'c' is a duplicate of the key in line 4"),
        ],
    ),
}
