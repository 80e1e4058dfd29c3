"""The options that say what is made of a document: how the command line has them, and what they come to."""

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
Options that stand in the table [tool.{TABLE}] of {FILE}, here or above, need not be given:
what the command line says wins. Paths there are relative to that file.
"""


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add the options that say where the package and its docs go, and which parts are made."""
    parser.add_argument("--output", type=Path, metavar="DIR", help=f"the package; default: {OUTPUT}")
    docs = parser.add_mutually_exclusive_group()
    docs.add_argument(
        "--docs",
        type=Path,
        metavar="DIR",
        help="its docs, beside other files or not; default: the folder docs beside the package",
    )
    docs.add_argument("--no-docs", dest="docs", action="store_const", const=NO_DOCS, help="no docs")
    parts = parser.add_mutually_exclusive_group()
    for name, part, says in (
        ("--models-only", Parts.MODELS, "the models, without client and server stubs"),
        ("--no-server", Parts.CLIENT, "models and client, without server stubs"),
        ("--server", Parts.SERVER, f"all three, whatever {FILE} says; the default"),
    ):
        parts.add_argument(name, dest="parts", action="store_const", const=part, help=says)


def add_source(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what is read, and what the package is called."""
    add_spec(parser)
    parser.add_argument(
        "--package",
        type=_read_package,
        metavar="NAME",
        help="what the package is imported as, such as acme.api; default: the name of its folder",
    )
    parser.add_argument(
        "--templates",
        type=Path,
        metavar="DIR",
        help="templates that replace ours, file by file; see templates/README.md in the generator",
    )


def read_options(given: argparse.Namespace) -> Options:
    """Return what the command line asks for, with what the table says of the rest; raise `BrokenDocument`."""
    said = {name: value for name, value in vars(given).items() if name in Layer.__dataclass_fields__}
    return resolve_options(Layer(**said).over(read_settings()))


def read_templates(options: Options) -> TemplateSet:
    """Return the templates that `options` ask for; raise `BrokenDocument`."""
    return BUILT_IN if options.templates is None else open_templates(options.templates)


def _read_package(name: str) -> str:
    if not is_importable(name):
        raise argparse.ArgumentTypeError(f"{name!r} is not the name of a package")
    return name
