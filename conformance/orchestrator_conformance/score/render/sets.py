"""The sentences about the part `sets` that the formats share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..rows.set_rows import SetRow
from ..score import Score
from .sentences import share


def summarize_sets(score: Score) -> str:
    """Return a line on the sets of mutants."""
    met = sum(row.is_met for row in score.sets)
    exact = sum(row.is_exact for row in score.sets)
    return (
        f"Sets of mutants: {len(score.sets)}, with one finding for each mutant, plus or minus one: {met} "
        f"({share(met, len(score.sets))}), exactly: {exact} ({share(exact, len(score.sets))})"
    )


def count_by_size(score: Score) -> list[tuple[int, int, int, int]]:
    """Return for each size of a set: the size, the number of sets, of those that meet the target, and of exact ones."""
    sizes = Counter(len(row.mutants) for row in score.sets)
    met = Counter(len(row.mutants) for row in score.sets if row.is_met)
    exact = Counter(len(row.mutants) for row in score.sets if row.is_exact)
    return [(size, sizes[size], met[size], exact[size]) for size in sorted(sizes)]


def list_missed_sets(score: Score) -> Iterator[tuple[str, str]]:
    """Yield the mutants of each set that misses the target, and what merged, split or was not found."""
    for row in score.sets:
        if not row.is_met:
            yield row.name, _describe_miss(row)


def _describe_miss(row: SetRow) -> str:
    parts = [f"{len(row.findings)} findings"]
    parts += [f"merged: {' and '.join(group)}" for group in row.merged]
    if row.split:
        parts.append(f"split: {', '.join(row.split)}")
    if row.missing:
        parts.append(f"not found: {', '.join(row.missing)}")
    return "; ".join(parts)
