"""Backends that differ from the reference backend only in what the contract leaves open.

The suite must not raise a false alarm on any of them. A variant is a class that replaces one part of the reference
backend. Its docstring says what it does differently and why the contract allows that. Each variant changes one thing,
so that a false alarm points at its cause. If the settings have two users, every variant separates their instances.
`variant.py` defines a variant, and `catalogue.py` lists all.
"""

from .catalogue import list_conforming
from .variant import ConformingVariant

__all__ = ["ConformingVariant", "list_conforming"]
