"""A reference cannot read files outside the document's folder, or URLs of other hosts (SSRF, local file disclosure)."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar, Final

import pytest
from orchestrator_codegen.cli import run
from orchestrator_codegen.document.bundling import remote
from orchestrator_codegen.document.diagnostics import BrokenDocument
from orchestrator_codegen.pipeline import generate_package

HEAD: Final = 'openapi: 3.1.0\ninfo: {title: Pets, version: "1"}\npaths: {}\n'
OVER: Final = threading.Event()
PET: Final = "Pet: {type: object, properties: {name: {type: string}}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a document, with a secret file next to the folder and symbolic links to that file."""
    folder = tmp_path / "spec"
    folder.mkdir()
    (tmp_path / "secret.yaml").write_text(PET)
    (tmp_path / "spec-2").mkdir()
    (tmp_path / "spec-2" / "secret.yaml").write_text(PET)
    (folder / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (folder / "linked").symlink_to(tmp_path)
    (folder / "circle.yaml").symlink_to("circle.yaml")
    os.mkfifo(folder / "pipe.yaml")
    return folder


def write_reference(folder: Path, reference: str) -> Path:
    path = folder / "spec.yaml"
    path.write_text(f"{HEAD}components:\n  schemas:\n    A: {{$ref: {json.dumps(reference)}}}\n")
    return path


def find_problem(spec: Path, *, allow_remote: bool = False) -> str:
    with pytest.raises(BrokenDocument) as broken:
        generate_package(spec, allow_remote=allow_remote)
    (problem,) = broken.value.diagnostics
    return str(problem).removeprefix(f"{spec}:")


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("../secret.yaml#/Pet", "points outside of the document's folder"),
        ("%2e%2e/secret.yaml#/Pet", "points outside of the document's folder"),
        ("./x/../../secret.yaml#/Pet", "points to nothing: No such file"),
        ("../spec-2/secret.yaml#/Pet", "points outside of the document's folder"),
        ("link.yaml#/Pet", "points outside of the document's folder"),
        ("linked/secret.yaml#/Pet", "points outside of the document's folder"),
        ("/etc/passwd", "is an absolute path"),
        ("%2fetc/passwd", "is an absolute path"),
        ("file:///etc/passwd", "is neither a path nor an http or https URL"),
        ("FILE:secret.yaml", "is neither a path nor an http or https URL"),
        ("//host/share/a.yaml", "is neither a path nor an http or https URL"),
        ("ftp://host/a.yaml", "is neither a path nor an http or https URL"),
        ("data:text/yaml,Pet", "is neither a path nor an http or https URL"),
        ("C:\\a.yaml", "is neither a path nor an http or https URL"),
        ("\\\\host\\share", "is an absolute path"),
        ("pipe.yaml", "does not point to a file"),
        (".", "does not point to a file"),
        ("circle.yaml", "points to nothing"),
        ("a\0.yaml", "is an absolute path"),
        ("x" * 5000, "points to nothing: File name too long"),
        ("http://169.254.169.254/latest", "points to another host; use --allow-remote"),
        ("HTTPS://localhost/a", "points to another host; use --allow-remote"),
        ("//[", "is neither a path nor an http or https URL"),
    ],
)
def test_a_reference_that_may_not_be_read_is_reported_with_its_location(
    folder: Path, reference: str, reason: str
) -> None:
    problem = find_problem(write_reference(folder, reference))
    assert problem.startswith("6:9: error: the $ref ")
    assert reason in problem


@pytest.mark.parametrize("reference", ["../secret.yaml#/Pet", "/etc/passwd", "https://localhost:1/a"])
@pytest.mark.parametrize(
    "place",
    [
        "paths: {/a: {$ref: %s}}",
        "webhooks: {default: {$ref: %s}}",
        "components: {requestBodies: {default: {$ref: %s}}}",
        "components: {callbacks: {x: {$ref: %s}}}",
        "components: {examples: {x: {$ref: %s}}}",
        "components: {links: {x: {$ref: %s}}}",
        "components: {schemas: {x: {properties: {default: {$ref: %s}}}}}",
        "components: {schemas: {x: {oneOf: [{}], discriminator: {propertyName: a, mapping: {a: %s}}}}}",
    ],
)
def test_references_are_checked_in_every_part_of_a_document(folder: Path, place: str, reference: str) -> None:
    spec = folder / "spec.yaml"
    spec.write_text(
        HEAD.replace("paths: {}\n", "")
        + ("" if "paths" in place else "paths: {}\n")
        + place % f"'{reference}'"
    )
    assert f"the $ref '{reference}' " in find_problem(spec)


