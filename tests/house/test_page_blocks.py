"""Every code block of README and docs works for a reader who follows the page from the top."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from orchestrator_conformance.reference.app import create_reference_app
from orchestrator_conformance.reference.serve import running_server

from .pages import DOCS, README, RUNNABLE, list_blocks, name_page
from .reader import Reader

CALL = DOCS / "tutorials" / "call-a-backend.md"


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    """Return a reader in a folder with the files of the repository that commands read."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    reader = Reader(tmp_path)
    yield reader
    reader.close()


def mark(page: Path) -> object:
    """Return a page as a parameter; one with commands takes more than a few seconds."""
    is_slow = any(each.language == "sh" for each in list_blocks(page))
    return pytest.param(page, id=name_page(page), marks=[pytest.mark.slow] if is_slow else [])


@pytest.mark.parametrize("page", [mark(each) for each in RUNNABLE if list_blocks(each)])
def test_every_block_works(page: Path, reader: Reader) -> None:
    for block in list_blocks(page):
        reader.follow(block)


def test_the_program_of_the_tutorial_lists_failed_runs_and_ends_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (program,) = [each.text for each in list_blocks(CALL) if each.title == "call.py"]
    with running_server(create_reference_app()) as url:
        exec(program.replace("http://127.0.0.1:8080/api/orchestrator", url), {})
    *failed, ended = capsys.readouterr().out.splitlines()
    assert all(re.match(r"[0-9a-f-]{36} ", line) for line in failed)
    assert failed
    assert ended == "COMPLETED"


def test_the_readme_runs_a_workflow_and_lists_failed_ones(
    reader: Reader, capsys: pytest.CaptureFixture[str]
) -> None:
    (block,) = [each for each in list_blocks(README) if each.language == "python"]
    reader.follow(block)
    ended, failed = capsys.readouterr().out.splitlines()
    assert ended == "COMPLETED"
    assert re.fullmatch(r"\['[^\]]+'\]", failed)
