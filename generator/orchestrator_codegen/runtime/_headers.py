"""The headers that a document says an answer carries: held against what a handler gives, and read by the client."""

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
    """The headers of one documented answer."""

    headers: tuple[Parameter, ...]

    def check(self, sent: Mapping[str, str]) -> None:
        """Raise `InvalidValue` where `sent` lacks one that is required, or has one of the wrong type."""
        texts = {name.lower(): [text] for name, text in sent.items()}
        self.read(lambda name: texts.get(name, ()), lenient=False)

    def read(self, find: Callable[[str], Sequence[str]], *, lenient: bool) -> dict[str, Any]:
        """Return the value of each by its name in Python, None where it is not there; raise `InvalidValue`.

        `find` gives what was sent under a name in lower case.
        """
        found: dict[str, Any] = {}
        for each in self.headers:
            try:
                found[each.argument] = value = read_header(each, find(each.name.lower()), lenient=lenient)
                if value is None and each.required:
                    raise InvalidValue("is missing")
            except InvalidValue as problem:
                raise InvalidValue(f"header {each.name}: {problem}") from None
        return found


def head(media: M, *headers: Parameter) -> M:
    """Return `media`, that of an answer, as one that comes with `headers`."""
    media.headers = DocumentedHeaders(headers)
    return media


class Headers:
    """The documented headers of an operation's answers; one that an answer lacks is None."""

    __slots__ = ()

    @classmethod
    def read(cls, raw: RawResponse[Any]) -> Self:
        """Return those of an answer of the operation, whatever its status.

        Raises `DecodeError` where one that the document requires is missing, or one is not of its type.
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
