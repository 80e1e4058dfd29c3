"""A reader who follows a page: saves its files, pastes its Python, and types its commands, in a folder of their own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import yaml
from orchestrator_conformance.reference.app import create_reference_app
from orchestrator_conformance.reference.serve import running_server
from orchestrator_conformance.reference.settings import ReferenceSettings

from .commands import BIN, Command, find_check, iter_commands
from .pages import ROOT, Block

# The addresses that pages use without starting a server themselves, with the settings of the server that stands in.
MOMENT: Final = timedelta(seconds=0.2)
STAND_INS: Final = {
    "http://127.0.0.1:8080": ReferenceSettings(moment=MOMENT),
    "https://rhdh.example.com": ReferenceSettings(token="my-token", other_token="other-token", moment=MOMENT),
}
# Servers that a command starts and that keep running, with their default port.
SERVERS: Final = {"orchestrator-conformance serve": 8080, "uvicorn": 8000}
START_WITHIN: Final = 30.0  # seconds
ADDRESS: Final = re.compile(r"http://127\.0\.0\.1:\d+")
# A run of the suite generates as little as it can: its behaviour checks take long enough.
SUITE: Final = (
    ("orchestrator-conformance run", " --max-examples 1"),
    ("pytest -p orchestrator_conformance.plugin", " --max-examples 1 -q -p no:cacheprovider"),
)
FROM_THE_REPOSITORY: Final = ("spec", "generated", "pyproject.toml")


class Reader:
    """Follows the blocks of one page in order. Python blocks share their names, as in one session."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.namespace: dict[str, Any] = {"__name__": "page"}
        self.environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
        self.addresses: dict[str, str] = {}
        self.servers: dict[str, Callable[[], None]] = {}
        for name in FROM_THE_REPOSITORY:
            source = ROOT / name
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, folder / name)

    def close(self) -> None:
        """Stop the servers, and forget the modules of the folder."""
        for value in self.namespace.values():
            if type(value).__name__ == "Client":
                value.close()
        for stop in self.servers.values():
            stop()
        for name, module in list(sys.modules.items()):
            if (getattr(module, "__file__", None) or "").startswith(f"{self.folder}{os.sep}"):
                del sys.modules[name]

    def follow(self, block: Block) -> None:
        """Do what a block asks for."""
        match block.language:
            case "python" if not block.title:
                exec(compile(self.translate(block.text), f"line {block.line}", "exec"), self.namespace)
            case "sh":
                for command in iter_commands(block.text):
                    self.type(command)
            case "toml":
                tomllib.loads(block.text)
            case "yaml":
                yaml.safe_load(block.text)
            case _:
                pass
        if block.title:
            (self.folder / block.title).write_text(self.translate(block.text), encoding="utf-8")

    def type(self, command: Command) -> None:
        """Run one command, or check it if it is one of `ONLY_CHECKED`."""
        words = command.words
        if check := find_check(words):
            check(words)
        elif words[0] == "export":
            self.environment |= dict(each.split("=", 1) for each in words[1:])
        elif (program := next((each for each in SERVERS if command.text.startswith(each)), None)) is not None:
            self.serve(program, words)
        else:
            self.run(command)

    def run(self, command: Command) -> None:
        """Run a command in the folder, and compare its exit code."""
        text = self.translate(command.text.partition("  # exits with")[0])
        text += "".join(more for start, more in SUITE if text.startswith(start))
        done = subprocess.run(
            ["bash", "-c", text],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == command.exit_code, f"$ {text}\n{done.stdout}{done.stderr}"

    def serve(self, program: str, words: list[str]) -> None:
        """Start a server on a free port, which stands for the port that the page gives it."""
        port = SERVERS[program]
        if "--port" in words:
            at = words.index("--port")
            port = int(words[at + 1])
            words = [*words[:at], *words[at + 2 :]]
        origin = f"http://127.0.0.1:{port}"
        # As the reader of a page does with Ctrl-C before the next server of the same port.
        self.servers.pop(origin, lambda: None)()
        # Into a file, because a server that logs each request would fill a pipe that nobody reads.
        log = self.folder / f".{port}.log"
        with log.open("w", encoding="utf-8") as output:
            process = subprocess.Popen(
                [str(BIN / words[0]), *words[1:], "--port", "0"],
                cwd=self.folder,
                env={**self.environment, "PYTHONUNBUFFERED": "1"},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self.servers[origin] = lambda: stop(process)
        self.addresses[origin] = find_address(log, process)

    def translate(self, text: str) -> str:
        """Return `text` with the addresses of the page replaced by those of the servers that run."""
        for origin, settings in STAND_INS.items():
            if origin in text and origin not in self.addresses:
                stack = ExitStack()
                url = stack.enter_context(running_server(create_reference_app(settings)))
                self.servers[origin] = stack.close
                self.addresses[origin] = url.removesuffix("/api/orchestrator")
        for origin, address in self.addresses.items():
            text = text.replace(origin, address)
        return text


def find_address(log: Path, process: subprocess.Popen[bytes]) -> str:
    """Return the address that a server prints once it has started."""
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until and process.poll() is None:
        if address := ADDRESS.search(log.read_text(encoding="utf-8")):
            return address[0]
        time.sleep(0.05)
    raise AssertionError(log.read_text(encoding="utf-8"))


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server that a reader started."""
    process.terminate()
    process.wait(timeout=20)
