"""The command `score`: its options and its output."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ..contract.cannot_run import CannotRun
from ..contract.contract import load_contract
from ..report.files import write_whole
from ..score.parts import FAST_PARTS, PARTS
from ..statements import iter_requirements

# Imported by the command itself when it runs, because these modules import all mutants.
if TYPE_CHECKING:
    from ..score.score import Score
    from ..score.trials.trials import Judgement

_SEEDS: Final = 5
# The width of the output if there is no terminal.
WIDTH: Final = 100

_EPILOG: Final = """\
parts:
  hand-made   backends that each break one requirement, which must fail
  automatic   the reference backend with one small edit of its code; some requirement must fail
  masked      each hand-made mutant together with each base fault, a fault that is common in the field: the requirement
              that fails without the base fault must fail with it, and the base fault alone must be one finding
  sets        backends with the faults of 2 to 5 hand-made mutants that do not interact: the report must have one
              finding for each, plus or minus one
  conforming  backends that differ in what the contract leaves open: no requirement may fail
  peer        Schemathesis alone, on the hand-made and the conforming backends

exit codes of score:
  0  the targets are met: 100 % of the hand-made mutants and 90 % of the automatic ones are killed, 95 % of the kills
     survive each base fault, each base fault is one finding, 90 % of the sets have one finding for each mutant, plus
     or minus one, there is no false alarm, and each requirement kills a mutant that no other kills or is justified
     (not checked with --fast)
  1  a target is not met
  3  could not run: the command line is wrong, or the file cannot be written
"""


def add_score(add_parser: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the command `score` with `add_parser`, a method of argparse's subparsers."""
    command = add_parser(
        "score",
        help="measure the suite: which faults it catches, and which false alarms it raises",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "--only",
        type=_parts,
        metavar="PART[,...]",
        help="run only these parts; default: all, or with --fast all except peer",
    )
    command.add_argument(
        "--fast",
        action="store_true",
        help="use a fixed sample of the mutants, some of each family, and one seed for each conforming backend",
    )
    command.add_argument(
        "--seeds",
        type=_number,
        metavar="N",
        help="number of seeds for each conforming backend; default: 5, or 1 with --fast",
    )
    command.add_argument(
        "--jobs", type=_number, metavar="N", help="number of parallel processes; default: one per core"
    )
    command.add_argument("--format", choices=("text", "json", "markdown"), default="text")
    command.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help="file for the output in --format; the terminal then shows the text",
    )
    command.set_defaults(function=_score)


def _score(options: argparse.Namespace) -> int:
    from ..score.score import Background, tabulate
    from ..score.targets import find_shortfalls
    from ..score.trials.peer import COMMAND
    from ..score.trials.plan import plan_trials
    from ..score.trials.pool import run_trials
    from ..score.trials.variants import variants_of

    parts = options.only or (FAST_PARTS if options.fast else PARTS)
    if "peer" in parts and not COMMAND.exists():
        raise CannotRun(
            f"{COMMAND} does not exist, so the part peer cannot run; choose other parts with --only"
        )
    if options.output is not None:
        # Before the trials, which take long: a wrong path is reported at once.
        with _as_cannot_run(options.output):
            options.output.parent.mkdir(parents=True, exist_ok=True)
    trials = plan_trials(parts, options.seeds or (1 if options.fast else _SEEDS), is_fast=options.fast)
    jobs = options.jobs or os.cpu_count() or 1
    begun = time.monotonic()
    with _progress(len(trials)) as on_judged:
        judgements = run_trials(trials, jobs, on_judged)
    background = Background(
        variants_of("hand-made"),
        variants_of("conforming"),
        tuple(iter_requirements(load_contract())),
        bases=variants_of("base"),
    )
    score = tabulate(judgements, background, is_fast=options.fast)
    _show(score, options)
    sys.stderr.write(_describe_time(judgements, time.monotonic() - begun, jobs))
    return 1 if find_shortfalls(score) else 0


def _describe_time(judgements: list[Judgement], seconds: float, jobs: int) -> str:
    # Not part of the score, which is the same for every run.
    sums: dict[str, float] = {}
    for each in judgements:
        sums[each.trial.part] = sums.get(each.trial.part, 0.0) + each.seconds
    parts = ", ".join(f"{part} {taken:.0f} s" for part, taken in sums.items())
    return f"{len(judgements)} trials in {seconds:.0f} s, {jobs} in parallel; total per part: {parts}\n"


def _show(score: Score, options: argparse.Namespace) -> None:
    from ..score.render.json import write_json
    from ..score.render.markdown import write_markdown
    from ..score.render.text import print_score, write_text

    written = {"text": write_text, "json": write_json, "markdown": write_markdown}[options.format](score)
    if options.output is None and options.format != "text":
        sys.stdout.write(written)
        return
    console = Console()
    print_score(score, console if console.is_terminal else Console(width=WIDTH))
    if options.output is not None:
        with _as_cannot_run(options.output):
            write_whole(options.output, written)


@contextmanager
def _as_cannot_run(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise CannotRun(f"{path}: the score cannot be written: {problem.strerror}") from None


@contextmanager
def _progress(total: int) -> Iterator[Callable[[Judgement], None]]:
    # The bar goes to stderr, and only to a terminal.
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("trials", total=total)
        yield lambda judgement: bar.update(task, advance=1, description=judgement.trial.part)


def _parts(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",")))
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is not a part; the parts are {', '.join(PARTS)}")
    return names


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1")
    return int(text)
