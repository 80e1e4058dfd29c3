"""A default that is not of its schema's type is repaired or dropped, and its place is said."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import pytest
from orchestrator_codegen.cli import run
from orchestrator_codegen.document.load import parse_text
from orchestrator_codegen.pipeline import generate_package
from orchestrator_codegen.validation.repair import repair_document

from ..support.documents import PETS, write_document

DROPPED: Final = object()


@pytest.mark.parametrize(
    ("kind", "default", "repaired", "said"),
    [
        ("boolean", "'false'", False, "the default 'false' is not of type boolean; used false"),
        ("boolean", "'true'", True, "the default 'true' is not of type boolean; used true"),
        ("boolean", "'no'", DROPPED, "the default 'no' is not of type boolean; ignored it"),
        ("boolean", "1", DROPPED, "the default 1 is not of type boolean; ignored it"),
        ("integer", "'10'", 10, "the default '10' is not of type integer; used 10"),
        ("integer", "'1.5'", DROPPED, "the default '1.5' is not of type integer; ignored it"),
        ("integer", "true", DROPPED, "the default true is not of type integer; ignored it"),
        ("number", "'1.5'", 1.5, "the default '1.5' is not of type number; used 1.5"),
        ("number", "'inf'", DROPPED, "the default 'inf' is not of type number; ignored it"),
        ("string", "10", "10", "the default 10 is not of type string; used '10'"),
        ("string", "true", DROPPED, "the default true is not of type string; ignored it"),
        ("array", "a", DROPPED, "the default 'a' is not of type array; ignored it"),
        ("object", "[]", DROPPED, "the default [] is not of type object; ignored it"),
        ("string", "null", DROPPED, "the default null is not of type string; ignored it"),
        # Nothing to repair.
        ("boolean", "false", False, None),
        ("integer", "1.0", 1.0, None),
        ("number", "1", 1, None),
        ("string", "'10'", "10", None),
        ("string", "2025-01-01", "2025-01-01", None),
        ("string", "no", "no", None),
        ("array", "[1]", [1], None),
        ("[string, 'null']", "null", None, None),
    ],
)
def test_a_default_is_made_to_fit(kind: str, default: str, repaired: Any, said: str | None) -> None:
    text = f"components:\n  schemas:\n    Cat:\n      type: {kind}\n      default: {default}\n"
    document, diagnostics = repair_document(parse_text(text, "spec.yaml"))
    schema = document.data["components"]["schemas"]["Cat"]
    assert schema.get("default", DROPPED) == repaired
    assert type(schema.get("default", DROPPED)) is type(repaired)
    assert [str(each) for each in diagnostics] == ([f"spec.yaml:5:7: warning: {said}"] if said else [])


@pytest.mark.parametrize(
    ("schema", "repaired", "said"),
    [
        (
            "{type: integer, minimum: 3, exclusiveMinimum: true}",
            {"type": "integer", "exclusiveMinimum": 3},
            "exclusiveMinimum is a number in OpenAPI 3.1, not true; used 3",
        ),
        (
            "{type: integer, maximum: 3, exclusiveMaximum: false}",
            {"type": "integer", "maximum": 3},
            "exclusiveMaximum is a number in OpenAPI 3.1, not false; ignored it",
        ),
        (
            "{type: integer, exclusiveMaximum: true}",
            {"type": "integer"},
            "exclusiveMaximum is a number in OpenAPI 3.1, not true; ignored it",
        ),
        (
            "{type: string, examples: {short: a}}",
            {"type": "string"},
            "the examples of a schema must be a list; ignored them",
        ),
        ("{type: string, examples: [a]}", {"type": "string", "examples": ["a"]}, None),
    ],
)
def test_a_keyword_of_another_version_is_repaired(schema: str, repaired: Any, said: str | None) -> None:
    text = f"openapi: 3.1.0\ncomponents:\n  schemas:\n    Cat: {schema}\n"
    document, diagnostics = repair_document(parse_text(text, "spec.yaml"))
    assert document.data["components"]["schemas"]["Cat"] == repaired
    assert [str(each).partition("warning: ")[2] for each in diagnostics] == ([said] if said else [])


def test_an_enum_without_values_is_ignored() -> None:
    text = "components: {schemas: {Cat: {type: string, enum: []}}}\n"
    document, diagnostics = repair_document(parse_text(text, "spec.yaml"))
    assert document.data["components"]["schemas"]["Cat"] == {"type": "string"}
    assert [str(each) for each in diagnostics] == [
        "spec.yaml:1:44: warning: the enum has no values; ignored it"
    ]


@pytest.mark.parametrize(
    ("values", "kept", "twice"),
    [
        ("[a, b, a, a]", ["a", "b"], "'a'"),
        ("[1, true, 1.0, true]", [1, True, 1.0], "true"),
        ("[{a: 1}, b, {a: 1}, b]", [{"a": 1}, "b"], "{\"a\": 1}, 'b'"),
    ],
)
@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_an_enum_has_each_value_once(values: str, kept: list[Any], twice: str, version: str) -> None:
    text = f"openapi: {version}\ncomponents: {{schemas: {{Cat: {{enum: {values}}}}}}}\n"
    document, diagnostics = repair_document(parse_text(text, "spec.yaml"))
    assert document.data["components"]["schemas"]["Cat"]["enum"] == kept
    assert [str(each) for each in diagnostics] == [
        f"spec.yaml:2:30: warning: the enum lists {twice} twice; used each value once"
    ]


def test_a_default_that_breaks_its_schema_twice_is_ignored_once(tmp_path: Path) -> None:
    schema = "{type: object, required: [a, b], properties: {a: {}, b: {}}, default: {}}"
    spec = write_document(tmp_path, PETS.replace("{name: {type: string}}", f"{{age: {schema}}}"))
    (said,) = map(str, generate_package(spec).warnings)
    assert "the default {} does not match its schema: 'a' is a required property; ignored it" in said


def test_of_tags_with_one_name_the_first_stays() -> None:
    text = "tags: [{name: a, description: A.}, {name: b}, {name: a}]\n"
    document, diagnostics = repair_document(parse_text(text, "spec.yaml"))
    assert document.data["tags"] == [{"name": "a", "description": "A."}, {"name": "b"}]
    assert [str(each) for each in diagnostics] == [
        "spec.yaml:1:47: warning: the tag 'a' is described twice; ignored this one"
    ]


def test_a_flag_is_what_openapi_3_0_has() -> None:
    schema = "{type: integer, minimum: 3, exclusiveMinimum: true}"
    document = parse_text(f"openapi: 3.0.3\ncomponents: {{schemas: {{Cat: {schema}}}}}\n", "spec.yaml")
    assert repair_document(document) == (document, ())


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ("{type: string, format: time, default: noon}", "'noon' is not a 'time'"),
        ("{type: string, enum: [a, b], default: c}", "'c' is not one of ['a', 'b']"),
        ("{type: integer, maximum: 3, default: 4}", "4 is greater than the maximum of 3"),
        ("{type: [integer, 'null'], default: a}", "'a' is not of type 'integer', 'null'"),
        ("{type: array, items: {type: integer}, default: [true]}", "true is not of type 'integer'"),
    ],
)
def test_a_default_that_breaks_its_schema_otherwise_is_ignored(
    schema: str, reason: str, tmp_path: Path
) -> None:
    spec = write_document(tmp_path, PETS.replace("{name: {type: string}}", f"{{age: {schema}}}"))
    package = generate_package(spec)
    (said,) = map(str, package.warnings)
    assert re.search(
        rf"warning: the default .* does not match its schema: {re.escape(reason)}; ignored it$", said
    )
    assert re.search(r"^    age: .* = None$", package.files["models.py"], re.MULTILINE)


def test_a_warning_is_printed_and_the_package_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parameter = "{name: q, in: query, schema: {type: boolean, default: 'false'}}"
    spec = write_document(
        tmp_path, PETS.replace("      responses:", f"      parameters: [{parameter}]\n      responses:")
    )
    arguments = ["--spec", str(spec), "--output", str(tmp_path / "pets")]
    for command in ("generate", "check"):
        assert run([command, *arguments]) == 0
        assert capsys.readouterr().err == (
            f"{spec}:12:65: warning: the default 'false' is not of type boolean; used false\n"
        )
    assert "q: bool = False" in (tmp_path / "pets" / "server.py").read_text()


def test_what_only_looks_like_a_default_is_let_be() -> None:
    text = """\
