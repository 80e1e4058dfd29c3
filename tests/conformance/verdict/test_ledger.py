"""The ledger counts each distinct fault of an operation, with its own evidence."""

from __future__ import annotations

import json
from typing import Any

from orchestrator_conformance.contract.contract import load_contract
from orchestrator_conformance.target.exchange import Exchange, Request, Response
from orchestrator_conformance.verdict.ledger import Ledger
from orchestrator_conformance.verdict.outcome import Fail, Inconclusive, Outcome, Pass

CONTRACT = load_contract()
INSTANCE: dict[str, Any] = {"id": "a", "processId": "b", "nodes": []}
NULLS = "the document allowed null in optional fields of ProcessInstanceDTO"
STATES = "the document allowed a value of ProcessInstanceStatusDTO in another case"


def answer(status: int, body: Any, content_type: str = "application/json") -> Exchange:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = Request("GET", "/v2/workflows/instances/a", (), b"")
    response = Response(status, (("content-type", content_type),), data)
    return Exchange("getInstanceById", request, response, is_good=True)


def outcomes_of(*exchanges: Exchange) -> dict[str, Outcome]:
    ledger = Ledger(CONTRACT)
    for each in exchanges:
        ledger.record(each)
    prefix = "ORC-OP-getInstanceById-"
    results = ledger.results(may_run=True)
    return {
        each.requirement.id.removeprefix(prefix): each.outcome
        for each in results
        if each.requirement.id.startswith(prefix)
    }


def test_each_cause_is_a_fault_with_its_own_evidence() -> None:
    nulls, both = (
        answer(200, INSTANCE | {"end": None}),
        answer(200, INSTANCE | {"end": None, "state": "Error"}),
    )
    outcome = outcomes_of(nulls, both)["BODY"]
    assert isinstance(outcome, Fail)
    assert outcome.causes == (NULLS, STATES)
    assert [(each.causes, each.evidence) for each in outcome.faults] == [
        ((NULLS,), (nulls, both)),
        ((STATES,), (both,)),
    ]
    assert outcome.found.startswith('/end: null is not of type "string" (and 1 more); /state: ')


def test_a_single_cause_is_the_failure_itself() -> None:
    outcome = outcomes_of(*(answer(200, INSTANCE | {"end": None}) for _ in range(9)))["BODY"]
    assert isinstance(outcome, Fail)
    assert (outcome.causes, outcome.faults, len(outcome.evidence)) == ((NULLS,), (), 3)
    assert outcome.found.endswith("(and 8 more)")


def test_a_fault_of_one_aspect_leaves_the_others_to_be_judged() -> None:
    outcomes = outcomes_of(answer(200, INSTANCE | {"end": None}))
    assert outcomes["STATUS"] == Pass(1)
    assert outcomes["TYPE"] == Pass(1)
    outcomes = outcomes_of(answer(200, INSTANCE, "text/plain"))
    assert isinstance(outcomes["TYPE"], Fail)
    assert outcomes["BODY"] == Pass(1)


def test_a_body_that_cannot_be_judged_is_not_right() -> None:
    outcomes = outcomes_of(answer(200, b"<p>", "text/html"))
    assert isinstance(outcomes["TYPE"], Fail)
    assert isinstance(outcomes["BODY"], Inconclusive)


def test_refusals_with_different_messages_are_different_faults() -> None:
    statuses = [answer(404, {"message": message}) for message in ("no a1", "no b2", "gone")]
    outcome = outcomes_of(*statuses)["STATUS"]
    assert isinstance(outcome, Fail)
    assert [each.found for each in outcome.faults] == ["status 404: no a1 (and 1 more)", "status 404: gone"]
