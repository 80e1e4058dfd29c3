"""The reference backend as an ASGI application."""

from __future__ import annotations

from orchestrator_v2.server import create_app
from starlette.applications import Starlette

from .access import RequireToken
from .backend import ReferenceBackend
from .isolation import SeparatedBackend
from .middleware import DocumentedErrors
from .settings import ReferenceSettings


def create_reference_app(
    settings: ReferenceSettings | None = None,
    *,
    backend: ReferenceBackend | None = None,
    guard: type[RequireToken] = RequireToken,
) -> Starlette:
    """Return an ASGI application with its own state, configured by `settings`.

    If `backend` is given, the application uses its settings; other `settings` raise `ValueError`. `guard` checks the
    tokens if the settings have one.
    """
    if backend is None:
        separated = settings is not None and settings.other_token is not None
        backend = (SeparatedBackend if separated else ReferenceBackend)(settings)
    elif settings is not None and settings != backend.settings:
        raise ValueError("the backend was created with other settings")
    chosen = backend.settings
    app = create_app(
        backend,
        base_path=chosen.base_path,
        authenticate=None if chosen.token is None else guard(chosen),
        body_limit=chosen.body_limit,
    )
    if chosen.error_style == "documented":
        app.add_middleware(DocumentedErrors)
    return app
