"""Tells what the names in `models.py` are: a sample calls them accordingly."""

from __future__ import annotations

import ast
from typing import Literal

Kind = Literal["model", "enum"]


def name_kinds(source: str) -> dict[str, Kind]:
    """Return the kind of each class in the module `source`; what is not among them is an alias."""
    return {
        node.name: "enum" if any(ast.unparse(base).endswith("Enum") for base in node.bases) else "model"
        for node in ast.parse(source).body
        if isinstance(node, ast.ClassDef)
    }
