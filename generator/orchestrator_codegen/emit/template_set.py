"""Finds templates: the built-in ones, each of which a file of the same name in a custom folder can replace."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import TracebackType
from typing import Final, NoReturn

from jinja2 import BaseLoader, Environment, TemplateNotFound, TemplateSyntaxError

from ..document.diagnostics import BrokenDocument, Diagnostic, Location, error

_FOLDERS: Final = ("templates", "docs/render/templates", "docs/render/assets")
_KINDS: Final = (".jinja", ".css", ".js")


@dataclass(frozen=True, slots=True)
class TemplateSet:
    """Templates by file name. `replaced` has the path of each custom file by the name of the file that it replaces."""

    replaced: Mapping[str, Path] = field(default_factory=dict)

    def read(self, name: str) -> str:
        """Return the text of the file `name`. Raise `BrokenDocument` if a custom file cannot be read."""
        path = self.replaced.get(name)
        if path is None:
            return list_built_in()[name].read_text(encoding="utf-8")
        try:
            return path.read_text(encoding="utf-8-sig")
        except OSError as problem:
            self.reject(name, f"cannot be read: {problem.strerror}")
        except UnicodeDecodeError as problem:
            self.reject(name, f"is not UTF-8: {problem.reason} at byte {problem.start}")

    def make_loader(self) -> BaseLoader:
        """Return a Jinja loader. Template names are file names without `.jinja`."""
        return _Loader(self)

    @contextmanager
    def reporting_errors(self) -> Iterator[None]:
        """Raise `BrokenDocument`, with the source location, for any exception in a custom template."""
        try:
            yield
        except BrokenDocument:
            raise
        except TemplateSyntaxError as problem:
            file = problem.filename
            if file is None or Path(file) not in self.replaced.values():
                raise
            _refuse(problem.message or "is not a valid template", Location(file, problem.lineno))
        except Exception as problem:
            place = self._find_place(problem.__traceback__)
            if place is None:
                raise
            _refuse(f"{type(problem).__name__}: {problem}", place)

    def reject(self, name: str, message: str, line: int = 1) -> NoReturn:
        """Raise `BrokenDocument` with `message` for the custom file that replaces `name`."""
        _refuse(message, Location(str(self.replaced[name]), line))

    def _find_place(self, traceback: TracebackType | None) -> Location | None:
        """Return the innermost frame of `traceback` that is in a custom template, as a location."""
        place, own = None, set(map(str, self.replaced.values()))
        while traceback is not None:
            file = traceback.tb_frame.f_code.co_filename
            if file in own:
                place = Location(file, traceback.tb_lineno)
            traceback = traceback.tb_next
        return place


class _Loader(BaseLoader):
    def __init__(self, templates: TemplateSet) -> None:
        self._templates = templates

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        name = f"{template.removesuffix('.jinja')}.jinja"
        if name not in list_built_in():
            raise TemplateNotFound(template)
        path = self._templates.replaced.get(name)
        return self._templates.read(name), None if path is None else str(path), None


BUILT_IN: Final = TemplateSet()


def open_templates(folder: Path) -> TemplateSet:
    """Return the built-in templates with those in `folder` replaced. Raise `BrokenDocument` for unknown file names.

    Files whose names begin with a dot are ignored.
    """
    try:
        found = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as problem:
        _refuse(f"the template folder cannot be read: {problem.strerror}", Location(str(folder)))
    unknown = [path for path in found if path.name not in list_built_in()]
    if unknown:
        raise BrokenDocument(_describe_unknown(path) for path in unknown)
    return TemplateSet({path.name: path for path in found})


@cache
def list_built_in() -> Mapping[str, Traversable]:
    """Return the files that can be replaced, by name: templates, and the stylesheet and scripts of the docs."""
    package = files(__package__.rpartition(".")[0])
    found = [file for folder in _FOLDERS for file in package.joinpath(folder).iterdir()]
    return {
        file.name: file
        for file in sorted(found, key=lambda each: each.name)
        if file.is_file() and file.name.endswith(_KINDS)
    }


def _describe_unknown(path: Path) -> Diagnostic:
    return error(
        f"is not the name of a template; use one of {', '.join(list_built_in())}", Location(str(path))
    )


def _refuse(message: str, place: Location) -> NoReturn:
    raise BrokenDocument([error(message, place)]) from None
