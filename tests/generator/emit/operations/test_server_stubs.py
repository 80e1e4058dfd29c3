"""Runs server stubs of other documents: protocols by tag, paths, and error shapes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from orchestrator_codegen.cli import run

from ...support.documents import PETS, write_document

# Sends each request in `ask` to an application whose handlers return fixed answers, and prints the responses.
PROGRAM: Final = """
import asyncio, json, logging, sys
from pets import server

logging.disable()
plan = json.loads(sys.argv[1])
made = []
for name, answers in plan["handlers"].items():
    methods = {each: (lambda self, _answer=answer, **_: _answer) for each, answer in answers.items()}
    made.append(type("Mine", (getattr(server, name),), methods)())
app = server.create_app(*made)

async def ask(method, path):
    sent = []
    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}
    async def send(message):
        sent.append(message)
    scope = {"type": "http", "method": method, "path": path, "headers": [], "query_string": b""}
    await app(scope, receive, send)
    headers = dict(sent[0]["headers"])
    return [sent[0]["status"], headers[b"content-type"].decode(), json.loads(sent[1]["body"])]

print(json.dumps([asyncio.run(ask(*line.split())) for line in plan["ask"]]))
"""
JSON: Final = "application/json"


def operation(operation_id: str, *tags: str, **errors: Any) -> dict[str, Any]:
    content = {JSON: {"schema": {"type": "string"}}}
    responses = {"200": {"description": "ok", "content": content}, **errors}
    return {"operationId": operation_id, "tags": list(tags), "responses": responses}


def ask(tmp_path: Path, paths: Any, handlers: dict[str, dict[str, Any]], *lines: str) -> list[Any]:
    """Return status, content type and body of each answer to the requests `lines`, for a document with `paths`."""
    document = {**yaml.safe_load(PETS), "paths": paths}
    spec = write_document(tmp_path, yaml.safe_dump(document))
    assert run(["generate", "--spec", str(spec), "--output", str(tmp_path / "pets")]) == 0
    plan = json.dumps({"handlers": handlers, "ask": lines})
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM, plan],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    answers: list[Any] = json.loads(done.stdout)
    return answers


def test_each_tag_has_a_protocol(tmp_path: Path) -> None:
    paths = {
        "/a": {"get": operation("getA", "pet store", "other")},
        "/b": {"get": operation("getB", "pet-store")},
        "/c": {"get": operation("getC")},
        "/d": {"get": operation("getD", "handlers")},
        "/e": {"get": operation("getE", "Untagged")},
    }
    handlers = {
        "PetStoreHandlers": {"get_a": "a"},
        "PetStoreHyphenHandlers": {"get_b": "b"},
        "UntaggedLowerHandlers": {"get_c": "c"},
        "HandlersHandlers": {"get_d": "d"},
        "Handlers": {"get_e": "e", "get_a": "second"},
    }
    found = ask(tmp_path, paths, handlers, "GET /a", "GET /b", "GET /c", "GET /d", "GET /e")
    assert found == [[200, JSON, letter] for letter in "abcde"]


def test_a_document_without_operations_generates_an_application(tmp_path: Path) -> None:
    found = ask(tmp_path, {}, {"Handlers": {}}, "GET /health", "GET /a")
    assert found == [[200, JSON, {"status": "ok"}], [404, JSON, {"message": "Not Found"}]]


@pytest.mark.parametrize("path", ["/health", "/{name}"])
def test_paths_of_the_document_take_precedence_over_health(tmp_path: Path, path: str) -> None:
    get = operation("getHealth")
    if "{" in path:
        get["parameters"] = [{"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}]
    found = ask(
        tmp_path, {path: {"get": get}}, {"Handlers": {"get_health": "fine"}}, "GET /health", "POST /health"
    )
    assert found == [[200, JSON, "fine"], [405, JSON, {"message": "Method Not Allowed"}]]


def test_methods_of_overlapping_paths_are_routed(tmp_path: Path) -> None:
    parameter = {"name": "x", "in": "path", "required": True, "schema": {"type": "string"}}
    paths = {
        "/a/b": {"get": operation("getB")},
        "/a/{x}": {"parameters": [parameter], "delete": operation("deleteX"), "put": operation("putX")},
    }
    handlers = {"Handlers": {"get_b": "b", "delete_x": "gone", "put_x": "there"}}
    lines = ("GET /a/b", "DELETE /a/b", "PUT /a/c", "GET /a/c")
    assert [answer[::2] for answer in ask(tmp_path, paths, handlers, *lines)] == [
        [200, "b"],
        [200, "gone"],
        [200, "there"],
        [405, {"message": "Method Not Allowed"}],
    ]


def test_errors_have_the_shape_of_the_document(tmp_path: Path) -> None:
    problem = {
        "type": "object",
        "required": ["title", "status"],
        "properties": {"title": {"type": "string"}, "status": {"type": "integer"}},
    }
    default = {"description": "no", "content": {"application/problem+json": {"schema": problem}}}
    paths = {"/a": {"get": operation("getA", default=default)}}
    found = ask(tmp_path, paths, {}, "GET /a", "GET /b")
    assert found == [
        [501, "application/problem+json", {"title": "getA is not implemented", "status": 501}],
        [404, "application/problem+json", {"title": "Not Found", "status": 404}],
    ]