components:
  schemas:
    Cat: {type: object, example: {type: boolean, default: 'no'}, properties: {default: {type: string}}}
    Dog: {type: string, enum: [default], x-note: {type: boolean, default: 'no'}}
"""
    document = parse_text(text, "spec.yaml")
    assert repair_document(document) == (document, ())


def test_null_fits_what_openapi_3_0_calls_nullable() -> None:
    document = parse_text(
        "components: {schemas: {Cat: {type: string, nullable: true, default: null}}}", "spec.yaml"
    )
    assert repair_document(document) == (document, ())


def test_the_answer_called_default_is_no_default() -> None:
    schema = "content: {application/json: {schema: {type: integer, default: '1'}}}"
    text = f"paths: {{/a: {{get: {{responses: {{default: {{{schema}}}}}}}}}}}\n"
    _, diagnostics = repair_document(parse_text(text, "spec.yaml"))
    assert [str(each) for each in diagnostics] == [
        "spec.yaml:1:95: warning: the default '1' is not of type integer; used 1"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "paths: {/a: {get: {responses: {default: {content: {text/plain: {schema: SCHEMA}}}}}}}",
        "paths: {/a: {get: {responses: {'200': {headers: {x-left: {schema: SCHEMA}}}}}}}",
        "components: {responses: {example: {content: {text/plain: {schema: SCHEMA}}}}}",
    ],
)
def test_what_a_document_calls_its_parts_hides_no_schema(text: str) -> None:
    document = parse_text(text.replace("SCHEMA", "{type: integer, default: '1'}"), "spec.yaml")
    assert len(repair_document(document)[1]) == 1


def test_an_extension_holds_no_schema() -> None:
    text = "paths: {x-a: {schema: {type: integer, default: '1'}}}"
    assert repair_document(parse_text(text, "spec.yaml"))[1] == ()
