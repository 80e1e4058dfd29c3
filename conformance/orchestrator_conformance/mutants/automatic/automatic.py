"""Mutants that are made rather than written: the reference backend with one small edit of its code."""

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

# Where searches are answered and runs are led; the rest reads files, shows values and carries messages.
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
    """The edited code does not even start, so there is no backend that could misbehave."""


@dataclass(frozen=True, slots=True)
class AutomaticMutant:
    """One edit: `edit` says what it is, and `name`, which tells it from all others, what it is of.

    The name has no line number in it, so that it stays the same when other code in the file changes.
    """

    name: str
    file: str
    line: int
    column: int
    edit: str
    operator: str

    def create_app(self, settings: ReferenceSettings) -> ASGIApp:
        """Return the mutant as an application with state and code of its own; raise `CannotBuild`."""
        tree = apply_edit(dict(_name_edits(self.file))[self.name])
        try:
            with _copied_package(self.file, tree) as app_module:
                app: ASGIApp = app_module.create_reference_app(settings)
                return app
        except Exception as problem:
            raise CannotBuild(f"{self.name}: {problem!r}") from problem


def list_automatic_mutants() -> list[AutomaticMutant]:
    """Return a mutant for every edit of the mutated files, by place; always the same ones for the same code."""
    return [
        AutomaticMutant(name, file, edit.line, edit.column, edit.change.said, edit.operator)
        for file in MUTATED_FILES
        for name, edit in _name_edits(file)
    ]


def _name_edits(file: str) -> list[tuple[str, Edit]]:
    """Return the edits with their names, numbered from the second on where several are alike."""
    source = (_FOLDER / file).read_text(encoding="utf-8")
    names = vars(importlib.import_module(f"{reference.__name__}.{_module_name(file)}"))
    named: dict[str, Edit] = {}
    for edit in list_edits(source, names):
        name = f"{Path(file).name}:{edit.scope or 'module'} {edit.change.said}"
        numbered = chain([name], (f"{name} #{number}" for number in count(2)))
        named[next(each for each in numbered if each not in named)] = edit
    return list(named.items())


@contextmanager
def _copied_package(file: str, tree: ast.Module) -> Iterator[ModuleType]:
    """Load the reference package a second time, with `tree` for the code of `file`; yield its module `app`.

    The copy has a name of its own, by which relative imports and data files are found in it. The name is given up
    in the end: what was made of the copy lives on, and nothing else finds it.
    """
    package_name = _free_name()
    try:
        # The package's own module is left empty: it imports more than an application needs.
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
    """Enter an empty module in the place of the file `path`, the whole folder being its own where it is a package."""
    folders = [str(path.parent)] if path.name == "__init__.py" else None
    spec = spec_from_file_location(name, path, submodule_search_locations=folders)
    if spec is None:
        raise ImportError(f"no module can be made of {path}")
    module = module_from_spec(spec)
    sys.modules[name] = module
    return module
