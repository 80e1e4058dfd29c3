"""The base class of every model, and the handling of wire names, unknown values, secrets and explicit nulls."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Final, Self, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, ValidationInfo
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

T = TypeVar("T")

# The validation context in which undocumented enum values are rejected.
CLOSED: Final = {"closed": True}

# The types of JSON values without children.
_PLAIN: Final = frozenset({str, int, float, bool, type(None)})


class Model(BaseModel):
    """The base class of models: keeps unknown fields, accepts attribute names and wire names, and redacts secrets."""

    model_config = ConfigDict(
        extra="allow",
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        # An instance of a subclass is serialized with all its fields where its base class is expected.
        polymorphic_serialization=True,
        hide_input_in_errors=True,
        protected_namespaces=(),
        defer_build=True,
    )

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """Yield the fields that `repr` shows, with the value of each field marked `x-secret` redacted."""
        secrets = secret_fields(type(self))
        for name, value in super().__repr_args__():
            yield name, "**********" if name in secrets and value is not None else value


class UnknownValue(str):
    """An enum value that the document does not list, for example from a newer backend. It is the received string."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return a schema that accepts any string, or none if the validation context is `CLOSED`."""
        return core_schema.with_info_after_validator_function(cls._validate, core_schema.str_schema())

    @classmethod
    def _validate(cls, value: str, info: ValidationInfo) -> Self:
        if info.context == CLOSED:
            raise PydanticCustomError("unknown_value", "is not one of the values that the document lists")
        return cls(value)


# A member of the enum `T` if the document lists the value, otherwise an `UnknownValue`.
Open = Annotated[T | UnknownValue, Field(union_mode="left_to_right")]


def _extension(field: FieldInfo, key: str) -> bool:
    extra = field.json_schema_extra
    return isinstance(extra, dict) and cast("dict[str, Any]", extra).get(key) is True


@cache
def secret_fields(model: type[Model]) -> frozenset[str]:
    """Return the attributes of `model` whose schema has `x-secret: true`."""
    fields = model.model_fields
    return frozenset(name for name, field in fields.items() if _extension(field, "x-secret"))


@cache
def absent_when_none(model: type[Model]) -> frozenset[str]:
    """Return the attributes of `model` whose `None` means "not sent": the optional ones that are not nullable."""
    return frozenset(
        name
        for name, field in model.model_fields.items()
        if not field.is_required() and not _extension(field, "x-nullable")
    )


def read_property(value: object, name: str) -> Any:
    """Return the property with the wire name `name` of a model or a dict; None if it is absent."""
    if isinstance(value, Model):
        attribute = attributes(type(value)).get(name)
        return (value.model_extra or {}).get(name) if attribute is None else getattr(value, attribute)
    return cast("dict[str, object]", value).get(name) if isinstance(value, dict) else None


@cache
def attributes(model: type[Model]) -> Mapping[str, str]:
    """Return the attribute of each field of `model` by its wire name."""
    return {field.alias or attribute: attribute for attribute, field in model.model_fields.items()}


def iter_secrets(value: object) -> Iterator[str]:
    """Yield every string in `value` that is in a field marked `x-secret`."""
    secrets = secret_fields(type(value)) if isinstance(value, Model) else frozenset[str]()
    for attribute, _, item in _iter_parts(value):
        if attribute in secrets:
            yield from _iter_texts(item)
        else:
            yield from iter_secrets(item)


def _iter_texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for _, _, item in _iter_parts(value):
        yield from _iter_texts(item)


def find_nulls(value: object, at: str = "") -> Iterator[str]:
    """Yield the dotted wire path of every explicit null in `value` that the document does not allow."""
    absent = absent_when_none(type(value)) if isinstance(value, Model) else frozenset[str]()
    for attribute, wire_name, item in _iter_parts(value):
        path = f"{at}.{wire_name}" if at else wire_name
        if item is None and attribute in absent:
            yield path
        else:
            yield from find_nulls(item, path)


def find_nans(value: object, at: str = "") -> Iterator[str]:
    """Yield the dotted wire path of every NaN and infinity in `value`, which JSON cannot represent."""
    if isinstance(value, float) and not math.isfinite(value):
        yield at or "value"
    for _, wire_name, item in _iter_parts(value):
        yield from find_nans(item, f"{at}.{wire_name}" if at else wire_name)


def _iter_parts(value: object) -> Iterator[tuple[str, str, object]]:
    """Yield the attribute, wire name and value of each child of `value`: a field, an item or a property.

    The attribute is "" if there is none.
    """
    if isinstance(value, Model):
        fields = type(value).model_fields
        for name in sorted(value.model_fields_set & fields.keys()):
            yield name, fields[name].alias or name, getattr(value, name)
        value = value.model_extra or {}
    if isinstance(value, list):
        for index, item in enumerate(cast("list[object]", value)):
            yield "", str(index), item
    elif isinstance(value, dict):
        for key, item in cast("dict[str, object]", value).items():
            yield "", key, item


def drop_nulls(value: object) -> Any:
    """Return `value` with every attribute unset whose `None` means "not sent".

    `value` is not modified: models and lists are copied if they change, otherwise they are returned themselves.
    """
    if isinstance(value, Model):
        return _drop_from_model(value)
    if isinstance(value, list):
        items = cast("list[object]", value)
        kept = [item if type(item) in _PLAIN else drop_nulls(item) for item in items]
        return kept if any(new is not old for new, old in zip(kept, items, strict=True)) else items
    if isinstance(value, dict):
        return {key: drop_nulls(item) for key, item in cast("dict[str, object]", value).items()}
    return value


def _drop_from_model(value: Model) -> Model:
    sent = value.__pydantic_fields_set__
    held = [(name, item) for name, item in value.__dict__.items() if name in sent]
    absent = absent_when_none(type(value))
    unset = [name for name, item in held if item is None and name in absent]
    nested = ((name, item, drop_nulls(item)) for name, item in held if type(item) not in _PLAIN)
    changed = {name: new for name, old, new in nested if new is not old}
    if not unset and not changed:
        return value
    copy = value.model_copy(update=changed)
    copy.__pydantic_fields_set__.difference_update(unset)
    return copy
