"""Computes the view that the template of the filter builder renders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ..api.ir import Api, FilterPart, Filters
from ..api.python_names import name_classes

# The base class of the filter models, and its module in the generated package.
OPERATORS: Final = "FilterOperators"
MODULE: Final = "filters"


@dataclass(frozen=True, slots=True)
class PartView:
    """A model that filters consist of: its class name, and the expression that describes it."""

    model: str
    text: str


@dataclass(frozen=True, slots=True)
class FiltersView:
    """The values of the template: class names, and Python text that depends on whether filters have nested fields."""

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
    """Return the view of the filters of `api`, or None if it has none."""
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
    """Return the names of the schemas that filters consist of."""
    parts = (filters.comparison, filters.logical, filters.nested) if filters else ()
    return [part.schema for part in parts if part]


def _view_part(part: FilterPart, classes: Mapping[str, str]) -> PartView:
    model = classes[part.schema]
    return PartView(model, f"Part(models.{model}, {dict(part.properties)!r}, {dict(part.words)!r})")
