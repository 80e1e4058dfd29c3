"""Tests of the limits of an answer: its size after decompression, and the time of the exchange."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from orchestrator_conformance.target.exchange import Request, Response
from orchestrator_conformance.target.receiving import MEBIBYTE
from orchestrator_conformance.target.target import Target, TargetLost

OK = b"HTTP/1.1 200 OK\r\n"
TEXT = b"some text " * 100
REQUEST = Request("GET", "/x", (), b"")


@contextmanager
def listening(write: Callable[[socket.socket], None]) -> Iterator[str]:
    """Answer every connection with `write`."""

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with suppress(OSError), connection:
                    connection.recv(65536)
                    write(connection)

    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()


def ask(write: Callable[[socket.socket], None] | bytes, timeout: float = 5.0) -> Response:
    send = write if callable(write) else lambda connection: connection.sendall(write)
    with listening(send) as url, Target(url, timeout=timeout, max_size=MEBIBYTE) as target:
        return target.send(REQUEST, may_repeat=False)


def encode(encoding: str, body: bytes) -> bytes:
    return OK + f"Content-Encoding: {encoding}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(TEXT, mtime=0)),
        ("x-gzip", gzip.compress(TEXT, mtime=0)),
        ("GZIP", gzip.compress(TEXT[:500], mtime=0) + gzip.compress(TEXT[500:], mtime=0)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)[2:-4]),
        ("identity", TEXT),
        ("gzip, deflate", zlib.compress(gzip.compress(TEXT, mtime=0))),
    ],
)
def test_a_body_is_decompressed(encoding: str, body: bytes) -> None:
    response = ask(encode(encoding, body))
    assert (response.status, response.body, response.problem) == (200, TEXT, "")


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (encode("gzip", b"{}"), "the content encoding of the body is gzip, but it is not gzip"),
        (encode("gzip", gzip.compress(TEXT, mtime=0)[:-9]), "but it is not gzip: the stream is incomplete"),
        (
            encode("gzip", gzip.compress(b"\0" * (MEBIBYTE + 1), mtime=0)),
            "larger than 1 MiB after decompression",
        ),
        (encode("gzip", gzip.compress(b"", mtime=0) * 200), "more than 100 compressed streams"),
        (encode("br", b"{}"), "the content encoding of the body is br, and gzip, deflate are accepted"),
        (encode("gzip,gzip,gzip,gzip", b"{}"), "the body is compressed 4 times"),
        (OK + b"\r\n" + b"x" * (MEBIBYTE + 1), "the body is larger than 1 MiB"),
        (
            OK + b"Content-Length: 9\r\n\r\n{}",
            "the connection ends before the body of the answer is complete",
        ),
        (OK + b"Content-Length: -1\r\n\r\n", "the head of the answer is not valid HTTP"),
        (OK + b"X: " + b"y" * 200_000, "the head of the answer is not valid HTTP"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", "the body of the answer is not valid HTTP"),
        (b"SSH-2.0\r\n\r\n", "the head of the answer is not valid HTTP"),
        (b"HTTP/1.1 2", "the connection ends before the head of the answer is complete"),
    ],
)
def test_an_answer_that_cannot_be_received_has_a_problem(answer: bytes, problem: str) -> None:
    response = ask(answer)
    assert problem in response.problem
    assert response.body == b""
    assert response.status == (0 if "head" in problem else 200)


def drip(head: bytes, data: bytes) -> Callable[[socket.socket], None]:
    def write(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(data)
            time.sleep(0.05)

    return write


@pytest.mark.parametrize(
    ("head", "data", "part"),
    [
        (OK + b"\r\n", b" ", "body"),
        (OK, b"X: y\r\n", "head"),
        (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", "head"),
    ],
)
def test_the_whole_exchange_has_a_time_limit(head: bytes, data: bytes, part: str) -> None:
    response = ask(drip(head, data), timeout=0.5)
    assert response.problem == f"the {part} of the answer is not complete after 0.5 seconds"


def test_a_target_that_sends_nothing_is_lost() -> None:
    with pytest.raises(TargetLost, match="stopped answering at GET /x"):
        ask(lambda connection: None)


def test_a_request_that_cannot_be_sent_has_a_problem() -> None:
    with Target("http://127.0.0.1:9") as target:
        response = target.send(Request("GET", "/" + "x" * 100_000, (), b""), may_repeat=False)
    assert response.problem.startswith("the URL of the request cannot be sent (100001 characters)")
