"""The import rules: those of `pyproject.toml`, by import-linter, and those that it cannot express."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GENERATOR = ROOT / "generator" / "orchestrator_codegen"
GENERATED = ROOT / "generated" / "orchestrator_v2"
CONFORMANCE = ROOT / "conformance" / "orchestrator_conformance"

# The modules of the generated package that only server stubs need.
ON_STARLETTE = {
    *("_answer.py", "_asgi.py", "_calling.py", "_context.py", "_intake.py", "_lifespan.py"),
    *("_routing.py", "_service.py", "server.py"),
}


@dataclass(frozen=True, slots=True)
class Import:
    """One import of a top-level package: the file that has it, relative to the scanned folder, and the line."""

    package: str
    file: str
    line: int


def find_imports(folder: Path) -> Iterator[Import]:
    """Yield every import in the Python files below `folder`, also those within functions and by name."""
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
    """Return the imports of packages that are neither in the standard library nor `allowed`."""
    known = {*allowed, *sys.stdlib_module_names}
    return [each for each in find_imports(folder) if each.package not in known]


def run_import_linter(config: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    command = [str(program), "--no-cache", "--no-logo", str(config)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_import_linter_finds_no_broken_rule() -> None:
    done = run_import_linter(ROOT / "pyproject.toml")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("rule", "broken"),
    [
        pytest.param('"emit",\n    "validation",', '"validation",\n    "emit",', id="layers"),
        pytest.param(
            'allowed_importers = ["orchestrator_conformance.fuzz"]',
            'allowed_importers = ["orchestrator_conformance.report"]',
            id="protected",
        ),
        pytest.param('forbidden_modules = ["starlette"]', 'forbidden_modules = ["httpx"]', id="forbidden"),
    ],
)
def test_import_linter_finds_a_rule_that_is_broken(rule: str, broken: str, tmp_path: Path) -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert rule in text
    config = tmp_path / "pyproject.toml"
    config.write_text(text.replace(rule, broken), encoding="utf-8")
    done = run_import_linter(config)
    assert done.returncode == 1
    assert "1 broken" in done.stdout


def test_the_scan_finds_every_kind_of_import(tmp_path: Path) -> None:
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


def test_the_generator_imports_only_its_own_dependencies() -> None:
    allowed = {
        *("datamodel_code_generator", "jinja2", "jsonschema", "jsonschema_rs", "markdown_it"),
        *("openapi_spec_validator", "ruff", "yaml"),
    }
    # The modules that are copied into the output import what the output may import.
    found = find_foreign(GENERATOR, *allowed)
    # Both are dependencies of the output too: httpx fetches remote documents, pydantic_core compiles patterns.
    own = {(each.package, each.file) for each in found if not each.file.startswith("runtime/")}
    assert own == {("httpx", "document/bundling/remote.py"), ("pydantic_core", "validation/patterns.py")}
    assert {each.package for each in found} <= {"anyio", "httpx", "pydantic", "pydantic_core", "starlette"}


def test_the_generated_package_imports_only_its_own_dependencies() -> None:
    # pydantic installs typing_extensions and pydantic_core, httpx installs anyio.
    installed_with_them = ("typing_extensions", "pydantic_core", "anyio")
    assert find_foreign(GENERATED, "httpx", "pydantic", "starlette", *installed_with_them) == []


def test_only_the_server_needs_starlette() -> None:
    importing = {each.file for each in find_imports(GENERATED) if each.package == "starlette"}
    assert importing == ON_STARLETTE
    assert not any(
        f"from .{name.removesuffix('.py')} import" in (GENERATED / other).read_text(encoding="utf-8")
        for name in ON_STARLETTE
        for other in ("client.py", "models.py", "_exchange.py", "_operation.py")
    )


@pytest.mark.parametrize("folder", [GENERATOR, GENERATED, CONFORMANCE], ids=lambda each: each.name)
def test_no_sibling_is_imported_by_name(folder: Path) -> None:
    """Import-linter reads import statements only, so `import_module("orchestrator_v2")` would escape it."""
    siblings = {GENERATOR.name, GENERATED.name, CONFORMANCE.name} - {folder.name}
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(attr="import_module") | ast.Name(id="__import__"),
                    args=[ast.Constant(value=str(name)), *_],
                ):
                    assert name.partition(".")[0] not in siblings, f"{path}:{node.lineno}"
                case _:
                    pass
