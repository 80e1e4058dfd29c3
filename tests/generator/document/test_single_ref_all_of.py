"""An `allOf` of one reference is generated as that reference, since OpenAPI 3.0 allows no siblings of a `$ref`."""

from __future__ import annotations

import importlib
import typing
from pathlib import Path
from typing import Any

import pytest

from ..support.running import imported

DOCUMENT = """
openapi: %s
info: {title: Bills, version: "1"}
paths:
  /bills:
    get:
      operationId: getBills
      parameters:
        - name: sort
          in: query
          schema: {allOf: [{$ref: "#/components/schemas/Sort"}], default: up, description: How.}
        - {name: least, in: query, schema: {allOf: [{$ref: "#/components/schemas/Least"}], title: Least}}
      responses:
        "200":
          description: ok
          content: {application/json: {schema: {allOf: [{$ref: "#/components/schemas/Bill"}], title: The bill}}}
components:
  schemas:
    Sort: {type: string, enum: [up, down]}
    Least: {type: integer, minimum: 3}
    Alias: {allOf: [{$ref: "#/components/schemas/Sort"}], description: As it is sorted.}
    Again: {allOf: [{$ref: "#/components/schemas/Alias"}]}
    Bill:
      type: object
      properties:
        plain: {$ref: "#/components/schemas/Sort"}
        wrapped: {allOf: [{$ref: "#/components/schemas/Sort"}], default: up}
        seen: {allOf: [{$ref: "#/components/schemas/Sort"}], readOnly: true, description: Set there.}
        again: {allOf: [{$ref: "#/components/schemas/Again"}]}
        least: {allOf: [{$ref: "#/components/schemas/Least"}], default: 7}
        next: {allOf: [{$ref: "#/components/schemas/Bill"}], description: What follows.}
"""


@pytest.fixture(scope="module", params=["3.0.3", "3.1.0"])
def package(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    with imported(tmp_path_factory.mktemp("single_ref"), DOCUMENT % request.param) as package:
        yield package


def test_parameters_and_answers_have_the_referenced_type(package: Any) -> None:
    client = importlib.import_module(f"{package.__name__}.client")
    hints = typing.get_type_hints(client.Client.get_bills, {**vars(client), "models": package.models})
    assert hints["sort"] == package.models.Sort | None
    assert hints["least"] == package.models.Least | None
    assert hints["return"] is package.models.Bill


def test_defaults_beside_all_of_apply(package: Any) -> None:
    bill = package.models.Bill()
    assert bill.wrapped is package.models.Sort.UP
    assert (bill.least, bill.again, bill.seen) == (7, None, None)


def test_wrapped_enums_accept_unknown_values_as_plain_ones_do(package: Any) -> None:
    names = ("plain", "wrapped", "seen", "again")
    bill = package.models.Bill.model_validate(dict.fromkeys(names, "sideways"))
    assert {name: str(getattr(bill, name)) for name in names} == dict.fromkeys(names, "sideways")
    known = package.models.Bill.model_validate(dict.fromkeys(names, "down"))
    assert {getattr(known, name) for name in names} == {package.models.Sort.DOWN}


def test_a_wrapped_object_has_its_class(package: Any) -> None:
    bill = package.models.Bill.model_validate({"next": {"plain": "up"}})
    assert isinstance(bill.next, package.models.Bill)


def test_a_nullable_wrapped_reference_accepts_null(tmp_path: Path) -> None:
    nullable = DOCUMENT.replace("readOnly: true", "nullable: true") % "3.0.3"
    with imported(tmp_path, nullable) as package:
        bill = package.models.Bill.model_validate({"seen": None})
        assert bill.model_dump(exclude_unset=True) == {"seen": None}
