"""Which parts of a package are made, what each is started from, and what can be imported from the whole of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Parts(StrEnum):
    """The models; the client too; or, which is the default, the server stubs as well."""

    MODELS = "models"
    CLIENT = "client"
    SERVER = "server"


# The templates of modules that nothing else of the package leads to.
TEMPLATES: Final[Mapping[Parts, tuple[str, ...]]] = {
    Parts.MODELS: ("__init__.py",),
    Parts.CLIENT: ("__init__.py", "_operations.py", "client.py"),
    Parts.SERVER: ("__init__.py", "_operations.py", "client.py", "server.py"),
}

_SUMMARIES: Final[Mapping[Parts, str]] = {
    Parts.MODELS: "The models of {title} (`models`).",
    Parts.CLIENT: "A typed client of {title} (`Client`, `AsyncClient`) and its models (`models`).",
    Parts.SERVER: (
        "A typed client of {title} (`Client`, `AsyncClient`), its models (`models`) and its server stubs (`server`)."
    ),
}
_OF_THE_MODELS: Final = {"_model": ("UnknownValue",)}
_OF_FILTERS: Final = {"filters": ("field",)}
_OF_CREDENTIALS: Final = {"credentials": ("Credentials",)}
_OF_THE_CLIENT: Final = {
    "_http": ("RawResponse",),
    "_retry": ("Retry",),
    "client": ("AsyncClient", "Client"),
    "errors": ("ApiError", "ClientError", "DecodeError", "TransportError", "WaitTimeout"),
}


@dataclass(frozen=True, slots=True)
class Exports:
    """What the package gives to those who import it: a line that says so, modules, and names by their modules."""

    summary: str
    modules: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]]

    @property
    def homes(self) -> Mapping[str, str]:
        """The module of each name, in the order of names."""
        return dict(sorted((name, module) for module, names in self.names.items() for name in names))


def view_exports(
    parts: Parts,
    title: str,
    *,
    has_filters: bool,
    has_servers: bool,
    has_headers: bool,
    has_credentials: bool,
) -> Exports:
    """Return what a package of `parts` exports; `title` is the document's, fit for a docstring."""
    has_client = parts is not Parts.MODELS
    modules = [*(["errors"] if has_client else []), *(["filters"] if has_filters else [])]
    modules += [*(["headers"] if has_client and has_headers else []), "models"]
    modules += ["servers"] if has_client and has_servers else []
    names = {
        **_OF_THE_MODELS,
        **(_OF_FILTERS if has_filters else {}),
        **(_OF_THE_CLIENT if has_client else {}),
        **(_OF_CREDENTIALS if has_client and has_credentials else {}),
    }
    return Exports(_SUMMARIES[parts].format(title=title), tuple(modules), names)
