"""Inline objects in schemas with `allOf` are named after their location, without numbers."""

from __future__ import annotations

import re
import typing
from pathlib import Path
from typing import Any, Final

import pytest

from ...support.documents import HEAD
from ...support.running import imported

# Each kind of property with an object, and the expected class for the property `own` of `Kid`.
SHAPES: Final = {
    "an object": ("{type: object, properties: {%s: {type: integer}}}", "KidOwn"),
    "a list": ("{type: array, items: {type: object, properties: {%s: {type: integer}}}}", "KidOwnItem"),
    "additional properties": (
        "{type: object, additionalProperties: {type: object, properties: {%s: {type: integer}}}}",
        "KidOwnValue",
    ),
    "an object or a string": (
        "{oneOf: [{type: object, properties: {%s: {type: integer}}}, {type: string}]}",
        "KidOwn",
    ),
    "allOf": ("{allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {%s: {type: integer}}}]}", "KidOwn"),
}
PLACES: Final = {
    "next to allOf": "{allOf: [{$ref: '#/components/schemas/Pet'}], properties: {own: %s}}",
    "in a part of allOf": "{allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {own: %s}}]}",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("shape", SHAPES)
def test_an_inline_object_is_named_after_its_location(tmp_path: Path, shape: str, place: str) -> None:
    text, expected = SHAPES[shape]
    kid, pup = (PLACES[place] % (text % key) for key in ("x", "y"))
    with imported(tmp_path, f"{HEAD}    Kid: {kid}\n    Pup: {pup}\npaths: {{}}\n") as package:
        models = package.models
        assert find_models(models.Kid, "own") == [getattr(models, expected)]
        assert find_models(models.Pup, "own") == [getattr(models, expected.replace("Kid", "Pup"))]
        assert [name for name in models.__all__ if re.search(r"\d", name)] == []


def find_models(model: Any, field: str) -> list[Any]:
    """Return the model classes in the type of a field."""
    waiting = [model.model_fields[field].annotation]
    found = []
    while waiting:
        each = waiting.pop()
        if isinstance(each, type) and hasattr(each, "model_fields"):
            found.append(each)
        waiting += typing.get_args(each)
    return found


def test_all_of_in_a_property_is_named_after_its_location(tmp_path: Path) -> None:
    parts = "{allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {%s: {type: integer}}}]}"
    schemas = (
        f"    Home: {{type: object, properties: {{pet: {parts % 'a'}, "
        f"rows: {{type: array, items: {parts % 'b'}}}, "
        f"inner: {{type: object, properties: {{pet: {parts % 'c'}}}}}}}}}\n"
    )
    with imported(tmp_path, f"{HEAD}{schemas}paths: {{}}\n") as package:
        models = package.models
        assert find_models(models.Home, "pet") == [models.HomePet]
        assert find_models(models.Home, "rows") == [models.HomeRowsItem]
        assert find_models(models.HomeInner, "pet") == [models.HomeInnerPet]
        home = models.Home.model_validate({"pet": {"name": "Ada", "a": 1}, "rows": [{"b": 2}]})
        assert (home.pet.name, home.pet.a, home.rows[0].b) == ("Ada", 1, 2)


def test_annotations_stay_on_the_property(tmp_path: Path) -> None:
    own = "{type: object, description: Its own., nullable: true, properties: {x: {type: integer}}}"
    kid = f"    Kid: {{allOf: [{{$ref: '#/components/schemas/Pet'}}], properties: {{own: {own}}}}}\n"
    document = f"{HEAD}{kid}paths: {{}}\n".replace("3.1.0", "3.0.3")
    with imported(tmp_path, document) as package:
        kid_model = package.models.Kid
        assert kid_model.model_validate({"own": None}).model_dump(exclude_unset=True) == {"own": None}
        assert kid_model.model_validate({"own": {"x": 1}}).own.x == 1


def test_a_schema_of_the_document_keeps_its_name(tmp_path: Path) -> None:
    own = "{type: object, properties: {x: {type: integer}}}"
    kid = f"    Kid: {{allOf: [{{$ref: '#/components/schemas/Pet'}}], properties: {{own: {own}}}}}\n"
    taken = "    KidOwn: {type: object, properties: {other: {type: string}}}\n"
    with imported(tmp_path, f"{HEAD}{kid}{taken}paths: {{}}\n") as package:
        assert package.models.KidOwn.model_validate({"other": "a"}).other == "a"
        assert package.models.Kid.model_validate({"own": {"x": 1}}).own.x == 1
