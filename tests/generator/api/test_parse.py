"""The parser builds the intermediate representation of a document, following references."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from orchestrator_codegen.api.ir import (
    Anything,
    Content,
    FreeObject,
    ListOf,
    Reference,
    RequestBody,
    Response,
    Scalar,
    Type,
)
from orchestrator_codegen.api.parse import parse
from orchestrator_codegen.document.diagnostics import BrokenDocument
from orchestrator_codegen.document.load import parse_text
from orchestrator_codegen.pipeline import generate_package

from ..support.documents import HEAD
from ..support.parsing import OK, read_api, read_operation
from ..support.running import imported, serve


def test_an_operation_has_the_values_of_the_document() -> None:
    operation = read_operation(f"""\
  /pets/{{id}}:
    put:
      operationId: putPet
      summary: " Put a pet. "
      description: At length.
      parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
      {OK}
""")
    assert (operation.id, operation.method, operation.path) == ("putPet", "PUT", "/pets/{id}")
    assert (operation.summary, operation.description) == ("Put a pet.", "At length.")
    assert str(operation.location) == "spec.yaml:17:5"
    assert operation.responses == (Response("204", None, "ok"),)
    assert operation.body is None


@pytest.mark.parametrize(
    ("of_path", "of_operation", "expected"),
    [
        ("", "", []),
        ("{name: q, in: query, schema: {type: string}}", "", ["query q string"]),
        ("", "{name: q, in: query, required: true, schema: {type: string}}", ["query q string required"]),
        (
            "{name: q, in: query, schema: {type: string}}",
            "{name: r, in: query, schema: {type: boolean}}",
            ["query q string", "query r boolean"],
        ),
        # A parameter of the operation replaces that of the path, at the same position.
        (
            "{name: q, in: query, schema: {type: string}}, {name: r, in: query, schema: {type: string}}",
            "{name: q, in: query, schema: {type: integer, default: 3}}",
            ["query q integer =3", "query r string"],
        ),
        # A parameter in another location is a different parameter.
        (
            "{name: q, in: query, schema: {type: string}}",
            "{name: q, in: header, schema: {type: number}}",
            ["query q string", "header q number"],
        ),
        ("{$ref: '#/components/parameters/Limit'}", "", ["query limit integer =10"]),
        (
            "{$ref: '#/components/parameters/Limit'}",
            "{name: limit, in: query, schema: {type: number}}",
            ["query limit number"],
        ),
        (
            "",
            "{name: q, in: query, schema: {type: array, items: {type: integer}}}",
            ["query q integer as list"],
        ),
        ("", "{name: q, in: query, schema: {enum: [a, b]}}", ["query q string"]),
        ("", "{name: q, in: query, schema: {type: [string, 'null']}}", ["query q string"]),
        ("", "{name: q, in: query, schema: true}", ["query q string"]),
        ("", "{name: q, in: query, schema: {enum: [1, a, null]}}", ["query q integer or string"]),
        (
            "",
            "{name: q, in: query, schema: {oneOf: [{type: boolean}, {type: integer}]}}",
            ["query q boolean or integer"],
        ),
        (
            "",
            "{name: q, in: query, schema: {anyOf: [{type: array, items: {type: string}}, {type: 'null'}]}}",
            ["query q string as list"],
        ),
        ("", "{name: c, in: cookie, schema: {type: integer}}", ["cookie c integer"]),
        ("", "{name: q, in: query, schema: {type: object}}", ["query q string as object"]),
        ("", "{name: q, in: query, content: {application/json: {schema: {}}}}", ["query q string as json"]),
        ("", "{$ref: '#/components/parameters/Limit'}", ["query limit integer =10"]),
    ],
)
def test_parameters_of_path_and_operation_are_merged(
    of_path: str, of_operation: str, expected: list[str]
) -> None:
    operation = read_operation(f"""\
  /pets:
    parameters: [{of_path}]
    get: {{operationId: listPets, parameters: [{of_operation}], {OK}}}
""")
    assert [
        f"{each.place} {each.name} {' or '.join(each.texts.reads)}"
        + (" required" if each.required else "")
        + (f" as {each.texts.kind}" if each.texts.kind != "text" else "")
        + (f" ={each.default}" if each.default is not None else "")
        for each in operation.parameters
    ] == expected


def test_references_to_bodies_and_answers_are_followed() -> None:
    operation = read_operation("""\
  /pets:
    post:
      operationId: addPet
      requestBody: {$ref: "#/components/requestBodies/PetBody"}
      responses: {"200": {$ref: "#/components/responses/Found"}, default: {description: no}}
