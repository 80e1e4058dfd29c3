"""Backends that differ from the reference backend in what the contract leaves open, and in nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.types import ASGIApp

from ...reference.app import create_reference_app
from ...reference.settings import ReferenceSettings


@dataclass(frozen=True, slots=True)
class ConformingVariant:
    """One backend that conforms: its name, and in a sentence what it does."""

    name: str
    says: str

    def create_app(self, settings: ReferenceSettings) -> ASGIApp:
        """Return the variant as an application with state of its own."""
        return create_reference_app(settings)


def list_conforming() -> list[ConformingVariant]:
    """Return all conforming variants."""
    return [ConformingVariant("Reference", "Is the reference backend as it is.")]
