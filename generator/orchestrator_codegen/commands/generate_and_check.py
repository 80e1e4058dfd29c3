"""The commands `generate` and `check`: write the package of a document and its docs, or report drift."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ..output import Folder, compare_folder, write_folders
from ..pipeline import generate_output
from .exit_codes import BROKEN, DONE, DRIFT, FAILED
from .option_arguments import TABLE_HELP, add_output, add_source, read_options, read_templates
from .terminal import add_command, warn


def add_to(commands: Any) -> None:
    """Add both commands."""
    for name, summary, run in (
        ("generate", "write the package and its docs", generate),
        (
            "check",
            "compare the package and its docs with the document; print a diff and exit with 1 on drift",
            check,
        ),
    ):
        parser = add_command(commands, name, summary, f"{summary[0].upper()}{summary[1:]}.\n\n{TABLE_HELP}")
        add_source(parser)
        add_output(parser)
        parser.set_defaults(run=_run, act=run)


def generate(folders: list[Folder]) -> int:
    """Write the folders, and print what changed."""
    try:
        changes = write_folders(folders)
    except OSError as problem:
        print(
            f"{problem.filename or folders[0].path}: cannot be written: {problem.strerror}", file=sys.stderr
        )
        return FAILED
    for folder, changed in zip(folders, changes, strict=True):
        for change in changed:
            print(f"{folder.path}: {change}")
        print(f"{folder.path}: {len(folder.files)} files, {'unchanged' if not changed else 'up to date'}")
    return DONE


def check(folders: list[Folder]) -> int:
    """Print a diff between the folders and what would be generated."""
    status = DONE
    for folder in folders:
        try:
            lines = list(compare_folder(folder))
        except OSError as problem:
            print(f"{problem.filename or folder.path}: cannot be read: {problem.strerror}", file=sys.stderr)
            return FAILED
        if not lines:
            print(f"{folder.path}: no drift, {len(folder.files)} files")
            continue
        print("\n".join(lines))
        print(
            f"{folder.path}: differs from what the document generates; run orchestrator-codegen generate",
            file=sys.stderr,
        )
        status = DRIFT
    return status


def _run(given: argparse.Namespace) -> int:
    options = read_options(given)
    package, docs = options.output, options.docs
    if docs is not None and (_is_within(docs, package) or _is_within(package, docs)):
        print(
            f"{docs}: the folder of the docs cannot be inside the folder of the package, or contain it",
            file=sys.stderr,
        )
        return BROKEN
    output = generate_output(
        options.spec,
        options.package,
        with_docs=docs is not None,
        parts=options.parts,
        templates=read_templates(options),
        allow_remote=given.allow_remote,
    )
    warn(output.warnings)
    folders = [Folder(package, output.package)]
    if docs is not None:
        folders.append(Folder(docs, output.docs, is_shared=True))
    status: int = given.act(folders)
    return status


def _is_within(inner: Path, outer: Path) -> bool:
    return inner.resolve().is_relative_to(outer.resolve())
