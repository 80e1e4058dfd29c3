"""Hostile documents: payloads that could become code, in every place where a document has text."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

# The function that a payload calls if it becomes code.
MARKER: Final = "BOOM"

PAYLOADS: Final[dict[str, str]] = {
    "triple quotes": 'x"""\nBOOM()\n"""',
    "triple quotes at the end": 'x"""',
    "triple quotes only": '"""""";BOOM();"""',
    "single triple quotes": "'''\nBOOM()\n'''",
    "an escaped triple quote": 'x\\"""\nBOOM()\n"""',
    "a backslash at the end": "x\\",
    "an end of a call": "x');BOOM();('",
    "an end of a list": 'x")];BOOM();[("',
    "a newline": "x\nBOOM()\n",
    "a carriage return": "x\rBOOM()\r",
    "a line separator": "x\u2028BOOM()\u2029BOOM()\x85BOOM()",
    "a form feed": "x\x0cBOOM()\x0b\x1c\x1d\x1eBOOM()",
    "a null byte": "x\0BOOM()",
    "a comment": "# type: ignore # noqa # fmt: off\nBOOM()",
    "a coding cookie": "coding: utf-7\n+AAo-BOOM()+AAo-",
    "a coding cookie of vim's": "vim: set fileencoding=utf-7 : +AAo-BOOM()+AAo-",
    "braces": "{BOOM()} {0.__class__} {{ BOOM() }} {% raw %} {# #}",
    "escapes": "\\N{BELL}\\x22\\x22\\x22\\nBOOM()\\u202e",
    "turned text": "x\u202e\u2066# BOOM()\u2069\u202c\u200f\ufeff",
    "an import": "__import__('os').BOOM()",
    "an annotation": "Literal['x'] | BOOM()",
    "an enum that is opened": "Foo | UnknownValue\nfrom _model import BOOM",
}

# Extensions that control datamodel-code-generator or other tools.
_EXTENSIONS: Final = (
    "customTypePath",
    "customBasePath",
    "x-python-type",
    "x-python-import",
    "typeName",
    "tsType",
)


def write_hostile(payload: str, *, is_name: bool = True) -> dict[str, Any]:
    """Return a document with `payload` in every possible place, including names if `is_name`."""
    name = payload if is_name else "name"
    text = {"description": payload, "title": payload, "x-note": payload, "$comment": payload}
    orders = dict.fromkeys(_EXTENSIONS, payload) | {
        "x-python-import": {"module": payload, "name": payload},
        "x-enum-varnames": [payload, "b"],
        "x-enum-descriptions": [payload, "b"],
        "x-is-classvar": payload,
        "x-secret": payload,
        "x-nullable": payload,
    }
    union = [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]
    animal = {"type": "object", "required": [name], "properties": {name: {"type": "string", **text}}}
    properties: dict[str, Any] = {
        "text": {"type": "string", "default": payload, "example": payload, "examples": [payload], **text},
        "extended": {"type": "string", **text, **orders},
        "choice": {"type": "string", "enum": [payload, "b"], "default": payload, **text, **orders},
        "named": {"$ref": "#/components/schemas/Choice", "default": payload, "description": payload},
        "constant": {"const": payload},
        "list": {"type": "array", "items": {"type": "string", **text}, "default": [payload]},
        "object": {"type": "object", "default": {name: {"a": [payload]}}, **text},
        "format": {
            "type": "string",
            "format": payload,
            "contentMediaType": payload,
            "contentEncoding": payload,
        },
        "mapped": {"type": "object", "additionalProperties": {"type": "string", **text}},
        f"{name}_": {"type": "integer", "default": 1, **text},
    }
    operation = {
        "summary": payload,
        "description": f"- {payload}\n\n{payload}",
        "tags": [name],
        "operationId": name if is_name else "getIt",
        "parameters": [
            {"name": f"{name}{place}", "in": place, "description": payload, "schema": schema}
            for place in ("query", "header")
            for schema in [{"type": "string", "default": payload, "enum": [payload, "b"], **text}]
        ],
        "requestBody": {"description": payload, "content": {"application/json": {"schema": {"$ref": _A}}}},
        "responses": {
            "200": {
                "description": payload,
                "headers": {"X-A": {"description": payload, "schema": {"type": "string", **text}}},
                "content": {f"application/json; a={payload}": {"schema": {"$ref": _A}, "example": payload}},
            },
            "default": {"description": payload, "content": {"text/plain": {"schema": {"type": "string"}}}},
        },
        "x-paging": dict.fromkeys(("name", "page", "offset", "limit", "items", "id"), payload),
        "x-wait": {"name": payload, "property": "text", "until": [payload], "absent": [404]},
        "x-idempotent": payload,
    }
    path = "".join(each for each in payload if each not in "{}")
    return {
        "openapi": "3.1.0",
        "info": {"title": payload, "version": payload, "description": payload, "contact": {"name": payload}},
        "servers": [{"url": payload, "description": payload}],
        "tags": [{"name": payload, "description": payload}],
        "paths": {f"/a{path}": {"get": operation, "summary": payload, "description": payload}},
        "components": {
            "schemas": {
                "A": {
                    "type": "object",
                    "properties": properties,
                    **text,
                    "$id": payload.replace("#", ""),
                    "$anchor": "a",
                },
                "Choice": {"type": "string", "enum": [payload, "b"], **text, **orders},
                "Cat": animal,
                "Dog": {**animal, **orders},
                "Pet": {
                    "oneOf": union,
                    "discriminator": {"propertyName": name, "mapping": {payload: "#/components/schemas/Cat"}},
                    **text,
                },
            },
            "securitySchemes": {
                "key": {"type": "apiKey", "in": "header", "name": payload, "description": payload}
            },
        },
    }


_A: Final = "#/components/schemas/A"


def write_json(path: Path, document: dict[str, Any]) -> Path:
    """Write `document` to `path`, and return `path`."""
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def find_code(source: str) -> list[int]:
    """Return the lines of the Python file `source` that call or import the marker."""
    found = []
    for node in ast.walk(ast.parse(source.encode())):
        called = node.func if isinstance(node, ast.Call) else None
        name = (
            called.id if isinstance(called, ast.Name) else getattr(called, "attr", getattr(node, "name", ""))
        )
        if name == MARKER and isinstance(node, ast.Call | ast.alias):
            found.append(getattr(node, "lineno", 0))
    return found


def import_packages(folder: Path, names: Iterable[str]) -> str:
    """Import the packages `names` in `folder` in a subprocess, evaluate their type hints, and return its stderr.

    If the marker is called, the file `canary` exists afterwards.
    """
    program = f"""
import builtins, importlib, pathlib, sys, traceback, typing
builtins.{MARKER} = lambda *_: pathlib.Path("canary").touch()
for name in {sorted(names)!r}:
    try:
        for module in ("models", "client", "server", "_operations"):
            importlib.import_module(f"{{name}}.{{module}}")
        client, server = sys.modules[f"{{name}}.client"], sys.modules[f"{{name}}.server"]
        for owner in (client.Client, client.AsyncClient, server.Handlers):
            for member in vars(owner).values():
                if callable(member) and not isinstance(member, type):
                    typing.get_type_hints(member, vars(sys.modules[owner.__module__]))
    except Exception:
        print(name, traceback.format_exc(limit=-1), file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr
