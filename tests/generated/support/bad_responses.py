"""Bad responses of a server, each with the exception that the client must raise."""

from __future__ import annotations

import gzip
from typing import Any, Final

from orchestrator_v2 import ClientError, DecodeError, TransportError, models
from orchestrator_v2.errors import (
    ApiError,
    BadRequest,
    Forbidden,
    NotFound,
    PayloadTooLarge,
    RequestTimeout,
    ServerError,
    Unauthorized,
)

from .scripted_server import Behavior, answer

TOKEN: Final = "the-token-of-the-caller"
COOKIE: Final = "the-session-in-a-cookie"
API_KEY: Final = "the-key-of-a-gateway"
RUN_TOKEN: Final = 'the "token" of a run'
PASSWORD: Final = "the-password-in-the-url"
SECRETS: Final = (TOKEN, COOKIE, API_KEY, RUN_TOKEN, PASSWORD)
GIVEN: Final[dict[str, Any]] = {
    "auth": TOKEN,
    "headers": {"Cookie": f"session={COOKIE}", "X-Api-Key": API_KEY},
}
BODY: Final = models.ExecuteWorkflowRequestDTO(
    auth_tokens=[models.AuthToken(provider="github", token=RUN_TOKEN)]
)
EXECUTE: Final[dict[str, Any]] = {"workflow_id": "greet", "body": BODY}
# An error response that repeats the secrets of the request, as some do for debugging.
ECHO: Final = f'{TOKEN} {COOKIE} {API_KEY} the \\"token\\" of a run'.encode()
HTML: Final = "text/html; charset=utf-8"


