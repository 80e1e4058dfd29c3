"""No document makes the generator hang or run out of memory: one that is too large is rejected with a location.

Each generator run is a process with limits of memory and processor time.
"""

from __future__ import annotations

import json
import resource
import string
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

YAML: Final = 'openapi: 3.1.0\ninfo: {title: t, version: "1"}\npaths: {}\n'
SECONDS: Final = 60
BYTES: Final = 2 << 30


def refer(number: int) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/S{number}"}


def write_schemas(schemas: dict[str, Any]) -> str:
    """Return a document of `schemas`, each on one line, with an operation that returns the first."""
    answer = {"200": {"description": "d", "content": {"application/json": {"schema": refer(0)}}}}
    head = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {"/p": {"get": {"operationId": "getP", "responses": answer}}},
    }
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(schema)}" for name, schema in schemas.items())
    return f'{json.dumps(head)[:-1]},\n"components": {{"schemas": {{\n{lines}}}}}}}'


def share(keyword: str, levels: int = 60) -> str:
    """Return a document of schemas that each refer to the next one twice."""
    schemas = {f"S{n}": {keyword: [refer(n + 1), refer(n + 1)]} for n in range(levels)}
    return write_schemas(
        {**schemas, f"S{levels}": {"type": "object", "properties": {"a": {"type": "string"}}}}
    )


def repeat(item: str) -> str:
    """Return a mapping for each letter, with several aliases of the mapping before it."""
    pairs = zip(string.ascii_lowercase[1:], string.ascii_lowercase, strict=False)
    return "".join(f"x-{new}: &{new} {item.replace('*', '*' + old)}\n" for new, old in pairs)


