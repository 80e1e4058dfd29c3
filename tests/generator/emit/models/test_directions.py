"""Read-only properties are required in answers only, write-only properties in requests only."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...support.documents import HEAD
from ...support.running import imported

USER = """\
    User:
      type: object
      required: [id, name, password]
      properties:
        id: {type: string, readOnly: true}
        name: {type: string}
        password: {type: string, writeOnly: true}
"""
REQUEST = 'requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/User"}}}}'
ANSWER = '{description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/User"}}}}'


@pytest.mark.parametrize(
    ("operation", "required"),
    [
        (
            f'post: {{operationId: a, {REQUEST}, responses: {{"204": {{description: ok}}}}}}',
            {"name", "password"},
        ),
        (f'get: {{operationId: a, responses: {{"200": {ANSWER}}}}}', {"name", "id"}),
        (f'put: {{operationId: a, {REQUEST}, responses: {{"200": {ANSWER}}}}}', {"name"}),
        ('get: {operationId: a, responses: {"204": {description: ok}}}', {"name", "id", "password"}),
    ],
    ids=["request", "answer", "both", "neither"],
)
def test_required_fields_depend_on_the_direction(tmp_path: Path, operation: str, required: set[str]) -> None:
    with imported(tmp_path, f"{HEAD}{USER}paths:\n  /users: {{{operation}}}\n") as package:
        fields = package.models.User.model_fields
        assert {name for name, field in fields.items() if field.is_required()} == required


def test_parts_with_a_common_property_are_merged_into_one_class(tmp_path: Path) -> None:
    document = f"""{HEAD}\
    Page:
      type: object
      required: [data]
      properties: {{data: {{type: array, items: {{}}, maxItems: 2}}, next: {{type: string}}}}
    Pets:
      allOf:
        - $ref: "#/components/schemas/Page"
        - {{type: object, properties: {{data: {{type: array, items: {{$ref: "#/components/schemas/Pet"}}}}}}}}
    Dog: {{allOf: [{{$ref: "#/components/schemas/Pet"}}, {{type: object, properties: {{age: {{type: integer}}}}}}]}}
paths: {{}}
"""
    with imported(tmp_path, document) as package:
        models = package.models
        pets = models.Pets.model_validate({"data": [{"name": "Rex"}], "next": "b"})
        assert isinstance(pets.data[0], models.Pet)
        assert not issubclass(models.Pets, models.Page)
        assert models.Pets.model_fields["data"].is_required()
        with pytest.raises(ValueError, match="at most 2 items"):
            models.Pets.model_validate({"data": [{}, {}, {}]})
        # Parts without a common property stay base classes.
        assert issubclass(models.Dog, models.Pet)
