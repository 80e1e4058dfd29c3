"""Writes types of the intermediate representation as Python annotations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from ...api.ir import Anything, Binary, Choice, FreeObject, ListOf, Reference, Scalar, Type


def annotate(type_: Type, classes: Mapping[str, str]) -> str:
    """Return the Python annotation of `type_`. `classes` has class names by schema name."""
    match type_:
        case Reference(schema):
            return f"models.{classes[schema]}"
        case Scalar(kind):
            return {"string": "str", "integer": "int", "number": "int | float", "boolean": "bool"}[kind]
        case ListOf(items):
            return f"list[{annotate(items, classes)}]"
        case FreeObject():
            return "dict[str, Any]"
        case Choice(values):
            return f"Literal[{', '.join(map(repr, values))}]"
        case Binary():
            return "bytes"
        case Anything():
            return "Any"
        case _:
            assert_never(type_)
