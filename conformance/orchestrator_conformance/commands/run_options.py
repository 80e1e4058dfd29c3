"""What `run` can be told: the options of the command line, and what they come to."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from .. import runner
from ..contract.cannot_run import CannotRun
from ..contract.contract import Contract
from ..session.session import CONSISTENCY_CEILING
from ..statements import iter_requirements
from ..target.target import TIMEOUT, Target
from .target_options import choose_claims, read_allowed_runs

_A_DAY: Final = 86_400

# Generated requests of a kind for each operation: what the deterministic checks cost comes on top.
BUDGETS: Final = {"quick": 1, "standard": 40, "thorough": 1000}


def add_run_options(command: argparse.ArgumentParser) -> None:
    """Add the options of `run`."""
    _add_target(command)
    _add_claims(command)
    add_spec(command)
    _add_effort(command)
    command.add_argument("--report", type=Path, metavar="DIR", help="write report.json and junit.xml there")


def _add_target(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "url", nargs="?", metavar="URL", help="up to the base path: https://host/api/orchestrator"
    )
    command.add_argument("--embedded", action="store_true", help="run against the embedded reference backend")
    command.add_argument(
        "--token-env", metavar="NAME", help="environment variable that holds the bearer token"
    )
    command.add_argument(
        "--other-token-env",
        metavar="NAME",
        help="the same of a second user, who lacks the right to see what the first one starts",
    )
    command.add_argument(
        "--header",
        action="append",
        default=[],
        metavar="'NAME: VALUE'",
        help="sent with every request; repeatable",
    )
    command.add_argument(
        "--allow-runs",
        default="",
        metavar="ID[,ID...]",
        help="workflows that may be started, or all; without it, nothing is started, aborted or retriggered",
    )


def _add_effort(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--seed", type=int, default=0, metavar="N", help="of all that is drawn; default: %(default)s"
    )
    command.add_argument(
        "--budget",
        choices=BUDGETS,
        default="standard",
        help="how much is generated beside the behaviour checks; default: %(default)s",
    )
    command.add_argument(
        "--max-examples",
        type=_count,
        metavar="N",
        help="in place of a budget: generated requests of a kind for each operation, 0 for none",
    )
    command.add_argument(
        "--only",
        default="",
        metavar="ID[,...]",
        help="these requirements alone, such as one that failed before",
    )
    command.add_argument(
        "--patience",
        type=_seconds,
        default=CONSISTENCY_CEILING,
        metavar="SECONDS",
        help="how long what was done may take to show in lists and reads; default: %(default)g",
    )
    command.add_argument(
        "--timeout",
        type=_seconds,
        default=TIMEOUT,
        metavar="SECONDS",
        help="how long an answer may take; default: %(default)g",
    )


def _add_claims(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--profile",
        choices=("read-only", "standard", "full"),
        help="what the target claims to have: see list --features; default: standard",
    )
    command.add_argument("--claims", type=Path, metavar="FILE", help="TOML with profile, claim and disclaim")
    command.add_argument("--claim", default="", metavar="FEATURE[,...]", help="features that must be there")
    command.add_argument(
        "--disclaim", default="", metavar="FEATURE[,...]", help="features that are left alone"
    )
    command.add_argument(
        "--expected-failures",
        type=Path,
        metavar="FILE",
        help="TOML with a table for each requirement that is known to fail: reason, and expires, a date",
    )


def add_spec(command: argparse.ArgumentParser) -> None:
    """Add the option that names another document."""
    command.add_argument(
        "--spec", type=Path, metavar="FILE", help="the document to hold against; default: the one that ships"
    )


def choose_options(
    options: argparse.Namespace, contract: Contract, allow_runs: str, other: Target | None
) -> runner.Options:
    """Return how the run is made; raise `CannotRun` where the options are at odds."""
    allowed_runs = read_allowed_runs(allow_runs)
    claims = choose_claims(
        options.profile,
        options.claims,
        options.claim,
        options.disclaim,
        may_run=allowed_runs is not None and not options.embedded,
    )
    examples = BUDGETS[options.budget] if options.max_examples is None else options.max_examples
    return runner.Options(
        options.seed,
        allowed_runs,
        examples,
        patience=options.patience,
        claims=claims,
        other=other,
        only=_read_only(options.only, contract),
    )


def _read_only(words: str, contract: Contract) -> frozenset[str] | None:
    wanted = frozenset(each.strip() for each in words.split(",") if each.strip())
    known = {each.id for each in iter_requirements(contract)}
    for each in sorted(wanted - known):
        raise CannotRun(f"--only: {each} is no requirement; orchestrator-conformance list shows them")
    return wanted or None


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds < _A_DAY:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds")
    return seconds


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a count")
    return int(text)
