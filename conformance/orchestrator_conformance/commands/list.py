"""The command `list`: its options and its output."""

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
        "ids", nargs="*", metavar="ID", help="show these in full; default: one line per requirement"
    )
    command.add_argument(
        "--open", action="store_true", help="list the questions that the document leaves open"
    )
    command.add_argument(
        "--features", action="store_true", help="list the features that a deployment can claim"
    )
    command.add_argument("--format", choices=("text", "json", "markdown"), default="text")
    command.add_argument(
        "--verbose",
        action="store_true",
        help="add the place in the document, and the reasoning behind each requirement",
    )
    add_spec(command)


def write_list(options: argparse.Namespace) -> str:
    """Return the output of `list`; raise `CannotRun` if options contradict each other or an id is unknown."""
    if bool(options.ids) + options.open + options.features > 1:
        raise CannotRun("list: ids, --open and --features exclude each other; use one of them")
    if options.features and options.format != "text":
        raise CannotRun(
            "list --features supports --format text only; --format markdown without --features includes the features"
        )
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
    # The output is always one array. Without ids and options it holds the requirements only.
    rows: list[Requirement | Ambiguity] = list(catalogue.requirements)
    rows += [] if is_whole else catalogue.ambiguities
    return json.dumps([asdict(each) for each in rows], indent=2, ensure_ascii=False) + "\n"


def _write_text(catalogue: Catalogue, contract: Contract, options: argparse.Namespace) -> str:
    # Lines are wrapped for a terminal, and whole in a file or a pipe.
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    if options.open:
        return write_open(catalogue, width)
    if not options.ids:
        return write_text(catalogue, width, is_verbose=options.verbose)
    shown = [write_details(each, contract, _find_variants(each), width) for each in catalogue.requirements]
    shown += ["\n".join(write_ambiguity(each, width)) for each in catalogue.ambiguities]
    return "\n".join(shown)


def _find_variants(requirement: Requirement) -> list[tuple[str, str]]:
    # Imported here, because the mutants import the whole reference backend.
    from ..mutants.handmade.catalogue import list_mutants

    return [
        (each.name, (each.part.__doc__ or "").strip().partition("\n")[0])
        for each in list_mutants()
        if each.requirement_id == requirement.id
    ]