SCHEMA: Final = {"type": "string", "pattern": "^(a+)+$"}
A: Final = "a" * 64 + "!"
REFUSED: Final = {
    "billion laughs": (
        YAML + "x-a: &a [1, 2]\n" + repeat("[*, *, *, *, *, *, *, *, *]"),
        "yaml",
        "8:6: ",
        "aliases and merges",
    ),
    "merges": (
        YAML + "x-a: &a {k: 1}\n" + repeat("{l: *, r: *, <<: [*, *, *]}"),
        "yaml",
        "10:6: ",
        "aliases and merges",
    ),
    "a long text": (
        YAML + f"x-a: &a {'x' * 100_000}\nx-b: [{'*a, ' * 1_000}]\n",
        "yaml",
        "4:6: ",
        "aliases and merges",
    ),
    "brackets": ("a: " + "[" * 100_000, "yaml", "1:131: ", "nested too deeply"),
    "indents": ("\n".join(" " * n + "a:" for n in range(2_000)), "yaml", "129:", "nested too deeply"),
    "brackets of JSON": ("[" * 100_000, "json", "1:129: ", "nested too deeply"),
    "brackets of whole JSON": (
        '{"a":\n' + "[" * 100_000 + "]" * 100_000 + "}",
        "json",
        "2:128: ",
        "nested too deeply",
    ),
    "quotes of JSON": ('"' + '\\"' * 500_000, "json", "1:1: ", "not JSON"),
    "digits": (YAML + "x-a: " + "9" * 100_000, "yaml", "4:6: ", "too large"),
    "hexadecimal digits": (YAML + "x-a: 0x" + "f" * 100_000, "yaml", "4:6: ", "too large"),
    "an exponent": (YAML + "x-a: 1e999", "yaml", "4:6: ", "too large"),
    "digits of JSON": ('{"a":\n ' + "9" * 100_000 + "}", "json", "1:2: ", "too large"),
    "an exponent of JSON": ('{\n"a": -1e999}', "json", "2:1: ", "too large"),
    "no number of JSON": ('{"a": NaN}', "json", "1:1: ", "NaN is not a JSON number"),
    "allOf of allOf": (share("allOf"), "json", "", "is composed "),
    "oneOf of oneOf": (share("oneOf"), "json", "", "is composed "),
    "few levels of allOf": (share("allOf", 20), "json", "", "is composed of more than"),
    "allOf itself": (write_schemas({"S0": {"allOf": [refer(0)]}}), "json", "3:", "composed of itself"),
    "allOf in a circle": (
        write_schemas({"S0": {"allOf": [refer(1)]}, "S1": {"type": "object", "allOf": [refer(0)]}}),
        "json",
        "3:",
        "composed of itself",
    ),
    "oneOf in a circle": (
        write_schemas({"S0": {"oneOf": [refer(1), {}]}, "S1": {"anyOf": [refer(0)]}}),
        "json",
        "3:",
        "itself",
    ),
    "$ref in a circle": (
        write_schemas({"S0": refer(1), "S1": refer(0)}),
        "json",
        "1:196: ",
        "refers to itself",
    ),
    "a chain of $ref": (
        write_schemas({**{f"S{n}": refer(n + 1) for n in range(200)}, "S200": {}}),
        "json",
        "1:196: ",
        "more than 100 references",
    ),
}
DONE: Final = {
    "a pattern": write_schemas({"S0": {**SCHEMA, "default": A}}),
    "a pattern of names": write_schemas(
        {
            "S0": {
                "type": "object",
                "patternProperties": {"^(a+)+$": {}},
                "additionalProperties": False,
                "default": {A: 1},
            }
        }
    ),
    "a pattern with a look ahead": write_schemas(
        {
            "S0": {
                "type": "object",
                "properties": {"a": {"type": "string", "pattern": "^(?!b)(a+)+$", "default": A}},
            }
        }
    ),
    "a default in shared branches": write_schemas(
        {
            "S0": {"anyOf": [{"items": refer(0)}, {"items": refer(0)}], "type": "array"},
            "S1": {
                "type": "object",
                "properties": {"a": {"allOf": [refer(0)], "default": json.loads("[" * 40 + "]" * 40)}},
            },
        }
    ),
    "items in a circle": write_schemas({"S0": {"type": "array", "items": refer(0)}}),
    "a list in allOf": write_schemas(
        {"S0": {"allOf": [refer(1)]}, "S1": {"type": "array", "items": refer(1)}}
    ),
    "properties in a circle": write_schemas(
        {"S0": {"type": "object", "properties": {"a": refer(0)}, "required": ["a"]}}
    ),
    "properties of properties": write_schemas(
        {
            f"S{n}": {"type": "object", "properties": {"a": refer((n + 1) % 60), "b": refer((n + 1) % 60)}}
            for n in range(60)
        }
    ),
    "ten million characters": write_schemas({"S0": {"type": "string", "description": "x" * 10_000_000}}),
    "many values": write_schemas({"S0": {"type": "string", "enum": [f"v{n}" for n in range(2_000)]}}),
    "a long name": write_schemas(
        {"S0": {"type": "object", "properties": {"p" * 50_000: {"type": "string"}}}}
    ),
}


def generate(spec: Path) -> tuple[int, str]:
    """Run `generate` in a process with limits; return its exit code and its error output."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))

    done = subprocess.run(
        [sys.executable, "-m", "orchestrator_codegen", "generate", "--spec", spec.name, "--output", "out"],
        cwd=spec.parent,
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize(("text", "suffix", "place", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_document_that_is_too_large_is_rejected_with_its_location(
    tmp_path: Path, text: str, suffix: str, place: str, reason: str
) -> None:
    spec = tmp_path / f"spec.{suffix}"
    spec.write_text(text)
    status, errors = generate(spec)
    assert status == 2, errors[-2_000:]
    first = errors.splitlines()[0]
    assert first.startswith(f"{spec.name}:{place}")
    assert reason in first
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
@pytest.mark.parametrize("text", DONE.values(), ids=DONE)
def test_a_document_that_is_large_or_recursive_is_generated(tmp_path: Path, text: str) -> None:
    spec = tmp_path / "spec.json"
    spec.write_text(text)
    status, errors = generate(spec)
    assert status == 0, errors
