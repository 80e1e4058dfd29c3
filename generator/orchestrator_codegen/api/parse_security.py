"""Reads where a document wants credentials, and where it says that it is served."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ..document.load import JSON
from ..document.operation_walk import iter_operations
from .ir import Credential, Server
from .parse_context import Parsing


def parse_credentials(parsing: Parsing) -> Iterator[Credential]:
    """Yield the schemes that can be supplied of those that the document asks for, and warn of the others.

    The document's own requirement comes before those of operations. Where it says nothing of what is required, all
    schemes that it declares may be.
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
                parsing.warn(f"the security scheme {name} is left to an httpx.Auth of the caller's", at)


def parse_security(parsing: Parsing, operation: JSON) -> Iterator[tuple[str, ...]]:
    """Yield the alternatives that `operation` wants, each as the names of the schemes that can be supplied."""
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
    """Return the names of the schemes that are required, in document order; None where nothing is said of it."""
    data = parsing.document.data
    parts = [data] + [parsing.follow((*item_at, method)).data for _, method, item_at in iter_operations(data)]
    said = [part["security"] or [] for part in parts if "security" in part]
    return [name for requirements in said for each in requirements for name in each] if said else None


def read_scheme(name: str, scheme: Any) -> Credential | None:
    """Return where the security scheme called `name` wants a token, None where it wants something else."""
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
    """Yield the servers of the document, as it lists them."""
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
