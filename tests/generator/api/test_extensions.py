"""The extensions of an operation: the generated methods, and the warnings about mistakes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from orchestrator_codegen.pipeline import generate_package

from ..support.running import imported

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets/search:
    post:
      operationId: searchPets
      %s
      requestBody:
        content:
          application/json: {schema: {$ref: '#/components/schemas/Query'}}
      responses:
        '200':
          description: ok
          content:
            application/json: {schema: {$ref: '#/components/schemas/Pets'}}
components:
  schemas:
    Query:
      type: object
      properties:
        kind: {enum: [cat, dog]}
        window: {$ref: '#/components/schemas/Window'}
    Window:
      type: object
      properties: {from: {type: integer}, size: {type: integer}, order: {type: string}}
    Pets:
      type: object
      properties:
        pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}
        mood: {enum: [good, bad]}
    Pet: {type: object, required: [tag], properties: {tag: {type: string}}}
"""
PAGING = "{name: eachPet, page: window, offset: from, limit: size, items: pets, id: tag}"


def generate(tmp_path: Path, extension: str) -> Any:
    spec = tmp_path / "pets.yaml"
    spec.write_text(DOCUMENT % extension)
    return generate_package(spec)


def test_extensions_generate_methods(tmp_path: Path) -> None:
    wait = "x-wait: {name: awaitMood, property: mood, until: [good], absent: [404]}"
    package = generate(tmp_path, f"x-paging: {PAGING}\n      {wait}\n      x-idempotent: true")
    assert package.warnings == ()
    client = " ".join(package.files["client.py"].split())
    assert "def each_pet( self, kind: Literal['cat', 'dog'] | None = None, *, " in client.replace('"', "'")
    assert "order: str | None = None, page_size: int = 100" in client
    assert "-> Iterator[models.Pet]:" in client
    assert "-> AsyncIterator[models.Pet]:" in client
    assert "async def await_mood( self, *, until: Until[models.Pets] | None = None" in client
    operations = " ".join(package.files["_operations.py"].split())
    assert "idempotent=True" in operations
    assert "until=frozenset(['good']), absent=frozenset([404])" in operations.replace('"', "'")


def test_without_extensions_there_are_no_such_methods(tmp_path: Path) -> None:
    client = generate(tmp_path, "summary: Search").files["client.py"]
    assert "each_pet" not in client
    assert "await_mood" not in client


@pytest.mark.parametrize(
    ("extension", "at", "message"),
    [
        ("x-idempotent: maybe", "7:7", "x-idempotent must be true or false"),
        ("x-paging: yes", "7:7", "x-paging must be an object with name, page, offset"),
        (f"x-paging: {PAGING.replace(', id: tag', '')}", "7:7", "x-paging requires id"),
        (f"x-paging: {PAGING.replace('id: tag', 'id: tag, ids: tag')}", "7:96", "x-paging has no key 'ids'"),
        (f"x-paging: {PAGING.replace('window', 'frame')}", "7:33", "Query has no property 'frame'"),
        (f"x-paging: {PAGING.replace('offset: from', 'offset: to')}", "7:47", "Window has no property 'to'"),
        (f"x-paging: {PAGING.replace('items: pets', 'items: mood')}", "7:74", "mood is not an array"),
        (f"x-paging: {PAGING.replace('id: tag', 'id: name')}", "7:87", "Pet has no property 'name'"),
        (
            "x-paging: {name: 1, page: a, offset: b, limit: c, items: d, id: e}",
            "7:18",
            "name must be a string",
        ),
        ("x-wait: {name: a, property: mood}", "7:7", "x-wait requires until"),
        ("x-wait: {name: a, property: mood, until: good}", "7:41", "until must be a list of strings"),
        ("x-wait: {name: a, property: mood, until: [great]}", "7:41", "'great' is not a value of mood"),
        ("x-wait: {name: a, property: moods, until: [good]}", "7:25", "Pets has no property 'moods'"),
        ("x-wait: {name: a, property: mood, until: [good], absent: ['404']}", "7:56", "list of statuses"),
    ],
)
def test_an_invalid_extension_is_reported_and_left_out(
    tmp_path: Path, extension: str, at: str, message: str
) -> None:
    package = generate(tmp_path, extension)
    (warning,) = package.warnings
    assert str(warning).startswith(f"{tmp_path / 'pets.yaml'}:{at}: warning: ")
    assert message in warning.message
    assert warning.message.endswith("; it is omitted")
    assert "each_pet" not in package.files["client.py"]


OTHER: str = "  /other: {get: {operationId: %s, responses: {'204': {description: ok}}}}\ncomponents:\n"


@pytest.mark.parametrize(
    ("extension", "other", "at", "message"),
    [
        (f"x-paging: {PAGING}", "EachPet", "7:18", "each_pet, which the operation EachPet has"),
        (
            f"x-paging: {PAGING}",
            "searchPetsPaging",
            "7:18",
            "search_pets_paging, which the operation searchPets",
        ),
        (
            f"x-paging: {PAGING.replace('eachPet', 'search-pets')}",
            "o",
            "7:18",
            "which the operation searchPets has",
        ),
        (
            f"x-paging: {PAGING.replace('eachPet', 'withRawResponse')}",
            "o",
            "7:18",
            "which every client has",
        ),
        (
            f"x-wait: {{name: each_pet, property: mood, until: [good]}}\n      x-paging: {PAGING}",
            "o",
            "7:16",
            "which the x-paging of searchPets has",
        ),
    ],
)
def test_an_extension_whose_name_is_in_use_is_reported_and_left_out(
    tmp_path: Path, extension: str, other: str, at: str, message: str
) -> None:
    document = (DOCUMENT % extension).replace("components:\n", OTHER % other)
    with imported(tmp_path, document) as package:
        client = package.Client("http://a.test")
        # The name of the operation still refers to the operation.
        assert client.with_raw_response(client.search_pets).__name__ == "search_pets"
    (warning,) = generate_package(tmp_path / "spec.yaml").warnings
    assert str(warning).startswith(f"{tmp_path / 'spec.yaml'}:{at}: warning: x-")
    assert message in warning.message
    assert warning.message.endswith("; it is omitted")


def test_enums_in_answers_accept_unknown_values_and_enums_in_requests_do_not(tmp_path: Path) -> None:
    models = " ".join(generate(tmp_path, "summary: Search").files["models.py"].split()).replace('"', "'")
    assert "mood: Literal['good', 'bad'] | UnknownValue | None = None" in models
    assert "kind: Literal['cat', 'dog'] | None = None" in models
