"""The responses of the server stubs: how the result of a handler is validated, serialized and sent."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, Generic, Literal, NamedTuple, TypeVar, cast

from pydantic import TypeAdapter
from starlette.types import Send

from ._media import InvalidValue, Json, Media
from ._operation import Operation, find_documented
from ._refusal import ErrorShape, HTTPError

logger = logging.getLogger(__name__.rpartition(".")[0] + ".server")

T = TypeVar("T")

ValidateAnswers = Literal["raise", "log", "off"]

_BODILESS: Final = (204, 304)
_BROKEN: Final = "the response of the backend does not match the OpenAPI document"
_ANYTHING: Final[TypeAdapter[Any]] = TypeAdapter(Any)


@dataclass(frozen=True, slots=True)
class Reply(Generic[T]):
    """The result of a handler that sets the status or headers of its response; other handlers return the bare value.

    `status` is a documented success status. None selects the first one.
    """

    value: T
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


class Answer(NamedTuple):
    """A response: status, body, media type ("" for no body) and additional headers."""

    status: int
    body: bytes
    media_type: str
    headers: Mapping[str, str] = {}

    async def send(self, send: Send, request_id: str, *, is_head: bool) -> None:
        """Send the response, without its body if the request is a HEAD request."""
        headers = [(b"x-request-id", request_id.encode("ascii"))]
        if self.media_type:
            headers.append((b"content-type", _content_type(self.media_type)))
        if self.status not in _BODILESS:
            headers.append((b"content-length", b"%d" % len(self.body)))
        for name, value in self.headers.items():
            headers.append((name.lower().encode("ascii"), value.encode("ascii")))
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if is_head else self.body})


@cache
def _content_type(media_type: str) -> bytes:
    charset = "; charset=utf-8" if media_type.startswith("text/") and "charset=" not in media_type else ""
    return (media_type + charset).encode("latin-1")


def refuse(error: HTTPError, shape: ErrorShape) -> Answer:
    """Return the response for `error`; a 401 has a `WWW-Authenticate` header (RFC 9110, section 11.6.1)."""
    headers = error.headers
    if error.status == 401 and not any(name.lower() == "www-authenticate" for name in headers):
        headers = {**headers, "WWW-Authenticate": "Bearer"}
    return Answer(error.status, shape.write(error), shape.media_type, headers)


class AnswerWriter:
    """Validates and serializes the results of one operation's handler, and counts violations by operationId.

    A violation is a result that does not match the document. With `validate="raise"` it is logged and answered
    with 500, with "log" it is logged and sent, with "off" results are not validated. A result that cannot be
    serialized is always logged and answered with 500.
    """

    def __init__(
        self, operation: Operation[Any], validate: ValidateAnswers, violations: Counter[str]
    ) -> None:
        self._id = operation.id
        self._successes = operation.successes
        self._status, self._media = next(iter(operation.successes.items()))
        self._validate = validate
        self._violations = violations

    def write(self, result: object) -> Answer:
        """Return the response for `result`; raise `HTTPError` 500 if it must not or cannot be sent."""
        if isinstance(result, Reply):
            reply = cast("Reply[object]", result)
            status = self._status if reply.status is None else reply.status
            return self._write(reply.value, status, reply.headers)._replace(headers=reply.headers)
        return self._write(result, self._status, {})

    def _write(self, value: object, status: int, headers: Mapping[str, str]) -> Answer:
        media = self._media if status == self._status else find_documented(self._successes, status)
        try:
            if media is None:
                raise InvalidValue(f"the document has no success response for the status {status}")
            body = media.encode(value)
            if self._validate != "off":
                media.decode(body, lenient=False)
        except InvalidValue as error:
            media = media or self._media
            body = self._write_invalid(value, media, error)
        else:
            if media.headers is not None and self._validate != "off":
                self._check_headers(media, headers)
        return Answer(status if status >= 100 else status * 100 or 200, body, media.describe(body))

    def _check_headers(self, media: Media[Any], headers: Mapping[str, str]) -> None:
        try:
            media.headers.check(headers)
        except InvalidValue as error:
            self._report(error)
            if self._validate == "raise":
                raise HTTPError(500, _BROKEN) from None

    def _report(self, error: InvalidValue) -> None:
        self._violations[self._id] += 1
        logger.error("%s: the handler's result does not match the document: %s", self._id, error)

    def _write_invalid(self, value: object, media: Media[Any], error: InvalidValue) -> bytes:
        if self._validate != "off":
            self._report(error)
        if self._validate != "raise" and isinstance(media, Json):
            try:
                return _ANYTHING.dump_json(value, by_alias=True, exclude_unset=True, warnings=False)
            except ValueError:
                logger.error("%s: the handler's result cannot be serialized as JSON", self._id)
        raise HTTPError(500, _BROKEN)
