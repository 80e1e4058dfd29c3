"""Composes YAML into nodes, which know their places, and refuses what is nested too deeply before anything recurses."""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

from .diagnostics import BrokenDocument, Location, error

# What is deeper than any contract: every stage may recurse, and libyaml's own composing would overflow the stack.
DEEPEST: Final = 128

_SURROGATE_PAIR: Final = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
# A text without its end matches as well: else each quote in it would have the rest searched once more.
_JSON_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """libyaml where there is one, with no implicit types: the reader knows YAML 1.2's, where `no` is text."""

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
    """Return the root of `text`, which is JSON and not too deep; None where it is no YAML. For places alone."""
    # Surrogate pairs, which YAML does not have, may become as many spaces.
    try:
        return yaml.compose(_SURROGATE_PAIR.sub(" " * 12, text), Loader=_Loader)
    except yaml.YAMLError:
        return None


def refuse_json_depth(text: str, file: str) -> None:
    """Raise `BrokenDocument` where brackets of the JSON in `text` are nested too deeply."""
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
    """Return where `node`, or what the event opens, starts."""
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
    return BrokenDocument([error(f"nested too deeply: more than {DEEPEST} levels; name the inner parts", at)])
