"""One backend with the faults of several mutants."""

from __future__ import annotations

from collections.abc import Sequence
from types import new_class
from typing import Final

from starlette.types import ASGIApp

from ..reference.access import RequireToken
from ..reference.app import create_reference_app
from ..reference.backend import ReferenceBackend
from ..reference.filters.filtering import Filtering
from ..reference.lifecycle.lifecycle import Lifecycle
from ..reference.listing.rendering import Rendering
from ..reference.listing.search import Search
from ..reference.settings import ReferenceSettings
from .mutant import Mutant, Tamper

_PARTS: Final = (ReferenceBackend, Search, Filtering, Lifecycle, Rendering, RequireToken, Tamper)
# Parts that a backend receives when it is created.
_INNER: Final = (Search, Filtering, Lifecycle, Rendering)
_CREATED_BY_CLASS: Final = frozenset({"_breaks", "_abc_impl", "_is_protocol"})


def can_combine(one: Mutant, other: Mutant) -> bool:
    """Whether one backend can have both faults: they replace different parts, or override different methods of one.

    A backend that creates its own parts cannot be given others. A search that filters in its own way ignores a mutated
    filtering.
    """
    base, other_base = part_of(one), part_of(other)
    names, other_names = list_overridden(one), list_overridden(other)
    if base is other_base:
        return base is Tamper or names.isdisjoint(other_names)
    for part, overridden, beside in ((base, names, other_base), (other_base, other_names, base)):
        if part is ReferenceBackend and "__init__" in overridden and beside in _INNER:
            return False
        if part is Search and "select" in overridden and beside is Filtering:
            return False
    return True


def part_of(mutant: Mutant) -> type:
    """Return the class of the reference backend that the mutant replaces."""
    return next(base for base in _PARTS if issubclass(mutant.part, base))


def list_overridden(mutant: Mutant) -> frozenset[str]:
    """Return the names that the mutant defines or overrides, its own bases included."""
    base = part_of(mutant)
    own = mutant.part.__mro__[: mutant.part.__mro__.index(base)]
    names = {name for each in own for name in vars(each)}
    is_kept = {
        name for name in names if name == "__init__" or name == "__call__" or not name.startswith("__")
    }
    return frozenset(is_kept - _CREATED_BY_CLASS)


def create_combined(mutants: Sequence[Mutant], settings: ReferenceSettings) -> ASGIApp:
    """Return a backend with the faults of all `mutants`, any two of which can be combined."""
    backend = _merge(ReferenceBackend, mutants)
    if any(part_of(each) in _INNER for each in mutants):
        created = backend(
            settings,
            search=_merge(Search, mutants)(_merge(Filtering, mutants)()),
            lifecycle=_merge(Lifecycle, mutants)(settings.moment, settings.visibility_delay),
            rendering=_merge(Rendering, mutants)(),
        )
    else:
        created = backend(settings)
    app = create_reference_app(backend=created, guard=_merge(RequireToken, mutants))
    for each in mutants:
        if issubclass(each.part, Tamper):
            app.add_middleware(each.part)
    return app


def _merge(base: type, mutants: Sequence[Mutant]) -> type:
    """Return a class with the overrides of all mutants that replace `base`."""
    parts = tuple(each.part for each in mutants if part_of(each) is base)
    return new_class("Combined", parts) if len(parts) > 1 else (*parts, base)[0]
