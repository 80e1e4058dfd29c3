"""The entity follows the rules of the catalog, and contains the original document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from orchestrator_codegen.docs.ownership import Ownership, read_ownership
from orchestrator_codegen.docs.reference import Example, Group, Reference
from orchestrator_codegen.docs.render.catalog import render_catalog
from orchestrator_codegen.document.load import Document, parse_text
from orchestrator_codegen.pipeline import generate_output

from ..support.documents import PETS, SPEC, write_document


def render(title: str = "Pets", text: str = "a: 1\n", tags: tuple[str, ...] = (), **owned: str) -> Any:
    groups = tuple(Group("anchor", tag, "", ()) for tag in tags)
    reference = Reference(title, "1", "", "Says\nwhat.\n\nMore.", (), Example("", "bash", ""), groups, ())
    return yaml.safe_load(render_catalog(reference, Ownership(**owned), Document("a.yaml", text, {}, None)))


def test_the_entity_of_the_contract(docs: Mapping[str, str]) -> None:
    entity = yaml.safe_load(docs["catalog-info.yaml"])
    assert entity["spec"].pop("definition") == SPEC.read_text(encoding="utf-8")
    assert entity == {
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "API",
        "metadata": {
            "name": "orchestrator-v2",
            "title": "Orchestrator v2",
            "description": "Find the workflows of a Backstage portal, start them, and follow their runs.",
            "tags": ["workflows", "instances", "runs"],
        },
        "spec": {"type": "openapi", "lifecycle": "production", "owner": "unknown"},
    }


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Orchestrator v2", "orchestrator-v2"),
        ("--a__b..c--", "a-b-c"),
        ("Ünïcode ☃", "n-code"),
        ("☃", "api"),
        ("x" * 62 + " y" * 9, "x" * 62),
        ("no", "no"),
        ("2026", "2026"),
        ("a: [b] # c\n- d", "a-b-c-d"),
    ],
)
def test_entity_names(title: str, name: str) -> None:
    metadata = render(title)["metadata"]
    assert metadata["name"] == name
    assert metadata["title"] == title
    assert re.fullmatch(r"[a-zA-Z0-9]+([-_.][a-zA-Z0-9]+)*", name)
    assert len(name) <= 63


def test_tags() -> None:
    assert render(tags=("C++ & C#", "Two Words", "☃", "two words", "x" * 70))["metadata"]["tags"] == [
        "c++-c#",
        "two-words",
        "x" * 63,
    ]
    assert "tags" not in render(tags=("☃",))["metadata"]


def test_the_description_is_the_first_paragraph() -> None:
    assert render()["metadata"]["description"] == "Says what."


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "\n",
            " \n ",
            "a",
            "a\n",
            "a\n\n\n",
            "\n\na: 1\n",
            "  a: 1\n  b: 2\n",
            "a:\n\n  \n    b\n   \n",
        ),
        *(
            "\ta\n",
            "a\x00b\n",
            "a\x85b\u2028c\n",
            "a\rb\n",
            "\ufeffa\n",
            "☃ 😀\n",
            "# '\"|>\n--- ...\n---\n...\n",
        ),
        *("a\x0bb\x0cc\x1cd\n", "a \n b \n", "😀\x07\n"),
    ],
)
def test_the_definition_preserves_any_text(text: str) -> None:
    assert render(text=text)["spec"]["definition"] == text


@pytest.mark.parametrize(
    ("value", "ownership", "warnings"),
    [
        ("", Ownership(), []),
        (
            "{owner: 'group:team-a', lifecycle: experimental, system: b}",
            Ownership("group:team-a", "experimental", "b"),
            [],
        ),
        ("{owner: 1, system: ' '}", Ownership(), ["the owner of x-backstage", "the system of x-backstage"]),
        ("{owners: a}", Ownership(), ["x-backstage has the unknown key 'owners'"]),
        ("[a]", Ownership(), ["x-backstage must be an object"]),
    ],
)
def test_ownership_is_read_from_the_extension(value: str, ownership: Ownership, warnings: list[str]) -> None:
    extension = f"\n  x-backstage: {value}" if value else ""
    found, reported = read_ownership(parse_text(f"info:\n  title: A{extension}\n", "a.yaml"))
    assert found == ownership
    assert [each.message.startswith(start) for each, start in zip(reported, warnings, strict=True)] == [
        True
    ] * len(reported)
    assert all(each.location.line == 3 for each in reported)


def test_the_owner_is_in_the_entity(tmp_path: Path) -> None:
    text = PETS.replace("  title:", "  x-backstage: {owner: team, system: shop, lifecycle: 1}\n  title:")
    output = generate_output(write_document(tmp_path, text), "pets")
    spec = yaml.safe_load(output.docs["catalog-info.yaml"])["spec"]
    assert spec == {
        "type": "openapi",
        "lifecycle": "production",
        "owner": "team",
        "system": "shop",
        "definition": text,
    }
    assert [each.message for each in output.warnings] == [
        "the lifecycle of x-backstage must be a non-empty string; it is ignored"
    ]
