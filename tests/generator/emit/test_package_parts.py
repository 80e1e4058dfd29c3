"""Tests of `--models-only` and `--client-only` packages: their files, imports, types and docs."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest
from orchestrator_codegen.emit.package_parts import Parts
from orchestrator_codegen.output import write_package
from orchestrator_codegen.pipeline import generate_output, generate_package

from ..support.documents import HEAD, PETS, SPEC, write_document

BARE: Final = "openapi: 3.1.0\ninfo: {title: Bare, version: '1'}\npaths: {}\n"
DOCUMENTS: Final[Mapping[str, str]] = {"contract": SPEC.read_text(), "pets": PETS, "bare": BARE}
PUBLIC: Final[Mapping[Parts, set[str]]] = {
    Parts.MODELS: {"__init__", "models"},
    Parts.CLIENT: {"__init__", "models", "client", "errors"},
    Parts.SERVER: {"__init__", "models", "client", "errors", "server"},
}


def find_needed(source: str) -> Iterator[str]:
    """Yield the modules of its own package that `source` imports, or may import."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            yield from [node.module] if node.module else [each.name for each in node.names]


@pytest.mark.parametrize("parts", Parts)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_package_contains_exactly_the_modules_that_it_imports(
    tmp_path: Path, name: str, parts: Parts
) -> None:
    files = generate_package(write_document(tmp_path, DOCUMENTS[name]), parts=parts).files
    modules = {file.removesuffix(".py"): text for file, text in files.items() if file.endswith(".py")}
    needed = {module: set(find_needed(text)) for module, text in modules.items()}
    assert set().union(*needed.values()) <= modules.keys()
    reached, waiting = set[str](), PUBLIC[parts] | ({"filters"} & modules.keys())
    while waiting:
        reached |= waiting
        waiting = set().union(*(needed[module] for module in waiting)) - reached
    assert modules.keys() - reached == set()
    public = {module for module in modules if not module.startswith("_") or module == "__init__"}
    assert public - {"filters"} == PUBLIC[parts]
    assert ("filters" in public) == (name == "contract")
    assert {"openapi.json", "openapi.yaml", "py.typed"} <= files.keys()


PROGRAM: Final = """\
import importlib, pkgutil, sys
sys.path.insert(0, {folder!r})
for missing in {missing!r}:
    sys.modules[missing] = None
import made
for name in made.__all__:
    getattr(made, name)
for each in pkgutil.iter_modules(made.__path__):
    importlib.import_module(f"made.{{each.name}}")
print(sorted(made.__all__))
"""
MISSING: Final[Mapping[Parts, list[str]]] = {
    Parts.MODELS: ["httpx", "anyio", "starlette"],
    Parts.CLIENT: ["starlette"],
    Parts.SERVER: [],
}


@pytest.mark.parametrize("parts", Parts)
def test_every_module_imports_without_dependencies_of_other_parts(tmp_path: Path, parts: Parts) -> None:
    write_package(generate_package(SPEC, parts=parts).files, tmp_path / "made")
    program = PROGRAM.format(folder=str(tmp_path), missing=MISSING[parts])
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    exported = ast.literal_eval(done.stdout)
    assert {"models", "field", "filters", "UnknownValue"} <= set(exported)
    assert ("Client" in exported) == ("errors" in exported) == (parts is not Parts.MODELS)
    assert ("server stubs" in (tmp_path / "made" / "__init__.py").read_text()) == (parts is Parts.SERVER)


@pytest.mark.slow
@pytest.mark.parametrize("parts", [Parts.MODELS, Parts.CLIENT])
def test_a_part_passes_mypy_strict(tmp_path: Path, parts: Parts) -> None:
    write_package(generate_package(SPEC, parts=parts).files, tmp_path / "made")
    mypy = ["-m", "mypy", "--strict", "--python-version", "3.11", "--cache-dir", str(tmp_path / "cache")]
    done = subprocess.run(
        [sys.executable, *mypy, "-p", "made"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, done.stdout), done.stdout


def test_docs_have_no_python_samples_without_a_client(tmp_path: Path) -> None:
    left_out = HEAD + "paths: {/pets: {get: {operationId: a, responses: {'200': {description: ok}}}}}\n"
    spec = write_document(tmp_path, left_out)
    for parts, is_shown in ((Parts.MODELS, False), (Parts.CLIENT, True)):
        docs = generate_output(spec, "acme.pets", parts=parts).docs
        assert [("from acme.pets import Client" in docs[name]) for name in ("api.md",)] == [is_shown]
        assert ("Python" in docs["api.md"]) == is_shown
        assert "curl" in docs["api.md"]


def test_with_docs_false_generates_no_docs(tmp_path: Path) -> None:
    spec = write_document(tmp_path, PETS)
    assert generate_output(spec, "pets", with_docs=False).docs == {}
