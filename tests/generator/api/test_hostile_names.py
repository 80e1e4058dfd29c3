"""Names that are special in Python, or that Python normalizes to other names, are safe in generated code."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest
from orchestrator_codegen.api.python_names import name_argument, name_classes, name_methods
from orchestrator_codegen.output import write_package
from orchestrator_codegen.pipeline import generate_package

from ..support.hostile import import_packages, write_json

NAMES: Final = (
    *("__init__", "__class__", "__new__", "__dict__", "__slots__", "__getattr__", "__name__", "__builtins__"),
    *(
        "model_config",
        "model_fields",
        "model_validate",
        "model_post_init",
        "model_dump",
        "schema",
        "json",
        "copy",
        "dict",
    ),
    *("self", "cls", "None", "True", "import", "class", "type", "print", "exec", "match", "_", "__"),
    *(
        "models",
        "wait",
        "pages",
        "timeout",
        "body",
        "close",
        "mro",
        "name",
        "value",
        "Field",
        "Any",
        "Annotated",
    ),
    *("ﬁ", "fi", "ª", "²", "ſ", "s", "K", "ß", "ss", "İ", "\u0300", "𝐚", "a\u200bb", "a\u202eb", "!", ""),
    "x" * 5_000,
)


def write_names() -> dict[str, Any]:
    """Return a document that uses each name for an operation, a parameter, a property and an enum value."""
    schema = {"type": "object", "properties": {name: {"type": "string", "default": name} for name in NAMES}}
    names = [name for name in NAMES if name]
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Named"}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {
            f"/p{index}": {
                "get": {
                    "operationId": name,
                    "tags": [name],
                    "parameters": [
                        {"name": each, "in": "query", "schema": {"type": "string"}} for each in NAMES
                    ],
                    "responses": {"200": {"description": "d", "content": content}},
                }
            }
            for index, name in enumerate(names)
        },
        "components": {
            "schemas": {
                **{name: {"type": "object"} for name in names if name.isascii() and name.isidentifier()},
                "Named": schema,
                "Values": {"type": "string", "enum": list(NAMES)},
            }
        },
    }


def test_a_package_with_hostile_names_imports(tmp_path: Path) -> None:
    files = generate_package(write_json(tmp_path / "spec.json", write_names())).files
    write_package(files, tmp_path / "named")
    assert import_packages(tmp_path, ["named"]) == ""


@pytest.mark.parametrize("name", NAMES)
def test_python_does_not_change_the_chosen_names(name: str) -> None:
    for chosen in (name_argument(name), name_classes([name])[name]):
        assert chosen.isidentifier()
        assert not chosen.startswith("_")
        assert chosen == compile(chosen, "name", "eval").co_names[0]


def test_operations_have_distinct_constants() -> None:
    constants = [each.upper() for each in name_methods(NAMES).values()]
    assert len(set(constants)) == len(NAMES)
