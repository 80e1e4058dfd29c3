"""Reads YAML nodes into plain JSON values with the core schema of YAML 1.2."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from .diagnostics import BrokenDocument, error
from .yaml_nodes import place

_STRING: Final = "tag:yaml.org,2002:str"
_MERGE: Final = "<<"

# The maximum number of values that aliases and merges may add. A string counts once for each 64 characters.
MOST_REPEATED: Final = 100_000
_CHARACTERS: Final = 64


def read_nodes(root: yaml.Node | None, file: str) -> Any:
    """Return the value of `root`; aliases share their target. Raises `BrokenDocument`."""
    return None if root is None else _Reader(file).read(root)


def read_integer(text: str, base: int = 10) -> int | float:
    """Return the number written in `text`, or infinity if it has too many digits."""
    return int(text, base) if len(text) <= 300 else math.inf


@dataclass(slots=True)
class _Reader:
    """Reads each node once. `_sizes` holds the expanded size of each value, `_repeated` what aliases have added."""

    _file: str
    _read: dict[int, Any] = field(default_factory=dict)
    _sizes: dict[int, int] = field(default_factory=dict)
    _open: set[int] = field(default_factory=set)
    _repeated: int = 0

    def read(self, node: yaml.Node) -> Any:
        if id(node) in self._read:
            self._count(self._sizes[id(node)], node)
            return self._read[id(node)]
        if id(node) in self._open:
            raise BrokenDocument([error("an alias contains itself", place(node, self._file))])
        self._open.add(id(node))
        value: Any
        size = 1
        match node:
            case yaml.MappingNode():
                value = self._read_mapping(node)
                size += sum(self._sizes[id(each)] for _, each in node.value)
            case yaml.SequenceNode():
                value = [self.read(item) for item in node.value]
                size += sum(self._sizes[id(item)] for item in node.value)
            case _:
                value = self._read_scalar(node)
                size += len(node.value) // _CHARACTERS
        self._open.discard(id(node))
        self._read[id(node)] = value
        self._sizes[id(node)] = size
        return value

    def _count(self, size: int, node: yaml.Node) -> None:
        self._repeated += size
        if self._repeated > MOST_REPEATED:
            message = f"aliases and merges repeat more than {MOST_REPEATED:,} values; use $ref instead"
            raise BrokenDocument([error(message, place(node, self._file))])

    def _read_mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        merged: dict[str, Any] = {}
        own: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                message = "a key must be a string, not a list or a mapping"
                raise BrokenDocument([error(message, place(key, self._file))])
            if key.value == _MERGE and not key.style:
                sources = value.value if isinstance(value, yaml.SequenceNode) else [value]
                for source in reversed(sources):
                    read = self.read(source)
                    if not isinstance(read, dict):
                        raise BrokenDocument(
                            [error("the value of << must be a mapping", place(source, self._file))]
                        )
                    merged.update(read)
                self._sizes.setdefault(id(value), sum(self._sizes[id(source)] for source in sources))
            else:
                own[key.value] = self.read(value)
        return {**merged, **own}

    def _read_scalar(self, node: yaml.Node) -> Any:
        is_plain = isinstance(node, yaml.ScalarNode) and not node.style
        if (is_plain and node.tag == _STRING) or node.tag.rpartition(":")[2] in {
            "int",
            "float",
            "bool",
            "null",
        }:
            value = _read_plain(node.value)
            if isinstance(value, float) and math.isinf(value):
                message = "the number is too large; write it as a string"
                raise BrokenDocument([error(message, place(node, self._file))])
            return value
        return node.value


def _read_plain(text: str) -> Any:
    """Return the value of a plain scalar in the core schema of YAML 1.2. A date stays a string: JSON has no dates."""
    if text in {"", "~", "null", "Null", "NULL"}:
        return None
    if text in {"true", "True", "TRUE"}:
        return True
    if text in {"false", "False", "FALSE"}:
        return False
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return read_integer(text)
    if re.fullmatch(r"0o[0-7]+", text):
        return read_integer(text, 8)
    if re.fullmatch(r"0x[0-9a-fA-F]+", text):
        return read_integer(text, 16)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text):
        return float(text)
    return text
