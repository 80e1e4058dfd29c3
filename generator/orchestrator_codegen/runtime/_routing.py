"""Routes a path and a method to an endpoint. Matching precedes percent-decoding, so that `%2F` is part of an id."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Generic, NamedTuple, TypeVar
from urllib.parse import quote, unquote

from starlette.types import Scope

E = TypeVar("E")

_TEMPLATE: Final = r"\{([^}]*)\}"

# The percent-encoded unreserved characters, which are equivalent to the plain ones (RFC 3986, section 2.3).
_UNRESERVED: Final = re.compile("%(?:2[dDeE]|3[0-9]|4[1-9a-fA-F]|5[0-9aAfF]|6[1-9a-fA-F]|7[0-9aAeE])")
_NO_PARAMETERS: Final[Mapping[str, str]] = {}
_NOTHING: Final[frozenset[str]] = frozenset()


class Found(NamedTuple, Generic[E]):
    """The result of a lookup: the endpoint, if any, its path parameters as sent, and otherwise the allowed methods."""

    endpoint: E | None
    parameters: Mapping[str, str]
    allowed: frozenset[str]


@dataclass(slots=True)
class _Path(Generic[E]):
    pattern: re.Pattern[str]
    names: tuple[str, ...]
    methods: dict[str, E] = field(default_factory=dict[str, E])


class RouteTable(Generic[E]):
    """Endpoints by path and method. Of several matching templates, the first one added has precedence."""

    def __init__(self) -> None:
        self._concrete: dict[str, dict[str, E]] = {}
        self._templated: dict[int, list[_Path[E]]] = {}

    def add(self, path: str, method: str, endpoint: E) -> None:
        """Add an endpoint at `path`, which may have `{parameters}`; GET also serves HEAD."""
        path = path.partition("?")[0]
        literals = [_quote(each) for each in re.sub(_TEMPLATE, "{}", path).split("{}")]
        names = tuple(re.findall(_TEMPLATE, path))
        if not names:
            methods = self._concrete.setdefault(literals[0], {})
        else:
            pattern = re.compile("([^/]+)".join(map(re.escape, literals)))
            entries = self._templated.setdefault("".join(literals).count("/"), [])
            entry = next((each for each in entries if each.pattern == pattern and each.names == names), None)
            if entry is None:
                entry = _Path[E](pattern, names)
                entries.append(entry)
            methods = entry.methods
        methods.setdefault(method, endpoint)

    def find(self, path: str, method: str) -> Found[E]:
        """Return the endpoint for `path` and `method`; both endpoint and methods are empty for an unknown path."""
        concrete = self._concrete.get(path)
        if concrete is not None and (endpoint := _choose(concrete, method)) is not None:
            return Found(endpoint, _NO_PARAMETERS, _NOTHING)
        allowed = set(concrete or ())
        for entry in self._templated.get(path.count("/"), ()):
            found = entry.pattern.fullmatch(path)
            if found is not None:
                if (endpoint := _choose(entry.methods, method)) is not None:
                    sent = dict(zip(entry.names, found.groups(), strict=True))
                    return Found(endpoint, sent, _NOTHING)
                allowed |= entry.methods.keys()
        if "GET" in allowed:
            allowed.add("HEAD")
        return Found(None, _NO_PARAMETERS, frozenset(allowed))


def _choose(methods: Mapping[str, E], method: str) -> E | None:
    """Return the endpoint for `method`; HEAD falls back to GET."""
    return methods.get(method) or (methods.get("GET") if method == "HEAD" else None)


def read_path(scope: Scope) -> str:
    """Return the percent-encoded path below the mount point; it is quoted again if the server gives no `raw_path`."""
    raw: bytes | None = scope.get("raw_path")
    path = raw.decode("utf-8", "surrogateescape") if raw else quote(scope["path"])
    if "?" in path:
        path = path.partition("?")[0]
    if mounted_at := scope.get("root_path", ""):
        path = path.removeprefix(quote(mounted_at))
    return _normalise(path) if "%" in path else path


def _quote(literal: str) -> str:
    return _normalise(quote(literal, safe="/%:@!$&'()*+,;=~"))


def _normalise(path: str) -> str:
    """Return `path` with unreserved characters decoded (RFC 3986, section 6.2.2.2)."""
    return _UNRESERVED.sub(lambda found: unquote(found[0]), path)
