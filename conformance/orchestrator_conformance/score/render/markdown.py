"""Writes a score as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..rows.automatic_row import AutomaticRow
from ..rows.mutant_rows import choose_columns, count_family, tally_families
from ..score import Score
from .masked import describe_findings, list_lost_kills, summarize_masked
from .sentences import (
    conclude,
    describe_automatic,
    explain_justified,
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


def write_markdown(score: Score) -> str:
    """Return the score as Markdown, with a row for each mutant, variant and requirement."""
    return "\n".join(["# Score of the suite", "", conclude(score), "", *_write_parts(score)])


def _write_parts(score: Score) -> Iterator[str]:
    if "hand-made" in score.parts:
        yield from _section(summarize_mutants(score))
        yield from _bullets(
            f"Survives: `{row.name}`. {explain_survivor(row)}" for row in list_survivors(score)
        )
    if "peer" in score.parts:
        yield from _section(summarize_peer(score))
    if score.mutants:
        yield from _write_mutants(score)
    if score.requirements and not score.is_fast:
        yield from _write_requirements(score)
    if score.automatic is not None:
        yield from _write_automatic(score.automatic)
    if score.masked:
        yield from _write_masked(score)
    if score.sets:
        yield from _write_sets(score)
    if score.conforming:
        yield from _write_conforming(score)
    if score.troubles:
        yield from _section("Errors")
        yield from _bullets(
            f"{each.part} `{each.name}`, seed {each.seed}: {each.what}" for each in score.troubles
        )


def _write_mutants(score: Score) -> Iterator[str]:
    columns = choose_columns(score.parts)
    rows = [*tally_families(score.mutants), count_family("all", score.mutants)]
    yield from _table(
        ["family", "mutants", *columns],
        ([row.family, str(row.mutants), *(str(row.count(column)) for column in columns)] for row in rows),
    )
    yield from _table(
        ["mutant", "breaks", "what it does", "fails", "Schemathesis"],
        (
            [f"`{row.name}`", row.requirement_id, row.says, _list(row.failed), _list(row.by_peer or ())]
            for row in score.mutants
        ),
    )


def _write_requirements(score: Score) -> Iterator[str]:
    yield from _section(summarize_requirements(score))
    yield from _paragraph("Kill only mutants that others kill too: " + _list(list_redundant(score)))
    yield from _paragraph("Kill no mutant: " + _list(list_idle(score)))
    yield from _paragraph("Kill no mutant alone and have no justification: " + _list(list_unjustified(score)))
    yield from _paragraph(
        "Have a stale justification, because they kill a mutant alone: " + _list(list_stale(score))
    )
    yield from _table(
        ["justified", "reason to keep it although it kills no mutant alone"],
        ([_list(ids), reason] for reason, ids in explain_justified(score).items()),
    )
    yield from _table(
        ["requirement", "kills alone", "kills with others"],
        (
            [
                row.id,
                _list(row.kills_alone),
                _list(name for name in row.kills if name not in row.kills_alone),
            ]
            for row in score.requirements
            if row.kills
        ),
    )


def _write_automatic(row: AutomaticRow) -> Iterator[str]:
    yield from _section(summarize_automatic(row))
    yield from _paragraph(describe_automatic(row))
    yield from _bullets(f"Survives: `{name}`" for name in row.survivors)
    yield from _bullets(f"Triaged but killed by {id_}: `{name}`" for name, id_ in row.disproved)


def _write_sets(score: Score) -> Iterator[str]:
    yield from _section(summarize_sets(score))
    yield from _table(
        ["mutants", "sets", "plus or minus one", "exactly"],
        ([str(count) for count in counts] for counts in count_by_size(score)),
    )
    yield from _bullets(f"Misses: {name}. {what}" for name, what in list_missed_sets(score))


def _write_conforming(score: Score) -> Iterator[str]:
    yield from _section(summarize_conforming(score))
    yield from _table(
        ["variant", "what it does", "seeds", "false alarms", "undecided", "Schemathesis"],
        (
            [
                f"`{row.name}`",
                row.says,
                str(row.seeds),
                _list(f"{each.requirement_id} (seed {each.seed})" for each in row.alarms),
                str(row.undecided),
                "-" if row.by_peer is None else str(len(row.by_peer)),
            ]
            for row in score.conforming
        ),
    )


def _write_masked(score: Score) -> Iterator[str]:
    yield from _section(summarize_masked(score))
    yield from _table(
        ["base fault", "what it does", "findings", "kills", "unobservable", "survive", "share"],
        (
            [
                f"`{row.name}`",
                row.says,
                describe_findings(row),
                *(str(count) for count in (row.kills, row.unobservable, row.survived)),
                share(row.survived, row.counting),
            ]
            for row in score.masked
        ),
    )
    yield from _bullets(f"Lost: {line}" for line in list_lost_kills(score))


def _section(title: str) -> Iterator[str]:
    yield from (f"## {title}", "")


def _paragraph(text: str) -> Iterator[str]:
    yield from (text, "")


def _bullets(lines: Iterable[str]) -> Iterator[str]:
    listed = [f"- {line}" for line in lines]
    if listed:
        yield from (*listed, "")


def _table(titles: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(titles)} |"
    yield "|---" * len(titles) + "|"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
    yield ""


def _list(items: Iterable[str]) -> str:
    return ", ".join(items) or "-"
