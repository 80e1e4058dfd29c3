"""Parses the security schemes and the servers of a document."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ..document.load import JSON
from ..document.operation_walk import iter_operations
from .ir import Credential, Server
from .parse_context import Parsing


def parse_credentials(parsing: Parsing) -> Iterator[Credential]:
    """Yield the supported security schemes that the document requires. Warns of the others.

    The schemes of the document's own requirement come first. If the document requires none, all are yielded.
    """
    declared = _list_schemes(parsing)
    wanted = _list_wanted(parsing)
    for name in dict.fromkeys(declared if wanted is None else wanted):
        if name in declared:
            credential = _read(parsing, name)
            if credential is not None:
                yield credential
            else:
                at = ("components", "securitySchemes", name)
                parsing.warn(
                    f"the security scheme {name} is not supported; pass an httpx.Auth to the client for it",
                    at,
                )


def parse_security(parsing: Parsing, operation: JSON) -> Iterator[tuple[str, ...]]:
    """Yield the alternatives that `operation` accepts, each as the names of its supported schemes."""
    declared = _list_schemes(parsing)
    for requirement in operation.get("security", parsing.document.data.get("security")) or []:
        yield tuple(name for name in requirement if name in declared and _read(parsing, name) is not None)


def _list_schemes(parsing: Parsing) -> Collection[str]:
    """Return the names of the schemes that the document declares."""
    declared: Mapping[str, JSON] = parsing.document.data.get("components", {}).get("securitySchemes") or {}
    return declared.keys()


def _read(parsing: Parsing, name: str) -> Credential | None:
    return read_scheme(name, parsing.follow(("components", "securitySchemes", name)).data)


def _list_wanted(parsing: Parsing) -> list[str] | None:
    """Return the names of the required schemes in document order, or None if the document requires none."""
    data = parsing.document.data
    parts = [data] + [parsing.follow((*item_at, method)).data for _, method, item_at in iter_operations(data)]
    said = [part["security"] or [] for part in parts if "security" in part]
    return [name for requirements in said for each in requirements for name in each] if said else None


def read_scheme(name: str, scheme: Any) -> Credential | None:
    """Return where the security scheme `name` expects a token, or None if it is of another type."""
    match scheme:
        case {"type": "http", "scheme": str(word)} if word.lower() == "bearer":
            return Credential("bearer", "authorization", name)
        case {"type": "http", "scheme": str(word)} if word.lower() == "basic":
            return Credential("basic", "authorization", name)
        case {"type": "oauth2" | "openIdConnect"}:
            return Credential("bearer", "authorization", name)
        case {"type": "apiKey", "in": "header" | "query" | "cookie" as place, "name": str(key)}:
            return Credential(place, key, name)
        case _:
            return None


def parse_servers(parsing: Parsing) -> Iterator[Server]:
    """Yield the servers of the document in their order."""
    for server in parsing.document.data.get("servers") or []:
        variables = server.get("variables") or {}
        yield Server(
            url=server["url"],
            description=(server.get("description") or "").strip(),
            variables=tuple(
                (name, str(said["default"]), tuple(map(str, said.get("enum") or ())))
                for name, said in variables.items()
            ),
        )
