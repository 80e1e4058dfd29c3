"""The sentences of a score, for every format alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..bar import find_shortfalls
from ..rows.automatic_row import AutomaticRow
from ..rows.mutant_rows import MutantRow, count_family
from ..score import Score


def head_mutants(score: Score) -> str:
    """Return what came of the hand-made mutants in a line."""
    total = count_family("", score.mutants)
    return (
        f"Hand-made mutants: {total.killed} of {total.mutants} killed ({share(total.killed, total.mutants)}), "
        f"{total.caught} caught at all"
    )


def head_peer(score: Score) -> str:
    """Return what came of Schemathesis alone in a line."""
    tried = [row for row in score.mutants if row.by_peer is not None]
    caught = sum(bool(row.by_peer) for row in tried)
    alarms = sum(len(row.by_peer or ()) for row in score.conforming)
    return (
        f"Schemathesis alone: {caught} of {len(tried)} hand-made mutants caught ({share(caught, len(tried))}), "
        f"alarms: {alarms}"
    )


def head_automatic(row: AutomaticRow) -> str:
    """Return what came of the automatic mutants in a line."""
    counting = row.killed + len(row.survivors)
    return f"Automatic mutants: {row.killed} of {counting} killed ({share(row.killed, counting)})"


def describe_automatic(row: AutomaticRow) -> str:
    """Return what became of all that were made."""
    return (
        f"made: {row.made}, do not start: {row.not_built}, equivalent: {row.equivalent}, allowed: {row.allowed}, "
        f"undecided: {row.undecided}; the others count"
    )


def head_conforming(score: Score) -> str:
    """Return what came of the conforming variants in a line."""
    return f"Conforming variants: {len(score.conforming)}, runs: {score.trials_of_conforming}, alarms: {score.alarms}"


def head_requirements(score: Score) -> str:
    """Return what the requirements are good for in a line."""
    counts = Counter(row.standing for row in score.requirements)
    return (
        f"Requirements: {counts['kills alone']} of {len(score.requirements)} kill a mutant that no other kills, "
        f"justified: {counts['justified']}, neither: {counts['neither']}"
    )


def kill_nothing_alone(score: Score) -> list[str]:
    """Return the ids of requirements that fail mutants, each of which another fails as well."""
    return [row.id for row in score.requirements if row.kills and not row.kills_alone]


def kill_nothing(score: Score) -> list[str]:
    """Return the ids of requirements that fail no mutant at all."""
    return [row.id for row in score.requirements if not row.kills]


def stand_for_nothing(score: Score) -> list[str]:
    """Return the ids of requirements that kill nothing alone, and of which nobody says why they stay."""
    return [row.id for row in score.requirements if row.standing == "neither"]


def justified_in_vain(score: Score) -> list[str]:
    """Return the ids of requirements that are justified, and kill a mutant alone."""
    return [row.id for row in score.requirements if row.is_stale]


def explain_justified(score: Score) -> dict[str, list[str]]:
    """Return the reasons why requirements stay that kill nothing alone, each with the ids that it is given for."""
    reasons: dict[str, list[str]] = {}
    for row in score.requirements:
        if row.standing == "justified":
            reasons.setdefault(row.justification, []).append(row.id)
    return reasons


def explain_survivor(row: MutantRow) -> str:
    """Return what a survivor does, and what catches it all the same."""
    others = f" It is caught by {', '.join(row.failed)}." if row.failed else ""
    return f"{row.says}{others}"


def list_survivors(score: Score) -> Iterator[MutantRow]:
    """Yield the hand-made mutants that the suite was tried on and did not kill."""
    if "hand-made" in score.parts:
        yield from (row for row in score.mutants if not row.is_killed)


def conclude(score: Score) -> str:
    """Return whether the bar holds, and if not, why."""
    shortfalls = find_shortfalls(score)
    of = "a fixed part of the variants" if score.is_fast else "all variants"
    if not shortfalls:
        return f"The bar holds, on {of}."
    return " ".join((f"The bar does not hold, on {of}.", *shortfalls))


def share(part: int, whole: int) -> str:
    """Return a part of a whole in per cent."""
    return f"{part / whole:.1%}" if whole else "none"
