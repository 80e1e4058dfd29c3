"""Reads YAML or JSON into plain JSON values, with the line and column of every key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from .diagnostics import BrokenDocument, Diagnostic, Location, error

JSON = Any  # None, bool, int, float, str, list of these, dict of str to these

Pointer = tuple[str | int, ...]

_STRING: Final = "tag:yaml.org,2002:str"
_MERGE: Final = "<<"
_SURROGATE_PAIR: Final = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """libyaml where there is one, with no implicit types: `_read_plain` knows YAML 1.2's, where `no` is text."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012


@dataclass(frozen=True, slots=True)
class Document:
    """A loaded document: its name as the user gave it, its text, its JSON value, and where each part stands."""

    file: str
    text: str
    data: JSON
    root: yaml.Node | None

    def locate(self, pointer: Pointer = ()) -> Location:
        """Return where the key or item at `pointer` starts, or its nearest ancestor that can be placed."""
        node, at = self.root, Location(self.file)
        for part in pointer:
            step = _step(node, part)
            if step is None:
                break
            key, node = step
            at = Location(self.file, key.start_mark.line + 1, key.start_mark.column + 1)
        return at


def load(path: Path) -> Document:
    """Read the document at `path`; raise `BrokenDocument` where it is unreadable or neither YAML nor JSON."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise BrokenDocument([error(f"not UTF-8 text (byte {problem.start})", Location(str(path)))]) from None
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise BrokenDocument([error(f"cannot be read: {reason}", Location(str(path)))]) from None
    return parse_text(text, str(path))


def parse_text(text: str, file: str) -> Document:
    """Parse `text`, which is JSON where `file` ends in `.json` and YAML elsewhere; raise `BrokenDocument`."""
    if file.endswith(".json"):
        try:
            data = json.loads(text)
        except json.JSONDecodeError as problem:
            at = Location(file, problem.lineno, problem.colno)
            raise BrokenDocument([error(f"not JSON: {problem.msg}", at)]) from None
        if _has_lone_surrogate(data):
            message = "not UTF-8 text: a lone surrogate (\\ud800 to \\udfff) stands for no character"
            raise BrokenDocument([error(message, Location(file))])
        root = _compose_json(text)
    else:
        root = _compose(text, file)
        data = _Reader(file).read(root)
    duplicates = list(_find_duplicate_keys(root, file))
    if duplicates:
        raise BrokenDocument(duplicates)
    return Document(file, text, data, root)


def _compose(text: str, file: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        at = Location(file, mark.line + 1, mark.column + 1) if mark else Location(file)
        raise BrokenDocument([error(f"not YAML: {problem.problem or problem.context}", at)]) from None
    except yaml.YAMLError as problem:
        raise BrokenDocument([error(f"not YAML: {str(problem).splitlines()[0]}", Location(file))]) from None


def _compose_json(text: str) -> yaml.Node | None:
    # Only places are read from the nodes, so surrogate pairs, which YAML does not have, may become as many spaces.
    try:
        return yaml.compose(_SURROGATE_PAIR.sub(" " * 12, text), Loader=_Loader)
    except yaml.YAMLError:
        return None


def _has_lone_surrogate(data: JSON) -> bool:
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _step(node: yaml.Node | None, part: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return key, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    return None


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
                    yield error(f"the key {name!r} stands already in line {first[name]}", at)
                else:
                    first[name] = line
                pending.append(value)
        elif isinstance(current, yaml.SequenceNode):
            pending.extend(current.value)


class _Reader:
    """Turns nodes into JSON values; an anchor's value is read once and shared."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._read: dict[int, JSON] = {}
        self._open: set[int] = set()

    def read(self, node: yaml.Node | None) -> JSON:
        if node is None:
            return None
        if id(node) in self._read:
            return self._read[id(node)]
        if id(node) in self._open:
            raise BrokenDocument([error("an alias contains itself", self._place(node))])
        self._open.add(id(node))
        value: JSON
        match node:
            case yaml.MappingNode():
                value = self._read_mapping(node)
            case yaml.SequenceNode():
                value = [self.read(item) for item in node.value]
            case _:
                value = _read_scalar(node)
        self._open.discard(id(node))
        self._read[id(node)] = value
        return value

    def _read_mapping(self, node: yaml.MappingNode) -> dict[str, JSON]:
        merged: dict[str, JSON] = {}
        own: dict[str, JSON] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise BrokenDocument([error("a key must be text, not a list or a mapping", self._place(key))])
            if key.value == _MERGE and not key.style:
                sources = value.value if isinstance(value, yaml.SequenceNode) else [value]
                for source in reversed(sources):
                    read = self.read(source)
                    if not isinstance(read, dict):
                        raise BrokenDocument([error("<<: must merge a mapping", self._place(source))])
                    merged.update(read)
            else:
                own[key.value] = self.read(value)
        return {**merged, **own}

    def _place(self, node: yaml.Node) -> Location:
        return Location(self._file, node.start_mark.line + 1, node.start_mark.column + 1)


def _read_scalar(node: yaml.Node) -> JSON:
    is_plain = isinstance(node, yaml.ScalarNode) and not node.style
    if (is_plain and node.tag == _STRING) or node.tag.rpartition(":")[2] in {"int", "float", "bool", "null"}:
        return _read_plain(node.value)
    return node.value


def _read_plain(text: str) -> JSON:
    """Return what a plain scalar means in YAML 1.2's core schema; a date stays text, as JSON has none."""
    if text in {"", "~", "null", "Null", "NULL"}:
        return None
    if text in {"true", "True", "TRUE"}:
        return True
    if text in {"false", "False", "FALSE"}:
        return False
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"0o[0-7]+", text):
        return int(text, 8)
    if re.fullmatch(r"0x[0-9a-fA-F]+", text):
        return int(text, 16)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text):
        return float(text)
    return text
