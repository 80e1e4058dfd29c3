"""Computes what the template of the filter builder prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ..api.ir import Api, FilterPart, Filters
from ..api.python_names import name_classes

# What the models of filters have in common, by the path that leads to it within the package.
OPERATORS: Final = "FilterOperators"
MODULE: Final = "filters"


@dataclass(frozen=True, slots=True)
class PartView:
    """One model that filters are made of: its class, and the expression that describes it."""

    model: str
    text: str


@dataclass(frozen=True, slots=True)
class FiltersView:
    """What the template sees: class names, and the parts that depend on whether filters reach into objects."""

    filter: str
    comparison: PartView
    logical: PartView
    nested: PartView | None
    arguments: str
    path: str
    compared: str
    explanation: str
    models: str


def view_filters(api: Api) -> FiltersView | None:
    """Return the view of the filters of `api`; None where it has none."""
    filters = api.filters
    if filters is None:
        return None
    classes = name_classes(schema.name for schema in api.schemas)
    comparison, logical = (_view_part(each, classes) for each in (filters.comparison, filters.logical))
    nested = _view_part(filters.nested, classes) if filters.nested else None
    parts = [f"models.{part.model}" for part in (comparison, logical, nested) if part]
    return FiltersView(
        filter=classes[filters.schema],
        comparison=comparison,
        logical=logical,
        nested=nested,
        arguments="name: str, /, *more: str" if nested else "name: str, /",
        path="(name, *more)" if nested else "(name,)",
        compared=" | ".join(parts[::2]),
        explanation="; `more` names lead to a field of a nested object, step by step" if nested else "",
        models=", ".join(parts if nested else [*parts, "Any"]),
    )


def list_parts(filters: Filters | None) -> list[str]:
    """Return the names of the schemas that filters are made of."""
    parts = (filters.comparison, filters.logical, filters.nested) if filters else ()
    return [part.schema for part in parts if part]


def _view_part(part: FilterPart, classes: Mapping[str, str]) -> PartView:
    model = classes[part.schema]
    return PartView(model, f"Part(models.{model}, {dict(part.properties)!r}, {dict(part.words)!r})")
