"""Bodies: how a value becomes bytes of a media type and back."""

from __future__ import annotations

import contextlib
import json
import re
from functools import cached_property
from typing import Any, Final, Generic, Protocol, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from ._model import CLOSED, Model, drop_nulls, find_nans, find_nulls
from ._union import drop_labels

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_REASONS_SHOWN: Final = 3


class InvalidValue(ValueError):
    """A value breaks its schema; the message says where and how, and never repeats the value."""


class Media(Protocol[T_co]):
    """How one body of type `T` becomes bytes of `media_type` and back; "" is the media type of no body."""

    @property
    def media_type(self) -> str: ...

    @property
    def headers(self) -> Any: ...

    def decode(self, data: bytes, *, lenient: bool) -> T_co:
        """Return the value of `data`; raise `InvalidValue`."""
        ...

    def encode(self, value: Any) -> bytes:
        """Return the bytes of `value`; raise `InvalidValue`."""
        ...

    def unwrap(self, data: bytes, content_type: str) -> bytes:
        """Return what `decode` takes of `data`, which came as `content_type`; raise `InvalidValue`."""
        ...

    def describe(self, data: bytes) -> str:
        """Return the content type of `data`, which `encode` gave: that of parts names what separates them."""
        ...


class Plain:
    """A body whose content type is its media type, whatever it holds, or `usual` where that is a range of them."""

    media_type = ""
    usual = "application/octet-stream"
    # The `DocumentedHeaders` of an answer, where it has any.
    headers: Any = None

    def unwrap(self, data: bytes, content_type: str) -> bytes:
        """Return `data`: all of it is the body."""
        return data

    def describe(self, data: bytes) -> str:
        """Return the content type of `data`, which `encode` gave."""
        before, star, after = self.media_type.partition("*")
        if not star or after.startswith("+"):
            return before + after.removeprefix("+")
        return self.usual if self.usual.startswith(before) else f"{before}octet-stream"


def is_of(found: str, wanted: str) -> bool:
    """Say whether the content type `found` is of the media type `wanted`.

    That may be a range: `*/*`, `text/*` or `application/*+json`, of which `application/json` is one as well.
    """
    if found == wanted:
        return True
    found, wanted = (each.partition(";")[0].strip().lower() for each in (found, wanted))
    before, star, after = wanted.partition("*")
    if not star:
        return found == wanted
    is_within = found.startswith(before) and (found.endswith(after) or found == before + after[1:])
    return is_within or wanted == "*/*"


class Json(Plain, Generic[T]):
    """A JSON body of type `T`, read and written by pydantic."""

    usual = "application/json"

    def __init__(self, type_: Any, media_type: str = "application/json") -> None:
        self._type = type_
        self.media_type = media_type

    @property
    def is_text(self) -> bool:
        """Whether any text at all will do."""
        return self._type is str

    @cached_property
    def _adapter(self) -> TypeAdapter[T]:
        return TypeAdapter(self._type)

    def decode(self, data: bytes, *, lenient: bool) -> T:
        """Parse `data` as the schema has it, without coercion.

        `lenient` bears what a newer or careless backend sends: an explicit null in an optional field is taken as
        absent, and a value that the document does not list as an `UnknownValue`. Without it both are refused.
        Raises `InvalidValue`.
        """
        _refuse_constants(data)
        try:
            value = self._validate(data, None if lenient else CLOSED)
        except ValidationError as error:
            raise InvalidValue(_describe(error)) from None
        if not lenient and b"null" in data:
            for path in find_nulls(value):
                raise InvalidValue(f"{path}: null is not allowed")
        return value

    def encode(self, value: Any) -> bytes:
        """Serialise the fields of `value` that were set; raise `InvalidValue` where it is not of its type."""
        self._refuse_stranger(value)
        try:
            data = self._dump(value)
            if b"null" in data:
                data = self._dump(drop_nulls(value))
            if b"null" in data:
                for path in find_nans(value):
                    raise InvalidValue(f"{path}: NaN and Infinity are not JSON")
            return data
        except InvalidValue:
            raise
        except ValueError as error:
            raise InvalidValue(_describe_misfit(str(error))) from None

    def _refuse_stranger(self, value: Any) -> None:
        """Raise `InvalidValue` for a model of another class, of which something would not be written."""
        wanted = self._type
        if not (isinstance(value, Model) and isinstance(wanted, type)) or isinstance(value, wanted):
            return
        if value.model_fields_set - getattr(wanted, "model_fields", {}).keys():
            raise InvalidValue(f"expected {wanted.__name__}, got {type(value).__name__}")

    def _validate(self, data: bytes, context: object) -> T:
        try:
            return self._adapter.validate_json(
                data, strict=True, context=context, by_alias=True, by_name=False
            )
        except ValidationError as error:
            if all(reason["type"] != "int_type" for reason in error.errors()):
                raise
        # To JSON Schema 5.0 is an integer, to pydantic it is not: write whole numbers without a point.
        whole = _to_json(_drop_points(json.loads(data)))
        return self._adapter.validate_json(whole, strict=True, context=context, by_alias=True, by_name=False)

    def _dump(self, value: Any) -> bytes:
        return self._adapter.dump_json(value, by_alias=True, exclude_unset=True, warnings="error")


