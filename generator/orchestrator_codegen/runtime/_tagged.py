"""Unions of a base model and its derived models, where a property of the value selects the model."""

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

    `models` maps values of `property` to model names. The last model is used for any other value, and if the
    property is absent.
    """

    property: str
    models: Mapping[str, str]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return a tagged union schema with the property as the tag."""
        union = handler(source)
        if union["type"] != "union":
            return union
        schemas = [each[0] if isinstance(each, tuple) else each for each in union["choices"]]
        models: Sequence[type[Model]] = get_args(source)
        # The parentheses distinguish a label from a property name in the location of an error.
        labels = {each.__name__: f"({each.__name__})" for each in models}
        choices = dict(zip(labels.values(), schemas, strict=True))
        return core_schema.tagged_union_schema(choices, self._make_selector(models, labels))

    def _make_selector(
        self, models: Sequence[type[Model]], labels: Mapping[str, str]
    ) -> Callable[[Any], str]:
        last = models[-1]
        fields = last.model_fields.items()
        names = {self.property, *(name for name, field in fields if field.alias == self.property)}

        def select(value: Any) -> str:
            if isinstance(value, Model):  # on serialization, or if the value is a model already
                return labels.get(type(value).__name__, labels[last.__name__])
            sent = cast("dict[str, object]", value) if isinstance(value, dict) else {}
            tag = next((sent[name] for name in names if name in sent), None)
            model = self.models.get(tag, last.__name__) if isinstance(tag, str) else last.__name__
            return labels.get(model, labels[last.__name__])

        return select
