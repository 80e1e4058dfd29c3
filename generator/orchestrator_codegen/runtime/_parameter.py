"""Parameters as values: how each is written into a request, and read from one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, cast

from pydantic_core import from_json, to_json

from ._media import InvalidValue, Json
from ._styles import Style, check_text, write_header, write_path, write_query
from ._texts import Kind, Shape, read_header, read_path, read_query

Scalar: TypeAlias = Literal["boolean", "integer", "number", "string"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter: `name` on the wire, `argument` in Python, and how its texts are read and written.

    `reads` are the JSON types that a text may stand for, an item's where it is a list, and `properties` the same for
    the properties of an object. `kind` is what is sent: one text, several, several with names, or JSON as a text.
    `allow_reserved` says that reserved characters stand in the query as they are.
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
        """Return `value` as it stands in the path; raise `InvalidValue`."""
        return write_path(self.name, self._to_plain(value), self.style, explode=self.explode)

    def write_pairs(self, value: object) -> list[str]:
        """Return `value` as it stands in a query or a cookie: pairs of name and value; raise `InvalidValue`."""
        return write_query(
            self.name, self._to_plain(value), self.style, explode=self.explode, reserved=self.allow_reserved
        )

    def write_header(self, value: object) -> str:
        """Return `value` as it stands in a header; raise `InvalidValue`."""
        return write_header(self._to_plain(value), explode=self.explode)

    def _to_plain(self, value: object) -> Any:
        """Return `value` as a JSON value, held against its schema; the text of it where JSON is what is sent."""
        if isinstance(value, str) and self.kind == "text" and self.schema.is_text:
            return check_text(value)
        data = self.schema.encode(value)
        return data.decode() if self.kind == "json" else from_json(data)

    def read_segment(self, sent: str) -> Any:
        """Return the value in a segment of the path as it was sent; raise `InvalidValue`."""
        return self._to_value(read_path(self.name, sent, self.kind, self.style, explode=self.explode))

    def read_pairs(self, sent: Mapping[str, list[str]]) -> Any:
        """Return the value in a query or the cookies, None where it is not there; raise `InvalidValue`.

        `sent` has the values of each name as they were sent, without the names that other parameters have.
        """
        if self.kind == "object" and self.explode and self.style != "deepObject" and self.properties:
            sent = {name: values for name, values in sent.items() if name in self.properties}
        texts = read_query(self.name, sent, self.kind, self.style, explode=self.explode)
        return None if texts is None else self._to_value(texts)

    def read_header(self, sent: Sequence[str], *, lenient: bool = False) -> Any:
        """Return the value in a header, None where it is not there; raise `InvalidValue`."""
        if not sent:
            return None
        texts = read_header([check_text(each) for each in sent], self.kind, explode=self.explode)
        return self._to_value(texts, lenient=lenient)

    def read_default(self) -> Any:
        """Return the document's default as a value; None where it has none, or one that breaks its own schema."""
        if self.default is None:
            return None
        try:
            return self.schema.decode(to_json(self.default), lenient=False)
        except InvalidValue:
            return None

    @property
    def takes_the_rest(self) -> bool:
        """Whether every name of the query that no other parameter has is a property of this one."""
        is_exploded = self.kind == "object" and self.explode and self.style != "deepObject"
        return is_exploded and not self.properties

    def _to_value(self, texts: Shape, *, lenient: bool = False) -> Any:
        if self.kind == "json":
            return self.schema.decode(cast(str, texts).encode(), lenient=lenient)
        if self.kind == "text" and self.schema.is_text:
            return texts
        problem: InvalidValue | None = None
        for value in self._guess(texts):
            try:
                return self.schema.decode(to_json(value), lenient=lenient)
            except InvalidValue as error:
                problem = problem or error
        assert problem is not None
        raise problem

    def _guess(self, texts: Shape) -> Iterator[Any]:
        """Yield what `texts` may stand for: what they look like first, and then nothing but texts."""
        match texts:
            case str():
                yield read_text(texts, self.reads)
            case list():
                yield [read_text(text, self.reads) for text in texts]
            case dict():
                yield {key: read_text(text, self._reads_of(key)) for key, text in texts.items()}
        if "string" in {*self.reads, *(kind for kinds in self.properties.values() for kind in kinds)}:
            yield texts

    def _reads_of(self, name: str) -> tuple[Scalar, ...]:
        return self.properties.get(name, self.reads)


def read_text(text: str, kinds: Sequence[Scalar]) -> Any:
    """Return what `text` stands for where it may be one of `kinds`; raise `InvalidValue` where it is none."""
    if tuple(kinds) == ("string",):
        return text
    try:
        value = from_json(text)
    except (ValueError, TypeError):
        value = text
    if isinstance(value, bool):
        is_fitting = "boolean" in kinds
    elif isinstance(value, int):
        is_fitting = "integer" in kinds or "number" in kinds
    else:
        is_fitting = isinstance(value, float) and "number" in kinds
    if is_fitting:
        return value
    if "string" in kinds:
        return text
    raise InvalidValue(
        f"expected {' or '.join(('an ' if kind == 'integer' else 'a ') + kind for kind in kinds)}"
    )
