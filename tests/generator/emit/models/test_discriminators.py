"""A discriminator selects a model by a mapped value or by schema name. Without it, all content is compared."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any, Final

import pytest
from pydantic import TypeAdapter, ValidationError

from ...support.documents import HEAD
from ...support.running import imported

KIND: Final = "required: [kind], properties: {kind: {type: string}"
CAT: Final = f"cat: {{type: object, {KIND}, lives: {{type: integer}}}}}}"
DOG: Final = f"dog: {{type: object, {KIND}, tricks: {{type: integer}}}}}}"
REFERENCES: Final = "oneOf: [{$ref: '#/components/schemas/cat'}, {$ref: '#/components/schemas/dog'}]"
BY_KIND: Final = "discriminator: {propertyName: kind"

UNIONS: Final = {
    "by name": f"{{{REFERENCES}, {BY_KIND}}}}}",
    "by reference": f"{{{REFERENCES}, {BY_KIND}, mapping: {{miaow: '#/components/schemas/cat'}}}}}}",
    "by name in the mapping": f"{{{REFERENCES}, {BY_KIND}, mapping: {{miaow: cat}}}}}}",
    "by several values": f"{{{REFERENCES}, {BY_KIND}, mapping: {{miaow: cat, purr: cat}}}}}}",
}
ACCEPTED: Final = [
    ("by name", "cat", "Cat"),
    ("by name", "dog", "Dog"),
    ("by reference", "miaow", "Cat"),
    ("by reference", "dog", "Dog"),
    ("by name in the mapping", "miaow", "Cat"),
    ("by several values", "miaow", "Cat"),
    ("by several values", "purr", "Cat"),
    ("by several values", "dog", "Dog"),
]
REJECTED: Final = [("by name", "Cat"), ("by name", "miaow"), ("by reference", "cat")]


def write(schemas: str) -> str:
    return f"""{HEAD}{schemas}
paths:
  /pets:
    post:
      operationId: addPet
      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Animal'}}}}}}}}
      responses: {{"204": {{description: added}}}}
"""


def validate(folder: Path, schemas: str, value: Any) -> str:
    """Validate `value` against the schema `Animal`. Return the name of the resulting model."""
    with imported(folder, write(schemas)) as package:
        models = import_module(f"{package.__name__}.models")
        adapter: TypeAdapter[Any] = TypeAdapter(models.Animal)
        return type(adapter.validate_python(value)).__name__


@pytest.mark.parametrize(("union", "kind", "model"), ACCEPTED)
def test_a_known_value_selects_its_model(union: str, kind: str, model: str, tmp_path: Path) -> None:
    schemas = f"    {CAT}\n    {DOG}\n    Animal: {UNIONS[union]}"
    property_ = "lives" if model == "Cat" else "tricks"
    assert validate(tmp_path, schemas, {"kind": kind, property_: 9}) == model


@pytest.mark.parametrize(("union", "kind"), REJECTED)
def test_an_unknown_value_is_rejected(union: str, kind: str, tmp_path: Path) -> None:
    schemas = f"    {CAT}\n    {DOG}\n    Animal: {UNIONS[union]}"
    with pytest.raises(ValidationError):
        validate(tmp_path, schemas, {"kind": kind, "lives": 9})


@pytest.mark.parametrize("kind", ["cat", "miaow"])
def test_a_model_can_have_different_values_in_two_unions(kind: str, tmp_path: Path) -> None:
    unions = f"Here: {UNIONS['by name']}\n    There: {UNIONS['by reference']}"
    either = "Animal: {oneOf: [{$ref: '#/components/schemas/Here'}, {$ref: '#/components/schemas/There'}]}"
    schemas = f"    {CAT}\n    {DOG}\n    {unions}\n    {either}"
    assert validate(tmp_path, schemas, {"kind": kind, "lives": 9}) == "Cat"


def test_an_optional_property_does_not_discriminate(tmp_path: Path) -> None:
    schemas = f"    {CAT}\n    {DOG}\n    Animal: {UNIONS['by name']}".replace("required: [kind], ", "")
    assert validate(tmp_path, schemas, {"lives": 9}) == "Cat"


def test_a_discriminator_on_a_base_schema_selects_a_subclass(tmp_path: Path) -> None:
    base = (
        "{allOf: [{$ref: '#/components/schemas/pet'}, {type: object, properties: {lives: {type: integer}}}]}"
    )
    schemas = f"""\
    pet: {{type: object, {KIND}}}, {BY_KIND}}}}}
    cat: {base}
    dog: {base.replace("lives", "tricks")}
    Animal: {{type: object, required: [pet], properties: {{pet: {{$ref: '#/components/schemas/pet'}}}}}}"""
    with imported(tmp_path, write(schemas)) as package:
        models = import_module(f"{package.__name__}.models")
        assert type(models.Animal.model_validate({"pet": {"kind": "dog", "tricks": 1}}).pet) is models.Dog


def test_a_value_outside_of_the_enum_does_not_discriminate(tmp_path: Path) -> None:
    base = (
        "    base: {type: object, required: [kind], properties: {kind: {type: string, enum: [small, large]}}, "
        "discriminator: {propertyName: kind}}\n"
    )
    children = "".join(
        f"    {name}: {{allOf: [{{$ref: '#/components/schemas/base'}}], required: [{key}], "
        f"properties: {{{key}: {{type: integer}}}}}}\n"
        for name, key in (("cat", "lives"), ("dog", "tricks"))
    )
    animal = f"    Animal: {{{REFERENCES}}}"
    with imported(tmp_path, write(base + children + animal)) as package:
        models = import_module(f"{package.__name__}.models")
        animals: TypeAdapter[Any] = TypeAdapter(models.Animal)
        found = animals.validate_python({"kind": "small", "tricks": 7})
        assert type(found).__name__ == "Dog"
        with pytest.raises(ValidationError):
            models.Dog.model_validate({"kind": "dog", "tricks": 7})
