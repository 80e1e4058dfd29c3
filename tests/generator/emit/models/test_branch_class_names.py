"""Inline models in unions are named after their content, without numbers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from orchestrator_codegen.api.python_names import name_classes
from orchestrator_codegen.emit.models.schemas.branch_class_names import name_branches
from orchestrator_codegen.pipeline import generate_package

from ...support.documents import SHARED, SPEC

SAMPLES: Final = Path(__file__).parents[2] / "support"
DOCUMENTS: Final = [
    SPEC,
    SAMPLES / "everything.yaml",
    SAMPLES / "everything30.yaml",
    *(SHARED / "corpus" / name for name in ("traintravel31.yaml", "museum31.yaml", "backstage-catalog.json")),
]

CASES: Final[dict[str, tuple[list[str], list[str]]]] = {
    "a title": (
        ["{title: Credit card, properties: {a: {}}}", "{title: PaySourceBank, properties: {a: {}}}"],
        ["PaySourceCreditCard", "PaySourceBank"],
    ),
    "the one value of a property": (
        ["{properties: {kind: {const: CARD}}}", "{properties: {kind: {enum: [bank_account]}}}"],
        ["PaySourceCard", "PaySourceBankAccount"],
    ),
    "the one value of a required property first": (
        [
            "{required: [b], properties: {a: {const: x}, b: {const: y}}}",
            "{required: [b], properties: {a: {const: x}, b: {const: z}}}",
        ],
        ["PaySourceY", "PaySourceZ"],
    ),
    "a property that only it requires": (
        [
            "{required: [iban], properties: {iban: {}, name: {}}}",
            "{properties: {iban: {}, name: {}, pin: {}}}",
        ],
        ["PaySourceIban", "PaySourcePin"],
    ),
    "the same title twice": (
        ["{title: Card, properties: {a: {}}}", "{title: Card, properties: {b: {}}}"],
        ["PaySourceA", "PaySourceB"],
    ),
    "only the position": (
        ["{properties: {a: {type: string}}}", "{properties: {a: {type: integer}}}"],
        ["PaySourceFirst", "PaySourceSecond"],
    ),
    "a name that is taken": (
        ["{title: Taken, properties: {a: {}}}", "{title: Free, properties: {a: {}}}"],
        ["PaySourceFirst", "PaySourceFree"],
    ),
    "items of a list": (
        ["{type: array, items: {properties: {a: {}}}}", "{properties: {b: {}}}"],
        ["PaySourceA", "PaySourceB"],
    ),
    "no name for a branch that is not an object": (
        ["{type: string}", "{properties: {a: {}}}", "{type: 'null'}"],
        [],
    ),
}


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
@pytest.mark.parametrize(("branches", "names"), CASES.values(), ids=CASES)
def test_a_branch_is_named_after_its_content(keyword: str, branches: list[str], names: list[str]) -> None:
    union = {keyword: [yaml.safe_load(each) for each in branches]}
    schemas: dict[str, Any] = {"Pay": {"properties": {"source": union}}, "PaySourceTaken": {}}
    assert [*name_branches(schemas)][2:] == names


def test_a_branch_keeps_its_content() -> None:
    branch = {
        "title": "A",
        "properties": {"b": {"oneOf": [{"properties": {"c": {}}}, {"properties": {"d": {}}}]}},
    }
    named = name_branches({"Pay": {"oneOf": [branch, {"type": "object", "properties": {"e": {}}}]}})
    assert named == {
        "Pay": {"oneOf": [{"$ref": "#/components/schemas/PayA"}, {"$ref": "#/components/schemas/PayE"}]},
        "PayA": {
            "title": "A",
            "properties": {
                "b": {
                    "oneOf": [
                        {"$ref": "#/components/schemas/PayABC"},
                        {"$ref": "#/components/schemas/PayABD"},
                    ]
                }
            },
        },
        "PayABC": {"properties": {"c": {}}},
        "PayABD": {"properties": {"d": {}}},
        "PayE": {"type": "object", "properties": {"e": {}}},
    }


def test_bounded_scalars_are_named_in_a_named_union() -> None:
    union = {
        "oneOf": [{"type": "string", "pattern": "a"}, {"type": "string", "maxLength": 3}, {"type": "null"}]
    }
    assert [*name_branches({"Id": union})] == ["Id", "IdFirst", "IdSecond"]
    assert [*name_branches({"Thing": {"properties": {"id": union}}})] == ["Thing"]
    kinds = {"oneOf": [{"type": "string", "pattern": "a"}, {"type": "integer", "minimum": 1}]}
    assert [*name_branches({"Id": kinds})] == ["Id", "IdString", "IdInteger"]


def test_properties_next_to_a_union_are_added_to_each_object_branch() -> None:
    union = {
        "description": "D.",
        "type": ["object", "null"],
        "required": ["a"],
        "properties": {"a": {}},
        "oneOf": [{"$ref": "#/components/schemas/Card"}, {"required": ["b"], "properties": {"b": {}}}],
    }
    named = name_branches({"Pay": union})
    assert named == {
        "Pay": {
            "description": "D.",
            "oneOf": [
                {"$ref": "#/components/schemas/PayCard"},
                {"$ref": "#/components/schemas/PayB"},
                {"type": "null"},
            ],
        },
        "PayCard": {
            "allOf": [
                {"$ref": "#/components/schemas/Card"},
                {"type": "object", "required": ["a"], "properties": {"a": {}}},
            ]
        },
        "PayB": {"type": "object", "required": ["a", "b"], "properties": {"a": {}, "b": {}}},
    }


def test_fifty_branches_have_distinct_names() -> None:
    union = {"oneOf": [{"properties": {"a": {"maximum": rank}}} for rank in range(50)]}
    named = [*name_branches({"Pay": union})]
    assert len(set(named)) == 51
    assert named[-1] == "PayFurtherFurtherTenth"


@pytest.mark.parametrize(
    ("schemas", "classes"),
    [
        (["foo-bar", "foo_bar", "FooBar"], ["FooBarHyphen", "FooBarUnderscore", "FooBar"]),
        (["Pet", "pet", "PET"], ["Pet", "PetLower", "PET"]),
        (["Any", "Model"], ["AnySchema", "ModelSchema"]),
        (["a.b", "a.B"], ["AB", "ABDot"]),
    ],
)
def test_schemas_with_equal_class_names_get_suffixes(schemas: list[str], classes: list[str]) -> None:
    assert [*name_classes(schemas).values()] == classes


@pytest.mark.parametrize("spec", DOCUMENTS, ids=lambda spec: spec.stem)
def test_no_class_name_ends_with_an_added_number(spec: Path) -> None:
    if not spec.exists():
        pytest.skip(f"{spec} does not exist")
    source = generate_package(spec).files["models.py"]
    names = set(re.findall(r"^(?:class )?(\w+)(?:\(| = TypeAliasType)", source, re.MULTILINE))
    assert {name for name in names if re.sub(r"\d+$", "", name) in names - {name}} == set()
