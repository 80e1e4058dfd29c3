"""Reads YAML or JSON into plain JSON values, and keeps the line and column of every key."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from .diagnostics import BrokenDocument, Diagnostic, Location, error
from .yaml_nodes import compose, compose_json, refuse_json_depth
from .yaml_values import read_integer, read_nodes

JSON = Any  # None, bool, int, float, str, list of these, dict of str to these

Pointer = tuple[str | int, ...]

_SURROGATE: Final = "not UTF-8 text: an unpaired surrogate (\\ud800 to \\udfff) is not a character"


@dataclass(frozen=True, slots=True)
class Document:
    """A loaded document: its name as the user gave it, its text, its JSON value, and the location of each part.

    `origins` maps the pointer of each part that came from another document to that document and the pointer there.
    """

    file: str
    text: str
    data: JSON
    root: yaml.Node | None
    origins: Mapping[Pointer, tuple[Document, Pointer]] = field(default_factory=dict)
    _keys: dict[int, dict[str, tuple[yaml.Node, yaml.Node]]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def locate(self, pointer: Pointer = ()) -> Location:
        """Return the location of the key or item at `pointer`, or of its nearest ancestor with a known location."""
        for length in range(len(pointer), 0, -1) if self.origins else ():
            if pointer[:length] in self.origins:
                document, above = self.origins[pointer[:length]]
                return document.locate((*above, *pointer[length:]))
        node, at = self.root, Location(self.file)
        for part in pointer:
            step = self._step(node, part)
            if step is None:
                break
            key, node = step
            at = Location(self.file, key.start_mark.line + 1, key.start_mark.column + 1)
        return at

    def _step(self, node: yaml.Node | None, part: str | int) -> tuple[yaml.Node, yaml.Node] | None:
        if isinstance(node, yaml.MappingNode):
            if id(node) not in self._keys:
                self._keys[id(node)] = {key.value: (key, value) for key, value in reversed(node.value)}
            return self._keys[id(node)].get(str(part))
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            return node.value[part], node.value[part]
        return None


def load(path: Path, name: str | None = None) -> Document:
    """Read the document at `path`, named `name` in diagnostics.

    Raises `BrokenDocument` if the file cannot be read or is neither YAML nor JSON.
    """
    name = name or str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise BrokenDocument([error(f"not UTF-8 text (byte {problem.start})", Location(name))]) from None
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise BrokenDocument([error(f"cannot be read: {reason}", Location(name))]) from None
    return parse_text(text, name)


def parse_text(text: str, file: str) -> Document:
    """Parse `text` as JSON if `file` ends in `.json`, otherwise as YAML; raise `BrokenDocument`."""
    if file.endswith(".json"):
        data = _read_json(text, file)
        root = compose_json(text)
        unwritable = [*_find_unwritable(data, ())]
        if unwritable:
            document = Document(file, text, data, root)
            raise BrokenDocument([error(message, document.locate(at)) for at, message in unwritable])
    else:
        root = compose(text, file)
        data = read_nodes(root, file)
    duplicates = list(_find_duplicate_keys(root, file))
    if duplicates:
        raise BrokenDocument(duplicates)
    return Document(file, text, data, root)


def _read_json(text: str, file: str) -> JSON:
    refuse_json_depth(text, file)
    try:
        return json.loads(text, parse_int=read_integer, parse_constant=_refuse_constant)
    except json.JSONDecodeError as problem:
        at = Location(file, problem.lineno, problem.colno)
        raise BrokenDocument([error(f"not JSON: {problem.msg}", at)]) from None
    except _NotJson as problem:
        raise BrokenDocument([error(f"not JSON: {problem} is not a JSON number", Location(file))]) from None


class _NotJson(Exception):
    """A number that Python's JSON parser accepts and JSON does not allow: NaN or Infinity."""


def _refuse_constant(text: str) -> JSON:
    raise _NotJson(text)


def _find_unwritable(node: JSON, at: Pointer) -> Iterator[tuple[Pointer, str]]:
    """Yield the pointer of each value that is valid JSON but cannot be written again, and a message about it."""
    if isinstance(node, dict):
        for key, value in node.items():
            if not _is_text(key):
                yield (*at, key), _SURROGATE
            yield from _find_unwritable(value, (*at, key))
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from _find_unwritable(item, (*at, index))
    elif isinstance(node, float) and math.isinf(node):
        yield at, "the number is too large; write it as a string"
    elif isinstance(node, str) and not _is_text(node):
        yield at, _SURROGATE


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _find_duplicate_keys(node: yaml.Node | None, file: str) -> Iterator[Diagnostic]:
    pending, seen_nodes = [node], set[int]()
    while pending:
        current = pending.pop()
        if id(current) in seen_nodes:
            continue
        seen_nodes.add(id(current))
        if isinstance(current, yaml.MappingNode):
            first: dict[str, int] = {}
            for key, value in current.value:
                line = key.start_mark.line + 1
                name = str(key.value)
                if name in first:
                    at = Location(file, line, key.start_mark.column + 1)
                    yield error(f"the key {name!r} is a duplicate of the key in line {first[name]}", at)
                else:
                    first[name] = line
                pending.append(value)
        elif isinstance(current, yaml.SequenceNode):
            pending.extend(current.value)
