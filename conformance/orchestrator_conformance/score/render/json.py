"""The score as programs read it."""

from __future__ import annotations

import json
from dataclasses import asdict

from ..bar import find_shortfalls
from ..rows.mutant_rows import tally_families
from ..score import Score


def write_json(score: Score) -> str:
    """Return the score as JSON: all that is known of each variant and requirement, and where it falls short."""
    told = asdict(score)
    told["families"] = [asdict(each) for each in tally_families(score.mutants)]
    for row, shown in zip(score.mutants, told["mutants"], strict=True):
        shown["family"] = row.family
        shown["is_killed"] = row.is_killed if "hand-made" in score.parts else None
    for requirement, shown in zip(score.requirements, told["requirements"], strict=True):
        shown["standing"] = None if score.is_fast else requirement.standing
        shown["is_stale"] = requirement.is_stale
    if score.automatic is not None:
        told["automatic"]["rate"] = round(score.automatic.rate, 4)
    told["shortfalls"] = find_shortfalls(score)
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
