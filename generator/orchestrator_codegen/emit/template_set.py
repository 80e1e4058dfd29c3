"""The templates to fill in: ours, and in place of some of them those of a folder of the user's, file by file."""

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
    """Templates by file name; `replaced` are those that the user's stand in for, with the path of each."""

    replaced: Mapping[str, Path] = field(default_factory=dict)

    def read(self, name: str) -> str:
        """Return the text of the file `name`; raise `BrokenDocument` where the user's cannot be read."""
        path = self.replaced.get(name)
        if path is None:
            return list_ours()[name].read_text(encoding="utf-8")
        try:
            return path.read_text(encoding="utf-8-sig")
        except OSError as problem:
            self.blame(name, f"cannot be read: {problem.strerror}")
        except UnicodeDecodeError as problem:
            self.blame(name, f"is not UTF-8: {problem.reason} at byte {problem.start}")

    def make_loader(self) -> BaseLoader:
        """Return a loader for Jinja, in which templates go by their file names without `.jinja`."""
        return _Loader(self)

    @contextmanager
    def blaming(self) -> Iterator[None]:
        """Raise `BrokenDocument`, which says where, for what goes wrong in a template of the user's."""
        try:
            yield
        except BrokenDocument:
            raise
        except TemplateSyntaxError as problem:
            file = problem.filename
            if file is None or Path(file) not in self.replaced.values():
                raise
            _refuse(problem.message or "is no template", Location(file, problem.lineno))
        except Exception as problem:
            place = self._find_place(problem.__traceback__)
            if place is None:
                raise
            _refuse(f"{type(problem).__name__}: {problem}", place)

    def blame(self, name: str, message: str, line: int = 1) -> NoReturn:
        """Raise `BrokenDocument` for the user's file `name`."""
        _refuse(message, Location(str(self.replaced[name]), line))

    def _find_place(self, traceback: TracebackType | None) -> Location | None:
        """Return the innermost line of a template of the user's that `traceback` goes through."""
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
        if name not in list_ours():
            raise TemplateNotFound(template)
        path = self._templates.replaced.get(name)
        return self._templates.read(name), None if path is None else str(path), None


OURS: Final = TemplateSet()


def open_templates(folder: Path) -> TemplateSet:
    """Return our templates with those in `folder` in their place; raise `BrokenDocument` for what has no place.

    Files whose names begin with a dot are none of anybody's business here.
    """
    try:
        found = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as problem:
        _refuse(f"the folder of templates cannot be read: {problem.strerror}", Location(str(folder)))
    strange = [path for path in found if path.name not in list_ours()]
    if strange:
        raise BrokenDocument(_describe_strange(path) for path in strange)
    return TemplateSet({path.name: path for path in found})


@cache
def list_ours() -> Mapping[str, Traversable]:
    """Return the files that can be replaced, by name: templates, and the style and scripts of the docs."""
    package = files(__package__.rpartition(".")[0])
    found = [file for folder in _FOLDERS for file in package.joinpath(folder).iterdir()]
    return {
        file.name: file
        for file in sorted(found, key=lambda each: each.name)
        if file.is_file() and file.name.endswith(_KINDS)
    }


def _describe_strange(path: Path) -> Diagnostic:
    return error(f"is none of our templates, which are {', '.join(list_ours())}", Location(str(path)))


def _refuse(message: str, place: Location) -> NoReturn:
    raise BrokenDocument([error(message, place)]) from None
