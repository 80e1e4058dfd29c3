"""Parameters as values, and their serialization into a request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from pydantic_core import from_json

from ._media import Json
from ._styles import Style, check_text, write_header, write_path, write_query

Kind: TypeAlias = Literal["text", "list", "some", "object", "json"]
Scalar: TypeAlias = Literal["boolean", "integer", "number", "string"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter: `name` on the wire, `argument` in Python, and how its value is parsed and serialized.

    `kind` is the form of the value: one text, a list of texts, either of them ("some"), an object, or JSON in one
    text. `reads` are the JSON types that a text, or a text in a list, may represent; `properties` are the same for each
    property of an object. `allow_reserved` leaves reserved characters in the query unencoded.
    """

    name: str
    argument: str
    place: Literal["path", "query", "header", "cookie"]
    schema: Json[Any]
    required: bool = False
    reads: tuple[Scalar, ...] = ("string",)
    kind: Kind = "text"
    style: Style = "simple"
    explode: bool = False
    properties: Mapping[str, tuple[Scalar, ...]] = field(default_factory=dict[str, tuple[Scalar, ...]])
    default: Any = None
    allow_reserved: bool = False

    def write_segment(self, value: object) -> str:
        """Return `value` serialized for the path; raise `InvalidValue`."""
        return write_path(self.name, self._to_plain(value), self.style, explode=self.explode)

    def write_pairs(self, value: object) -> list[str]:
        """Return `value` serialized as `name=value` pairs for the query or a cookie; raise `InvalidValue`."""
        return write_query(
            self.name, self._to_plain(value), self.style, explode=self.explode, reserved=self.allow_reserved
        )

    def write_header(self, value: object) -> str:
        """Return `value` serialized for a header; raise `InvalidValue`."""
        return write_header(self._to_plain(value), explode=self.explode)

    def _to_plain(self, value: object) -> Any:
        """Return `value` as a validated JSON value, or as JSON text if that is what is sent."""
        if isinstance(value, str) and self.kind == "text" and self.schema.is_text:
            return check_text(value)
        data = self.schema.encode(value)
        return data.decode() if self.kind == "json" else from_json(data)
