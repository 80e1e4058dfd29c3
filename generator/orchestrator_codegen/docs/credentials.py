"""What an operation wants to know its caller by, and how the samples show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from ..load import JSON
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
    return _read_scheme(scheme)


def _read_scheme(scheme: Mapping[str, Any]) -> Credential:
    kind, place = scheme.get("type"), scheme.get("in")
    if kind == "apiKey" and place in ("header", "query", "cookie"):
        return Credential(place, str(scheme.get("name", "")))
    if kind == "http" and str(scheme.get("scheme")).lower() == "basic":
        return Credential("basic")
    return Credential("none" if kind == "mutualTLS" else "bearer")
