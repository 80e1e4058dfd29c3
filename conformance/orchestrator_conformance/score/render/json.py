"""Writes a score as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict

from ..rows.mutant_rows import tally_families
from ..score import Score
from ..targets import find_shortfalls


def write_json(score: Score) -> str:
    """Return the score as JSON: every variant and requirement, and the missed targets."""
    data = asdict(score)
    data["families"] = [asdict(each) for each in tally_families(score.mutants)]
    for row, entry in zip(score.mutants, data["mutants"], strict=True):
        entry["family"] = row.family
        entry["is_killed"] = row.is_killed if "hand-made" in score.parts else None
    for requirement, entry in zip(score.requirements, data["requirements"], strict=True):
        entry["standing"] = None if score.is_fast else requirement.standing
        entry["is_stale"] = requirement.is_stale
    if score.automatic is not None:
        data["automatic"]["rate"] = round(score.automatic.rate, 4)
    for base, entry in zip(score.masked, data["masked"], strict=True):
        entry.update(counting=base.counting, survived=base.survived, rate=round(base.rate, 4))
    for set_row, entry in zip(score.sets, data["sets"], strict=True):
        entry.update(
            is_met=set_row.is_met, merged=set_row.merged, split=set_row.split, missing=set_row.missing
        )
    data["shortfalls"] = find_shortfalls(score)
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
