"""The score as a terminal shows it: the figures, and by name what falls out of line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import StringIO

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from ..bar import find_shortfalls
from ..rows.automatic_row import AutomaticRow
from ..rows.mutant_rows import choose_columns, count_family, tally_families
from ..score import Score
from .sentences import (
    conclude,
    describe_automatic,
    explain_survivor,
    head_automatic,
    head_conforming,
    head_mutants,
    head_peer,
    head_requirements,
    justified_in_vain,
    kill_nothing,
    kill_nothing_alone,
    list_survivors,
    stand_for_nothing,
)


def write_text(score: Score, width: int = 100) -> str:
    """Return the score as it is printed, without colours."""
    file = StringIO()
    print_score(score, Console(file=file, width=width, color_system=None, force_terminal=False))
    return "".join(f"{line.rstrip()}\n" for line in file.getvalue().splitlines())


def print_score(score: Score, console: Console) -> None:
    """Print the score."""
    if "hand-made" in score.parts:
        _print_head(console, head_mutants(score))
    if score.mutants:
        console.print(_tabulate_families(score))
        _print_all(
            console, "survives", (f"{row.name}: {explain_survivor(row)}" for row in list_survivors(score))
        )
    if score.requirements and not score.is_fast:
        _print_head(console, head_requirements(score))
        _print_ids(console, "kill nothing alone", kill_nothing_alone(score))
        _print_ids(console, "kill no mutant", kill_nothing(score))
        _print_ids(console, "neither kill alone nor are justified", stand_for_nothing(score))
        _print_ids(console, "kill alone, so that their justification is stale", justified_in_vain(score))
    if score.automatic is not None:
        _print_automatic(console, score.automatic)
    if score.conforming:
        _print_head(console, head_conforming(score))
        console.print(_tabulate_conforming(score))
        _print_all(console, "alarm", _list_alarms(score))
    if "peer" in score.parts:
        _print_head(console, head_peer(score))
    _print_all(
        console,
        "went wrong",
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
    _print_head(console, head_automatic(row))
    console.print(f"  {describe_automatic(row)}", highlight=False)
    _print_all(console, "survives", row.survivors)
    _print_all(console, "triaged, and killed", (f"{name} by {id_}" for name, id_ in row.disproved))


def _tabulate_families(score: Score) -> Table:
    columns = choose_columns(score.parts)
    table = _create_table("family", "mutants", *columns)
    for row in (*tally_families(score.mutants), count_family("all", score.mutants)):
        table.add_row(row.family, str(row.mutants), *(_show(row.count(column)) for column in columns))
    return table


def _tabulate_conforming(score: Score) -> Table:
    has_suite, has_peer = "conforming" in score.parts, "peer" in score.parts
    titles = [
        *(("seeds", "alarms", "undecided") if has_suite else ()),
        *(("Schemathesis",) if has_peer else ()),
    ]
    table = _create_table("variant", *titles)
    for row in score.conforming:
        cells = [str(row.seeds), str(len(row.alarms)), _show(row.undecided)] if has_suite else []
        if has_peer:
            cells.append("not run" if row.by_peer is None else str(len(row.by_peer)))
        table.add_row(escape(row.name), *cells)
    return table


def _create_table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column(first)
    for title in others:
        table.add_column(title, justify="right")
    return table


def _list_alarms(score: Score) -> Iterator[str]:
    for row in score.conforming:
        by_id: dict[str, list[str]] = {}
        for alarm in row.alarms:
            by_id.setdefault(alarm.requirement_id, []).append(str(alarm.seed))
        for id_, seeds in by_id.items():
            yield f"{row.name}: {id_} with seed {', '.join(seeds)}"


def _show(count: int) -> str:
    return str(count) if count else "-"