class Handler(BaseHTTPRequestHandler):
    """Answers `/to/URL` with a redirect, `/is/NAME` with a document, and `/slow` with headers that never end."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        Handler.asked.append(f"{self.headers['host']}{self.path}")
        kind, _, rest = self.path[1:].partition("/")
        if kind == "slow":
            self.send_response(200)
            while not OVER.is_set():
                self.send_header("X-More", "to come")
                self.flush_headers()
                OVER.wait(0.01)
            return
        self.send_response(302 if kind == "to" else 200 if kind == "is" else 404)
        if kind == "to":
            self.send_header("Location", rest)
        if rest == "packed":
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if kind == "is":
            bodies = {"pet": PET, "big": "x" * 1_000, "file": "Pet: {$ref: 'file:///etc/passwd'}"}
            self.wfile.write((bodies.get(rest) or f"Pet: {{$ref: '{rest}'}}").encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    OVER.clear()
    Handler.asked.clear()
    yield f"http://127.0.0.1:{server.server_port}"
    OVER.set()
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_remote_part_is_fetched_with_allow_remote(
    folder: Path, host: str, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = write_reference(folder, f"{host}/to//is/pet#/Pet")
    for name in ("generate", "check"):
        assert run([name, "--spec", str(spec), "--output", str(folder / "out"), "--allow-remote"]) == 0
    assert "class Pet(" in (folder / "out" / "models.py").read_text()
    capsys.readouterr()
    assert run(["check", "--spec", str(spec), "--output", str(folder / "out")]) == 2
    assert "use --allow-remote" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("none", "cannot be fetched: the response has status 404"),
        ("to/file:///etc/passwd", "cannot be fetched: it is redirected to 'file:///etc/passwd'"),
        ("to/ftp://127.0.0.1/a", "cannot be fetched: it is redirected to"),
        ("to//none", "cannot be fetched: the response has status 404"),
        ("is/packed", "cannot be fetched: the response is compressed, which was not requested"),
        ("is/big", "cannot be fetched: it has more than 500 bytes"),
        ("is/file#/Pet", "is neither a path nor an http or https URL"),
    ],
)
def test_a_fetch_that_fails_or_redirects_to_another_host_is_reported(
    folder: Path, host: str, path: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "_MOST_BYTES", 500)
    assert reason in find_problem(write_reference(folder, f"{host}/{path}"), allow_remote=True)


def test_the_number_of_redirects_is_limited(folder: Path, host: str) -> None:
    spec = write_reference(folder, f"{host}/to/{'/to/' * 9}/is/pet")
    assert "cannot be fetched: more than 5 redirects" in find_problem(spec, allow_remote=True)


def test_a_response_that_never_ends_times_out(
    folder: Path, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "_SECONDS", 0.2)
    spec = write_reference(folder, f"{host}/slow")
    assert "cannot be fetched: it took more than 0 seconds" in find_problem(spec, allow_remote=True)


@pytest.fixture
def other(host: str) -> str:
    """Return the URL of the same server with another host name."""
    return host.replace("127.0.0.1", "localhost")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        (
            "to/{other}/is/pet#/Pet",
            "redirected to '{other}/is/pet', a host that no document on disk names",
        ),
        ("to/http://127.0.0.1:9/is/pet#/Pet", "a host that no document on disk names"),
        ("to/http://169.254.169.254/latest", "a host that no document on disk names"),
        ("to//\\{other}/is/pet", "the response has status 404"),
        ("is/{other}/is/pet#/Pet", "'{other}/is/pet' points to a host that no document on disk names"),
    ],
)
def test_nothing_is_fetched_from_hosts_that_only_remote_documents_refer_to(
    folder: Path, host: str, other: str, path: str, reason: str
) -> None:
    spec = write_reference(folder, f"{host}/{path.format(other=other)}")
    assert reason.format(other=other) in find_problem(spec, allow_remote=True)
    assert {each.partition("/")[0] for each in Handler.asked} == {host.removeprefix("http://")}


@pytest.mark.parametrize("path", ["to/{other}/is/pet#/Pet", "is/{other}/is/pet#/Pet"])
def test_a_remote_document_may_refer_to_a_host_that_a_local_document_refers_to(
    folder: Path, host: str, other: str, path: str
) -> None:
    spec = write_reference(folder, f"{host}/{path.format(other=other)}")
    spec.write_text(spec.read_text() + f"    Z: {{$ref: '{other}/is/pet#/Pet'}}\n")
    generate_package(spec, allow_remote=True)
    names = {each.partition("/")[0] for each in Handler.asked}
    assert names == {each.removeprefix("http://") for each in (host, other)}