class Text(Plain):
    """A text body in UTF-8."""

    usual = "text/plain"

    def __init__(self, media_type: str = "text/plain") -> None:
        self.media_type = media_type

    def decode(self, data: bytes, *, lenient: bool) -> str:
        """Decode `data`; raise `InvalidValue` where it is not UTF-8. Text has nothing to bear."""
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InvalidValue(f"not UTF-8 at byte {error.start}") from None

    def encode(self, value: Any) -> bytes:
        """Encode `value`; raise `InvalidValue` where it is not a `str`."""
        if not isinstance(value, str):
            raise InvalidValue(f"expected str, got {type(value).__name__}")
        try:
            return value.encode()
        except UnicodeEncodeError as error:
            raise InvalidValue(f"a lone surrogate at character {error.start}") from None


class Bytes(Plain):
    """A body of any other media type, as the bytes that it is."""

    def __init__(self, media_type: str) -> None:
        self.media_type = media_type

    def decode(self, data: bytes, *, lenient: bool) -> bytes:
        """Return `data`: nothing is known of it."""
        return data

    def encode(self, value: Any) -> bytes:
        """Return `value`; raise `InvalidValue` where it is not `bytes`."""
        if not isinstance(value, bytes):
            raise InvalidValue(f"expected bytes, got {type(value).__name__}")
        return value


class Empty(Plain):
    """No body at all."""

    def decode(self, data: bytes, *, lenient: bool) -> None:
        """Ignore `data`: the document promises nothing about it."""

    def encode(self, value: Any) -> bytes:
        """Return no bytes; raise `InvalidValue` where there is a value to send."""
        if value is not None:
            raise InvalidValue(f"expected None, got {type(value).__name__}")
        return b""


def _describe(error: ValidationError) -> str:
    found = [
        (drop_labels(reason["loc"]), reason["msg"], reason["type"])
        for reason in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    # The deepest first: where several schemas are tried, the one that was meant is the one that fits furthest.
    found.sort(key=lambda reason: -len(reason[0]))
    # Beside an unknown value stands what the values are that the document does list.
    found = [reason for reason in found if reason[2] != "unknown_value"] or found
    told = (f"{'.'.join(str(part) for part in at) or 'value'}: {message}" for at, message, _ in found)
    reasons = list(dict.fromkeys(told))
    more = len(reasons) - _REASONS_SHOWN
    return "; ".join(reasons[:_REASONS_SHOWN]) + (f"; and {more} more" if more > 0 else "")


def _describe_misfit(warning: str) -> str:
    """Name the type and the field of pydantic's serialisation warning, and leave out the value that it quotes."""
    expected = re.search(r"Expected `([^`]*)`", warning)
    field = re.search(r"field_name='([^']*)'", warning)
    return (
        f"{field[1] if field else 'value'}: is not {f'a valid {expected[1]}' if expected else 'serialisable'}"
    )


def _refuse_constants(data: bytes) -> None:
    """Raise `InvalidValue` where `data` holds NaN or Infinity, which pydantic reads and JSON does not have."""
    if b"NaN" in data or b"Infinity" in data:
        with contextlib.suppress(
            json.JSONDecodeError, UnicodeDecodeError, RecursionError
        ):  # pydantic says it
            json.loads(data, parse_constant=_refuse_constant)


def _refuse_constant(name: str) -> None:
    raise InvalidValue(f"Invalid JSON: {name} is no number")


def _drop_points(value: object) -> object:
    match value:
        case float() if value.is_integer():
            return int(value)
        case list():
            return [_drop_points(item) for item in cast("list[object]", value)]
        case dict():
            return {key: _drop_points(item) for key, item in cast("dict[str, object]", value).items()}
        case _:
            return value


def _to_json(value: Any) -> bytes:
    return to_json(value, inf_nan_mode="null")
