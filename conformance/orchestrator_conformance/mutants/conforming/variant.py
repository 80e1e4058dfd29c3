"""Defines a conforming variant and builds its application."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from starlette.types import ASGIApp

from ...reference.app import create_reference_app
from ...reference.filters.filtering import Filtering
from ...reference.isolation import PersonalLifecycle, SeparatedBackend
from ...reference.listing.rendering import Rendering
from ...reference.listing.search import Search
from ...reference.settings import ReferenceSettings
from ..mutant import Tamper

Part = (
    type[SeparatedBackend]
    | type[Search]
    | type[Filtering]
    | type[PersonalLifecycle]
    | type[Rendering]
    | type[Tamper]
)
P = TypeVar("P", bound=Part)

# Seconds that the suite waits for a change: on a backend that shows it immediately, and on one that shows it late.
PROMPT: Final = 3.0
LATE: Final = 10.0

_MARK: Final = "_patience"


@dataclass(frozen=True, slots=True)
class ConformingVariant:
    """One conforming backend: the part that it replaces, and the seconds that the suite has to wait for a change."""

    part: Part
    patience: float

    @property
    def name(self) -> str:
        """The name of the part."""
        return self.part.__name__

    @property
    def says(self) -> str:
        """What it does differently, and why the contract allows that."""
        return " ".join((self.part.__doc__ or "").split())

    def create_app(self, settings: ReferenceSettings) -> ASGIApp:
        """Return the variant as an application with its own state."""
        part = self.part
        if issubclass(part, Tamper):
            app = create_reference_app(settings)
            app.add_middleware(part)
            return app
        return create_reference_app(backend=_create_backend(part, settings))


def _create_backend(
    part: type[SeparatedBackend] | type[Search] | type[Filtering] | type[PersonalLifecycle] | type[Rendering],
    settings: ReferenceSettings,
) -> SeparatedBackend:
    if issubclass(part, SeparatedBackend):
        return part(settings)
    if issubclass(part, Search):
        return SeparatedBackend(settings, search=part())
    if issubclass(part, Filtering):
        return SeparatedBackend(settings, search=Search(part()))
    if issubclass(part, PersonalLifecycle):
        return SeparatedBackend(settings, lifecycle=part(settings.moment, settings.visibility_delay))
    return SeparatedBackend(settings, rendering=part())


def conforms(patience: float = PROMPT) -> Callable[[P], P]:
    """Mark a part as a conforming variant; `patience` is the seconds until every change is visible."""

    def mark(part: P) -> P:
        setattr(part, _MARK, patience)
        return part

    return mark


def read_variant(part: object) -> ConformingVariant | None:
    """Return the variant that `part` is marked as, or None; subclasses do not inherit the mark."""
    if not isinstance(part, type) or _MARK not in vars(part):
        return None
    return ConformingVariant(part, vars(part)[_MARK])
