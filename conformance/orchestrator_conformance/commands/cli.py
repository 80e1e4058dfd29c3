"""The command line: `orchestrator-conformance run`, `serve`, `list` and `score`."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final, Never

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from .. import runner
from ..contract.cannot_run import CannotRun
from ..contract.contract import Contract, UnusableDocument, load_contract
from ..reference.app import create_reference_app
from ..reference.serve import running_server, serve
from ..reference.settings import DEFAULT_BASE_PATH, ReferenceSettings
from ..report.document import INTERRUPTED, Report
from ..report.files import write_files
from ..report.terminal import print_summary
from ..runner import Partial
from ..session.interruption import Interruption
from ..statements import iter_requirements
from ..target.outage import TargetDown
from ..target.pacing import Pacing
from ..target.shown_text import show_text
from ..target.target import Target
from ..verdict.expected_failures import Expectation, apply_expectations, read_expectations
from ..verdict.outcome import Verdict
from .list import add_list_options, write_list
from .run_options import add_run_options, choose_options
from .score import add_score
from .target_options import ALL, read_headers

COULD_NOT_RUN: Final = 3

_EPILOG: Final = """\
exit codes of run:
  0  conformant: every MUST requirement that applies holds
  1  not conformant: a MUST requirement does not hold
  2  could not decide: a MUST requirement is inconclusive, the suite itself failed, or the backend is down
  3  could not run: the command line, the target or the document is unusable, or an extra is not installed
130  interrupted by Ctrl-C or SIGTERM; the report has what was done so far