""")
    pet = Content("application/json", "json", Reference("Pet"))
    assert operation.body == RequestBody(pet, True, "A pet.")
    assert operation.responses == (Response("200", pet, "found"), Response("default", None, "no"))
    assert (operation.successes, operation.errors) == (operation.responses[:1], operation.responses[1:])


def test_a_reference_to_a_path_is_followed() -> None:
    document = f"""\
  pathItems:
    Pets: {{get: {{operationId: listPets, {OK}}}}}
paths:
  /pets: {{$ref: "#/components/pathItems/Pets"}}
"""
    api, warnings = parse(parse_text(HEAD + document, "spec.yaml"))
    assert [each.id for each in api.operations] == ["listPets"] or "pathItems/Pets" in str(warnings)


def test_answers_may_be_missing() -> None:
    """`responses` is required in OpenAPI 3.0, not in 3.1."""
    assert read_operation("  /pets: {get: {operationId: listPets}}\n").responses == ()


@pytest.mark.parametrize(
    ("schema", "type_"),
    [
        ("{$ref: '#/components/schemas/Pet'}", Reference("Pet")),
        ("{type: string, description: text}", Scalar("string")),
        ("{type: boolean, default: true}", Scalar("boolean")),
        ("{type: array, items: {type: integer}}", ListOf(Scalar("integer"))),
        ("{type: array, items: {$ref: '#/components/schemas/Pet'}}", ListOf(Reference("Pet"))),
        ("{type: array}", ListOf(Anything())),
        ("{type: object}", FreeObject()),
        ("{}", Anything()),
        # A schema that no simple type describes is named after the operation and its position there.
        ("{type: string, enum: [a]}", Reference("ListPetsResponse")),
        ("{type: object, properties: {a: {}}}", Reference("ListPetsResponse")),
        ("{type: array, items: {oneOf: [{type: string}]}}", ListOf(Reference("ListPetsResponseItem"))),
        ("{$ref: '#/components/schemas/Pet/properties/name'}", Reference("ListPetsResponse")),
    ],
)
def test_an_answer_has_a_type(schema: str, type_: Type) -> None:
    content = f"content: {{application/json: {{schema: {schema}}}}}"
    operation = read_operation(f"""\
  /pets:
    get: {{operationId: listPets, responses: {{"200": {{description: ok, {content}}}}}}}
""")
    assert operation.responses[0].content == Content("application/json", "json", type_)


def test_an_operation_without_an_id_is_named_after_its_method_and_path(tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(f"""{HEAD}paths:
  /pets/{{petId}}/toys:
    parameters: [{{name: petId, in: path, required: true, schema: {{type: string}}}}]
    get: {{{OK}}}
""")
    package = generate_package(spec)
    assert [str(each).removeprefix(f"{tmp_path}/") for each in package.warnings] == [
        "spec.yaml:11:5: warning: GET /pets/{petId}/toys has no operationId; named it getPetsByPetIdToys, "
        "which changes with the path"
    ]
    assert "def get_pets_by_pet_id_toys(self" in package.files["client.py"]


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["/jobs", "/jobs/"], ["get_jobs", "get_jobs_slash"]),
        (["/jobs/", "/jobs"], ["get_jobs_slash", "get_jobs"]),
        (["/one/two", "/one-two", "/one.two"], ["get_one_two", "get_one_hyphen_two", "get_one_dot_two"]),
        (["/users", "/users/~"], ["get_users", "get_users_slash_tilde"]),
    ],
)
def test_generated_names_include_symbols_of_the_path_if_they_would_collide(
    paths: list[str], names: list[str], tmp_path: Path
) -> None:
    spec = tmp_path / "spec.yaml"
    items = "".join(f"  {path}: {{get: {{{OK}}}}}\n" for path in paths)
    spec.write_text(f"{HEAD}paths:\n  x-root: /api\n{items}")
    found = re.findall(r"    async def (\w+)\(", generate_package(spec).files["client.py"])
    assert found == names


@pytest.mark.parametrize("operation_id", ["", "operationId: listPets, "])
def test_paths_that_share_a_path_item_have_separate_operations(operation_id: str, tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(f"""{HEAD}  pathItems:
    Pets: {{get: {{{operation_id}{OK}}}}}
paths:
  /cats: {{$ref: '#/components/pathItems/Pets'}}
  /dogs: {{$ref: '#/components/pathItems/Pets'}}
