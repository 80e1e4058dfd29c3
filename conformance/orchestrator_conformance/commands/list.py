"""The command `list`: its options, and what it prints."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from dataclasses import asdict

from ..contract.cannot_run import CannotRun
from ..contract.contract import Contract, load_contract
from ..contract.requirements import Requirement
from ..listing.catalogue import Catalogue, read_catalogue, select
from ..listing.details import write_details
from ..listing.markdown import write_markdown
from ..listing.text import write_ambiguity, write_features, write_open, write_text
from ..statements.ambiguities import Ambiguity
from .run_options import add_spec


def add_list_options(command: argparse.ArgumentParser) -> None:
    """Add the options of `list`."""
    command.add_argument(
        "ids", nargs="*", metavar="ID", help="show these in full; default: one line for each requirement"
    )
    command.add_argument("--open", action="store_true", help="list what the document leaves open instead")
    command.add_argument("--features", action="store_true", help="list what a deployment can claim instead")
    command.add_argument("--format", choices=("text", "json", "markdown"), default="text")
    command.add_argument(
        "--verbose",
        action="store_true",
        help="with the place in the document, and why each requirement follows",
    )
    add_spec(command)


def write_list(options: argparse.Namespace) -> str:
    """Return what `list` prints; raise `CannotRun` where the options are at odds, or an id is unknown."""
    if bool(options.ids) + options.open + options.features > 1:
        raise CannotRun("list: give ids, or --open, or --features: each shows something else")
    if options.features and options.format != "text":
        raise CannotRun("list --features is text alone; --format markdown without it has the features too")
    if options.features:
        return write_features()
    contract = load_contract(options.spec)
    catalogue = read_catalogue(contract)
    if options.ids:
        catalogue = select(catalogue, options.ids)
    if options.open:
        catalogue = Catalogue((), catalogue.ambiguities)
    match options.format:
        case "json":
            return _write_json(catalogue, is_whole=not options.ids and not options.open)
        case "markdown":
            return write_markdown(catalogue, contract.source)
        case _:
            return _write_text(catalogue, contract, options)


def _write_json(catalogue: Catalogue, *, is_whole: bool) -> str:
    # One array, whatever is asked for; the whole of it is that of the requirements.
    rows: list[Requirement | Ambiguity] = list(catalogue.requirements)
    rows += [] if is_whole else catalogue.ambiguities
    return json.dumps([asdict(each) for each in rows], indent=2, ensure_ascii=False) + "\n"


def _write_text(catalogue: Catalogue, contract: Contract, options: argparse.Namespace) -> str:
    # A terminal has a width; a file or another program gets whole lines.
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    if options.open:
        return write_open(catalogue, width)
    if not options.ids:
        return write_text(catalogue, width, is_verbose=options.verbose)
    shown = [write_details(each, contract, _find_variants(each), width) for each in catalogue.requirements]
    shown += ["\n".join(write_ambiguity(each, width)) for each in catalogue.ambiguities]
    return "\n".join(shown)


def _find_variants(requirement: Requirement) -> list[tuple[str, str]]:
    # Loaded for this alone: they bring the whole reference backend along.
    from ..mutants.handmade.catalogue import list_mutants

    return [
        (each.name, (each.part.__doc__ or "").strip().partition("\n")[0])
        for each in list_mutants()
        if each.requirement_id == requirement.id
    ]
