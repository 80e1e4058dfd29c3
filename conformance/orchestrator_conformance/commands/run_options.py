"""The options of the command `run`, and the `runner.Options` that they result in."""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import Final

from .. import runner
from ..contract.cannot_run import CannotRun
from ..contract.contract import Contract
from ..session.session import CONSISTENCY_CEILING
from ..statements import iter_requirements
from ..target.receiving import MAX_SIZE, MEBIBYTE, TIMEOUT
from ..target.target import Target
from .target_options import choose_claims, read_allowed_runs

# When a run ends at the latest, in seconds.
TIME_LIMIT: Final = 3600.0
_A_DAY: Final = 86_400
_MOST_MEBIBYTES: Final = 1024

# Generated requests of each kind per operation. The requests of the behaviour checks are not included.
BUDGETS: Final = {"quick": 1, "standard": 40, "thorough": 1000}


def add_run_options(command: argparse.ArgumentParser) -> None:
    """Add the options of `run`."""
    _add_target(command)
    _add_claims(command)
    add_spec(command)
    _add_effort(command)
    command.add_argument(
        "--report",
        type=Path,
        metavar="DIR",
        help="directory for report.json, junit.xml and a script for each finding",
    )


def _add_target(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "url",
        nargs="?",
        metavar="URL",
        help="base URL of the backend, for example https://host/api/orchestrator",
    )
    command.add_argument("--embedded", action="store_true", help="run against the embedded reference backend")
    command.add_argument(
        "--token-env", metavar="NAME", help="environment variable that holds the bearer token"
    )
    command.add_argument(
        "--other-token-env",
        metavar="NAME",
        help="environment variable that holds the token of a second user, who may not see the runs of the first",
    )
    command.add_argument(
        "--header",
        action="append",
        default=[],
        metavar="'NAME: VALUE'",
        help="header to send with every request; repeatable",
    )
    command.add_argument(
        "--allow-runs",
        default="",
        metavar="ID[,ID...]",
        help="workflows that may be started, or all; without this option nothing is started, aborted or retriggered",
    )


def _add_effort(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--seed", type=int, default=0, metavar="N", help="seed of all random choices; default: %(default)s"
    )
    command.add_argument(
        "--budget",
        choices=BUDGETS,
        default="standard",
        help="how many requests to generate in addition to the behaviour checks; default: %(default)s",
    )
    command.add_argument(
        "--max-examples",
        type=_count,
        metavar="N",
        help="number of generated requests of each kind per operation, 0 for none; replaces --budget",
    )
    command.add_argument(
        "--only",
        default="",
        metavar="ID[,...]",
        help="check only these requirements, for example one that failed before",
    )
    command.add_argument(
        "--patience",
        type=_seconds,
        default=CONSISTENCY_CEILING,
        metavar="SECONDS",
        help="how long to wait for an action to show in lists and reads; default: %(default)g",
    )
    command.add_argument(
        "--timeout",
        type=_seconds,
        default=TIMEOUT,
        metavar="SECONDS",
        help="how long an exchange may take, up to the last byte of the answer; default: %(default)g",
    )
    command.add_argument(
        "--time-limit",
        type=_seconds,
        default=TIME_LIMIT,
        metavar="SECONDS",
        help="when to end the run and report what was done; the clean-up may take 120 more; default: %(default)g",
    )
    command.add_argument(
        "--max-answer-size",
        type=_mebibytes,
        default=MAX_SIZE,
        metavar="MIB",
        help=f"how large the body of an answer may be, after decompression; default: {MAX_SIZE // MEBIBYTE}",
    )
    command.add_argument(
        "--rate",
        type=_rate,
        metavar="N",
        help="maximum number of requests per second; default: no limit, but slower after a 429",
    )


def _rate(text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = -1.0
    if not 0 < rate < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of requests above 0")
    return rate


def _add_claims(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--profile",
        choices=("read-only", "standard", "full"),
        help="features that the target claims, see list --features; default: standard",
    )
    command.add_argument(
        "--claims", type=Path, metavar="FILE", help="TOML file with profile, claim and disclaim"
    )
    command.add_argument(
        "--claim",
        default="",
        metavar="FEATURE[,...]",
        help="further features that the target claims: a missing one fails",
    )
    command.add_argument(
        "--disclaim",
        default="",
        metavar="FEATURE[,...]",
        help="features that the target does not have: their requirements are skipped",
    )
    command.add_argument(
        "--expected-failures",
        type=Path,
        metavar="FILE",
        help="TOML file with a table for each requirement that is known to fail: reason, optionally expires (a date)",
    )


def add_spec(command: argparse.ArgumentParser) -> None:
    """Add the option `--spec`."""
    command.add_argument(
        "--spec",
        type=Path,
        metavar="FILE",
        help="OpenAPI document to test against; default: the one in this package",
    )


def choose_options(
    options: argparse.Namespace, contract: Contract, allow_runs: str, other: Target | None
) -> runner.Options:
    """Return the options of the run; raise `CannotRun` if options contradict each other."""
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
        raise CannotRun(
            f"--only: {each} is not a requirement; run `orchestrator-conformance list` to see all ids"
        )
    return wanted or None


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds < _A_DAY:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds between 0 and {_A_DAY}")
    return seconds


def _mebibytes(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= _MOST_MEBIBYTES:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number between 1 and {_MOST_MEBIBYTES}")
    return int(text) * MEBIBYTE


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 0")
    return int(text)
