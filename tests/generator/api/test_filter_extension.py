"""`x-filter`: the parsed filters, the generated filter builder, and the errors about mistakes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from orchestrator_codegen.api.ir import FilterPart, Filters
from orchestrator_codegen.api.parse import parse
from orchestrator_codegen.cli import run
from orchestrator_codegen.document.load import parse_text
from orchestrator_codegen.output import write_package
from orchestrator_codegen.pipeline import generate_package
from orchestrator_codegen.validation.validate import validate

from ..support.documents import HEAD, PETS, SPEC, write_document

# Lines 10 to 27 of the document.
EXTENSION: Final = """\
      x-filter:
        comparison:
          schema: is
          properties:
            field: columnName
            operator: op
            value: values
          words:
            eq: "="
            gt: ">"
            isNull: missing
        logical:
          schema: all-of
          properties:
            filters: parts
          words:
            or: any
            not: none
"""
PARTS: Final = """\
    is:
      type: object
      required: [columnName, op]
      properties: {columnName: {type: string}, op: {$ref: "#/components/schemas/Op"}, values: {}, also: {}}
    Op: {type: string, enum: ["=", ">", missing, LIKE]}
    all-of:
      type: object
      required: [operator, parts]
      properties:
        operator: {type: string, enum: [AND, any, none]}
        parts: {type: array, items: {$ref: "#/components/schemas/Condition"}}
    in:
      type: object
      required: [field, nested]
      properties: {field: {type: string}, nested: {$ref: "#/components/schemas/is"}}
    Other: {type: object, properties: {field: {type: string}}}
paths:
  /rows:
    post:
      operationId: findRows
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Condition"}}}}
      responses: {"204": {description: ok}}
"""
BRANCHES: Final = ", ".join(f'{{$ref: "#/components/schemas/{name}"}}' for name in ("is", "all-of", "in"))
CONDITIONS: Final = f"{HEAD}    Condition:\n      oneOf: [{BRANCHES}]\n{EXTENSION}{PARTS}"
WITH_NESTED: Final = CONDITIONS.replace("    is:\n", "        nested: in\n    is:\n", 1)


def read_filters(text: str) -> Filters | None:
    document = parse_text(text, "spec.yaml")
    validate(document)
    api, warnings = parse(document)
    assert warnings == ()
    return api.filters


COMPARISON: Final = FilterPart(
    "is",
    (("field", "columnName"), ("operator", "op"), ("value", "values")),
    (("eq", "="), ("gt", ">"), ("like", "LIKE"), ("isNull", "missing")),
)
LOGICAL: Final = FilterPart(
    "all-of",
    (("operator", "operator"), ("filters", "parts")),
    (("and", "AND"), ("or", "any"), ("not", "none")),
)
NESTED: Final = FilterPart("in", (("field", "field"), ("nested", "nested")), ())


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        (CONDITIONS, Filters("Condition", COMPARISON, LOGICAL, None)),
        (WITH_NESTED, Filters("Condition", COMPARISON, LOGICAL, NESTED)),
        (PETS, None),
    ],
)
def test_properties_and_words_have_defaults_that_the_document_can_override(
    text: str, filters: Filters | None
) -> None:
    assert read_filters(text) == filters


def test_the_contract_uses_the_default_properties_and_words() -> None:
    words = ("EQ", "GT", "GTE", "LT", "LTE", "IN", "LIKE", "BETWEEN", "IS_NULL")
    meanings = ("eq", "gt", "gte", "lt", "lte", "in", "like", "between", "isNull")
    filters = read_filters(SPEC.read_text(encoding="utf-8"))
    assert filters is not None
    assert filters.comparison.words == tuple(zip(meanings, words, strict=True))


# The text that is replaced in the document, its replacement, and the expected errors.
WRONG: Final[list[tuple[str, str, list[str]]]] = [
    (EXTENSION, "      x-filter: []\n", ["10:7: x-filter must name the schemas of `comparison` and"]),
    (
        EXTENSION[EXTENSION.index("        logical") :],
        "",
        ["10:7: x-filter must name the schema of 'logical'"],
    ),
    ("        logical:", "        logic: in\n        logical:", [
        "21:9: x-filter has no 'logic': expected "
    ]),
    ("schema: is", "schema: are", ["12:11: there is no schema 'are' in components"]),
    ("schema: is", "schema: Other", ["12:11: 'Other' is not a branch of the oneOf or anyOf of Condition"]),
    ("schema: is", "scheme: is", ["11:9: comparison must be the name of a schema, or an object with 'schema'"]),
    ("          schema: all-of", "          more: 1\n          schema: all-of", ["22:11: logical has no 'more'"]),
    ("value: values", "value: worth", ["16:13: is has no property 'worth' of its own"]),
    ("value: values", "values: values", [
        "12:11: is has no property 'value' of its own; name the property for 'value' in 'properties'",
        "16:13: comparison has no 'values': expected 'field', 'operator' or 'value'",
    ]),
    ("filters: parts", "filters: 1", [
        "22:11: all-of has no property 'filters' of its own; name the property for 'filters'",
        "22:11: all-of requires 'parts', which logical does not describe",
        "23:11: 'properties' must map names to strings",
    ]),
    ("field: columnName", "field: also", ["12:11: is requires 'columnName', which comparison does not describe"]),
    ("gt: ", "greater: ", ["19:13: comparison has no 'greater': expected 'eq', 'gt', 'gte', "]),
    (": missing", ": NULL_", ["20:13: the operator has no word 'NULL_': expected '=', '>', 'missing' or 'LIKE'"]),
    ("            or: any\n", "", ["22:11: the operator has no word 'OR'; name the one for 'or' in 'words'"]),
    ("    is:\n", "        nested: [in]\n    is:\n", ["28:9: nested must be the name of a schema"]),
    ("    is:\n", "        nested: all-of\n    is:\n", [
        "28:9: all-of has no property 'field' of its own; name the property for 'field' in 'properties'",
        "28:9: all-of has no property 'nested' of its own; name the property for 'nested' in 'properties'",
        "28:9: all-of requires 'operator', which nested does not describe",
        "28:9: all-of requires 'parts', which nested does not describe",
    ]),
    ("    is:\n", "    is:\n      allOf: [{}]\n", ["12:11: is must define its properties directly, not with 'allOf'"]),
    ("    Other: {", "    Other: {x-filter: {}, ", [
        "43:13: x-filter is already at Condition; a document can have only one kind of filter"
    ]),
    ("{field: {type: string}}}", "{field: {type: string, x-filter: {}}}}", [
        "43:62: x-filter has no effect here; move it to a schema in components"
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "problems"), WRONG)
def test_each_mistake_is_reported_with_its_location(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, problems: list[str]
) -> None:
    assert CONDITIONS.count(old) == 1
    spec = write_document(tmp_path, CONDITIONS.replace(old, new))
    assert run(["check", "--spec", str(spec), "--output", str(tmp_path / "rows")]) == 2
    lines = [line.removeprefix(f"{spec}:") for line in capsys.readouterr().err.splitlines()]
    expected = [problem.replace(": ", ": error: ", 1) for problem in problems]
    assert [line[: len(start)] for line, start in zip(lines, expected, strict=True)] == expected


def test_a_document_without_x_filter_has_no_builder(tmp_path: Path) -> None:
    files = generate_package(write_document(tmp_path, PETS)).files
    assert {"filters.py", "_filter.py"}.isdisjoint(files)
    assert "field" not in files["__init__.py"]


USE: Final = """
import json
from rows import field, models

