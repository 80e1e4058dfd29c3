"""Lists and builds the automatic mutants: the reference backend with one small edit of its code."""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from itertools import chain, count
from pathlib import Path
from types import ModuleType
from typing import Final

from starlette.types import ASGIApp

from ... import reference
from ...reference.settings import ReferenceSettings
from .tree_edits import Edit, apply_edit, list_edits

# The files that search and manage runs. The others read files, render values and pass on messages.
MUTATED_FILES: Final = (
    "filters/criteria.py",
    "filters/filtering.py",
    "filters/table.py",
    "listing/search.py",
    "overviews/statistics.py",
    "lifecycle/lifecycle.py",
    "lifecycle/instance_store.py",
    "backend.py",
)

_FOLDER: Final = Path(reference.__file__).parent


class CannotBuild(Exception):
    """The edited code does not start, so there is no backend to try."""


@dataclass(frozen=True, slots=True)
class AutomaticMutant:
    """A mutant with one edit: `edit` describes the edit, and the unique `name` adds the function that it is in.

    The name contains no line number, so that it stays the same if other code in the file changes.
    """

    name: str
    file: str
    line: int
    column: int
    edit: str
    operator: str

    def create_app(self, settings: ReferenceSettings) -> ASGIApp:
        """Return the mutant as an application with its own state and code; raise `CannotBuild` if it does not start."""
        tree = apply_edit(dict(_name_edits(self.file))[self.name])
        try:
            with _copied_package(self.file, tree) as app_module:
                app: ASGIApp = app_module.create_reference_app(settings)
                return app
        except Exception as problem:
            raise CannotBuild(f"{self.name}: {problem!r}") from problem


def list_automatic_mutants() -> list[AutomaticMutant]:
    """Return a mutant for every edit of the mutated files, by position; the same ones for the same code."""
    return [
        AutomaticMutant(name, file, edit.line, edit.column, edit.change.description, edit.operator)
        for file in MUTATED_FILES
        for name, edit in _name_edits(file)
    ]


def _name_edits(file: str) -> list[tuple[str, Edit]]:
    """Return the edits with their names; the second and later ones of the same name are numbered."""
    source = (_FOLDER / file).read_text(encoding="utf-8")
    names = vars(importlib.import_module(f"{reference.__name__}.{_module_name(file)}"))
    named: dict[str, Edit] = {}
    for edit in list_edits(source, names):
        name = f"{Path(file).name}:{edit.scope or 'module'} {edit.change.description}"
        numbered = chain([name], (f"{name} #{number}" for number in count(2)))
        named[next(each for each in numbered if each not in named)] = edit
    return list(named.items())


@contextmanager
def _copied_package(file: str, tree: ast.Module) -> Iterator[ModuleType]:
    """Load the reference package a second time, with `tree` as the code of `file`, and yield its module `app`.

    The copy has its own package name, so that its relative imports and data files resolve within it. The name is
    removed from `sys.modules` at the end; objects created from the copy stay usable.
    """
    package_name = _free_name()
    try:
        # The module of the package itself stays empty, because it imports more than an application needs.
        _add_module(package_name, _FOLDER / "__init__.py")
        name = f"{package_name}.{_module_name(file)}"
        importlib.import_module(name.rpartition(".")[0])
        module = _add_module(name, _FOLDER / file)
        exec(compile(tree, str(_FOLDER / file), "exec"), vars(module))
        yield importlib.import_module(f"{package_name}.app")
    finally:
        for name in [each for each in sys.modules if f"{each}.".startswith(f"{package_name}.")]:
            del sys.modules[name]


def _module_name(file: str) -> str:
    """Return the name of the module in `file`, relative to the reference package."""
    return file.removesuffix(".py").replace("/", ".")


def _free_name() -> str:
    names = (f"orchestrator_conformance_mutant_{number}" for number in count(1))
    return next(name for name in names if name not in sys.modules)


def _add_module(name: str, path: Path) -> ModuleType:
    """Add an empty module for the file `path` to `sys.modules`; for `__init__.py`, a package with its folder."""
    folders = [str(path.parent)] if path.name == "__init__.py" else None
    spec = spec_from_file_location(name, path, submodule_search_locations=folders)
    if spec is None:
        raise ImportError(f"cannot create a module for {path}")
    module = module_from_spec(spec)
    sys.modules[name] = module
    return module
