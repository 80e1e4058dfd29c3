"""Parses the parameters of a request into values of their schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from pydantic_core import from_json, to_json

from ._media import InvalidValue
from ._parameter import Parameter, Scalar
from ._styles import check_text
from ._texts import Shape, take_header, take_path, take_query


def read_segment(parameter: Parameter, sent: str) -> Any:
    """Return the value of a percent-encoded path segment; raise `InvalidValue`."""
    return _to_value(
        parameter, take_path(parameter.name, sent, parameter.kind, parameter.style, explode=parameter.explode)
    )


def read_pairs(parameter: Parameter, sent: Mapping[str, list[str]]) -> Any:
    """Return the value in the query or the cookies, None if it is absent; raise `InvalidValue`.

    `sent` holds the values of each name as sent, percent-encoded. For a parameter that takes the rest, the names of
    the other parameters are left out.
    """
    if (
        parameter.kind == "object"
        and parameter.explode
        and parameter.style != "deepObject"
        and parameter.properties
    ):
        sent = {name: values for name, values in sent.items() if name in parameter.properties}
    texts = take_query(parameter.name, sent, parameter.kind, parameter.style, explode=parameter.explode)
    return None if texts is None else _to_value(parameter, texts)


def read_header(parameter: Parameter, sent: Sequence[str], *, lenient: bool = False) -> Any:
    """Return the value of a header, None if it is absent; raise `InvalidValue`."""
    if not sent:
        return None
    texts = take_header([check_text(each) for each in sent], parameter.kind, explode=parameter.explode)
    return _to_value(parameter, texts, lenient=lenient)


def read_default(parameter: Parameter) -> Any:
    """Return the default in the document as a value; None if there is none, or it does not match its own schema."""
    if parameter.default is None:
        return None
    try:
        return parameter.schema.decode(to_json(parameter.default), lenient=False)
    except InvalidValue:
        return None


def takes_the_rest(parameter: Parameter) -> bool:
    """Whether every query name that belongs to no other parameter is a property of this one."""
    is_exploded = parameter.kind == "object" and parameter.explode and parameter.style != "deepObject"
    return is_exploded and not parameter.properties


def _to_value(parameter: Parameter, texts: Shape, *, lenient: bool = False) -> Any:
    if parameter.kind == "json":
        return parameter.schema.decode(cast(str, texts).encode(), lenient=lenient)
    if parameter.kind == "text" and parameter.schema.is_text:
        return texts
    problem: InvalidValue | None = None
    for value in _guess(parameter, texts):
        try:
            return parameter.schema.decode(to_json(value), lenient=lenient)
        except InvalidValue as error:
            problem = problem or error
    assert problem is not None
    raise problem


def _guess(parameter: Parameter, texts: Shape) -> Iterator[Any]:
    """Yield the candidate values of `texts`: first with texts parsed as JSON types, then with plain strings."""
    if parameter.kind == "some" and isinstance(texts, str):
        single = [read_text(texts, parameter.reads), *([texts] if "string" in parameter.reads else [])]
        yield from (*single, *([each] for each in single))
        return
    match texts:
        case str():
            yield read_text(texts, parameter.reads)
        case list():
            yield [read_text(text, parameter.reads) for text in texts]
        case dict():
            yield {key: read_text(text, _reads_of(parameter, key)) for key, text in texts.items()}
    if "string" in {*parameter.reads, *(kind for kinds in parameter.properties.values() for kind in kinds)}:
        yield texts


def _reads_of(parameter: Parameter, name: str) -> tuple[Scalar, ...]:
    return parameter.properties.get(name, parameter.reads)


def read_text(text: str, kinds: Sequence[Scalar]) -> Any:
    """Return `text` parsed as one of `kinds`; raise `InvalidValue` if it is none of them."""
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
