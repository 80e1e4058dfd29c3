"""Finds the kind of each class in `models.py`, which decides how a sample creates a value."""

from __future__ import annotations

import ast
from typing import Literal

Kind = Literal["model", "enum"]


def find_model_kinds(source: str) -> dict[str, Kind]:
    """Return the kind of each class in the module `source`. Other names are type aliases."""
    return {
        node.name: "enum" if any(ast.unparse(base).endswith("Enum") for base in node.bases) else "model"
        for node in ast.parse(source).body
        if isinstance(node, ast.ClassDef)
    }
