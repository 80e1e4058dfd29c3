"""The base class of every model: wire names, unknown fields and values, secrets and explicit nulls."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Final, Self, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, ValidationInfo
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

T = TypeVar("T")

# The context of a validation in which values that the document does not list are refused.
CLOSED: Final = {"closed": True}

# What has no parts.
_PLAIN: Final = frozenset({str, int, float, bool, type(None)})


class Model(BaseModel):
    """Keeps unknown fields, takes attribute names in Python and wire names in JSON, and hides secrets."""

    model_config = ConfigDict(
        extra="allow",
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        # What is built on another schema is written whole where that is asked for.
        polymorphic_serialization=True,
        hide_input_in_errors=True,
        protected_namespaces=(),
        defer_build=True,
    )

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """Yield what `repr` shows, with the value of each field marked `x-secret` masked."""
        secrets = secret_fields(type(self))
        for name, value in super().__repr_args__():
            yield name, "**********" if name in secrets and value is not None else value


class UnknownValue(str):
    """A value that the document does not list where it lists some: a newer backend has it. It is the text that came."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Take any text, but none where the context is `CLOSED`."""
        return core_schema.with_info_after_validator_function(cls._take, core_schema.str_schema())

    @classmethod
    def _take(cls, value: str, info: ValidationInfo) -> Self:
        if info.context == CLOSED:
            raise PydanticCustomError("unknown_value", "is none of the values that the document lists")
        return cls(value)


# A member of the enum `T` where the document lists the value, an `UnknownValue` where it does not.
Open = Annotated[T | UnknownValue, Field(union_mode="left_to_right")]


def _extension(field: FieldInfo, key: str) -> bool:
    extra = field.json_schema_extra
    return isinstance(extra, dict) and cast("dict[str, Any]", extra).get(key) is True


@cache
def secret_fields(model: type[Model]) -> frozenset[str]:
    """Name the attributes of `model` whose schema says `x-secret: true`."""
    fields = model.model_fields
    return frozenset(name for name, field in fields.items() if _extension(field, "x-secret"))


@cache
def absent_when_none(model: type[Model]) -> frozenset[str]:
    """Name the attributes of `model` whose `None` stands for "not sent": optional, and not nullable on the wire."""
    return frozenset(
        name
        for name, field in model.model_fields.items()
        if not field.is_required() and not _extension(field, "x-nullable")
    )


def read_property(value: object, name: str) -> Any:
    """Return the property called `name` on the wire of a model or an object; None where it is absent."""
    if isinstance(value, Model):
        attribute = attributes(type(value)).get(name)
        return (value.model_extra or {}).get(name) if attribute is None else getattr(value, attribute)
    return cast("dict[str, object]", value).get(name) if isinstance(value, dict) else None


@cache
def attributes(model: type[Model]) -> Mapping[str, str]:
    """Return the attribute of each field of `model`, by its name on the wire."""
    return {field.alias or attribute: attribute for attribute, field in model.model_fields.items()}


def iter_secrets(value: object) -> Iterator[str]:
    """Yield every text in `value` that a field marked `x-secret` holds."""
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
    """Yield the dotted wire path of every explicit null that the document does not allow in `value`."""
    absent = absent_when_none(type(value)) if isinstance(value, Model) else frozenset[str]()
    for attribute, wire_name, item in _iter_parts(value):
        path = f"{at}.{wire_name}" if at else wire_name
        if item is None and attribute in absent:
            yield path
        else:
            yield from find_nulls(item, path)


def find_nans(value: object, at: str = "") -> Iterator[str]:
    """Yield the dotted wire path of every NaN and every infinity in `value`: JSON has no number for them."""
    if isinstance(value, float) and not math.isfinite(value):
        yield at or "value"
    for _, wire_name, item in _iter_parts(value):
        yield from find_nans(item, f"{at}.{wire_name}" if at else wire_name)


def _iter_parts(value: object) -> Iterator[tuple[str, str, object]]:
    """Yield the attribute, the wire name and the value of each part of `value`; nothing of what has no parts."""
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
    """Return `value` with every attribute unset whose `None` stands for "not sent".

    The original stays as it is; what holds no such attribute is returned itself.
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
