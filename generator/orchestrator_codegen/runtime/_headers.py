"""Documented response headers: the server validates them in handler results, the client reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, TypeVar

from ._media import InvalidValue, Plain
from ._operation import find_documented
from ._parameter import Parameter
from ._reading import read_header
from ._secrets import mask
from .errors import DecodeError, shorten

if TYPE_CHECKING:
    from ._http import RawResponse

M = TypeVar("M", bound=Plain)


@dataclass(frozen=True, slots=True)
class DocumentedHeaders:
    """The headers of one documented response."""

    headers: tuple[Parameter, ...]

    def check(self, sent: Mapping[str, str]) -> None:
        """Raise `InvalidValue` if a required header is missing in `sent`, or one has an invalid value."""
        texts = {name.lower(): [text] for name, text in sent.items()}
        self.read(lambda name: texts.get(name, ()), lenient=False)

    def read(self, find: Callable[[str], Sequence[str]], *, lenient: bool) -> dict[str, Any]:
        """Return the value of each header by Python name, None for an absent one; raise `InvalidValue`.

        `find` returns the values that were sent for a lower-case name.
        """
        found: dict[str, Any] = {}
        for each in self.headers:
            try:
                found[each.argument] = value = read_header(each, find(each.name.lower()), lenient=lenient)
                if value is None and each.required:
                    raise InvalidValue("is required but missing")
            except InvalidValue as problem:
                raise InvalidValue(f"header {each.name}: {problem}") from None
        return found


def head(media: M, *headers: Parameter) -> M:
    """Set `headers` as the documented headers of `media`, the body of a response, and return it."""
    media.headers = DocumentedHeaders(headers)
    return media


class Headers:
    """The documented response headers of an operation; a header that is absent is None."""

    __slots__ = ()

    @classmethod
    def read(cls, raw: RawResponse[Any]) -> Self:
        """Return the headers of a response to the operation, with any status.

        Raises `DecodeError` if a required header is missing, or a header does not match its schema.
        """
        operation, response = raw.operation, raw.response
        media = find_documented({**operation.errors, **operation.successes}, raw.status)
        values: dict[str, Any] = dict.fromkeys(cls.__slots__)
        reason = ""
        try:
            if media is not None and media.headers is not None:
                values |= media.headers.read(response.headers.get_list, lenient=True)
        except InvalidValue as problem:
            reason = mask(str(problem), operation, response.request)
        if reason:
            raise DecodeError(operation.id, response, shorten(reason))
        return cls(**values)
