"""Judgements of made-up trials, with their background data, for the tests of the score."""

from __future__ import annotations

from dataclasses import replace

from orchestrator_conformance.contract.contract import load_contract
from orchestrator_conformance.reference.app import create_reference_app
from orchestrator_conformance.score.parts import Part
from orchestrator_conformance.score.rows.automatic_row import Triage
from orchestrator_conformance.score.rows.justified import Justifications
from orchestrator_conformance.score.score import Background
from orchestrator_conformance.score.trials.masked import MaskedResult
from orchestrator_conformance.score.trials.trials import Judgement, Trial
from orchestrator_conformance.score.trials.variants import Kind, Variant
from orchestrator_conformance.statements import iter_requirements

STATUS = "ORC-OP-getInstances-STATUS"
BODY = "ORC-OP-getInstances-BODY"
PAGE = "ORC-INST-PAGE-01"
SORT = "ORC-INST-SORT-01"
LIST = "ORC-INST-LIST-01"


def describe(name: str, requirement_id: str = "") -> Variant:
    return Variant(name, create_reference_app, requirement_id, f"Does what {name} says.")


REQUIREMENTS = tuple(
    each for each in iter_requirements(load_contract()) if each.id in (STATUS, BODY, PAGE, SORT, LIST)
)
BACKGROUND = Background(
    hand_made={
        each.name: each
        for each in (
            describe("Killed", PAGE),
            describe("KilledByTwo", STATUS),
            describe("CaughtByAnother", SORT),
            describe("Survivor", SORT),
        )
    },
    conforming={each.name: each for each in (describe("Quiet"), describe("Alarming"))},
    requirements=REQUIREMENTS,
    triage=Triage(frozenset({"same"}), frozenset({"may be"}), frozenset({"who knows", "wrong triage"})),
    justifications=Justifications({SORT: "It names the key.", PAGE: "It came first."}, {}),
    bases={
        each.name: each
        for each in (
            describe("Plain"),
            replace(describe("Refusing"), refuses=frozenset({"getInstances"})),
        )
    },
)


def judged(part: Part, name: str, *failed: str, kind: Kind | None = None, seed: int = 1) -> Judgement:
    return Judgement(Trial(part, kind or "reference" if part == "peer" else part, name, seed), failed)


def masked(name: str, base: str, *failed: str, outcome: str = "") -> Judgement:
    """Return the judgement of a mutant with a base fault, or without one if `base` is empty."""
    trial = Trial("masked", "hand-made", name, 1, base=base, only=(PAGE,))
    shown_by = ("getInstances",) if name == "KilledByTwo" else ("getInstanceById",)
    return Judgement(trial, failed, masked=MaskedResult(shown_by if failed else (), outcome))


def masked_base(name: str, findings: int | None, *failed: str) -> Judgement:
    """Return the judgement of a base fault alone."""
    return Judgement(Trial("masked", "base", name, 1), failed, masked=MaskedResult(findings=findings))


MASKED = (
    masked_base("Plain", 1),
    masked_base("Refusing", 2, STATUS),
    masked("Killed", "", PAGE),
    masked("KilledByTwo", "", STATUS),
    masked("Survivor", "", outcome="passed"),
    masked("Killed", "Plain", PAGE),
    masked("KilledByTwo", "Plain", outcome="inconclusive: two instances"),
    masked("Survivor", "Plain", outcome="passed"),
    masked("Killed", "Refusing", PAGE),
    masked("KilledByTwo", "Refusing", outcome="inconclusive: an answer of getInstances"),
    masked("Survivor", "Refusing", outcome="passed"),
)

SETS = (Judgement(Trial("sets", "set", "Killed+Survivor", 1), findings=((PAGE,), (SORT,))),)

JUDGED = (
    *MASKED,
    judged("hand-made", "Killed", PAGE),
    judged("hand-made", "KilledByTwo", STATUS, PAGE),
    judged("hand-made", "CaughtByAnother", BODY),
    judged("hand-made", "Survivor"),
    judged("automatic", "first", PAGE),
    judged("automatic", "second", SORT),
    judged("automatic", "third"),
    judged("automatic", "same"),
    judged("automatic", "may be"),
    judged("automatic", "who knows"),
    judged("automatic", "wrong triage", SORT),
    replace(judged("automatic", "unfit"), is_built=False),
    replace(judged("conforming", "Quiet", seed=0), undecided=(PAGE, SORT)),
    replace(judged("conforming", "Quiet", seed=1), undecided=(PAGE,)),
    judged("conforming", "Alarming", seed=0),
    replace(judged("conforming", "Alarming", SORT, seed=1), errors=(LIST,)),
    judged("peer", "reference", "GET /a: ST1", "GET /b: ST1"),
    judged("peer", "Killed", "GET /a: ST1", kind="hand-made"),
    judged("peer", "KilledByTwo", "GET /a: ST1", "GET /a: ST2", kind="hand-made"),
    judged("peer", "CaughtByAnother", kind="hand-made"),
    judged("peer", "Survivor", "GET /c: ST1", kind="hand-made"),
    judged("peer", "Quiet", "GET /a: ST1", kind="conforming"),
    judged("peer", "Alarming", kind="conforming"),
)


ALL_JUSTIFIED = replace(
    BACKGROUND, justifications=Justifications({each.id: "It says why." for each in REQUIREMENTS}, {})
)
FINE = (
    judged("hand-made", "Killed", PAGE),
    judged("automatic", "first", PAGE),
    judged("conforming", "Quiet"),
    judged("peer", "reference", "GET /a: ST1"),
    judged("peer", "Quiet", "GET /a: ST1", kind="conforming"),
)


def broken(judgement: Judgement) -> Judgement:
    return replace(judgement, failed=(), problem="its process died")
