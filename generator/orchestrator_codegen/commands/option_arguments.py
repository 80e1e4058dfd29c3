"""The command-line arguments that select the document and the output, and the options they result in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from ..api.python_names import is_importable
from ..emit.package_parts import Parts
from ..emit.template_set import BUILT_IN, TemplateSet, open_templates
from .options import NO_DOCS, OUTPUT, Layer, Options, resolve_options
from .settings import FILE, TABLE, read_settings
from .terminal import add_spec

TABLE_HELP: Final = f"""\
The table [tool.{TABLE}] of {FILE}, in this folder or one above, sets defaults
for these options. The command line wins. Paths in the table are relative to that file.
"""


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add the options for the folders of the package and its docs, and for the parts to generate."""
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help=f"folder of the package; default: {OUTPUT}"
    )
    docs = parser.add_mutually_exclusive_group()
    docs.add_argument(
        "--docs",
        type=Path,
        metavar="DIR",
        help="folder of the docs, which may contain other files; default: docs beside the package",
    )
    docs.add_argument("--no-docs", dest="docs", action="store_const", const=NO_DOCS, help="no docs")
    parts = parser.add_mutually_exclusive_group()
    for name, part, says in (
        ("--models-only", Parts.MODELS, "generate models only"),
        ("--no-server", Parts.CLIENT, "generate models and client, without server stubs"),
        ("--server", Parts.SERVER, f"generate all three, even if {FILE} says otherwise; the default"),
    ):
        parts.add_argument(name, dest="parts", action="store_const", const=part, help=says)


def add_source(parser: argparse.ArgumentParser) -> None:
    """Add the options for the document, the name of the package and the templates."""
    add_spec(parser)
    parser.add_argument(
        "--package",
        type=_read_package,
        metavar="NAME",
        help="name to import the package by, such as acme.api; default: the name of its folder",
    )
    parser.add_argument(
        "--templates",
        type=Path,
        metavar="DIR",
        help="folder of templates that replace built-in ones, file by file; see templates/README.md in the generator",
    )


def read_options(given: argparse.Namespace) -> Options:
    """Return the options of the command line, completed from `pyproject.toml`; raise `BrokenDocument`."""
    said = {name: value for name, value in vars(given).items() if name in Layer.__dataclass_fields__}
    return resolve_options(Layer(**said).over(read_settings()))


def read_templates(options: Options) -> TemplateSet:
    """Return the templates for `options`; raise `BrokenDocument`."""
    return BUILT_IN if options.templates is None else open_templates(options.templates)


def _read_package(name: str) -> str:
    if not is_importable(name):
        raise argparse.ArgumentTypeError(f"{name!r} is not a valid package name")
    return name
