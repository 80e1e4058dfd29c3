"""A score as text, Markdown and JSON."""

from __future__ import annotations

import json

import pytest
from orchestrator_conformance.score.parts import PARTS, Part
from orchestrator_conformance.score.render.json import write_json
from orchestrator_conformance.score.render.markdown import write_markdown
from orchestrator_conformance.score.render.text import write_text
from orchestrator_conformance.score.score import Score, tabulate

from ..support.scoring import BACKGROUND, BODY, JUDGED, LIST, PAGE, SETS, SORT, STATUS

TEXT = """\

Hand-made mutants: 2 of 4 killed (50.0%), 3 caught by any requirement
family  mutants  killed  caught  by document  by behaviour  Schemathesis
status        1       1       1            1             1             1
paging        1       1       1            -             1             -
sort          2       -       1            1             -             1
all           4       2       3            2             2             2
  survives CaughtByAnother: Does what CaughtByAnother says. Caught by ORC-OP-getInstances-BODY.
  survives Survivor: Does what Survivor says.

Requirements: 2 of 5 kill a mutant that no other kills, justified: 1, neither: 2
  kill only mutants that others kill too (1): ORC-OP-getInstances-STATUS
  kill no mutant (2): ORC-INST-LIST-01, ORC-INST-SORT-01
  kill no mutant alone and have no justification (2): ORC-OP-getInstances-STATUS, ORC-INST-LIST-01
  have a stale justification, because they kill a mutant alone (1): ORC-INST-PAGE-01

Automatic mutants: 2 of 3 killed (66.7%)
  generated: 8, do not start: 1, equivalent: 1, allowed: 1, undecided: 2; the rest counts
  survives third
  triaged but killed wrong triage, by ORC-INST-SORT-01

Base faults: 2, kills that survive: 2 of 3 (66.7%)
base fault  findings  kills  unobservable  survive   share
Plain              1      2             -        1   50.0%
Refusing           2      2             1        1  100.0%
  lost ORC-OP-getInstances-STATUS on KilledByTwo with Plain: inconclusive: two instances

Conforming variants: 2, runs: 4, false alarms: 2
variant   seeds  false alarms  undecided  Schemathesis
Quiet         2             0          2             1
Alarming      2             2          -             0
  false alarm Alarming: ORC-INST-SORT-01 with seed 1
  false alarm Alarming: ORC-INST-LIST-01 with seed 1

Schemathesis alone: 2 of 4 hand-made mutants caught (50.0%), false alarms: 1
  error conforming Alarming, seed 1: the check of ORC-INST-LIST-01 crashed

The targets are not met on all variants. Surviving hand-made mutants: 2 of 4. Killed automatic
mutants: 66.7%, fewer than 90%. Requirements that kill no mutant alone and have no justification: 2
of 5. Kills that survive Plain: 50.0%, fewer than 95%. Findings of Refusing alone: 2, not 1. False
alarms on conforming backends: 2.
"""


def test_the_text_fits_a_hundred_columns(score: Score) -> None:
    assert write_text(score) == TEXT


def test_the_page_has_a_row_for_each_variant(score: Score) -> None:
    page = write_markdown(score)
    assert "| sort | 2 | 0 | 1 | 1 | 0 | 1 |" in page
    assert (
        f"| `KilledByTwo` | {STATUS} | Does what KilledByTwo says. | {STATUS}, {PAGE} | GET /a: ST2 |" in page
    )
    assert f"| `Alarming` | Does what Alarming says. | 2 | {SORT} (seed 1), {LIST} (seed 1) | 0 | 0 |" in page
    assert f"| {PAGE} | Killed | KilledByTwo |" in page
    assert f"| {SORT} | It names the key. |" in page
    assert f"Kill no mutant alone and have no justification: {STATUS}, {LIST}" in page
    assert f"Have a stale justification, because they kill a mutant alone: {PAGE}" in page
    assert "- Survives: `third`" in page
    assert "| `Plain` | Does what Plain says. | 1 | 2 | 0 | 1 | 50.0% |" in page
    assert f"- Lost: {STATUS} on KilledByTwo with Plain: inconclusive: two instances" in page


def test_the_json_has_everything(score: Score) -> None:
    data = json.loads(write_json(score))
    assert [each["is_killed"] for each in data["mutants"]] == [True, True, False, False]
    assert data["families"][0]["family"] == "status"
    assert data["automatic"]["rate"] == 0.6667
    assert [each["rate"] for each in data["masked"]] == [0.5, 1.0]
    assert data["masked"][0]["lost"][0]["outcome"] == "inconclusive: two instances"
    assert data["conforming"][1]["alarms"][0] == {"seed": 1, "requirement_id": SORT}
    assert [(each["id"], each["standing"], each["is_stale"]) for each in data["requirements"]] == [
        (STATUS, "neither", False),
        (BODY, "kills alone", False),
        (LIST, "neither", False),
        (PAGE, "kills alone", True),
        (SORT, "justified", False),
    ]
    assert data["requirements"][-1]["justification"] == "It names the key."
    assert len(data["shortfalls"]) == 6


@pytest.mark.parametrize("part", PARTS)
def test_each_part_can_be_shown_alone(part: Part) -> None:
    told = tabulate([each for each in (*JUDGED, *SETS) if each.trial.part == part], BACKGROUND)
    assert told.parts == (part,)
    for written in (write_text(told), write_markdown(told), write_json(told)):
        assert "targets" in written or part in written
