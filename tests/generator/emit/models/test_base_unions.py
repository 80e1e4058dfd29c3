"""A reference to a base schema accepts every schema that extends it, selected by the discriminator."""

from __future__ import annotations

import asyncio
import importlib
import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from ...support.documents import HEAD
from ...support.running import imported, serve

MAPPED = "mapping: {kitty: '#/components/schemas/cat', tom: cat}"
SCHEMAS = f"""
    pet:
      type: object
      required: [the-kind]
      properties: {{the-kind: {{type: string}}, friend: {{$ref: '#/components/schemas/pet'}}}}
      discriminator: {{propertyName: the-kind, {MAPPED}}}
    cat:
      allOf:
      - $ref: '#/components/schemas/pet'
      - {{type: object, required: [lives], properties: {{lives: {{type: integer}}}}}}
    dog: {{allOf: [{{$ref: '#/components/schemas/pet'}}], properties: {{tricks: {{type: integer}}}}}}
    puppy: {{allOf: [{{$ref: '#/components/schemas/dog'}}], properties: {{age: {{type: integer}}}}}}
    Home:
      type: object
      properties:
        pet: {{$ref: '#/components/schemas/pet'}}
        pets: {{type: array, items: {{$ref: '#/components/schemas/pet'}}}}
        named: {{type: object, additionalProperties: {{$ref: '#/components/schemas/pet'}}}}
        maybe: {{anyOf: [{{$ref: '#/components/schemas/pet'}}, {{type: 'null'}}], description: None, or one.}}
        dog: {{$ref: '#/components/schemas/dog'}}
        place: {{$ref: '#/components/schemas/Place'}}
    Place: {{type: object, properties: {{name: {{type: string}}}}}}
    Town: {{allOf: [{{$ref: '#/components/schemas/Place'}}], properties: {{people: {{type: integer}}}}}}
"""
DOCUMENT = f"{HEAD.rstrip()}{SCHEMAS}".replace("Pet:", "AnyPet:")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with imported(tmp_path_factory.mktemp("base_unions"), f"{DOCUMENT}paths: {{}}\n") as package:
        yield package.models


@pytest.mark.parametrize(
    ("pet", "model"),
    [
        ({"the-kind": "kitty", "lives": 9}, "Cat"),
        ({"the-kind": "tom", "lives": 9}, "Cat"),
        ({"the-kind": "dog", "tricks": 1}, "Dog"),
        ({"the-kind": "puppy", "tricks": 1, "age": 2}, "Puppy"),
        ({"the-kind": "fish", "tricks": "none"}, "Pet"),
        ({"the-kind": "cat", "lives": "many"}, "Pet"),
        ({"the-kind": "dog", "friend": {"the-kind": "kitty", "lives": 1}}, "Dog"),
    ],
)
@pytest.mark.parametrize("is_json", [False, True])
def test_the_discriminator_selects_the_model(
    models: Any, pet: dict[str, Any], model: str, *, is_json: bool
) -> None:
    value = {"pet": pet, "pets": [pet], "named": {"first": pet}, "maybe": pet}
    read = models.Home.model_validate_json if is_json else models.Home.model_validate
    home = read(json.dumps(value) if is_json else value)
    for each in (home.pet, home.pets[0], home.named["first"], home.maybe):
        assert type(each) is getattr(models, model)
    assert home.model_dump(by_alias=True, exclude_unset=True, warnings="error") == value
    assert json.loads(home.model_dump_json(by_alias=True, exclude_unset=True, warnings="error")) == value


@pytest.mark.parametrize(
    ("pet", "place"),
    [
        ({"the-kind": "kitty"}, "lives"),
        ({"the-kind": "dog", "tricks": "none"}, "tricks"),
        ({"lives": 9}, "the-kind"),
    ],
)
def test_errors_refer_to_the_selected_model(models: Any, pet: dict[str, Any], place: str) -> None:
    with pytest.raises(ValidationError) as raised:
        models.Home.model_validate({"pet": pet})
    (error,) = raised.value.errors()
    assert error["loc"][-1] == place


def test_an_instance_is_kept(models: Any) -> None:
    cat = models.Cat(the_kind="kitty", lives=9)
    assert models.Home(pet=cat, maybe=None).pet is cat
    with pytest.raises(ValidationError):
        models.Home(pet=models.Home())


def test_the_discriminator_may_be_given_by_field_name(models: Any) -> None:
    assert type(models.Home(pet={"the_kind": "kitty", "lives": 9}).pet) is models.Cat


def test_outside_of_a_union_any_discriminator_value_is_valid(models: Any) -> None:
    assert models.Cat.model_validate({"the-kind": "anything", "lives": 9}).the_kind == "anything"


def test_a_subclass_is_serialized_with_all_of_its_fields(models: Any) -> None:
    media = importlib.import_module(f"{models.__package__}._media")
    town = models.Town(name="Ulm", people=126_000)
    assert media.Json(models.Home).encode(models.Home(place=town)) == (
        b'{"place":{"name":"Ulm","people":126000}}'
    )
    assert media.Json(models.Place).encode(town) == b'{"name":"Ulm","people":126000}'
    assert media.Json(models.Pet).encode(models.Cat(the_kind="kitty", lives=9)) == (
        b'{"the-kind":"kitty","lives":9}'
    )


def test_an_unrelated_model_is_rejected(models: Any) -> None:
    media = importlib.import_module(f"{models.__package__}._media")
    with pytest.raises(media.InvalidValue, match="expected Pet, got Home"):
        media.Json(models.Pet).encode(models.Home(maybe=None))


def test_operations_accept_and_return_subclasses(tmp_path: Path) -> None:
    pet = "content: {application/json: {schema: {$ref: '#/components/schemas/pet'}}}"
    pets = "content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/pet'}}}}"
    paths = f"""paths:
  /pets:
    put:
      operationId: putPet
      requestBody: {{required: true, {pet}}}
      responses: {{"200": {{description: ok, {pet}}}}}
    get:
      operationId: listPets
      responses: {{"200": {{description: ok, {pets}}}}}
"""
    given: list[Any] = []

    async def call(package: Any) -> list[Any]:
        cat = package.models.Cat(the_kind="kitty", lives=9)

        def put(body: Any) -> Any:
            given.append(body)
            return body

        wire = serve(
            package, handlers={"put_pet": put, "list_pets": lambda: [cat, package.models.Pet(the_kind="x")]}
        )
        async with package.AsyncClient("http://backend", transport=wire) as client:
            return [await client.put_pet(cat), *await client.list_pets()]

    with imported(tmp_path, DOCUMENT + paths) as package:
        found = asyncio.run(call(package))
        names = [type(each).__name__ for each in (*given, *found)]
        assert names == ["Cat", "Cat", "Cat", "Pet"]
        # The document has a schema called `AnyPet`, so the union is called `AnyAnyPet`.
        assert package.models.AnyAnyPet is not package.models.AnyPet
