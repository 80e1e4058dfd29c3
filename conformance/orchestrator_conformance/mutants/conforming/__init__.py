"""Backends that differ from the reference backend in what the contract leaves open, and in nothing else.

On none of them may the suite raise an alarm. A variant is a class in place of one part of the reference backend; its
docstring says what it does otherwise, and why it may. Each does one thing, so that a false alarm points at its cause.
All of them keep two users apart where the settings have two.
"""

from .catalogue import list_conforming
from .variant import ConformingVariant

__all__ = ["ConformingVariant", "list_conforming"]
