"""The sentences of a score that all formats share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..rows.automatic_row import AutomaticRow
from ..rows.mutant_rows import MutantRow, count_family
from ..score import Score
from ..targets import find_shortfalls


def summarize_mutants(score: Score) -> str:
    """Return a line on the hand-made mutants."""
    total = count_family("", score.mutants)
    return (
        f"Hand-made mutants: {total.killed} of {total.mutants} killed ({share(total.killed, total.mutants)}), "
        f"{total.caught} caught by any requirement"
    )


def summarize_peer(score: Score) -> str:
    """Return a line on plain Schemathesis."""
    tried = [row for row in score.mutants if row.by_peer is not None]
    caught = sum(bool(row.by_peer) for row in tried)
    alarms = sum(len(row.by_peer or ()) for row in score.conforming)
    return (
        f"Schemathesis alone: {caught} of {len(tried)} hand-made mutants caught ({share(caught, len(tried))}), "
        f"false alarms: {alarms}"
    )


def summarize_automatic(row: AutomaticRow) -> str:
    """Return a line on the automatic mutants."""
    counting = row.killed + len(row.survivors)
    return f"Automatic mutants: {row.killed} of {counting} killed ({share(row.killed, counting)})"


def describe_automatic(row: AutomaticRow) -> str:
    """Return the counts of the automatic mutants that do not count towards the rate."""
    return (
        f"generated: {row.made}, do not start: {row.not_built}, equivalent: {row.equivalent}, allowed: {row.allowed}, "
        f"undecided: {row.undecided}; the rest counts"
    )


def summarize_conforming(score: Score) -> str:
    """Return a line on the conforming variants."""
    return (
        f"Conforming variants: {len(score.conforming)}, runs: {score.trials_of_conforming}, "
        f"false alarms: {score.alarms}"
    )


def summarize_requirements(score: Score) -> str:
    """Return a line on the requirements."""
    counts = Counter(row.standing for row in score.requirements)
    return (
        f"Requirements: {counts['kills alone']} of {len(score.requirements)} kill a mutant that no other kills, "
        f"justified: {counts['justified']}, neither: {counts['neither']}"
    )


def list_redundant(score: Score) -> list[str]:
    """Return the ids of the requirements that kill mutants, but none alone."""
    return [row.id for row in score.requirements if row.kills and not row.kills_alone]


def list_idle(score: Score) -> list[str]:
    """Return the ids of the requirements that kill no mutant."""
    return [row.id for row in score.requirements if not row.kills]


def list_unjustified(score: Score) -> list[str]:
    """Return the ids of the requirements that kill no mutant alone and have no justification."""
    return [row.id for row in score.requirements if row.standing == "neither"]


def list_stale(score: Score) -> list[str]:
    """Return the ids of the requirements that have a justification and kill a mutant alone."""
    return [row.id for row in score.requirements if row.is_stale]


def explain_justified(score: Score) -> dict[str, list[str]]:
    """Return the reasons to keep requirements that kill no mutant alone, each with the ids that it applies to."""
    reasons: dict[str, list[str]] = {}
    for row in score.requirements:
        if row.standing == "justified":
            reasons.setdefault(row.justification, []).append(row.id)
    return reasons


def explain_survivor(row: MutantRow) -> str:
    """Return what a survivor does, and which other requirements catch it."""
    others = f" Caught by {', '.join(row.failed)}." if row.failed else ""
    return f"{row.says}{others}"


def list_survivors(score: Score) -> Iterator[MutantRow]:
    """Yield the hand-made mutants that the suite did not kill, if they were tried."""
    if "hand-made" in score.parts:
        yield from (row for row in score.mutants if not row.is_killed)


def conclude(score: Score) -> str:
    """Return whether the targets are met, and which ones are missed."""
    shortfalls = find_shortfalls(score)
    tried = "a fixed sample of the variants" if score.is_fast else "all variants"
    if not shortfalls:
        return f"The targets are met on {tried}."
    return " ".join((f"The targets are not met on {tried}.", *shortfalls))


def share(part: int, whole: int) -> str:
    """Return `part` as a percentage of `whole`, or "none" if `whole` is 0."""
    return f"{part / whole:.1%}" if whole else "none"
