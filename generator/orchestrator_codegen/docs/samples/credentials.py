"""The credentials that an operation requires, and the environment variables that samples read them from."""

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

# The suffixes of the environment variables for each kind.
_SUFFIXES: Final[Mapping[Kind, tuple[str, ...]]] = {
    "bearer": ("TOKEN",),
    "basic": ("USER", "PASSWORD"),
    "header": ("KEY",),
    "query": ("KEY",),
    "cookie": ("KEY",),
}


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential. `name` is the name of the header, query parameter or cookie that holds a key.

    `scheme` is the name of its security scheme. `prefix` is the prefix of its environment variables, "" if it is the
    only credential of the call.
    """

    kind: Kind
    name: str = ""
    scheme: str = ""
    prefix: str = ""

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of its environment variables: for a token or key, or for user and password."""
        prefix = self.prefix or ("" if self.kind == "bearer" else "API")
        return tuple(
            prefix if prefix.endswith(f"_{end}") else f"{prefix}_{end}".lstrip("_")
            for end in _SUFFIXES[self.kind]
        )


def read_credentials(data: JSON, operation: JSON) -> tuple[Credential, ...]:
    """Return the credentials of the first non-empty alternative of `operation`.

    Returns a bearer token if the document declares neither security requirements nor schemes.
    """
    schemes = (data.get("components") or {}).get("securitySchemes") or {}
    alternatives = operation.get("security", data.get("security"))
    if alternatives is None:
        return () if schemes else (Credential("bearer"),)
    named = ([name for name in requirement if name in schemes] for requirement in alternatives)
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
            yield convert_credential(found)
        elif scheme.get("type") != "mutualTLS":
            yield Credential("bearer", scheme=name)


def convert_credential(scheme: ir.Credential) -> Credential:
    """Return the sample credential for `scheme`."""
    name = "" if scheme.scheme in ("bearer", "basic") else scheme.name
    return Credential(scheme.scheme, name, scheme.scheme_name)
