"""What an operation wants to know its caller by, and how the samples show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from .. import ir
from ..load import JSON
from ..parse_security import read_scheme
from ..references import follow

Kind = Literal["bearer", "basic", "header", "query", "cookie", "none"]

# The environment variables that the samples read, each with what to set it to.
VARIABLES: Final[Mapping[Kind, tuple[str, ...]]] = {
    "bearer": ("TOKEN",),
    "basic": ("API_USER", "API_PASSWORD"),
    "header": ("API_KEY",),
    "query": ("API_KEY",),
    "cookie": ("API_KEY",),
    "none": (),
}


@dataclass(frozen=True, slots=True)
class Credential:
    """What is sent, and the name of the header, of the query parameter or of the cookie that holds a key."""

    kind: Kind
    name: str = ""


def read_credential(data: JSON, operation: JSON) -> Credential:
    """Return the first credential that `operation` takes; a token where the document says nothing of credentials."""
    schemes = (data.get("components") or {}).get("securitySchemes") or {}
    wanted = operation.get("security", data.get("security"))
    if wanted is None:
        return Credential("none" if schemes else "bearer")
    names = [name for requirement in wanted for name in requirement if name in schemes]
    if not names:
        return Credential("none")
    _, scheme = follow(data, ("components", "securitySchemes", names[0]))
    found = read_scheme(names[0], scheme)
    if found is not None:
        return credential_of(found)
    return Credential("none" if scheme.get("type") == "mutualTLS" else "bearer")


def credential_of(scheme: ir.Credential) -> Credential:
    """Return what is sent as `scheme` says."""
    return Credential(scheme.scheme, "" if scheme.scheme in ("bearer", "basic") else scheme.name)
