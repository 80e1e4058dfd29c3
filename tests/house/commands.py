"""The commands in `sh` blocks: what becomes of each, and checks of those that no test can run."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from .pages import ROOT

PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
BIN: Final = Path(sys.executable).parent
REPOSITORY: Final = "https://github.com/OWNER/orchestrator-v2"


@dataclass(frozen=True, slots=True)
class Command:
    """One command line, and the exit code that the page gives it with `# exits with N`."""

    text: str
    exit_code: int = 0

    @property
    def words(self) -> list[str]:
        """The words of the command, without its comment."""
        return shlex.split(self.text, comments=True)


def iter_commands(text: str) -> Iterator[Command]:
    """Yield the command lines of a block."""
    for line in text.replace("\\\n", " ").splitlines():
        if line.strip() and not line.startswith("#"):
            code = re.search(r"  # exits with (\d+)$", line)
            yield Command(line.strip(), int(code[1]) if code else 0)


@cache
def list_options(*command: str) -> frozenset[str]:
    """Return the long options in the help of a command."""
    done = subprocess.run(
        [BIN / command[0], *command[1:], "--help"], capture_output=True, text=True, check=True
    )
    return frozenset(re.findall(r"(?<![\w-])--[a-z][a-z-]*", done.stdout)) - {"--help"}


def check_options(words: list[str]) -> None:
    """Check a command of this project against its help."""
    given = {each.partition("=")[0] for each in words if each.startswith("--")}
    assert given <= list_options(*words[:2])


def check_install(words: list[str]) -> None:
    """Check that what `pip install` names is this project, with extras that it has, or what an extra brings."""
    assert words[:2] == ["pip", "install"]
    brought = {re.split(r"[\[><=]", each)[0] for extra in EXTRAS.values() for each in extra}
    for requirement in words[2:]:
        name, _, extras = requirement.rstrip("]").partition("[")
        assert name == PROJECT["name"] or name in brought
        assert not extras or set(extras.split(",")) <= EXTRAS.keys()


def check_target(words: list[str]) -> None:
    """Check that the Makefile has a target."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in (each for each in words[1:] if "=" not in each):
        assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE), target


def check_clone(words: list[str]) -> None:
    """Check that `git clone` names this repository."""
    assert words[1] != "clone" or words[2] == REPOSITORY


def accept(words: list[str]) -> None:
    """Accept a command of the shell that only has an effect on the reader's terminal."""


EXTRAS: Final[Mapping[str, list[str]]] = PROJECT["optional-dependencies"]
# Commands that no test runs, and how each is checked instead.
ONLY_CHECKED: Final[Mapping[str, Callable[[list[str]], None]]] = {
    "pip": check_install,  # downloads
    "make": check_target,  # runs for minutes, and writes into the repository
    "git": check_clone,  # needs the network
    "cd": accept,
    ".": accept,  # activates the environment
    "orchestrator-conformance score": check_options,  # runs for minutes
}


def find_check(words: list[str]) -> Callable[[list[str]], None] | None:
    """Return how a command is checked that no test runs; None if it is run."""
    return ONLY_CHECKED.get(" ".join(words[:2])) or ONLY_CHECKED.get(words[0])
