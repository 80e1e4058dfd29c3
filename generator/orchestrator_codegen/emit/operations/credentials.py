"""Computes what the templates print of credentials."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...api.ir import Api, Credential
from ...api.python_names import name_properties
from ..docstrings import quote_docstring


@dataclass(frozen=True, slots=True)
class SchemeView:
    """One security scheme: its name, the argument that takes its token, where that goes, and the same in words."""

    name: str
    argument: str
    credential: str
    description: str


@dataclass(frozen=True, slots=True)
class CredentialsView:
    """The credentials of several schemes: those, and the alternatives that each operation wants."""

    schemes: tuple[SchemeView, ...]
    wanted: tuple[tuple[str, str], ...]


def has_several(credentials: Iterable[Credential]) -> bool:
    """Say whether tokens go to several places: one is as good for several schemes that want it in the same."""
    return len({(each.scheme, each.name.lower()) for each in credentials}) > 1


def name_credentials(credentials: Iterable[Credential]) -> dict[str, str]:
    """Return the argument that takes the token of each scheme, by its name."""
    return name_properties((each.scheme_name for each in credentials), ("self",))


def view_credentials(api: Api) -> CredentialsView | None:
    """Return the credentials of `api`, None where a lone token will do."""
    if not has_several(api.credentials):
        return None
    arguments = name_credentials(api.credentials)
    schemes = tuple(
        SchemeView(
            name=repr(each.scheme_name),
            argument=arguments[each.scheme_name],
            credential=write_credential(each) or "Credential()",
            description=describe_credential(each),
        )
        for each in api.credentials
    )
    wanted = tuple((repr(each.id), repr(each.security)) for each in api.operations if each.security)
    return CredentialsView(schemes, wanted)


def write_secrets(credentials: Iterable[Credential]) -> str:
    """Return the names of headers and parameters that an API key is sent as, as a literal; "" where there are none."""
    names = {each.name.lower() for each in credentials if each.scheme in ("header", "query")}
    return repr(tuple(sorted(names))) if names else ""


def write_credential(credential: Credential | None) -> str:
    """Return the expression of where a token goes, "" where it is a bearer token."""
    if credential is None or credential.scheme == "bearer":
        return ""
    if credential.scheme == "query":
        return f"QueryKey(name={credential.name!r})"
    return f"Credential({credential.scheme!r}, {credential.name!r})"


def describe_credential(credential: Credential | None) -> str:
    """Return where a token goes, in words."""
    match credential:
        case None | Credential(scheme="bearer"):
            return "a bearer token"
        case Credential(scheme="basic"):
            return "`user:password`, for HTTP Basic"
        case Credential(scheme=place, name=name):
            return quote_docstring(f"an API key, sent as {name} in the {place}")
