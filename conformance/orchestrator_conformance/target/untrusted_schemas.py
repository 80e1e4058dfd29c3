"""Compiles JSON Schemas of the target, which are not trusted: nothing is fetched, and their cost is bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final
from urllib.parse import unquote

import jsonschema_rs

JSON = Any

# The number of subschemas after every local `$ref` is replaced by its target, and how deep they are nested.
_MOST_PARTS: Final = 20_000
_DEEPEST: Final = 60
# The steps of a search for a match, for each pattern and text.
_MOST_STEPS: Final = 10_000
_DIALECTS: Final = frozenset(
    f"{scheme}://json-schema.org/{draft}/schema"
    for scheme in ("http", "https")
    for draft in ("draft-04", "draft-06", "draft-07", "draft/2019-09", "draft/2020-12")
)


def compile_schema(schema: JSON) -> Callable[[JSON], bool] | None:
    """Return a function that says whether a value is valid, or None if the schema is unusable. Neither raises.

    A schema is unusable if it is invalid, refers to another document, or is too large once its references are resolved.
    A value that cannot be judged is not valid.
    """
    if not isinstance(schema, dict | bool) or not _is_small(schema):
        return None
    try:
        validator = jsonschema_rs.validator_for(
            schema,
            offline=True,
            pattern_options=jsonschema_rs.FancyRegexOptions(
                backtrack_limit=_MOST_STEPS, size_limit=1 << 20, dfa_size_limit=1 << 20
            ),
        )
    except (ValueError, jsonschema_rs.ReferencingError):
        return None

    def is_valid(value: JSON) -> bool:
        try:
            return bool(validator.is_valid(value))
        except ValueError:
            return False

    return is_valid


def find_schema_problem(schema: JSON) -> str | None:
    """Return why `schema` violates the meta-schema that it names, or None. An unknown dialect has no rules."""
    if isinstance(schema, dict) and "$schema" in schema:
        dialect = schema["$schema"]
        if not isinstance(dialect, str) or dialect.rstrip("#") not in _DIALECTS:
            return None
    try:
        jsonschema_rs.meta.validate(schema)
    except jsonschema_rs.ValidationError as problem:
        return problem.message[:300]
    except (ValueError, jsonschema_rs.ReferencingError) as problem:
        return str(problem)[:300]
    return None


def _is_small(schema: JSON) -> bool:
    try:
        return _Expansion(schema).count(schema, 0) <= _MOST_PARTS
    except _TooMuch:
        return False


class _TooMuch(Exception):
    """The schema is too deep, or refers to something outside."""


class _Expansion:
    """Counts the parts of a schema with its references resolved. A reference to a part that contains it counts as one.

    Validation can visit a part as often as it is referred to, so a few references can cost an exponential time.
    """

    def __init__(self, root: JSON) -> None:
        self._root = root
        self._anchors = dict(_find_anchors(root))
        self._counts: dict[int, int] = {}
        self._open: set[int] = set()

    def count(self, node: JSON, depth: int) -> int:
        if depth > _DEEPEST:
            raise _TooMuch
        if not isinstance(node, dict | list):
            return 1
        if id(node) in self._open:
            return 1
        if id(node) not in self._counts:
            self._open.add(id(node))
            total = 1
            for each in node.values() if isinstance(node, dict) else node:
                total += self.count(each, depth + 1)
                if total > _MOST_PARTS:
                    raise _TooMuch
            for target in self._targets(node):
                total += self.count(target, depth + 1)
            self._open.discard(id(node))
            self._counts[id(node)] = total
        return self._counts[id(node)]

    def _targets(self, node: JSON) -> Iterator[JSON]:
        if not isinstance(node, dict):
            return
        if node is not self._root and isinstance(node.get("$id"), str):
            # References below resolve against another root.
            raise _TooMuch
        for keyword in ("$ref", "$dynamicRef", "$recursiveRef"):
            reference = node.get(keyword)
            if isinstance(reference, str):
                yield self._resolve(reference)

    def _resolve(self, reference: str) -> JSON:
        if reference == "#":
            return self._root
        if reference.startswith("#/"):
            return follow_pointer(self._root, reference)
        if reference in self._anchors:
            return self._anchors[reference]
        raise _TooMuch


def _find_anchors(root: JSON) -> Iterator[tuple[str, JSON]]:
    waiting = [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth > _DEEPEST:
            return
        if isinstance(node, dict):
            for keyword in ("$anchor", "$dynamicAnchor"):
                if isinstance(node.get(keyword), str):
                    yield f"#{node[keyword]}", node
            waiting += [(each, depth + 1) for each in node.values()]
        elif isinstance(node, list):
            waiting += [(each, depth + 1) for each in node]


def follow_pointer(root: JSON, reference: str) -> JSON:
    """Return the value at a reference such as `#/$defs/a`, or an empty object if there is none."""
    node: Any = root
    for part in unquote(reference).removeprefix("#/").split("/"):
        key = part.replace("~1", "/").replace("~0", "~")
        match node:
            case dict():
                node = node.get(key, {})
            case list() if key.isdecimal() and int(key[:9]) < len(node):
                node = node[int(key[:9])]
            case _:
                return {}
    return node
