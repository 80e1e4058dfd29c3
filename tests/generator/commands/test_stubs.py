"""`stubs` writes a starter implementation that runs. It reports how an existing file differs, and never changes it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from orchestrator_codegen.cli import run
from orchestrator_codegen.emit.starter import compare_handlers

from ..support.documents import HEAD, PETS, SPEC, write_document

HANDLERS: Final = {"list_pets": "listPets", "get_pet": "getPet"}

# The module, the operationIds without a handler, and the handlers without an operation.
MODULES: Final[dict[str, tuple[str, list[str], list[str]]]] = {
    "an empty module": ("", ["listPets", "getPet"], []),
    "an unrelated class": ("class Pets:\n    def feed(self): ...\n", ["listPets", "getPet"], []),
    "all handlers": (
        "class A(Handlers):\n    async def list_pets(self): ...\n    def get_pet(self, id): ...\n",
        [],
        [],
    ),
    "a base class of a tag": (
        "class A(server.PetsHandlers):\n    def list_pets(self): ...\n    def old(self): ...\n",
        ["getPet"],
        ["A.old:3"],
    ),
    "no base class": (
        "class A:\n    def get_pet(self, id): ...\n    def old(self): ...\n",
        ["listPets"],
        ["A.old:3"],
    ),
    "two classes": (
        "class A(Handlers):\n    def list_pets(self): ...\nclass B:\n    def get_pet(self, id): ...\n",
        [],
        [],
    ),
    "a base class in the module": (
        "class B(A):\n    def get_pet(self, id): ...\n    def old(self): ...\n"
        "class A(Handlers):\n    def list_pets(self): ...\n",
        [],
        ["B.old:3"],
    ),
    "a class in a function": (
        "def make():\n    class A(Handlers):\n        def list_pets(self): ...\n        get_pet = other\n",
        [],
        [],
    ),
    "members that are not handlers": (
        "class A(Handlers):\n    def _own(self): ...\n    @property\n    def own(self): ...\n"
        "    @staticmethod\n    def make(): ...\n    @functools.cached_property\n    def x(self): ...\n"
        "    def list_pets(self): return self.shared()\n    def shared(self): ...\n",
        ["getPet"],
        [],
    ),
    "an override decorator": (
        "class A(Handlers):\n    @override\n    def get_pet(self, id): ...\n",
        ["listPets"],
        [],
    ),
}


@pytest.mark.parametrize(("source", "missing", "unknown"), MODULES.values(), ids=MODULES)
def test_handlers_are_compared_without_running_them(
    source: str, missing: list[str], unknown: list[str]
) -> None:
    found = compare_handlers(source, HANDLERS)
    assert list(found.missing) == missing
    assert [f"{each.owner}.{each.name}:{each.line}" for each in found.unknown] == unknown


def stub(path: Path, *options: str, spec: Path = SPEC) -> int:
    return run(["stubs", str(path), "--spec", str(spec), *options])


def test_the_starter_answers_501_to_everything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "new" / "backend.py"
    assert stub(path) == 0
    assert capsys.readouterr().out == f"{path}: wrote 14 handlers to implement\n"
    names: dict[str, Any] = {"__name__": "backend"}
    exec(compile(path.read_text(), path, "exec", dont_inherit=True), names)

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(names["app"])
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get("/v2/workflows/w/source")

    answer = asyncio.run(ask())
    assert (answer.status_code, answer.json()) == (
        501,
        {"message": "get_workflow_source_by_id is not implemented yet"},
    )


def test_the_starter_is_clean(tmp_path: Path) -> None:
    path = tmp_path / "backend.py"
    assert stub(path) == 0
    ruff = Path(sys.executable).with_name("ruff")
    select = [
        "check",
        "--isolated",
        "--target-version",
        "py311",
        "--select",
        "E,F,I,UP,B,D1",
        "--line-length",
        "110",
    ]
    done = subprocess.run([ruff, *select, str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "All checks passed!\n")


def test_an_existing_file_is_compared_and_never_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "backend.py"
    assert stub(path) == 0
    capsys.readouterr()
    assert [stub(path), stub(path, "--check")] == [0, 0]
    assert capsys.readouterr().out == f"{path}: 14 operations, all with a handler\n" * 2
    changed = path.read_text().replace("def abort_workflow", "def abort_it")
    path.write_text(changed)
    assert [stub(path), stub(path, "--check")] == [0, 1]
    line = changed.partition("def abort_it")[0].count("\n") + 1
    message = (
        f"{path}: the operation abortWorkflow has no handler; add the method abort_workflow\n"
        f"{path}:{line}: Backend.abort_it matches no operation; rename it, remove it, or start its name "
        "with an underscore\n"
    )
    assert capsys.readouterr().out == message * 2
    assert path.read_text() == changed


def test_the_package_option_sets_the_imports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec, path = write_document(tmp_path, PETS), tmp_path / "my pets"
    assert stub(path, "--package", "acme.pets", spec=spec) == 0
    assert "from acme.pets import models\nfrom acme.pets.server import Handlers" in path.read_text()
    capsys.readouterr()
    for package in ("acme-pets", "a..b", "class"):
        with pytest.raises(SystemExit) as raised:
            stub(path, "--package", package, spec=spec)
        assert raised.value.code == 2
    assert f"{package!r} is not a valid package name" in capsys.readouterr().err


# The content of the file or None, the options, the exit code, and a part of the message.
FAILURES: Final[list[tuple[str | bytes | None, list[str], int, str]]] = [
    (None, ["--check"], 1, "does not exist; run orchestrator-codegen stubs"),
    ("class A(\n", [], 3, "is not Python: "),
    ("class A:\n\tx = 1\n        y = 2\n", ["--check"], 3, ":3: is not Python: "),
    (b"\xff", [], 3, "is not Python: "),
    ("x = 1\0", [], 3, "is not Python: "),
    ("x = " + "(" * 5000 + ")" * 5000, [], 3, "is not Python: "),
]


@pytest.mark.parametrize(("content", "options", "code", "message"), FAILURES)
def test_an_unusable_file_is_reported(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    content: str | bytes | None,
    options: list[str],
    code: int,
    message: str,
) -> None:
    path = tmp_path / "backend.py"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert stub(path, *options) == code
    captured = capsys.readouterr()
    assert (captured.out, len(captured.err.splitlines())) == ("", 1)
    assert captured.err.startswith(str(path))
    assert message in captured.err


@pytest.mark.parametrize("place", ["", "taken/backend.py"])
def test_an_unusable_path_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str) -> None:
    (tmp_path / "taken").write_text("mine")
    assert stub(tmp_path / place) == 3
    assert "cannot be read or written: " in capsys.readouterr().err


def test_a_broken_document_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec, path = write_document(tmp_path, HEAD + "paths: []\n"), tmp_path / "backend.py"
    assert stub(path, spec=spec) == 2
    assert capsys.readouterr().err.startswith(f"{spec}:8:1: ")
    assert not path.exists()


def test_the_exit_codes_are_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(["stubs", "--help"])
    message = capsys.readouterr().out
    assert [f"\n  {code}  " in message for code in range(4)] == [True] * 4
    assert "stubs --check" in message
