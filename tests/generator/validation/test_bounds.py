"""A bound for values of another type has no effect (JSON Schema 2020-12, validation, section 6)."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from ..support.documents import HEAD
from ..support.running import imported

SCHEMAS = """
    Text: {type: string, minItems: 3, minimum: 9, multipleOf: 2, maxLength: 2}
    Whole: {type: integer, minLength: 3, pattern: "^a$", maxItems: 0, maximum: 9}
    Truth: {type: boolean, minLength: 3, minimum: 9}
    List: {type: array, items: {}, minLength: 3, minimum: 9, maxItems: 2}
    Thing: {type: object, minLength: 3, maximum: 0, properties: {name: {type: string, maxItems: 0}}}
"""


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Any:
    document = f"{HEAD.rstrip()}{SCHEMAS}paths: {{}}\n"
    with imported(tmp_path_factory.mktemp("foreign"), document) as package:
        yield package.models


@pytest.mark.parametrize(
    ("name", "value", "is_valid"),
    [
        ("Text", "a", True),
        ("Text", "abc", False),
        ("Whole", 7, True),
        ("Whole", 10, False),
        ("Truth", True, True),
        ("List", [1], True),
        ("List", [1, 2, 3], False),
        ("Thing", {"name": "a"}, True),
    ],
)
def test_only_the_bounds_of_its_type_apply(models: Any, name: str, value: Any, *, is_valid: bool) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(getattr(models, name))
    if is_valid:
        adapter.validate_python(value)
    else:
        with pytest.raises(ValidationError):
            adapter.validate_python(value)
