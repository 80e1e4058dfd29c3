"""Writes a score for a terminal: the figures, and the names of survivors, false alarms and errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import StringIO

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from ..rows.automatic_row import AutomaticRow
from ..rows.mutant_rows import choose_columns, count_family, tally_families
from ..score import Score
from ..targets import find_shortfalls
from .masked import describe_findings, list_lost_kills, summarize_masked
from .sentences import (
    conclude,
    describe_automatic,
    explain_survivor,
    list_idle,
    list_redundant,
    list_stale,
    list_survivors,
    list_unjustified,
    share,
    summarize_automatic,
    summarize_conforming,
    summarize_mutants,
    summarize_peer,
    summarize_requirements,
)
from .sets import count_by_size, list_missed_sets, summarize_sets


def write_text(score: Score, width: int = 100) -> str:
    """Return the score as `print_score` prints it, without colours."""
    file = StringIO()
    print_score(score, Console(file=file, width=width, color_system=None, force_terminal=False))
    return "".join(f"{line.rstrip()}\n" for line in file.getvalue().splitlines())


def print_score(score: Score, console: Console) -> None:
    """Print the score."""
    if "hand-made" in score.parts:
        _print_head(console, summarize_mutants(score))
    if score.mutants:
        console.print(_tabulate_families(score))
        _print_all(
            console, "survives", (f"{row.name}: {explain_survivor(row)}" for row in list_survivors(score))
        )
    if score.requirements and not score.is_fast:
        _print_head(console, summarize_requirements(score))
        _print_ids(console, "kill only mutants that others kill too", list_redundant(score))
        _print_ids(console, "kill no mutant", list_idle(score))
        _print_ids(console, "kill no mutant alone and have no justification", list_unjustified(score))
        _print_ids(console, "have a stale justification, because they kill a mutant alone", list_stale(score))
    if score.automatic is not None:
        _print_automatic(console, score.automatic)
    if score.masked:
        _print_head(console, summarize_masked(score))
        console.print(_tabulate_masked(score))
        _print_all(console, "lost", list_lost_kills(score))
    if score.sets:
        _print_sets(console, score)
    if score.conforming:
        _print_head(console, summarize_conforming(score))
        console.print(_tabulate_conforming(score))
        _print_all(console, "false alarm", _list_false_alarms(score))
    if "peer" in score.parts:
        _print_head(console, summarize_peer(score))
    _print_all(
        console,
        "error",
        (f"{each.part} {each.name}, seed {each.seed}: {each.what}" for each in score.troubles),
    )
    colour = "red" if find_shortfalls(score) else "green"
    console.print(f"\n[bold {colour}]{escape(conclude(score))}[/]", highlight=False)


def _print_head(console: Console, line: str) -> None:
    console.print(f"\n[bold]{escape(line)}[/]", highlight=False)


def _print_all(console: Console, label: str, lines: Iterable[str]) -> None:
    for line in lines:
        console.print(Padding(f"[bold]{label}[/] {escape(line)}", (0, 0, 0, 2)), highlight=False)


def _print_ids(console: Console, label: str, ids: list[str]) -> None:
    if ids:
        _print_all(console, label, [f"({len(ids)}): {', '.join(ids)}"])


def _print_automatic(console: Console, row: AutomaticRow) -> None:
    _print_head(console, summarize_automatic(row))
    console.print(f"  {describe_automatic(row)}", highlight=False)
    _print_all(console, "survives", row.survivors)
    _print_all(console, "triaged but killed", (f"{name}, by {id_}" for name, id_ in row.disproved))


def _print_sets(console: Console, score: Score) -> None:
    _print_head(console, summarize_sets(score))
    table = _create_table("mutants", "sets", "plus or minus one", "exactly")
    for counts in count_by_size(score):
        table.add_row(*map(str, counts))
    console.print(table)
    _print_all(console, "misses", (f"{name}: {what}" for name, what in list_missed_sets(score)))


def _tabulate_families(score: Score) -> Table:
    columns = choose_columns(score.parts)
    table = _create_table("family", "mutants", *columns)
    for row in (*tally_families(score.mutants), count_family("all", score.mutants)):
        table.add_row(row.family, str(row.mutants), *(_show(row.count(column)) for column in columns))
    return table


def _tabulate_conforming(score: Score) -> Table:
    has_suite, has_peer = "conforming" in score.parts, "peer" in score.parts
    titles = [
        *(("seeds", "false alarms", "undecided") if has_suite else ()),
        *(("Schemathesis",) if has_peer else ()),
    ]
    table = _create_table("variant", *titles)
    for row in score.conforming:
        cells = [str(row.seeds), str(len(row.alarms)), _show(row.undecided)] if has_suite else []
        if has_peer:
            cells.append("not run" if row.by_peer is None else str(len(row.by_peer)))
        table.add_row(escape(row.name), *cells)
    return table


def _tabulate_masked(score: Score) -> Table:
    table = _create_table("base fault", "findings", "kills", "unobservable", "survive", "share")
    for row in score.masked:
        counts = (row.kills, row.unobservable, row.survived)
        cells = (
            describe_findings(row),
            *(_show(count) for count in counts),
            share(row.survived, row.counting),
        )
        table.add_row(escape(row.name), *cells)
    return table


def _create_table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column(first)
    for title in others:
        table.add_column(title, justify="right")
    return table


def _list_false_alarms(score: Score) -> Iterator[str]:
    for row in score.conforming:
        by_id: dict[str, list[str]] = {}
        for alarm in row.alarms:
            by_id.setdefault(alarm.requirement_id, []).append(str(alarm.seed))
        for id_, seeds in by_id.items():
            yield f"{row.name}: {id_} with seed {', '.join(seeds)}"


def _show(count: int) -> str:
    return str(count) if count else "-"