def show(filters):
    print(json.dumps(filters.model_dump(mode="json", exclude_unset=True)))

show((field("a") == 1) & (field("b") > 2) & ~field("c").is_null())
show(models.Is(column_name="a", op="=", values=1) | (field("b") != "x"))
REST
try:
    field("a") < 3
except ValueError as error:
    print(error)
"""
IS_A: Final = '{"columnName": "a", "op": "=", "values": 1}'
IS_B: Final = '{"columnName": "b", "op": ">", "values": 2}'
NULL_C: Final = '{"columnName": "c", "op": "missing", "values": true}'
X_B: Final = '{"columnName": "b", "op": "=", "values": "x"}'
SHOWN: Final = [
    f'{{"operator": "AND", "parts": [{IS_A}, {IS_B}, {{"operator": "none", "parts": [{NULL_C}]}}]}}',
    f'{{"operator": "any", "parts": [{IS_A}, {{"operator": "none", "parts": [{X_B}]}}]}}',
]


@pytest.mark.parametrize(
    ("text", "use", "shown"),
    [
        (CONDITIONS, "", []),
        (WITH_NESTED, 'show(field("o", "a") == 1)', [f'{{"field": "o", "nested": {IS_A}}}']),
    ],
)
def test_the_builder_writes_the_properties_and_words_of_the_document(
    tmp_path: Path, text: str, use: str, shown: list[str]
) -> None:
    write_package(generate_package(write_document(tmp_path, text)).files, tmp_path / "rows")
    done = run_python(tmp_path, "-W", "error", "-c", USE.replace("REST", use))
    refusal = "the document has no operator for 'lt' in Is; it has eq, gt, like, isNull"
    assert done.splitlines() == [*SHOWN, *shown, refusal]


@pytest.mark.slow
@pytest.mark.parametrize("text", [CONDITIONS, WITH_NESTED], ids=["flat", "nested"])
def test_the_builder_passes_mypy_strict(tmp_path: Path, text: str) -> None:
    write_package(generate_package(write_document(tmp_path, text)).files, tmp_path / "rows")
    cache = f"--cache-dir={tmp_path.parent / 'mypy'}"
    output = run_python(tmp_path, "-m", "mypy", "--strict", "--config-file=", cache, "-p", "rows")
    assert output.startswith("Success: ")


def run_python(folder: Path, *arguments: str) -> str:
    """Run Python in `folder`, assert that it succeeds, and return its output."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    return done.stdout
