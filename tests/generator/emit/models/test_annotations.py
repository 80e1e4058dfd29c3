"""Annotations such as `deprecated` cause neither pydantic warnings nor rejected values."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest
from pydantic import TypeAdapter

from ...support.documents import HEAD
from ...support.running import imported

DOCUMENT = f"""{HEAD}    Old: {{type: string, deprecated: true, minLength: 1}}
    List: {{type: array, deprecated: true, items: {{type: string, deprecated: true}}}}
    Thing:
      type: object
      properties:
        old: {{$ref: '#/components/schemas/Old', deprecated: true}}
        state: {{type: string, enum: [ON, OFF], maxLength: 3, pattern: '^[A-Z]+$'}}
paths:
  /things:
    get:
      operationId: getThing
      responses:
        "200": {{description: it, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Thing'}}}}}}}}
"""


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    with imported(tmp_path_factory.mktemp("annotations"), DOCUMENT) as package:
        yield import_module(f"{package.__name__}.models")


@pytest.mark.parametrize("name", ["Old", "List", "Thing"])
def test_a_deprecated_schema_causes_no_warning(models: ModuleType, name: str) -> None:
    value: Any = {"Old": "a", "List": ["a"], "Thing": {"old": "a"}}[name]
    adapter: TypeAdapter[Any] = TypeAdapter(getattr(models, name))  # a warning is an error in tests
    assert adapter.dump_python(adapter.validate_python(value), exclude_unset=True) == value


def test_bounds_of_an_open_enum_do_not_apply_to_unknown_values(models: ModuleType) -> None:
    assert models.Thing.model_validate({"state": "half on"}).state == "half on"
