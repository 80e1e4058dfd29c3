"""Runs benchmarks, prints the results and writes them as JSON: `python -m tests.benchmarks [--quick] [SUBJECT]`."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import platform
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from .measuring import peers
from .measuring.turns import Effort, Result, Table
from .subjects import client, corpus, generating, growth, imports, large_answer, server, size

SUBJECTS: Final[dict[str, Callable[[Effort], Iterator[Result | Table]]]] = {
    client.SUBJECT: client.measure,
    large_answer.SUBJECT: large_answer.measure,
    imports.SUBJECT: imports.measure,
    server.SUBJECT: server.measure,
    generating.SUBJECT: generating.measure,
    growth.SUBJECT: growth.measure,
    size.SUBJECT: size.measure,
    corpus.SUBJECT: corpus.measure,
}
QUICK: Final = Effort(rounds=1, scale=0.01)


def main(arguments: list[str]) -> int:
    """Measure the subjects named in `arguments`, or all subjects."""
    options, effort = read_options(arguments)
    load = os.getloadavg()
    results: list[Result | Table] = []
    for name in options.subjects or SUBJECTS:
        for result in SUBJECTS[name](effort):
            if isinstance(result, Result):
                show(result)
            else:
                show_table(result)
            results.append(result)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(describe(results, load), indent=2) + "\n")
    return 0


def read_options(arguments: list[str]) -> tuple[argparse.Namespace, Effort]:
    """Return the parsed options and the effort."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help=", ".join(SUBJECTS))
    parser.add_argument(
        "--rounds", type=int, default=Effort().rounds, help="how often each contender has its turn"
    )
    parser.add_argument("--quick", action="store_true", help="only look whether everything runs")
    parser.add_argument("--output", type=Path, default=peers.ROOT / "build" / "benchmarks.json")
    options = parser.parse_args(arguments)
    if unknown := set(options.subjects) - SUBJECTS.keys():
        parser.error(f"no such subject: {', '.join(sorted(unknown))}; there are {', '.join(SUBJECTS)}")
    return options, QUICK if options.quick else Effort(rounds=options.rounds)


def show(result: Result) -> None:
    """Print a line for each contender, with its cost and the ratio of ours to it."""
    print(f"\n{result.subject}: {result.what}")
    targets = {target.peer: target.at_most for target in result.targets}
    for name in result.figures:
        line = f"  {name:34}{result.best(name):10.1f} {result.unit}"
        if name != result.ours:
            line += f"   ours is {result.ratio(name):5.2f} of it ({result.paired_ratio(name):.2f} by rounds)"
            if name in targets:
                reached = "reached" if result.ratio(name) <= targets[name] else "MISSED"
                line += f", at most {targets[name]:.2f}: {reached}"
        print(line)
    for name, note in result.notes.items():
        print(f"    {name}: {note}")


def show_table(table: Table) -> None:
    """Print a table with aligned columns."""
    print(f"\n{table.subject}: {table.what}")
    lines = [("", *table.columns), *((name, *cells) for name, cells in table.rows.items())]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for first, *cells in lines:
        padded = [f"{cell:>{width}}" for cell, width in zip(cells, widths[1:], strict=True)]
        print(f"  {first:{widths[0]}}  " + "  ".join(padded))
    for name, note in table.notes.items():
        print(f"    {name}: {note}")


def describe(results: Iterable[Result | Table], load: tuple[float, ...]) -> dict[str, Any]:
    """Return the results as JSON, with the machine on which they were measured."""
    return {
        "machine": {
            "python": platform.python_version(),
            "system": platform.platform(),
            "cpus": os.cpu_count(),
        },
        "load_at_start": load,
        "load_at_end": os.getloadavg(),
        "results": [
            dataclasses.asdict(each) if isinstance(each, Table) else _describe_result(each)
            for each in results
        ],
    }


def _describe_result(result: Result) -> dict[str, Any]:
    others = [name for name in result.figures if name != result.ours]
    return {
        "subject": result.subject,
        "what": result.what,
        "unit": result.unit,
        "best": {name: result.best(name) for name in result.figures},
        "ours_divided_by": {name: result.ratio(name) for name in others},
        "ours_divided_by_in_rounds": {name: result.paired_ratio(name) for name in others},
        "at_most": {target.peer: target.at_most for target in result.targets},
        "notes": result.notes,
        "turns": result.figures,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
