"""The edge: writes what was generated into its folders, or says how these differ from it."""

from __future__ import annotations

import difflib
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .emit.notice import MARK


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder as it should be: the text of each file by its name.

    One that is shared may hold files of others, which are no drift; none of these is written over.
    """

    path: Path
    files: Mapping[str, str]
    is_shared: bool = False


def write_folders(folders: Sequence[Folder]) -> list[list[str]]:
    """Write the files of each folder, remove generated ones that are no longer among them, and name both, by folder.

    Everything is written to temporary siblings first and renamed only then: a failure leaves all folders as they were.
    A file that the generator did not write is left alone. Raises `FileExistsError` where one is in the way. A link in
    the place of a file is replaced by the file, and what it leads to is neither read nor written.
    """
    for name in (name for folder in folders for name in folder.files):
        if Path(name).name != name or name in ("", ".."):
            raise ValueError(f"{name!r} is not the name of a file")
    staged: dict[Path, Path] = {}
    try:
        for folder in folders:
            folder.path.mkdir(parents=True, exist_ok=True)
            staged |= _stage_all(folder)
        for target, temporary in staged.items():
            temporary.replace(target)
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)
    return [[*_list_written(folder, staged), *_remove_surplus(folder)] for folder in folders]


def write_package(files: Mapping[str, str], path: Path) -> list[str]:
    """Write `files` into the folder at `path`, as `write_folders` does, and name what was written and removed."""
    (changes,) = write_folders([Folder(path, files)])
    return changes


def write_new(path: Path, text: str) -> None:
    """Write `text` to a new file at `path`, and make the folders that it needs; raise `FileExistsError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)


def compare_folder(folder: Folder) -> Iterator[str]:
    """Yield a unified diff, line by line, from what is there to what should be; nothing where they are the same."""
    for name in sorted(folder.files):
        found = _read(folder.path / name)
        if found != folder.files[name]:
            yield from _diff(found, folder.files[name], folder.path / name)
    for name in _list_files(folder.path):
        path = folder.path / name
        if name not in folder.files and (_is_generated(path) or not folder.is_shared):
            yield from _diff(_read(path), None, path)


def compare_package(files: Mapping[str, str], path: Path) -> Iterator[str]:
    """Yield the diff from what is in the folder at `path` to `files`."""
    return compare_folder(Folder(path, files))


def _stage_all(folder: Folder) -> dict[Path, Path]:
    """Return the temporary sibling of each file that is to change, by the file; on failure none is left."""
    staged: dict[Path, Path] = {}
    try:
        for name, text in folder.files.items():
            target = folder.path / name
            found = _read(target)
            if found == text:
                continue
            if folder.is_shared and found and not _is_generated(target):
                raise FileExistsError(0, "another's file is in the way; move it", str(target))
            staged[target] = _stage(folder.path, name, text)
    except BaseException:
        for temporary in staged.values():
            temporary.unlink()
        raise
    return staged


def _stage(folder: Path, name: str, text: str) -> Path:
    handle, path = tempfile.mkstemp(prefix=f".{name}.", suffix=".tmp", dir=folder)
    temporary = Path(path)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        temporary.chmod(0o644)
    except OSError:
        temporary.unlink()
        raise
    return temporary


def _list_written(folder: Folder, staged: Mapping[Path, Path]) -> list[str]:
    return [f"wrote {name}" for name in folder.files if folder.path / name in staged]


def _remove_surplus(folder: Folder) -> list[str]:
    found = [name for name in _list_files(folder.path) if name not in folder.files]
    surplus = [name for name in found if _is_generated(folder.path / name)]
    for name in surplus:
        (folder.path / name).unlink()
    return [f"removed {name}" for name in surplus]


def _diff(old: str | None, new: str | None, path: Path) -> Iterator[str]:
    names = ("/dev/null" if old is None else f"{path}", "/dev/null" if new is None else f"{path} (generated)")
    yield from difflib.unified_diff((old or "").splitlines(), (new or "").splitlines(), *names, lineterm="")
    if (old or "").splitlines() == (new or "").splitlines():
        # Line ends, or the file's being there at all, are all that differs.
        yield from (f"--- {names[0]}", f"+++ {names[1]}", "line endings, or an empty file, differ")


def _read(path: Path) -> str | None:
    if path.is_symlink():
        return None  # whatever it leads to is not ours
    try:
        return path.read_bytes().decode("utf-8", errors="replace")
    except FileNotFoundError:
        return None


def _list_files(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink() and "__pycache__" not in path.parts
    )


def _is_generated(path: Path) -> bool:
    with path.open("rb") as file:
        return MARK.encode() in file.readline()
