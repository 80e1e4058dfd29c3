"""The samples of the contract work: Python runs, curl sends the same request, and each example is valid."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Final

import httpx
import pytest
from jsonschema import Draft202012Validator
from orchestrator_codegen.docs.reference import Operation, Reference
from orchestrator_codegen.docs.samples.examples import make_example
from orchestrator_codegen.document.load import load
from orchestrator_codegen.document.operation_walk import iter_operations

from ..support.documents import SPEC
from ..support.referring import list_operations, read_reference

DATA: Final = load(SPEC).data
IDS: Final = [DATA["paths"][path][method]["operationId"] for path, method, _ in iter_operations(DATA)]
URL: Final = "http://backend.test/api"
SENT: Final = ("accept", "authorization", "content-type")


@dataclass(frozen=True, slots=True)
class Sent:
    """A request: its method, its path with query, its relevant headers, and its body."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any


def read_sent(method: str, path: str, headers: Mapping[str, str], body: bytes | str) -> Sent:
    lowered = {name.lower(): value for name, value in headers.items()}
    relevant = {name: lowered[name] for name in SENT if name in lowered}
    return Sent(method, path, relevant, json.loads(body) if body else None)


@pytest.fixture(scope="module")
def reference(generated: Mapping[str, str]) -> Reference:
    return read_reference(SPEC, generated["models.py"])


@pytest.fixture
def operation(reference: Reference, request: pytest.FixtureRequest) -> Operation:
    return next(each for each in list_operations(reference) if each.id == request.param)


def find_answer(operation_id: str) -> httpx.Response:
    """Return the first example of a success in the document."""
    for path, method, _ in iter_operations(DATA):
        node = DATA["paths"][path][method]
        if node["operationId"] == operation_id:
            ((media_type, media),) = node["responses"]["200"]["content"].items()
            value = next(iter(media["examples"].values()))["value"]
            text = value if media_type.startswith("text/") else json.dumps(value)
            return httpx.Response(200, text=text, headers={"content-type": media_type})
    raise AssertionError(operation_id)


def run_python(operation: Operation, monkeypatch: pytest.MonkeyPatch) -> Sent:
    """Run the sample against canned answers. Return the request that it sends."""
    sent: list[Sent] = []

    def handle(transport: object, request: httpx.Request) -> httpx.Response:
        path = request.url.raw_path.decode().removeprefix("/api")
        sent.append(read_sent(request.method, path, request.headers, request.read()))
        return find_answer(operation.id)

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", handle)
    monkeypatch.setenv("BASE_URL", URL)
    monkeypatch.setenv("TOKEN", "t'o$k")
    exec(compile(operation.samples[1].text, operation.id, "exec", dont_inherit=True), {})
    (only,) = sent
    return only


@pytest.mark.parametrize("operation", IDS, indirect=True)
def test_python_and_curl_send_the_same_request(
    operation: Operation, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = run_python(operation, monkeypatch)
    assert capsys.readouterr().out.strip()
    command, *words = shlex.split(operation.samples[0].text.replace(" \\\n", " ").replace("$BASE_URL", URL))
    assert command == "curl"
    options: dict[str, list[str]] = {}
    plain = []
    while words:
        word = words.pop(0)
        if word.startswith("--"):
            options.setdefault(word, []).append(words.pop(0))
        else:
            plain.append(word)
    assert plain == [f"{URL}{sent.path}"]
    headers = dict(each.split(": ", 1) for each in options.pop("--header"))
    assert headers.pop("Authorization") == "Bearer $TOKEN"
    method = options.pop("--request", ["GET"])
    body = options.pop("--data-raw", [""])
    assert options == {}
    headers["Authorization"] = "Bearer t'o$k"
    assert read_sent(method[0], sent.path, headers, body[0]) == sent


class Recorder(BaseHTTPRequestHandler):
    """Records the last request."""

    sent: Sent

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        Recorder.sent = read_sent(self.command, self.path.removeprefix("/api"), dict(self.headers), body)
        self.send_response(204)
        self.end_headers()

    do_GET = do_POST = do_DELETE = answer

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def recorder() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Recorder) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/api"
        server.shutdown()


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("operation", IDS, indirect=True)
def test_a_shell_runs_the_curl_sample(
    operation: Operation, recorder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = {"BASE_URL": recorder, "TOKEN": "t'o$k", "PATH": "/usr/local/bin:/usr/bin:/bin"}
    command = ["sh", "-eu", "-c", operation.samples[0].text]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 0, done.stderr
    assert Recorder.sent == run_python(operation, monkeypatch)


@pytest.mark.parametrize("is_sent", [True, False])
@pytest.mark.parametrize("name", DATA["components"]["schemas"])
def test_a_made_example_is_valid(name: str, is_sent: bool) -> None:
    schema = {"$ref": f"#/components/schemas/{name}"}
    made = make_example(DATA, schema, is_sent=is_sent)
    problems = list(Draft202012Validator({**schema, "components": DATA["components"]}).iter_errors(made))
    assert problems == []


@pytest.mark.parametrize("operation", IDS, indirect=True)
def test_python_samples_fit_the_column_of_the_page(operation: Operation) -> None:
    python = operation.samples[1].text
    assert max(map(len, python.splitlines())) <= 80