""")
    package = generate_package(spec)
    first = "list_pets" if operation_id else "get_cats"
    methods = re.findall(r"    async def (\w+)\(", package.files["client.py"])
    assert methods == [first, "get_dogs"]
    assert "warning: GET /dogs has no operationId; named it getDogs" in str(package.warnings[-1])


def test_servers_of_a_path_or_an_operation_are_ignored_with_a_warning(tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(f"""{HEAD}servers: [{{url: /}}]
paths:
  /cats:
    servers: [{{url: 'https://cats.example'}}]
    get: {{operationId: listCats, {OK}}}
    post: {{operationId: addCat, servers: [{{url: /}}], {OK}}}
  /dogs:
    get: {{operationId: listDogs, servers: [{{url: 'https://dogs.example'}}], {OK}}}
""")
    assert [str(each).removeprefix(f"{tmp_path}/") for each in generate_package(spec).warnings] == [
        "spec.yaml:11:5: warning: the servers of listCats are not used; "
        "create a client with base_url='https://cats.example' for it",
        "spec.yaml:15:34: warning: the servers of listDogs are not used; "
        "create a client with base_url='https://dogs.example' for it",
    ]


def test_a_fragment_or_query_in_a_path_is_reported() -> None:
    query = "{name: page, in: query, schema: {type: integer}}"
    api, warnings = read_api(f"""\
  /#Target=A: {{post: {{operationId: doA, {OK}}}}}
  /#Target=B: {{post: {{operationId: doB, {OK}}}}}
  /pets#all: {{get: {{operationId: listPets, {OK}}}}}
  /dogs?page={{page}}: {{get: {{operationId: listDogs, parameters: [{query}], {OK}}}}}
  /cats?mode=a&page={{page}}: {{get: {{operationId: listCats, parameters: [{query}], {OK}}}}}
  /cats?mode=b: {{get: {{operationId: countCats, {OK}}}}}
""")
    assert {each.id: each.path for each in api.operations} == {
        "doA": "/",
        "doB": "/",
        "listPets": "/pets",
        "listDogs": "/dogs",
        "listCats": "/cats?mode=a",
        "countCats": "/cats?mode=b",
    }
    assert [each.partition("warning: ")[2] for each in warnings] == [
        "doA is sent as POST /",
        "doB is sent as POST /, which the server stubs handle as doA",
        "listPets is sent as GET /pets",
        "listDogs is sent as GET /dogs",
        "listCats is sent as GET /cats?mode=a",
        "countCats is sent as GET /cats?mode=b, which the server stubs handle as listCats",
    ]


@pytest.mark.parametrize(
    ("path", "arguments", "sent"),
    [
        ("/dogs?page={page}", {"page": 7}, "/dogs?page=7"),
        ("/dogs?mode=a&page={page}", {"page": 7}, "/dogs?mode=a&page=7"),
        ("/dogs?mode=a", {}, "/dogs?mode=a"),
        ("/dogs#all", {"page": 7}, "/dogs?page=7"),
    ],
)
def test_a_query_in_a_path_is_sent(path: str, arguments: dict[str, int], sent: str, tmp_path: Path) -> None:
    document = f"""{HEAD}paths:
  {path}:
    get:
      operationId: listDogs
      parameters: [{{name: page, in: query, schema: {{type: integer}}}}]
      responses: {{"204": {{description: none}}}}
"""
    pages: list[int | None] = []

    async def call(package: Any) -> None:
        wire = serve(package, handlers={"list_dogs": lambda page: pages.append(page)})
        hooks: dict[str, Any] = {"request": [note]}
        async with package.AsyncClient("http://backend", transport=wire, event_hooks=hooks) as client:
            await client.list_dogs(**arguments)

    async def note(request: httpx.Request) -> None:
        assert request.url.raw_path.decode() == sent

    with imported(tmp_path, document) as package:
        asyncio.run(call(package))
    assert pages == [arguments.get("page")]


def test_a_problem_below_a_path_with_a_query_has_its_location(tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    unfit = "{name: page, in: query, schema: {type: integer, minimum: 3, default: 1}}"
    spec.write_text(f"{HEAD}paths:\n  /dogs?page={{page}}:\n    get: {{parameters: [{unfit}], {OK}}}\n")
    said = [str(each).removeprefix(f"{spec}:") for each in generate_package(spec).warnings]
    assert any(each.startswith("10:") and "default 1 does not match its schema" in each for each in said)
    in_path = "{name: page, in: path, required: true, schema: {type: integer}}"
    spec.write_text(f"{HEAD}paths:\n  /dogs?page={{page}}:\n    get: {{parameters: [{in_path}], {OK}}}\n")
    with pytest.raises(BrokenDocument) as raised:
        generate_package(spec)
    (problem,) = raised.value.diagnostics
    assert str(problem).startswith(f"{spec}:10:5: error: ")
    assert "'/dogs?page={page}'" in str(problem)