def chunked(*chunks: bytes, ends: bool) -> Behavior:
    """Return a chunked response; without `ends` the last chunk is missing."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    body = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
    return Behavior(head + body + (b"0\r\n\r\n" if ends else b""))


ZIPPED = gzip.compress(b'{"id": "i-1"}')
LISTED = b'{"err": [{"path": "/body", "message": "must be object", "seen": "' + ECHO + b'"}]}'
WRAPPED = (
    b'{"error": {"name": "NotAllowedError", "message": "no %s"}, "request": {"method": "POST"}, '
    b'"response": {"statusCode": 403}}'
) % ECHO

# The behavior of the server, the exception, its status, and a part of its message.
ANSWERED: Final[dict[str, tuple[Behavior, type[ClientError], int, str]]] = {
    "400 with a list": (answer(400, LISTED), BadRequest, 400, "must be object"),
    "400 with a string": (answer(400, b'{"err": "no %s"}' % ECHO), BadRequest, 400, "no *** *** *** ***"),
    "401 with a string": (answer(401, b'{"err": "bad %s"}' % ECHO), Unauthorized, 401, "bad *** *** *** ***"),
    "403 with an object": (answer(403, WRAPPED), Forbidden, 403, "NotAllowedError: no *** *** *** ***"),
    "404 with an object": (
        answer(404, b'{"error": {"name": "NotFoundError", "message": "no /x"}}'),
        NotFound,
        404,
        "NotFoundError: no /x",
    ),
    "404 without a body": (answer(404, b"", ""), NotFound, 404, "Said"),
    "413 with a string": (answer(413, b'{"err": "too large"}'), PayloadTooLarge, 413, "too large"),
    "500 as documented": (
        answer(500, b'{"message": "down: %s", "additionalInfo": "x"}' % ECHO),
        ServerError,
        500,
        "down: *** *** *** ***",
    ),
    "500 of another shape": (answer(500, b'{"code": 7}'), ServerError, 500, '{"code": 7}'),
    "500 with an empty message": (answer(500, b'{"message": " "}'), ServerError, 500, "Said"),
    "502 of a proxy": (
        answer(502, b"<html>\r\n<h1>Bad Gateway</h1>\r\n</html>", HTML),
        ServerError,
        502,
        "<html> <h1>Bad Gateway</h1> </html>",
    ),
    "503 of a proxy that repeats the request": (
        answer(503, b"sent: " + ECHO, "text/plain"),
        ServerError,
        503,
        "sent: *** *** *** ***",
    ),
    "a huge error": (answer(500, b"x" * 3_000_000, "text/plain"), ServerError, 500, f"{'x' * 200}..."),
    "a huge error in JSON": (
        answer(500, b'{"message": "%s"}' % (b"y" * 3_000_000)),
        ServerError,
        500,
        f"{'y' * 200}...",
    ),
    "a deeply nested error": (answer(500, b"[" * 90_000), ServerError, 500, f"{'[' * 200}..."),
    "control characters": (
        answer(500, b'{"message": "a\\u0000b\\u001b[31m\\r\\nc\\u202ed"}'),
        ServerError,
        500,
        "a b [31m c d",
    ),
    "unescaped control characters": (answer(500, b"a\0b\x1b[2Jc\x7f", HTML), ServerError, 500, "a b [2Jc"),
    "an error that is not UTF-8": (answer(500, b"gr\xfc\xdfe", HTML), ServerError, 500, "gr\ufffd\ufffde"),
    "a redirect": (
        answer(307, b"", "", "Location: http://127.0.0.1:9/login"),
        ApiError,
        307,
        "Said",
    ),
    "204 for 200": (Behavior(b"HTTP/1.1 204 No Content\r\n\r\n"), ApiError, 204, "No Content"),
    "201 for 200": (answer(201, b'{"id": "i-1"}'), ApiError, 201, '{"id": "i-1"}'),
    "304 for 200": (Behavior(b"HTTP/1.1 304 Not Modified\r\n\r\n"), ApiError, 304, "Not Modified"),
    "600 for 200": (answer(600, b"odd", "text/plain"), ApiError, 600, "odd"),
    "a success without a body": (answer(200), DecodeError, 200, "value: Invalid JSON: EOF"),
    "a success with truncated JSON": (answer(200, b'{"id": "i'), DecodeError, 200, "Invalid JSON: EOF"),
    "a success with truncated gzip": (
        answer(200, ZIPPED[:16], "application/json", "Content-Encoding: gzip"),
        DecodeError,
        200,
        "Invalid JSON: ",
    ),
    "a deeply nested success": (answer(200, b"[" * 90_000), DecodeError, 200, "value: Invalid JSON: recur"),
    "a success that is HTML": (
        answer(200, b"<h1>Sign in</h1>", HTML),
        DecodeError,
        200,
        "expected content type application/json, got text/html; charset=utf-8",
    ),
    "a success without a content type": (answer(200, b'{"id": "i"}', ""), DecodeError, 200, "got none"),
    "a content type with the token": (
        answer(200, b'{"id": "i"}', f"text/{TOKEN}"),
        DecodeError,
        200,
        "expected content type application/json, got text/***",
    ),
    "a very long content type": (answer(200, b"{}", "x" * 4000), DecodeError, 200, "xxx..."),
    "a success that is not UTF-8": (
        answer(200, b'{"id": "\xfc"}'),
        DecodeError,
        200,
        "Invalid JSON: invalid u",
    ),
    "a success that is null": (answer(200, b"null"), DecodeError, 200, "value: "),
    "a success of another shape": (answer(200, b'{"id": ["%s"]}' % ECHO), DecodeError, 200, "id: "),
}

BROKEN: Final[dict[str, tuple[Behavior, type[TransportError], str]]] = {
    "a body shorter than its length": (
        answer(200, b'{"id": "i-1"}', length=999),
        TransportError,
        "RemoteProtocol",
    ),
    "an error shorter than its length": (
        answer(500, b'{"mess', length=999),
        TransportError,
        "RemoteProtocol",
    ),
    "a missing last chunk": (chunked(b'{"id": ', ends=False), TransportError, "RemoteProtocolError: "),
    "an invalid chunk": (
        Behavior(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        TransportError,
        "RemoteProtocolError: ",
    ),
    "slow headers": (Behavior(b"HTTP/1.1 200 OK\r\n", "hang"), RequestTimeout, "ReadTimeout"),
    "no response": (Behavior(b"", "hang"), RequestTimeout, "ReadTimeout"),
    "a slow body": (answer(200, b'{"id"', length=99, end="hang"), RequestTimeout, "ReadTimeout"),
    "reset immediately": (Behavior(b"", "reset", reads_request=False), TransportError, "Error"),
    "closed immediately": (Behavior(b"", "close", reads_request=False), TransportError, "Error"),
    "reset before the response": (Behavior(b"", "reset"), TransportError, "ReadError"),
    "closed before the response": (
        Behavior(),
        TransportError,
        "RemoteProtocolError: Server disconnected without",
    ),
    "reset within the headers": (Behavior(b"HTTP/1.1 200 OK\r\nContent-", "reset"), TransportError, "Error"),
    "reset within the body": (answer(200, b'{"id"', length=99, end="reset"), TransportError, "Error"),
    "garbage": (Behavior(b"\x16\x03\x01\x02\r\n\r\n" + b"\0" * 99), TransportError, "RemoteProtocolError: "),
    "another protocol that repeats the token": (
        Behavior(b"SSH-2.0 " + TOKEN.encode() + b"\r\n\r\n"),
        TransportError,
        "***",
    ),
    "a header that repeats the key": (
        Behavior(b"HTTP/1.1 200 OK\r\nbad " + API_KEY.encode() + b"\r\n\r\n"),
        TransportError,
        "***",
    ),
    "two content lengths": (
        Behavior(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
        TransportError,
        "RemoteProtocolError: ",
    ),
    "endless headers": (
        Behavior(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 300_000),
        TransportError,
        "RemoteProtocolError: ",
    ),
    "a body that is not gzip": (
        answer(200, b'{"id": "i-1"}', "application/json", "Content-Encoding: gzip"),
        TransportError,
        "DecodingError: ",
    ),
    "corrupt gzip": (
        answer(200, ZIPPED[:-8] + bytes(8), "application/json", "Content-Encoding: gzip"),
        TransportError,
        "DecodingError: ",
    ),
}
