"""Reads where a document wants credentials, and where it says that it is served."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .ir import Credential, Server
from .operation_walk import iter_operations
from .parsing import Parsing


def parse_credential(parsing: Parsing) -> Credential | None:
    """Return the first scheme that can be supplied of those that the document asks for; None where it asks for none.

    The document's own requirement comes before those of operations; schemes beside the one that is taken are warned of.
    """
    schemes = parsing.document.data.get("components", {}).get("securitySchemes") or {}
    wanted = [name for name in dict.fromkeys(_iter_wanted(parsing)) if name in schemes]
    found: Credential | None = None
    for name in wanted:
        at = ("components", "securitySchemes", name)
        credential = read_scheme(name, parsing.follow(at).data)
        if credential is None:
            parsing.warn(f"the security scheme {name} is left to an httpx.Auth of the caller's", at)
        elif found is None:
            found = credential
        elif (credential.scheme, credential.name) != (found.scheme, found.name):
            parsing.warn(f"the security scheme {name} is left out beside {found.scheme_name}", at)
    return found


def _iter_wanted(parsing: Parsing) -> Iterator[str]:
    data = parsing.document.data
    lists = [data.get("security")]
    lists += [
        parsing.follow((*item_at, method)).data.get("security")
        for _, method, item_at in iter_operations(data)
    ]
    for requirements in lists:
        for requirement in requirements or []:
            yield from requirement


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
