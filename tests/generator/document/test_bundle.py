"""The bundler copies the parts of other files that a document refers to into the document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest
from orchestrator_codegen.cli import run
from orchestrator_codegen.document.bundling.bundle import bundle
from orchestrator_codegen.document.diagnostics import BrokenDocument
from orchestrator_codegen.document.load import load, parse_text
from orchestrator_codegen.output import write_package
from orchestrator_codegen.pipeline import generate_package

HEAD: Final = 'openapi: 3.1.0\ninfo: {title: Pets, version: "1"}\n'
GET: Final = """\
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "%s"}}}}
"""

# Each kind of part is in another file. The schemas refer to each other, and back to the main document.
FILES: Final = {
    "spec.yaml": HEAD
    + """\
paths:
  /pets/{id}:
    $ref: paths/pets.yaml
components:
  schemas:
    Name: {type: string}
""",
    "paths/pets.yaml": """\
parameters: [{$ref: "../common.yaml#/parameters/Id"}]
put:
  operationId: putPet
  requestBody: {$ref: "../common.yaml#/requestBodies/Pet"}
  responses:
    "200": {$ref: "../common.yaml#/responses/Found"}
""",
    "common.yaml": """\
parameters:
  Id: {name: id, in: path, required: true, schema: {$ref: "schemas/id.json"}}
requestBodies:
  Pet: {required: true, content: {application/json: {schema: {$ref: "schemas/pet.yaml#/Pet"}}}}
responses:
  Found: {description: ok, content: {application/json: {schema: {$ref: "schemas/pet.yaml#/Pet"}}}}
""",
    "schemas/id.json": '{"type": "string"}',
    "schemas/pet.yaml": """\
Pet:
  type: object
  properties:
    name: {$ref: "../spec.yaml#/components/schemas/Name"}
    owner: {$ref: "owner.yaml"}
    friends: {type: array, items: {$ref: "#/Pet"}}
