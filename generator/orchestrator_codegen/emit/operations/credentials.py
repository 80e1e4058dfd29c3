"""Computes the view of credentials that the templates render."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...api.ir import Api, Credential
from ...api.python_names import name_properties
from ..docstrings import quote_docstring


@dataclass(frozen=True, slots=True)
class SchemeView:
    """One security scheme: its name, the argument for its token, and how to send it, as expression and in words."""

    name: str
    argument: str
    credential: str
    description: str


@dataclass(frozen=True, slots=True)
class CredentialsView:
    """The security schemes, and for each operation the alternatives that it accepts."""

    schemes: tuple[SchemeView, ...]
    wanted: tuple[tuple[str, str], ...]


def has_several(credentials: Iterable[Credential]) -> bool:
    """Return whether tokens are sent in more than one way. Schemes that send a token alike share it."""
    return len({(each.scheme, each.name.lower()) for each in credentials}) > 1


def name_credentials(credentials: Iterable[Credential]) -> dict[str, str]:
    """Return the argument for the token of each scheme, by scheme name."""
    return name_properties((each.scheme_name for each in credentials), ("self",))


def view_credentials(api: Api) -> CredentialsView | None:
    """Return the view of the credentials of `api`, or None if a single token is enough."""
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
    """Return a literal of the names of headers and parameters that carry an API key, or "" if there are none."""
    names = {each.name.lower() for each in credentials if each.scheme in ("header", "query")}
    return repr(tuple(sorted(names))) if names else ""


def write_credential(credential: Credential | None) -> str:
    """Return the expression for how a token is sent, or "" for a bearer token."""
    if credential is None or credential.scheme == "bearer":
        return ""
    if credential.scheme == "query":
        return f"QueryKey(name={credential.name!r})"
    return f"Credential({credential.scheme!r}, {credential.name!r})"


def describe_credential(credential: Credential | None) -> str:
    """Return a description of how a token is sent."""
    match credential:
        case None | Credential(scheme="bearer"):
            return "a bearer token"
        case Credential(scheme="basic"):
            return "`user:password`, for HTTP Basic"
        case Credential(scheme=place, name=name):
            return quote_docstring(f"an API key, sent as {name} in the {place}")
