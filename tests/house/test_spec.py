"""The OpenAPI document of the contract."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "spec" / "openapi.yaml"
SHARED = ROOT.parent / "shared" / "contract"
DOCUMENT: dict[str, Any] = yaml.safe_load(SPEC.read_text(encoding="utf-8"))
METHODS = ("get", "put", "post", "delete")


def find_operations() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the path and data of every operation."""
    for path, item in DOCUMENT["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, item[method]


def find_media() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a name and the Media Type Object of every body of every operation."""
    for _, operation in find_operations():
        for media in operation.get("requestBody", {}).get("content", {}).values():
            yield f"{operation['operationId']} request", media
        for status, answer in operation["responses"].items():
            for media in answer.get("content", {}).values():
                yield f"{operation['operationId']} {status}", media


def test_the_document_is_valid_openapi() -> None:
    assert list(OpenAPIV31SpecValidator(DOCUMENT).iter_errors()) == []


@pytest.mark.parametrize(
    ("name", "media"), list(find_media()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_body_has_an_example_that_its_schema_accepts(name: str, media: dict[str, Any]) -> None:
    examples = [each["value"] for each in media.get("examples", {}).values()]
    examples += [media["example"]] if "example" in media else []
    assert examples, name
    schema = {**media["schema"], "components": DOCUMENT["components"]}
    validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    for example in examples:
        assert [each.message for each in validator.iter_errors(example)] == [], name


def test_every_operation_is_described_and_tagged() -> None:
    tags = {each["name"] for each in DOCUMENT["tags"]}
    for _, operation in find_operations():
        assert operation["summary"]
        assert operation["description"]
        assert set(operation["tags"]) <= tags
        assert all(parameter.get("description") for parameter in operation.get("parameters", ()))


def test_every_schema_and_property_is_described() -> None:
    undescribed = [
        f"{name}.{field}"
        for name, schema in DOCUMENT["components"]["schemas"].items()
        for field, member in {"": schema, **schema.get("properties", {})}.items()
        if not member.get("description")
    ]
    assert undescribed == []


def test_every_link_refers_to_an_operation_with_its_parameters() -> None:
    parameters = {
        operation["operationId"]: {each["name"] for each in operation.get("parameters", ())}
        for _, operation in find_operations()
    }
    links = [
        link
        for _, operation in find_operations()
        for answer in operation["responses"].values()
        for link in answer.get("links", {}).values()
    ]
    assert links
    for link in links:
        assert {name.rpartition(".")[2] for name in link.get("parameters", {})} <= parameters[
            link["operationId"]
        ]


def test_lines_are_at_most_120_columns_without_trailing_spaces() -> None:
    lines = SPEC.read_text(encoding="utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if len(line) > 120 or line != line.rstrip()] == []


@pytest.mark.skipif(not SHARED.exists(), reason="the shared contract does not exist")
def test_the_structure_is_that_of_the_shared_contract() -> None:
    command = [sys.executable, str(SHARED / "same_contract.py"), str(SPEC), str(SHARED / "contract.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_copy_in_the_package_is_the_document() -> None:
    shipped = (ROOT / "generated" / "orchestrator_v2" / "openapi.yaml").read_text(encoding="utf-8")
    first, _, rest = shipped.partition("\n")
    assert re.match(r"# .*spec/openapi\.yaml|# .*openapi\.yaml", first)
    assert rest.strip() == SPEC.read_text(encoding="utf-8").strip()
