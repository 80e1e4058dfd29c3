"""Which package may import what, read off the source."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GENERATOR = ROOT / "generator" / "orchestrator_codegen"
GENERATED = ROOT / "generated" / "orchestrator_v2"
CONFORMANCE = ROOT / "conformance" / "orchestrator_conformance"

# What is imported with the server stubs alone.
ON_STARLETTE = {
    *("_answer.py", "_asgi.py", "_calling.py", "_context.py", "_intake.py", "_lifespan.py"),
    *("_routing.py", "_service.py", "server.py"),
}

# Built on the stubs: the embedded backend, and what goes wrong in it on purpose.
ON_THE_STUBS = ("reference/", "mutants/")


@dataclass(frozen=True, slots=True)
class Import:
    """One import of a top-level package, and where it stands: file below its root, and line."""

    package: str
    file: str
    line: int


def find_imports(folder: Path) -> Iterator[Import]:
    """Yield every import in the Python files below `folder`, wherever in the file it stands."""
    for path in sorted(folder.rglob("*.py")):
        file = path.relative_to(folder).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Import(names=names):
                    for alias in names:
                        yield Import(alias.name.partition(".")[0], file, node.lineno)
                case ast.ImportFrom(module=str(module), level=0):
                    yield Import(module.partition(".")[0], file, node.lineno)
                case ast.Call(
                    func=ast.Attribute(attr="import_module") | ast.Name(id="__import__"), args=[first, *_]
                ):
                    name = first.value if isinstance(first, ast.Constant) else "?"
                    yield Import(str(name).partition(".")[0], file, node.lineno)
                case _:
                    pass


def find_foreign(folder: Path, *allowed: str) -> list[Import]:
    """Return the imports of neither the standard library nor `allowed`."""
    known = {*allowed, *sys.stdlib_module_names}
    return [each for each in find_imports(folder) if each.package not in known]


def test_the_scan_sees_every_kind_of_import(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        "import os, schemathesis.engine\n"
        "from orchestrator_v2 import models\n"
        "from .orchestrator_v2 import nothing\n"
        "def f():\n"
        "    import jinja2 as j\n"
        "    importlib.import_module('pytest.x')\n"
        "    __import__('rich')\n"
    )
    found = find_foreign(tmp_path)
    assert [(each.package, each.line) for each in sorted(found, key=lambda each: each.line)] == [
        ("schemathesis", 1),
        ("orchestrator_v2", 2),
        ("jinja2", 5),
        ("pytest", 6),
        ("rich", 7),
    ]


def test_the_generator_imports_neither_sibling() -> None:
    allowed = {
        *("datamodel_code_generator", "jinja2", "jsonschema", "jsonschema_rs", "markdown_it"),
        *("openapi_spec_validator", "ruff", "yaml"),
    }
    # What is copied into the output imports what the output does.
    found = find_foreign(GENERATOR, *allowed)
    # Both are dependencies of the output: only what is allowed to fetches, and patterns are tried as pydantic does.
    own = {(each.package, each.file) for each in found if not each.file.startswith("runtime/")}
    assert own == {("httpx", "remote.py"), ("pydantic_core", "patterns.py")}
    assert {each.package for each in found} <= {"anyio", "httpx", "pydantic", "pydantic_core", "starlette"}


def test_the_generated_package_needs_its_own_dependencies_alone() -> None:
    # pydantic brings two along: typing_extensions has its type aliases on Python 3.11, pydantic_core its unions.
    # httpx brings anyio.
    brought = ("typing_extensions", "pydantic_core", "anyio")
    assert find_foreign(GENERATED, "httpx", "pydantic", "starlette", *brought) == []


def test_only_the_server_needs_starlette() -> None:
    importing = {each.file for each in find_imports(GENERATED) if each.package == "starlette"}
    assert importing == ON_STARLETTE
    assert not any(
        f"from .{name.removesuffix('.py')} import" in (GENERATED / other).read_text(encoding="utf-8")
        for name in ON_STARLETTE
        for other in ("client.py", "models.py", "_exchange.py", "_operation.py")
    )


def test_the_suite_judges_without_the_generated_package() -> None:
    importing = {each.file for each in find_imports(CONFORMANCE) if each.package == "orchestrator_v2"}
    assert [file for file in sorted(importing) if not file.startswith(ON_THE_STUBS)] == []
    assert importing != set()


def test_the_suite_does_not_import_the_generator() -> None:
    assert [each for each in find_imports(CONFORMANCE) if each.package == "orchestrator_codegen"] == []


def test_what_judges_does_not_import_what_is_judged() -> None:
    judging = [
        CONFORMANCE / name for name in ("judge.py", "contract.py", "exchange.py", "ledger.py", "session.py")
    ]
    for path in judging:
        assert not any(
            word in path.read_text(encoding="utf-8") for word in ("from .reference", "from .mutants")
        )


@pytest.mark.parametrize(
    ("folder", "package", "files"),
    [
        (CONFORMANCE, "schemathesis", "fuzz/"),
        (CONFORMANCE, "hypothesis", ("fuzz/", "lifecycles/search.py")),
        (CONFORMANCE, "uvicorn", "reference/serve.py"),
        (GENERATOR, "datamodel_code_generator", "emit/models.py"),
        (GENERATOR, "ruff", "format.py"),
        (GENERATOR, "openapi_spec_validator", "structure.py"),
        (GENERATOR, "jsonschema", ("structure.py", "value_check.py", "bounded_values.py")),
        (GENERATOR, "jsonschema_rs", "screening.py"),
        (GENERATOR, "markdown_it", "docs/prose.py"),
    ],
)
def test_a_tool_stands_behind_one_module(folder: Path, package: str, files: str | tuple[str, ...]) -> None:
    importing = {each.file for each in find_imports(folder) if each.package == package}
    assert importing != set()
    assert [file for file in sorted(importing) if not file.startswith(files)] == []