A run that ends early, after its time limit or without its target, exits with 1 if a MUST requirement does not hold,
and with 2 otherwise.
"""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> Never:
        self.print_usage(sys.stderr)
        self.exit(COULD_NOT_RUN, f"{self.prog}: {message}\n")


def run(arguments: list[str]) -> int:
    """Run the command line `arguments`; return the exit code. Results go to stdout, problems to stderr."""
    options = _build_parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.function
    try:
        return command(options)
    except (CannotRun, UnusableDocument) as problem:
        print(f"orchestrator-conformance: {show_text(str(problem))}", file=sys.stderr)
        return int(Verdict.UNDECIDED) if isinstance(problem, TargetDown) else COULD_NOT_RUN
    except KeyboardInterrupt:
        print("orchestrator-conformance: interrupted", file=sys.stderr)
        return INTERRUPTED


def _run(options: argparse.Namespace) -> int:
    if bool(options.url) == options.embedded:
        raise CannotRun("name one target: the URL of a backend, or --embedded")
    if options.embedded:
        with _embedded() as (url, headers, others):
            return _run_against(url, headers, others, ALL, options)
    headers = read_headers(options.token_env, options.header, os.environ)
    others = read_headers(options.other_token_env, [], os.environ, "--other-token-env")
    if others and not headers:
        raise CannotRun("--other-token-env requires --token-env: each user needs a token")
    return _run_against(options.url, headers, others, options.allow_runs, options)


# How long a run of the embedded backend stays active before it ends by itself. Short, because nobody watches it.
_MOMENT: Final = timedelta(seconds=0.2)


@contextmanager
def _embedded() -> Iterator[tuple[str, dict[str, str], dict[str, str]]]:
    token, other = secrets.token_urlsafe(), secrets.token_urlsafe()
    settings = ReferenceSettings(token=token, other_token=other, moment=_MOMENT)
    with running_server(create_reference_app(settings)) as url:
        yield url, {"Authorization": f"Bearer {token}"}, {"Authorization": f"Bearer {other}"}


def _run_against(
    url: str, headers: dict[str, str], others: dict[str, str], allow_runs: str, options: argparse.Namespace
) -> int:
    contract = load_contract(options.spec)
    console = Console()
    date = datetime.now(UTC)
    expected = _read_expectations(options.expected_failures, contract)
    timeout, max_size, interruption = options.timeout, options.max_answer_size, Interruption()
    pacing = Pacing(options.rate)
    pacing.is_stopped = lambda: interruption.is_pending
    with (
        interruption.caught(options.time_limit),
        Target(url, headers, timeout, pacing, max_size) as target,
        Target(url, others, timeout, pacing, max_size) as other,
        _progress() as on_progress,
    ):
        chosen = replace(
            choose_options(options, contract, allow_runs, other if others else None),
            interruption=interruption,
        )
        findings = runner.run_suite(target, contract, chosen, on_progress)
    counted = tuple(apply_expectations(each, expected, date.date()) for each in findings.results)
    findings = replace(findings, results=counted)
    report = Report(
        findings=findings,
        base_url=target.base_url,
        has_token=target.has_token,
        document=contract.source,
        digest=sha256(contract.text.encode()).hexdigest(),
        seed=options.seed,
        runs=allow_runs,
        date=date,
        version=version("orchestrator-v2"),
    )
    print_summary(report, console)
    if options.report is not None:
        for path in _write(report, options.report):
            console.print(f"report: {path}", soft_wrap=True, highlight=False, markup=False)
    match findings.partial:
        case None:
            pass
        case Partial("interrupted"):
            print("orchestrator-conformance: interrupted", file=sys.stderr)
        case Partial(reason=reason):
            print(f"orchestrator-conformance: {show_text(reason)}", file=sys.stderr)
    return report.exit_code


def _read_expectations(path: Path | None, contract: Contract) -> dict[str, Expectation]:
    if path is None:
        return {}
    return read_expectations(path, (each.id for each in iter_requirements(contract)))


def _write(report: Report, folder: Path) -> tuple[Path, ...]:
    try:
        return write_files(report, folder)
    except OSError as problem:
        raise CannotRun(
            f"{problem.filename or folder}: the report cannot be written: {problem.strerror}"
        ) from None


@contextmanager
def _progress() -> Iterator[Callable[[runner.Progress], None]]:
    # The bar goes to stderr and only to a terminal. stdout has the summary, and logs have no bar.
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[sent]} requests"),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("probing", total=None, sent=0)
        yield lambda at: bar.update(
            task, description=at.doing, completed=at.done, total=at.total, sent=at.sent
        )


def _serve(options: argparse.Namespace) -> int:
    headers = read_headers(options.token_env, [], os.environ)
    token = headers["Authorization"].removeprefix("Bearer ") if headers else None
    settings = ReferenceSettings(base_path=options.base_path, token=token, error_style=options.error_style)

    def announce(origin: str) -> None:
        print(f"serving {origin}/{options.base_path.strip('/')} (press Ctrl-C to stop)", flush=True)

    try:
        serve(create_reference_app(settings), options.host, options.port, on_started=announce)
    except OSError as problem:
        raise CannotRun(
            f"{options.host}:{options.port} cannot listen there: {problem.strerror}; choose another --host or --port"
        ) from None
    return 0


def _list(options: argparse.Namespace) -> int:
    print(write_list(options), end="")
    return 0


def _build_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="orchestrator-conformance",
        description="Test whether a backend implements the Orchestrator REST API v2, and report evidence.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    running = commands.add_parser(
        "run",
        help="run the suite against a backend",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_run_options(running)
    running.set_defaults(function=_run)
    _add_serve(
        commands.add_parser("serve", help="serve the reference backend, which keeps its state in memory")
    )
    listing = commands.add_parser(
        "list", help="list requirements, questions that the document leaves open, or features"
    )
    add_list_options(listing)
    listing.set_defaults(function=_list)
    add_score(commands.add_parser)
    return parser


def _add_serve(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1", help="default: %(default)s")
    command.add_argument("--port", type=int, default=8080, help="0 chooses a free port; default: %(default)s")
    command.add_argument(
        "--base-path", default=DEFAULT_BASE_PATH, metavar="PATH", help="default: %(default)s"
    )
    command.add_argument(
        "--token-env",
        metavar="NAME",
        help="environment variable that holds the bearer token that requests must have",
    )
    command.add_argument(
        "--error-style",
        choices=("sensible", "documented"),
        default="sensible",
        help="sensible: reject with a suitable 4xx; documented: reject with 500 only; default: %(default)s",
    )
    command.set_defaults(function=_serve)
