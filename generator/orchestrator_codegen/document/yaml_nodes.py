"""Composes YAML into nodes with locations, and rejects deep nesting before any code recurses."""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

from .diagnostics import BrokenDocument, Location, error

# Deeper than any real document. Later stages recurse, and libyaml's composer would overflow the stack.
DEEPEST: Final = 128

_SURROGATE_PAIR: Final = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
# Also matches an unterminated string. Otherwise each quote in it would cause another search of the rest.
_JSON_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The libyaml loader if available, without implicit types: `yaml_values.py` applies those of YAML 1.2."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012


def compose(text: str, file: str) -> yaml.Node | None:
    """Return the root of the YAML in `text`; raise `BrokenDocument`."""
    try:
        _refuse_depth(text, file)
        return yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        at = Location(file, mark.line + 1, mark.column + 1) if mark else Location(file)
        raise BrokenDocument([error(f"not YAML: {problem.problem or problem.context}", at)]) from None
    except yaml.YAMLError as problem:
        raise BrokenDocument([error(f"not YAML: {str(problem).splitlines()[0]}", Location(file))]) from None


def compose_json(text: str) -> yaml.Node | None:
    """Return the root node of `text`, which is JSON, or None if it is not YAML. Used for locations only."""
    # YAML has no surrogate pairs. Spaces in their place keep all columns.
    try:
        return yaml.compose(_SURROGATE_PAIR.sub(" " * 12, text), Loader=_Loader)
    except yaml.YAMLError:
        return None


def refuse_json_depth(text: str, file: str) -> None:
    """Raise `BrokenDocument` if brackets in the JSON of `text` are nested too deeply."""
    depth = 0
    for token in _JSON_TOKEN.finditer(text):
        match token.group():
            case "[" | "{":
                depth += 1
                if depth > DEEPEST:
                    line_start = text.rfind("\n", 0, token.start()) + 1
                    line = text.count("\n", 0, token.start()) + 1
                    raise _too_deep(Location(file, line, token.start() - line_start + 1))
            case "]" | "}":
                depth -= 1


def place(node: yaml.Node | yaml.CollectionStartEvent, file: str) -> Location:
    """Return the location where `node`, or the collection of the event, starts."""
    assert node.start_mark is not None
    return Location(file, node.start_mark.line + 1, node.start_mark.column + 1)


def _refuse_depth(text: str, file: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise _too_deep(place(event, file))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _too_deep(at: Location) -> BrokenDocument:
    return BrokenDocument(
        [error(f"nested too deeply: more than {DEEPEST} levels; move inner parts to components", at)]
    )
