"""Bodies: serialization of values to bytes of a media type, and parsing."""

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
    """A value does not match its schema. The message says where and why, and never repeats the value."""


class Media(Protocol[T_co]):
    """The serialization of a body of type `T` as `media_type`, which is "" if there is no body."""

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
        """Return the input for `decode` from `data`, received as `content_type`; raise `InvalidValue`."""
        ...

    def describe(self, data: bytes) -> str:
        """Return the content type of `data`, a result of `encode`. For a multipart body it includes the boundary."""
        ...


class Plain:
    """A body whose content type is its media type, or `usual` if the media type is a range that includes it."""

    media_type = ""
    usual = "application/octet-stream"
    # The `DocumentedHeaders` of a response, None if it has none.
    headers: Any = None

    def unwrap(self, data: bytes, content_type: str) -> bytes:
        """Return `data` unchanged."""
        return data

    def describe(self, data: bytes) -> str:
        """Return the content type of `data`, a result of `encode`."""
        before, star, after = self.media_type.partition("*")
        if not star or after.startswith("+"):
            return before + after.removeprefix("+")
        return self.usual if self.usual.startswith(before) else f"{before}octet-stream"


def is_of(found: str, wanted: str) -> bool:
    """Return whether the content type `found` matches the media type `wanted`.

    `wanted` may be a range: `*/*`, `text/*` or `application/*+json`, which also matches `application/json`.
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
        """Whether the type is a plain `str` without constraints."""
        return self._type is str

    @cached_property
    def _adapter(self) -> TypeAdapter[T]:
        return TypeAdapter(self._type)

    def decode(self, data: bytes, *, lenient: bool) -> T:
        """Parse and validate `data`, without coercion; raise `InvalidValue`.

        With `lenient`, responses of newer or careless backends are accepted: an explicit null in an optional field
        counts as absent, and an undocumented enum value becomes an `UnknownValue`. Without it both are rejected.
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
        """Serialize the fields of `value` that were set; raise `InvalidValue` if it is not of the body's type."""
        self._refuse_other_model(value)
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

    def _refuse_other_model(self, value: Any) -> None:
        """Raise `InvalidValue` for a model of another class if some of its fields would not be serialized."""
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
        # 5.0 is an integer in JSON Schema but not in pydantic: rewrite whole numbers as integers.
        whole = _to_json(_floats_to_ints(json.loads(data)))
        return self._adapter.validate_json(whole, strict=True, context=context, by_alias=True, by_name=False)

    def _dump(self, value: Any) -> bytes:
        return self._adapter.dump_json(value, by_alias=True, exclude_unset=True, warnings="error")


class Text(Plain):
    """A text body, encoded as UTF-8."""

    usual = "text/plain"

    def __init__(self, media_type: str = "text/plain") -> None:
        self.media_type = media_type

    def decode(self, data: bytes, *, lenient: bool) -> str:
        """Decode `data`; raise `InvalidValue` if it is not UTF-8. `lenient` has no effect."""
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InvalidValue(f"not UTF-8 at byte {error.start}") from None

    def encode(self, value: Any) -> bytes:
        """Encode `value`; raise `InvalidValue` if it is not a `str` or has a lone surrogate."""
        if not isinstance(value, str):
            raise InvalidValue(f"expected str, got {type(value).__name__}")
        try:
            return value.encode()
        except UnicodeEncodeError as error:
            raise InvalidValue(f"not encodable as UTF-8: lone surrogate at character {error.start}") from None


class Bytes(Plain):
    """A body of any other media type, as raw bytes."""

    def __init__(self, media_type: str) -> None:
        self.media_type = media_type

    def decode(self, data: bytes, *, lenient: bool) -> bytes:
        """Return `data` unchanged."""
        return data

    def encode(self, value: Any) -> bytes:
        """Return `value`; raise `InvalidValue` if it is not `bytes`."""
        if not isinstance(value, bytes):
            raise InvalidValue(f"expected bytes, got {type(value).__name__}")
        return value


class Empty(Plain):
    """No body."""

    def decode(self, data: bytes, *, lenient: bool) -> None:
        """Return None; `data` is ignored, because the document does not describe it."""

    def encode(self, value: Any) -> bytes:
        """Return no bytes; raise `InvalidValue` if `value` is not None."""
        if value is not None:
            raise InvalidValue(f"expected None, got {type(value).__name__}")
        return b""


def _describe(error: ValidationError) -> str:
    found = [
        (drop_labels(reason["loc"]), reason["msg"], reason["type"])
        for reason in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    # The deepest first: of several schemas that were tried, the intended one fails furthest inside the value.
    found.sort(key=lambda reason: -len(reason[0]))
    # An unknown value also has an error that lists the documented values, which is the more helpful one.
    found = [reason for reason in found if reason[2] != "unknown_value"] or found
    lines = (f"{'.'.join(str(part) for part in at) or 'value'}: {message}" for at, message, _ in found)
    reasons = list(dict.fromkeys(lines))
    more = len(reasons) - _REASONS_SHOWN
    return "; ".join(reasons[:_REASONS_SHOWN]) + (f"; and {more} more" if more > 0 else "")


def _describe_misfit(warning: str) -> str:
    """Return the field and the expected type of a serialization warning of pydantic, without the value it quotes."""
    expected = re.search(r"Expected `([^`]*)`", warning)
    field = re.search(r"field_name='([^']*)'", warning)
    return (
        f"{field[1] if field else 'value'}: is not {f'a valid {expected[1]}' if expected else 'serializable'}"
    )


def _refuse_constants(data: bytes) -> None:
    """Raise `InvalidValue` if `data` contains NaN or Infinity, which pydantic accepts although JSON has neither."""
    if b"NaN" in data or b"Infinity" in data:
        with contextlib.suppress(
            json.JSONDecodeError, UnicodeDecodeError, RecursionError
        ):  # pydantic reports these
            json.loads(data, parse_constant=_refuse_constant)


def _refuse_constant(name: str) -> None:
    raise InvalidValue(f"Invalid JSON: {name} is not a JSON number")


def _floats_to_ints(value: object) -> object:
    match value:
        case float() if value.is_integer():
            return int(value)
        case list():
            return [_floats_to_ints(item) for item in cast("list[object]", value)]
        case dict():
            return {key: _floats_to_ints(item) for key, item in cast("dict[str, object]", value).items()}
        case _:
            return value


def _to_json(value: Any) -> bytes:
    return to_json(value, inf_nan_mode="null")
