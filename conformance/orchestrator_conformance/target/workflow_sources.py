"""Reads the source of a workflow, which is not trusted: nothing in it is executed, and no reference is expanded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import yaml

from .json_reading import NotJson, read_json

# The parser needs about a second for this number of characters.
_LONGEST: Final = 1 << 20
_DEEPEST: Final = 100
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class NotASource(ValueError):
    """The text is not an object in YAML or JSON. The message says why."""


def read_source(text: str, notation: str | None) -> dict[str, Any]:
    """Return the members of a definition in `notation`, `json` or else YAML. Raises `NotASource`.

    From YAML, only the members with scalar values are returned, as text: aliases can make a short text huge.
    """
    if len(text) > _LONGEST:
        raise NotASource(f"text of {len(text)} characters, which is too long to be read")
    if notation == "json":
        try:
            value = read_json(text.encode("utf-8", "replace"))
        except NotJson as problem:
            raise NotASource(f"text that is not JSON: {problem}") from None
        if not isinstance(value, dict):
            raise NotASource("JSON that is not an object")
        return value
    return _read_yaml(text)


def _read_yaml(text: str) -> dict[str, str]:
    try:
        nodes = _list_members(yaml.parse(text, Loader=_LOADER))
    except (yaml.YAMLError, RecursionError, ValueError) as problem:
        if isinstance(problem, NotASource):
            raise
        reason = (str(problem).splitlines() or [type(problem).__name__])[0]
        raise NotASource(f"text that is not YAML: {reason}") from None
    pairs = zip(nodes[::2], nodes[1::2], strict=False)
    return {key: value for key, value in pairs if key is not None and value is not None}


def _list_members(events: Iterable[yaml.Event]) -> list[str | None]:
    """Return the keys and values of the mapping at the top, alternately: scalars as text, and None for the rest."""
    depth, nodes = 0, list[str | None]()
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            if depth == 0 and not isinstance(event, yaml.MappingStartEvent):
                break
            depth += 1
            if depth > _DEEPEST:
                raise NotASource(f"YAML that is nested more than {_DEEPEST} levels deep")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            if depth == 0:
                return nodes
            if depth == 1:
                nodes.append(None)
        elif depth == 0 and isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
            break
        elif depth == 1:
            nodes.append(event.value if isinstance(event, yaml.ScalarEvent) else None)
    raise NotASource("YAML that is not an object")
