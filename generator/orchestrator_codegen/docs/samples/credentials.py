"""What an operation wants to know its caller by, and how the samples show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from ...api import ir
from ...api.parse_security import read_scheme
from ...api.python_names import snake_case
from ...document.load import JSON
from ...document.references import follow

Kind = Literal["bearer", "basic", "header", "query", "cookie"]

# How the environment variables end that the samples read.
_ENDS: Final[Mapping[Kind, tuple[str, ...]]] = {
    "bearer": ("TOKEN",),
    "basic": ("USER", "PASSWORD"),
    "header": ("KEY",),
    "query": ("KEY",),
    "cookie": ("KEY",),
}


@dataclass(frozen=True, slots=True)
class Credential:
    """What is sent, and the name of the header, of the query parameter or of the cookie that holds a key.

    `scheme` is the security scheme that says so, and `prefix` what the names of its environment variables begin with,
    "" where no other credential is sent with it.
    """

    kind: Kind
    name: str = ""
    scheme: str = ""
    prefix: str = ""

    @property
    def variables(self) -> tuple[str, ...]:
        """The environment variables that the samples read it from: a token or key, or a user and a password."""
        prefix = self.prefix or ("" if self.kind == "bearer" else "API")
        return tuple(
            prefix if prefix.endswith(f"_{end}") else f"{prefix}_{end}".lstrip("_")
            for end in _ENDS[self.kind]
        )


def read_credentials(data: JSON, operation: JSON) -> tuple[Credential, ...]:
    """Return what the first alternative of `operation` takes; a token where the document says nothing of it."""
    schemes = (data.get("components") or {}).get("securitySchemes") or {}
    wanted = operation.get("security", data.get("security"))
    if wanted is None:
        return () if schemes else (Credential("bearer"),)
    named = ([name for name in requirement if name in schemes] for requirement in wanted)
    names = next(filter(None, named), [])
    found = tuple(_read_each(data, names))
    if len(found) < 2:
        return found
    return tuple(replace(each, prefix=snake_case(each.scheme).upper()) for each in found)


def _read_each(data: JSON, names: list[str]) -> Iterator[Credential]:
    for name in names:
        _, scheme = follow(data, ("components", "securitySchemes", name))
        found = read_scheme(name, scheme)
        if found is not None:
            yield credential_of(found)
        elif scheme.get("type") != "mutualTLS":
            yield Credential("bearer", scheme=name)


def credential_of(scheme: ir.Credential) -> Credential:
    """Return what is sent as `scheme` says."""
    name = "" if scheme.scheme in ("bearer", "basic") else scheme.name
    return Credential(scheme.scheme, name, scheme.scheme_name)
