"""Unions of a model and of those that are built on it, where a property says which of them a value is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast, get_args

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from ._model import Model


@dataclass(frozen=True, eq=False)
class Tagged:
    """Marks such a union: `Annotated[Cat | Dog | Pet, Tagged("kind", {"cat": "Cat", "dog": "Dog"})]`.

    `models` has the name of a model for each value of `property`. All other values, and none, are the last model's.
    """

    property: str
    models: Mapping[str, str]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the union in which the property chooses."""
        union = handler(source)
        if union["type"] != "union":
            return union
        schemas = [each[0] if isinstance(each, tuple) else each for each in union["choices"]]
        models: Sequence[type[Model]] = get_args(source)
        # In parentheses: so no reader of an error takes it for a property.
        labels = {each.__name__: f"({each.__name__})" for each in models}
        choices = dict(zip(labels.values(), schemas, strict=True))
        return core_schema.tagged_union_schema(choices, self._tell(models, labels))

    def _tell(self, models: Sequence[type[Model]], labels: Mapping[str, str]) -> Callable[[Any], str]:
        last = models[-1]
        fields = last.model_fields.items()
        names = {self.property, *(name for name, field in fields if field.alias == self.property)}

        def tell(value: Any) -> str:
            if isinstance(value, Model):  # it is being written, or was made already
                return labels.get(type(value).__name__, labels[last.__name__])
            sent = cast("dict[str, object]", value) if isinstance(value, dict) else {}
            said = next((sent[name] for name in names if name in sent), None)
            model = self.models.get(said, last.__name__) if isinstance(said, str) else last.__name__
            return labels.get(model, labels[last.__name__])

        return tell
