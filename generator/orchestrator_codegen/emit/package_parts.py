"""Defines the parts of a package that can be generated, with the templates and the exports of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Parts(StrEnum):
    """What to generate: models; models and client; or models, client and server stubs, which is the default."""

    MODELS = "models"
    CLIENT = "client"
    SERVER = "server"


# The templates to start from. Runtime modules are added if these import them.
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
_MODEL_NAMES: Final = {"_model": ("UnknownValue",)}
_FILTER_NAMES: Final = {"filters": ("field",)}
_CREDENTIAL_NAMES: Final = {"credentials": ("Credentials",)}
_CLIENT_NAMES: Final = {
    "_http": ("RawResponse",),
    "_retry": ("Retry",),
    "client": ("AsyncClient", "Client"),
    "errors": ("ApiError", "ClientError", "DecodeError", "TransportError", "WaitTimeout"),
}


@dataclass(frozen=True, slots=True)
class Exports:
    """The public names of the package: a summary line, its public modules, and the exported names of each module."""

    summary: str
    modules: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]]

    @property
    def homes(self) -> Mapping[str, str]:
        """The module of each name, sorted by name."""
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
    """Return the exports of a package of `parts`. `title` is the title of the document, escaped for a docstring."""
    has_client = parts is not Parts.MODELS
    modules = [*(["errors"] if has_client else []), *(["filters"] if has_filters else [])]
    modules += [*(["headers"] if has_client and has_headers else []), "models"]
    modules += ["servers"] if has_client and has_servers else []
    names = {
        **_MODEL_NAMES,
        **(_FILTER_NAMES if has_filters else {}),
        **(_CLIENT_NAMES if has_client else {}),
        **(_CREDENTIAL_NAMES if has_client and has_credentials else {}),
    }
    return Exports(_SUMMARIES[parts].format(title=title), tuple(modules), names)
