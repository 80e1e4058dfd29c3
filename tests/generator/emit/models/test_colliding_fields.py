"""Properties that collide in snake_case get fields with trailing underscores, not with numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...support.running import imported

DOCUMENT = """
openapi: 3.1.0
info: {title: Thing, version: "1"}
paths:
  /things:
    get:
      operationId: getThing
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
components:
  schemas:
    Thing: {type: object, properties: {%s}}
"""


@pytest.mark.parametrize(
    ("properties", "fields"),
    [
        (["a-b", "a_b"], {"a_b_": "a-b", "a_b": "a_b"}),
        (["aB", "a-b", "A B"], {"a_b": "aB", "a_b_": "a-b", "a_b__": "A B"}),
        (["a-b", "aB", "a_b_"], {"a_b": "a-b", "a_b__": "aB", "a_b_": "a_b_"}),
        (["class", "Class"], {"class_": "class", "class__": "Class"}),
        (["step", "step_1", "Step2"], {"step": "step", "step_1": "step_1", "step2": "Step2"}),
        (["one", "two"], {"one": "one", "two": "two"}),
    ],
)
def test_colliding_fields_get_trailing_underscores(
    tmp_path: Path, properties: list[str], fields: dict[str, str]
) -> None:
    document = DOCUMENT % ", ".join(f"{name!r}: {{type: string}}" for name in properties)
    sent = {name: f"the {name}" for name in properties}
    with imported(tmp_path, document) as package:
        model = package.models.Thing
        found = {name: field.alias or name for name, field in model.model_fields.items()}
        assert found == fields
        value = model.model_validate(sent)
        assert {fields[name]: getattr(value, name) for name in fields} == sent
        assert value.model_dump(by_alias=True) == sent


def test_fields_that_a_discriminator_uses_keep_their_names(tmp_path: Path) -> None:
    branches = "".join(
        f"    {name}: {{type: object, required: [the-kind], "
        f"properties: {{theKind: {{type: string}}, the-kind: {{const: {name}}}}}}}\n"
        for name in ("Cat", "Dog")
    )
    union = (
        '    Pet: {oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}], '
        "discriminator: {propertyName: the-kind}}\n"
    )
    document = DOCUMENT % "pet: {$ref: '#/components/schemas/Pet'}" + branches + union
    with imported(tmp_path, document) as package:
        thing = package.models.Thing.model_validate({"pet": {"the-kind": "Dog", "theKind": "small"}})
        assert type(thing.pet).__name__ == "Dog"
        assert thing.model_dump(by_alias=True) == {"pet": {"the-kind": "Dog", "theKind": "small"}}
