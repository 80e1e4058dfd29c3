"""What a conforming variant is, and how one becomes an application."""

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

# In seconds: how long a backend may take that shows everything at once, and how long one that shows it late.
PROMPT: Final = 3.0
LATE: Final = 10.0

_MARK: Final = "_patience"


@dataclass(frozen=True, slots=True)
class ConformingVariant:
    """One backend that conforms in its own way: the part that does so, and how patient the suite has to be."""

    part: Part
    patience: float

    @property
    def name(self) -> str:
        """The name of the part."""
        return self.part.__name__

    @property
    def says(self) -> str:
        """What it does otherwise, and why it may."""
        return " ".join((self.part.__doc__ or "").split())

    def create_app(self, settings: ReferenceSettings) -> ASGIApp:
        """Return the variant as an application with state of its own."""
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
    """Mark a part as a conforming variant; `patience` is how many seconds pass until all that was done shows."""

    def mark(part: P) -> P:
        setattr(part, _MARK, patience)
        return part

    return mark


def read_variant(part: object) -> ConformingVariant | None:
    """Return the variant that `part` is marked as, or None; what inherits from one is none by that."""
    if not isinstance(part, type) or _MARK not in vars(part):
        return None
    return ConformingVariant(part, vars(part)[_MARK])
