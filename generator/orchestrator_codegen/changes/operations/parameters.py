"""Compares the parameters of an operation by place and name, and path parameters by their position."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from ...document.load import Pointer
from ..change import BOTH, CLIENTS, NOBODY, SERVERS, Breaks, Direction, Finding
from ..schemas.schemas import Schemas
from ..side import Side, is_prose, means_the_same
from ..wording import quote
from .contents import compare_contents, prefix

_STYLES: Final = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}
# OpenAPI ignores header parameters with these names: other parts of a document describe them.
_IGNORED: Final = frozenset({"accept", "content-type", "authorization"})
_READ: Final = frozenset({"name", "in", "required", "deprecated", "style", "explode", "schema", "content"})

# The path, the pointer of the path item and that of the operation.
_Owner = tuple[str, Pointer, Pointer]
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Parameter:
    at: Pointer
    data: dict[str, Any]

    @property
    def label(self) -> str:
        return f"{self.data['in']} parameter {self.data['name']}"

    @property
    def is_required(self) -> bool:
        return bool(self.data.get("required"))


def compare_parameters(old: _Owner, new: _Owner, schemas: Schemas) -> Iterator[Finding]:
    """Yield the changes of the parameters, in the order of the old document and then the new one."""
    same_path = re.sub(r"\{[^{}]*\}", "{}", old[0]) == re.sub(r"\{[^{}]*\}", "{}", new[0])
    before, after = (
        _read(side, owner, same_path) for side, owner in ((schemas.old, old), (schemas.new, new))
    )
    for key in dict.fromkeys((*before, *after)):
        one, other = before.get(key), after.get(key)
        label = (other or one or before[key]).label
        yield from prefix(label, _compare(one, other, schemas))


def _read(side: Side, owner: _Owner, by_position: bool) -> dict[_Key, _Parameter]:
    path, *places = owner
    positions = re.findall(r"\{([^{}]*)\}", path) if by_position else []
    found: dict[_Key, _Parameter] = {}
    for place in places:
        for index in range(len(side.follow(place)[1].get("parameters") or ())):
            at, data = side.follow((*place, "parameters", index))
            kind, name = str(data["in"]), str(data["name"])
            if kind == "header":
                name = name.lower()
                if name in _IGNORED:
                    continue
            if kind == "path" and name in positions:
                name = str(positions.index(name))
            found[kind, name] = _Parameter(at, data)
    return found


def _compare(old: _Parameter | None, new: _Parameter | None, schemas: Schemas) -> Iterator[Finding]:
    if old is None or new is None:
        if new is not None:
            says = "is new and required" if new.is_required else "is new and optional"
            yield _report("parameter-added", says, CLIENTS if new.is_required else NOBODY, None, new.at)
        elif old is not None:
            breaks = BOTH if old.is_required else CLIENTS
            yield _report("parameter-removed", "was removed", breaks, old.at, None)
        return
    if old.data["in"] == "path" and old.data["name"] != new.data["name"]:
        says = f"was named {quote(old.data['name'])}: generated names change, requests do not"
        yield _report("parameter-renamed", says, NOBODY, (*old.at, "name"), (*new.at, "name"))
    if old.is_required != new.is_required:
        kind, says, breaks = (
            ("parameter-required", "is now required", CLIENTS)
            if new.is_required
            else ("parameter-optional", "is now optional", SERVERS)
        )
        yield _report(kind, says, breaks, (*old.at, "required"), (*new.at, "required"))
    yield from _compare_marks(old, new, schemas)
    yield from _compare_values(old, new, schemas)


def _compare_marks(old: _Parameter, new: _Parameter, schemas: Schemas) -> Iterator[Finding]:
    if bool(old.data.get("deprecated")) != bool(new.data.get("deprecated")):
        says = "is deprecated" if new.data.get("deprecated") else "is no longer deprecated"
        yield _report("deprecated", says, NOBODY, (*old.at, "deprecated"), (*new.at, "deprecated"))
    if _read_style(old) != _read_style(new):
        says = f"is now serialized as {_show_style(new)}; it was {_show_style(old)}"
        yield _report("parameter-style", says, BOTH, (*old.at, "style"), (*new.at, "style"))
    for key in dict.fromkeys((*old.data, *new.data)):
        if key in _READ or is_prose(key):
            continue
        one, other = ((*each.at, key) if each.data.get(key, False) else None for each in (old, new))
        if not means_the_same(schemas.old, schemas.new, one, other):
            yield _report("unknown", f"{quote(key)} has changed; its effect is unknown", BOTH, one, other)


def _compare_values(old: _Parameter, new: _Parameter, schemas: Schemas) -> Iterator[Finding]:
    if ("content" in old.data) != ("content" in new.data):
        says = f"is now described by {quote('content' if 'content' in new.data else 'schema')}"
        yield _report("parameter-style", says, BOTH, old.at, new.at)
    elif "content" in old.data:
        yield from compare_contents((*old.at, "content"), (*new.at, "content"), Direction.REQUEST, schemas)
    else:
        places = [((*each.at, "schema"),) if "schema" in each.data else () for each in (old, new)]
        yield from schemas.compare(places[0], places[1], Direction.REQUEST)


def _read_style(parameter: _Parameter) -> tuple[str, bool]:
    style = parameter.data.get("style", _STYLES[parameter.data["in"]])
    return style, bool(parameter.data.get("explode", style == "form"))


def _show_style(parameter: _Parameter) -> str:
    style, is_exploded = _read_style(parameter)
    return f"{quote(style)}{', exploded' if is_exploded else ''}"


def _report(kind: str, says: str, breaks: Breaks, old: Pointer | None, new: Pointer | None) -> Finding:
    return Finding(kind, says, breaks, Direction.REQUEST, old, new)