""",
    "schemas/owner.yaml": "type: object\nproperties: {pet: {$ref: 'pet.yaml#/Pet'}, $ref: {type: string}}\n",
}


def write_files(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "spec.yaml"


def bundle_files(folder: Path, files: dict[str, str]) -> Any:
    return bundle(load(write_files(folder, files)), allow_remote=False).data


def find_problems(folder: Path, files: dict[str, str]) -> list[str]:
    with pytest.raises(BrokenDocument) as broken:
        generate_package(write_files(folder, files))
    return [str(each).replace(f"{folder}/", "") for each in broken.value.diagnostics]


def test_parts_of_every_kind_come_from_other_files(tmp_path: Path) -> None:
    assert bundle_files(tmp_path, FILES) == {
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": "1"},
        "paths": {
            "/pets/{id}": {
                "parameters": [{"$ref": "#/components/parameters/Id"}],
                "put": {
                    "operationId": "putPet",
                    "requestBody": {"$ref": "#/components/requestBodies/Pet"},
                    "responses": {"200": {"$ref": "#/components/responses/Found"}},
                },
            }
        },
        "components": {
            "schemas": {
                "Name": {"type": "string"},
                "id": {"type": "string"},
                "Pet": {
                    "type": "object",
                    "properties": {
                        "name": {"$ref": "#/components/schemas/Name"},
                        "owner": {"$ref": "#/components/schemas/owner"},
                        "friends": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}},
                    },
                },
                "owner": {
                    "type": "object",
                    "properties": {"pet": {"$ref": "#/components/schemas/Pet"}, "$ref": {"type": "string"}},
                },
            },
            "parameters": {
                "Id": {
                    "name": "id",
                    "in": "path",
                    "required": True,
                    "schema": {"$ref": "#/components/schemas/id"},
                }
            },
            "requestBodies": {
                "Pet": {
                    "required": True,
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
                }
            },
            "responses": {
                "Found": {
                    "description": "ok",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
                }
            },
        },
    }


def test_the_packaged_documents_are_complete_and_generate_the_same_models(tmp_path: Path) -> None:
    package = generate_package(write_files(tmp_path, FILES))
    data = json.loads(package.files["openapi.json"])
    assert data.pop("x-generated").startswith("Generated by orchestrator-codegen from spec.yaml")
    assert parse_text(package.files["openapi.yaml"], "openapi.yaml").data == data
    write_package(package.files, tmp_path / "first")
    again = generate_package(tmp_path / "first" / "openapi.yaml")
    assert again.files["models.py"].partition("\n")[2] == package.files["models.py"].partition("\n")[2]
    assert "body: models.Pet" in package.files["client.py"]


def test_a_document_without_external_references_is_returned_unchanged(tmp_path: Path) -> None:
    document = load(write_files(tmp_path, {"spec.yaml": HEAD + "paths: {}  # as written\n"}))
    assert bundle(document, allow_remote=False) is document


@pytest.mark.parametrize(
    ("references", "names"),
    [
        (["pet.yaml"], ["pet"]),
        (["pet.yaml#/Pet"], ["Pet"]),
        (["pet.yaml#/Pet", "cat.yaml#/Pet"], ["pet_Pet", "cat_Pet"]),
        # The order of the references does not matter. Components of the main document keep their names.
        (["cat.yaml#/Pet", "pet.yaml#/Pet"], ["cat_Pet", "pet_Pet"]),
        (["pet.yaml#/Taken"], ["pet_Taken"]),
        (["pet.yaml#/Pet", "sub/pet.yaml#/Pet"], ["pet_Pet", "sub_pet_Pet"]),
        (["pet.yaml#/a/Pet", "pet.yaml#/b/Pet"], ["pet_a_Pet", "pet_b_Pet"]),
        (["pet.yaml#/with space"], ["with_space"]),
        (["pet.yaml#/with%20space", "p%65t.yaml#/a~1b~0"], ["with_space", "a_b_"]),
    ],
)
def test_names_come_from_the_part_then_from_its_file(
    tmp_path: Path, references: list[str], names: list[str]
) -> None:
    one = "{type: object, description: d}"
    parts = f"Pet: {one}, Taken: {one}, a: {{Pet: {one}}}, b: {{Pet: {one}}}, with space: {one}, a/b~: {one}"
    pet = f"{{type: object, {parts}}}"
    listed = "".join(f"    - {{$ref: '{each}'}}\n" for each in references)
    schemas = f"components:\n  schemas:\n   Taken: {{}}\n   All:\n    oneOf:\n{listed}"
    files = {"spec.yaml": f"{HEAD}paths: {{}}\n{schemas}"} | dict.fromkeys(
        ("pet.yaml", "cat.yaml", "sub/pet.yaml"), pet
    )
    data = bundle_files(tmp_path, files)["components"]["schemas"]
    assert [each["$ref"] for each in data["All"]["oneOf"]] == [
        f"#/components/schemas/{name}" for name in names
    ]
    assert set(data) == {"All", "Taken", *names}


def test_discriminator_mappings_are_bundled(tmp_path: Path) -> None:
    mapping = "{propertyName: kind, mapping: {c: cat.yaml, d: './dog.yaml'}}"
    union = f"{{oneOf: [{{$ref: 'cat.yaml'}}], discriminator: {mapping}}}"
    files = {
        "spec.yaml": f"{HEAD}paths: {{}}\ncomponents: {{schemas: {{Pet: {union}}}}}\n",
        "cat.yaml": "type: object",
        "dog.yaml": "type: object",
    }
    schemas = bundle_files(tmp_path, files)["components"]["schemas"]
    assert schemas["Pet"]["discriminator"]["mapping"] == {
        "c": "#/components/schemas/cat",
        "d": "#/components/schemas/dog",
    }


def test_a_ref_key_in_data_is_not_followed(tmp_path: Path) -> None:
    example = {"$ref": "/etc/passwd"}
    schema = {"type": "object", "example": example, "x-note": example, "default": example, "enum": [example]}
    files = {
        "spec.yaml": f"{HEAD}paths: {{}}\ncomponents: {{schemas: {{A: {{$ref: 'a.json'}}}}}}\n",
        "a.json": json.dumps(schema),
    }
    assert bundle_files(tmp_path, files)["components"]["schemas"]["a"] == schema


def test_a_problem_in_another_file_is_located_there(tmp_path: Path) -> None:
    files = {**FILES, "schemas/owner.yaml": "type: object\nproperties:\n  pet:\n    type: canine\n"}
    (problem,) = find_problems(tmp_path, files)
    assert problem.startswith("schemas/owner.yaml:4:5: error: type: 'canine' is not")


def test_every_unresolved_reference_is_reported_with_its_location(tmp_path: Path) -> None:
    files = {
        "spec.yaml": HEAD + GET % "sub/pet.yaml#/Pet",
        "sub/pet.yaml": "Pet:\n  properties:\n    a: {$ref: none.yaml}\n    b: {$ref: '#/None'}\n"
        "    c: {$ref: 'bad.yaml'}\n"
        "    d: {$ref: 'pet.yaml#Pet'}\n    e: {$ref: '../spec.yaml#/components/None'}\n",
        "sub/bad.yaml": "a: [\n",
    }
    problems = find_problems(tmp_path, files)
    assert [each.split(": error: ")[0] for each in problems] == [
        "sub/bad.yaml:2:1",
        *(f"sub/pet.yaml:{line}:9" for line in (3, 4, 6, 7)),
    ]
    assert "the $ref 'none.yaml' points to nothing: No such file or directory" in problems[1]


def test_circular_path_items_are_rejected(tmp_path: Path) -> None:
    files = {
        "spec.yaml": HEAD + "paths: {/a: {$ref: a.yaml}}\n",
        "a.yaml": "$ref: b.yaml",
        "b.yaml": "$ref: a.yaml",
    }
    assert find_problems(tmp_path, files) == [
        "b.yaml:1:1: error: the $ref 'a.yaml' refers to itself; point it at a definition"
    ]


def test_every_command_reads_other_files(tmp_path: Path) -> None:
    spec, output = write_files(tmp_path, FILES), tmp_path / "out"
    options = ["--spec", str(spec), "--output", str(output)]
    assert run(["generate", *options]) == 0
    assert run(["check", *options]) == 0
    assert run(["stubs", str(tmp_path / "backend.py"), "--spec", str(spec)]) == 0
    assert "def put_pet" in (tmp_path / "backend.py").read_text()
