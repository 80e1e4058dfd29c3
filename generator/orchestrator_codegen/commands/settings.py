"""Reads options from the table `[tool.orchestrator-codegen]` of `pyproject.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from ..api.python_names import is_importable
from ..document.diagnostics import BrokenDocument, Diagnostic, Location, error
from ..emit.package_parts import Parts
from .options import NO_DOCS, Layer
from .toml_locations import locate_key

FILE: Final = "pyproject.toml"
TABLE: Final = "orchestrator-codegen"

_PATHS: Final = ("spec", "output", "templates")
_SWITCHES: Final = ("models-only", "server")
KEYS: Final = ("spec", "output", "package", "docs", *_SWITCHES, "templates")

_PLACE: Final = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_settings() -> Layer:
    """Return the options of the nearest table in this folder or one above; raise `BrokenDocument` with all its errors.

    The search ends at the root of the repository. Paths in the table are relative to its file.
    """
    for folder in _climb():
        text = _read(folder / FILE)
        if TABLE not in text:
            continue
        table = _find_table(text, folder / FILE)
        if table is not None:
            return _read_table(table, text, folder)
    return Layer()


def _climb() -> Iterator[Path]:
    """Yield the current folder and its parents, as relative paths."""
    folder = Path()
    for _ in (Path.cwd(), *Path.cwd().parents):
        try:
            is_root = (folder / ".git").exists()
        except OSError:  # a folder without permission to read
            return
        yield folder
        if is_root:
            return
        folder = folder / ".."


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as problem:
        raise BrokenDocument([error(f"cannot be read: {problem.strerror}", Location(str(path)))]) from None
    except UnicodeDecodeError:
        raise BrokenDocument([error("is not UTF-8 text", Location(str(path)))]) from None


def _find_table(text: str, path: Path) -> dict[str, Any] | None:
    try:
        tool = tomllib.loads(text).get("tool")
    except tomllib.TOMLDecodeError as problem:
        place = _PLACE.search(str(problem))
        line, column = (int(each or 1) for each in place.groups()) if place else (1, 1)
        if place and place[1] is None:
            line = text.count("\n") + 1
        message = f"is not valid TOML: {_PLACE.sub('', str(problem))}"
        raise BrokenDocument([error(message, Location(str(path), line, column))]) from None
    if not isinstance(tool, dict) or TABLE not in tool:
        return None
    table = tool[TABLE]
    if not isinstance(table, dict):
        raise BrokenDocument([error(f"tool.{TABLE} must be a table", _locate(text, path))])
    return table


def _read_table(table: dict[str, Any], text: str, folder: Path) -> Layer:
    path = folder / FILE
    problems = [
        error(message, _locate(text, path, key))
        for key, value in table.items()
        if (message := _find_fault(key, value))
    ]
    if table.get("models-only") is True and table.get("server") is True:
        problems.append(_contradict(text, path))
    if problems:
        raise BrokenDocument(problems)
    paths = {key: folder / table[key] for key in _PATHS if key in table}
    docs = table.get("docs")
    return Layer(
        spec=paths.get("spec"),
        output=paths.get("output"),
        package=table.get("package"),
        docs=NO_DOCS if docs is False else None if docs is None else folder / docs,
        parts=_choose_parts(table),
        templates=paths.get("templates"),
    )


def _find_fault(key: str, value: object) -> str:
    """Return an error message for an entry of the table, or an empty string."""
    is_text = isinstance(value, str) and bool(value)
    if key not in KEYS:
        return f"tool.{TABLE} has no key {key}; the keys are {', '.join(KEYS)}"
    if key in _PATHS and not is_text:
        return f"{key} must be a path"
    if key == "docs" and not is_text and value is not False:
        return "docs must be a path, or false for no docs"
    if key in _SWITCHES and not isinstance(value, bool):
        return f"{key} must be true or false"
    if key == "package" and not (isinstance(value, str) and is_importable(value)):
        return f"package must be an importable name such as acme.orchestrator, not {value!r}"
    return ""


def _choose_parts(table: dict[str, Any]) -> Parts | None:
    match table:
        case {"models-only": True}:
            return Parts.MODELS
        case {"server": True}:
            return Parts.SERVER
        case {"server": False}:
            return Parts.CLIENT
    return None


def _contradict(text: str, path: Path) -> Diagnostic:
    return error("server = true contradicts models-only = true; remove one", _locate(text, path, "server"))


def _locate(text: str, path: Path, key: str = "") -> Location:
    return Location(str(path), *locate_key(text, TABLE, key))
