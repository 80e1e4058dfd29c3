"""The variants that can be tried, by kind and name."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Literal, Protocol

from starlette.types import ASGIApp

from ...mutants.automatic.automatic import list_automatic_mutants
from ...mutants.combined import create_combined
from ...mutants.conforming import list_conforming
from ...mutants.handmade.catalogue import list_mutants
from ...mutants.masking.base_fault import BaseFault
from ...mutants.masking.catalogue import list_base_faults
from ...reference.app import create_reference_app
from ...reference.settings import ReferenceSettings
from .sets import draw_sets, find_mutants

Kind = Literal["reference", "hand-made", "automatic", "conforming", "base", "set"]


class CreateApp(Protocol):
    """A function that creates a variant as an application with its own state."""

    def __call__(self, settings: ReferenceSettings) -> ASGIApp:
        """Return the application."""
        ...


@dataclass(frozen=True, slots=True)
class Variant:
    """One backend.

    `requirement_id` is the requirement that it breaks, or empty; `says` describes what it does. `refuses` are the
    operations that never succeed.
    """

    name: str
    create_app: CreateApp
    requirement_id: str = ""
    says: str = ""
    refuses: frozenset[str] = frozenset()


@cache
def variants_of(kind: Kind) -> Mapping[str, Variant]:
    """Return the variants of a kind by name, in the order of the catalogue."""
    return {each.name: each for each in _list_variants(kind)}


def _list_variants(kind: Kind) -> list[Variant]:
    match kind:
        case "reference":
            return [Variant("reference", create_reference_app)]
        case "hand-made":
            return [
                Variant(each.name, each.create_app, each.requirement_id, _first_paragraph(each.part))
                for each in list_mutants()
            ]
        case "automatic":
            return [Variant(each.name, each.create_app) for each in list_automatic_mutants()]
        case "conforming":
            return [Variant(each.name, each.create_app, says=each.says) for each in list_conforming()]
        case "set":
            return [Variant(name, partial(create_combined, find_mutants(name))) for name in draw_sets()]
        case "base":
            return [
                Variant(each.name, partial(_create_base, each), says=each.says, refuses=each.refuses)
                for each in list_base_faults()
            ]


def add_base_fault(name: str, create_app: CreateApp) -> CreateApp:
    """Return a function that creates the same application with a base fault."""
    fault = next(each for each in list_base_faults() if each.name == name)
    return lambda settings: fault.add_to(create_app(settings))


def _create_base(fault: BaseFault, settings: ReferenceSettings) -> ASGIApp:
    return fault.add_to(create_reference_app(settings))


def _first_paragraph(part: type) -> str:
    return " ".join((inspect.getdoc(part) or "").partition("\n\n")[0].split())
