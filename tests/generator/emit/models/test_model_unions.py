"""Tests of which unions in emitted source are marked, and how."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any, Final

import pytest
from orchestrator_codegen.emit.models.source.model_unions import mark_unions
from pydantic import TypeAdapter

from ...support.documents import HEAD
from ...support.running import imported

MODELS: Final = """\
class Cat(Model): pass
class Dog(Model, FilterOperators): pass
class Puppy(Dog): pass
class Size(StrEnum): pass
"""

# A document whose models need the marker only for a union.
CHOICE: Final = f"""{HEAD}    Toy: {{type: object, properties: {{size: {{type: integer}}}}}}
    Thing: {{anyOf: [{{$ref: '#/components/schemas/Pet'}}, {{$ref: '#/components/schemas/Toy'}}]}}
paths:
  /things:
    post:
      operationId: addThing
      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Thing'}}}}}}}}
      responses: {{"204": {{description: added}}}}
"""


@pytest.mark.parametrize(
    ("source", "marked"),
    [
        ("x: Cat | Dog", "x: Annotated[Cat | Dog, OneOfModels()]"),
        ("x: Cat | Dog | None = None", "x: Annotated[Cat | Dog, OneOfModels()] | None = None"),
        ("x: list[Cat | Puppy] | None", "x: list[Annotated[Cat | Puppy, OneOfModels()]] | None"),
        (
            "x: Annotated[dict[str, Cat | Dog] | None, Field(alias='xX')]",
            "x: Annotated[dict[str, Annotated[Cat | Dog, OneOfModels()]] | None, Field(alias='xX')]",
        ),
        (
            "X = TypeAliasType('X', Union['Dog', Cat, None])",
            "X = TypeAliasType('X', Annotated[Union['Dog', Cat], OneOfModels()] | None)",
        ),
        # Two unions in one line, after multi-byte characters.
        (
            "x: tuple[Literal['搜索'], Cat | Dog, Dog | Cat]",
            "x: tuple[Literal['搜索'], Annotated[Cat | Dog, OneOfModels()], Annotated[Dog | Cat, OneOfModels()]]",
        ),
        # A single model, a member that is not a model, a discriminator, and expressions that are not types.
        *[
            (source, source)
            for source in (
                "x: Cat | None",
                "x: Cat | str",
                "x: Cat | Dog | Size",
                "x: Cat | list[Dog]",
                "x: Annotated[Cat | Dog | None, Field(discriminator='kind')]",
                "X = TypeAliasType('X', Annotated[Cat | Dog, Field(discriminator='kind')])",
                "x: Literal['Cat | Dog'] = 'Cat | Dog'",
                "x = 1 | 2",
            )
        ],
    ],
)
def test_a_union_of_models_is_marked(source: str, marked: str) -> None:
    assert mark_unions(MODELS + source, {}) == MODELS + marked


def test_a_marked_union_imports_its_marker(tmp_path: Path) -> None:
    with imported(tmp_path, CHOICE) as package:
        models = import_module(f"{package.__name__}.models")
        things: TypeAdapter[Any] = TypeAdapter(models.Thing)
        assert isinstance(things.validate_json(b'{"size": 1}'), models.Toy)
