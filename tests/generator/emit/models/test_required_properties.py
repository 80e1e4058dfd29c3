"""Models require every required property, also one without a schema in `properties`."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from ...support.documents import HEAD
from ...support.running import imported

SCHEMAS = """
    Bare: {type: object, required: [tail]}
    Beside: {required: [name, tail], properties: {name: {type: string}}}
    Parts: {allOf: [{$ref: "#/components/schemas/Pet"}, {required: [name, tail]}]}
    Below: {allOf: [{$ref: "#/components/schemas/Pet"}], required: [tail]}
    Map: {type: object, required: [tail], additionalProperties: {type: string}}
    Either: {type: object, properties: {name: {}, tail: {}}, anyOf: [{required: [name]}, {required: [tail]}]}
paths: {}
"""


@pytest.fixture(scope="module", params=["3.0.3", "3.1.0"])
def models(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    document = f"{HEAD.rstrip()}{SCHEMAS}".replace("3.1.0", request.param)
    with imported(tmp_path_factory.mktemp("required"), document) as package:
        yield package.models


@pytest.mark.parametrize(
    ("name", "value", "is_valid"),
    [
        ("Bare", {"tail": None}, True),
        ("Bare", {}, False),
        ("Beside", {"name": "a", "tail": [1]}, True),
        ("Beside", {"name": "a"}, False),
        ("Parts", {"name": "a", "tail": 1}, True),
        ("Parts", {"name": "a"}, False),
        ("Below", {"tail": 1}, True),
        ("Below", {"name": "a"}, False),
        ("Map", {"tail": "long"}, True),
        ("Map", {"tail": 1}, False),
        ("Either", {"name": "a"}, True),
        ("Either", {"tail": 1}, True),
    ],
)
def test_required_properties_are_required(models: Any, name: str, value: Any, *, is_valid: bool) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(getattr(models, name))
    if is_valid:
        assert adapter.dump_python(adapter.validate_python(value), by_alias=True, exclude_unset=True) == value
    else:
        with pytest.raises(ValidationError):
            adapter.validate_python(value)
