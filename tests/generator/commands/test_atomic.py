"""A package is written completely or not at all."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from orchestrator_codegen.cli import run
from orchestrator_codegen.output import write_package

from ..support.documents import PETS, read_folder, write_document

OLD: Final = {"a.py": "old a\n", "b.py": "old b\n", "c.py": "old c\n"}
NEW: Final = {"a.py": "new a\n", "b.py": "new b\n", "c.py": "new c\n"}


@pytest.mark.parametrize("blocked", NEW)
def test_a_failure_leaves_every_old_file_unchanged(tmp_path: Path, blocked: str) -> None:
    """A folder has the name of one file: the first, the middle one, the last."""
    write_package({name: text for name, text in OLD.items() if name != blocked}, tmp_path)
    (tmp_path / blocked).mkdir()
    (tmp_path / blocked / "kept").touch()
    before = read_folder(tmp_path)
    with pytest.raises(OSError, match=blocked):
        write_package(NEW, tmp_path)
    assert read_folder(tmp_path) == before


@pytest.fixture
def file_size_limit() -> Iterator[int]:
    """Make writes beyond the returned size in bytes fail, as on a full disk."""
    limit = 1_000
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    yield limit
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("too_long", NEW)
def test_a_full_disk_leaves_every_old_file_unchanged(
    tmp_path: Path, file_size_limit: int, too_long: str
) -> None:
    write_package(OLD, tmp_path)
    before = read_folder(tmp_path)
    with pytest.raises(OSError, match="File too large"):
        write_package({**NEW, too_long: "x" * (file_size_limit + 1)}, tmp_path)
    assert read_folder(tmp_path) == before


def test_a_name_that_is_too_long_changes_nothing(tmp_path: Path) -> None:
    write_package(OLD, tmp_path)
    before = read_folder(tmp_path)
    with pytest.raises(OSError, match="File name too long"):
        write_package({**NEW, "n" * 300: "text"}, tmp_path)
    assert read_folder(tmp_path) == before


def test_the_command_names_the_blocking_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec, folder = write_document(tmp_path, PETS), tmp_path / "pets"
    blocked = folder / "server.py"
    blocked.mkdir(parents=True)
    assert run(["generate", "--spec", str(spec), "--output", str(folder)]) == 3
    assert capsys.readouterr().err == f"{blocked}: cannot be written: Is a directory\n"
    assert list(folder.iterdir()) == [blocked]


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    write_package(OLD, tmp_path)
    before = read_folder(tmp_path)
    assert write_package({**OLD, "b.py": "new b\n"}, tmp_path) == ["wrote b.py"]
    after = read_folder(tmp_path)
    assert (after["a.py"], after["c.py"]) == (before["a.py"], before["c.py"])
    assert after["b.py"][0] == b"new b\n"


def test_files_can_be_read_by_everyone(tmp_path: Path) -> None:
    write_package(NEW, tmp_path)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o644}
