"""The sentences about the part `masked` that the formats share."""

from __future__ import annotations

from collections.abc import Iterator

from ..rows.masked_rows import MaskedRow
from ..score import Score
from .sentences import share


def summarize_masked(score: Score) -> str:
    """Return a line on the base faults."""
    survived = sum(row.survived for row in score.masked)
    counting = sum(row.counting for row in score.masked)
    return (
        f"Base faults: {len(score.masked)}, kills that survive: {survived} of {counting} "
        f"({share(survived, counting)})"
    )


def describe_findings(row: MaskedRow) -> str:
    """Return the number of findings that a base fault alone causes."""
    return "not run" if row.findings is None else str(row.findings)


def list_lost_kills(score: Score) -> Iterator[str]:
    """Yield a line for each kill that does not survive a base fault."""
    for row in score.masked:
        for lost in row.lost:
            yield f"{lost.requirement_id} on {lost.mutant} with {row.name}: {lost.outcome}"
