"""One root cause is one finding, with the fewest requests and a script that reproduces it."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime
from typing import Final

import pytest
from orchestrator_conformance.contract.contract import load_contract
from orchestrator_conformance.contract.requirements import Level, Requirement
from orchestrator_conformance.mutants.handmade.catalogue import list_mutants
from orchestrator_conformance.reference.serve import running_server
from orchestrator_conformance.reference.settings import ReferenceSettings
from orchestrator_conformance.report.document import Report
from orchestrator_conformance.report.script import name_script, write_script
from orchestrator_conformance.runner import Findings, Options, run_suite
from orchestrator_conformance.target.exchange import Exchange, Request, Response
from orchestrator_conformance.target.target import Target
from orchestrator_conformance.verdict.findings import group_failures
from orchestrator_conformance.verdict.outcome import Fail, Pass, Result
from orchestrator_conformance.verdict.shrinking import find_steps
from orchestrator_conformance.verdict.subsumption import explains

TOKEN: Final = "the-token-of-the-test"


def result(id_: str, level: Level = "MUST", causes: tuple[str, ...] = (), steps: int = 1) -> Result:
    requirement = Requirement(id_, level, "paging", "paging", "/paths", "It is so.")
    exchanges = tuple(exchange("getInstances", "POST", "/v2") for _ in range(steps))
    return Result(requirement, Fail("this", f"that of {id_}", exchanges[:1], causes, steps=exchanges))


def exchange(operation_id: str, method: str, path: str, body: bytes = b"", answer: bytes = b"{}") -> Exchange:
    return Exchange(operation_id, Request(method, path, (), body), Response(200, (), answer), is_good=True)


def summarize(*results: Result) -> list[tuple[str, list[str]]]:
    return [
        (finding.cause, [each.requirement.id for each in finding.results])
        for finding in group_failures(results)
    ]


def test_failures_of_one_cause_are_one_finding() -> None:
    assert summarize(result("A", causes=("x",)), result("B", causes=("x",)), result("C")) == [
        ("x", ["A", "B"]),
        ("", ["C"]),
    ]


def test_the_cause_that_explains_the_most_failures_wins() -> None:
    assert summarize(
        result("A", causes=("x", "y")), result("B", causes=("y",)), result("C", causes=("y", "x"))
    ) == [("y", ["A", "B", "C"])]


def test_the_simpler_cause_wins_a_tie() -> None:
    assert summarize(result("A", causes=("simple", "odd"))) == [("simple", ["A"])]


def test_the_head_of_a_finding_is_a_must_with_the_fewest_requests() -> None:
    results = [
        result("A", "SHOULD", ("x",), 1),
        result("B", "MUST", ("x",), 5),
        result("C", "MUST", ("x",), 2),
    ]
    assert summarize(*results) == [("x", ["C", "B", "A"])]


def test_a_passed_requirement_is_not_a_finding() -> None:
    passed = Result(result("A").requirement, Pass(1))
    assert group_failures([passed]) == []


START = exchange("executeWorkflow", "POST", "/v2/workflows/w/execute", b"{}", b'{"id": "run-1"}')
OTHER = exchange("executeWorkflow", "POST", "/v2/workflows/w/execute", b"{}", b'{"id": "run-2"}')
ABORT = exchange("abortWorkflow", "DELETE", "/v2/workflows/instances/run-1/abort")
ABORT_OTHER = exchange("abortWorkflow", "DELETE", "/v2/workflows/instances/run-2/abort")
READ = exchange("getInstanceById", "GET", "/v2/workflows/instances/run-1")
READ_AGAIN = exchange("getInstanceById", "GET", "/v2/workflows/instances/run-1")
WHOLE = exchange("getInstances", "POST", "/v2/workflows/instances", b"{}")
FILTERED = exchange("getInstances", "POST", "/v2/workflows/instances", b'{"filters": 1}')
START_EXCHANGES = {"run-1": START, "run-2": OTHER}


def failure(*evidence: Exchange, expected: str = "this", found: str = "that", steps: int = 0) -> Fail:
    return Fail(expected, found, evidence, steps=(START,) * steps + evidence)


def listed(filters: dict[str, object] | None = None, **paging: object) -> Exchange:
    body = {**({"filters": filters} if filters else {}), **({"paginationInfo": paging} if paging else {})}
    return exchange("getInstances", "POST", "/v2/workflows/instances", json.dumps(body).encode())


def refused(operation_id: str, path: str, message: str, status: int = 500) -> Exchange:
    response = Response(status, (), json.dumps({"message": message}).encode())
    return Exchange(operation_id, Request("POST", path, (), b""), response, is_good=True)


def group(*failures: Fail, topic: str = "") -> list[list[str]]:
    results = [
        Result(result(f"ORC-{topic}{name}").requirement, each)
        for name, each in zip("AB", failures, strict=True)
    ]
    return [[each.requirement.id[-1] for each in finding.results] for finding in group_failures(results)]


def where(field: str, operator: str = "EQ") -> dict[str, object]:
    return {"field": field, "operator": operator, "value": "x"}


def joined(operator: str, *filters: object) -> dict[str, object]:
    return {"operator": operator, "filters": list(filters)}


def test_two_causes_do_not_merge_because_a_third_failure_shows_both() -> None:
    both = Fail(
        "a", "b", causes=("x", "y"), faults=(Fail("a", "b", causes=("x",)), Fail("a", "b", causes=("y",)))
    )
    results = [Result(result("A").requirement, both), result("B", causes=("x",)), result("C", causes=("y",))]
    assert summarize(*results) == [("x", ["A", "B"]), ("y", ["A", "C"])]
    assert [finding.number for finding in group_failures(results)] == [1, 2]


def test_the_findings_of_one_requirement_have_scripts_of_their_own() -> None:
    faults = tuple(Fail("a", found, causes=(found,)) for found in ("x", "y"))
    findings = group_failures([Result(result("A").requirement, Fail("a", "x; y", faults=faults))])
    assert [name_script(finding) for finding in findings] == ["A.sh", "A-2.sh"]
    assert [finding.failure.found for finding in findings] == ["x", "y"]


ID = "3f1c2a9e-6f0b-4c57-9d3e-8b1a5e7c2d10"


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (("getInstances", "/a", "no"), ("getInstances", "/a", "no"), True),
        (("getInstances", "/a", "no"), ("getInstances", "/a", "never"), False),
        (("getInstances", "/a", "no"), ("getWorkflowInstances", "/a", "no"), False),
        (("abortWorkflow", f"/{ID}", f"{ID} is gone"), ("abortWorkflow", "/x", "7f is gone"), True),
        (
            ("executeWorkflow", "/one-workflow", "one-workflow is down"),
            ("executeWorkflow", "/another", "another is down"),
            True,
        ),
        (("getInstances", "/a", "the field 'x' is 3"), ("getInstances", "/a", 'the field "yy" is 12'), True),
    ],
)
def test_failures_merge_if_one_operation_refuses_in_the_same_way(
    one: tuple[str, str, str], other: tuple[str, str, str], is_same: bool
) -> None:
    assert group(failure(refused(*one)), failure(refused(*other))) == (
        [["A", "B"]] if is_same else [["A"], ["B"]]
    )


def test_another_status_is_another_refusal() -> None:
    refusals = (refused("getInstances", "/a", "no", status) for status in (500, 404))
    assert group(*map(failure, refusals)) == [["A"], ["B"]]


def test_a_refused_step_explains_what_follows() -> None:
    refusal = refused("abortWorkflow", "/a", "no")
    later = Fail("ABORTED", "ACTIVE", (READ,), steps=(START, refusal, READ))
    assert group(later, failure(refusal)) == [["B", "A"]]
    assert group(later, failure(WHOLE)) == [["A"], ["B"]]


EQ, BOTH = where("state"), joined("AND", where("state"), where("processId"))


@pytest.mark.parametrize(
    ("simple", "other", "is_explained"),
    [
        pytest.param(listed(EQ), listed(BOTH), True, id="a part of a logical filter"),
        pytest.param(listed(EQ), listed(EQ, pageSize=3), True, id="a page of it"),
        pytest.param(listed(where("processId", "LIKE")), listed(BOTH), False, id="another operator"),
        pytest.param(listed(), listed(BOTH), False, id="nothing in particular"),
        pytest.param(listed(BOTH), listed(EQ), False, id="more than the other"),
        pytest.param(listed(BOTH), listed(joined("NOT", joined("AND", EQ))), False, id="AND elsewhere"),
        pytest.param(
            listed(joined("NOT", BOTH)),
            listed(joined("NOT", joined("AND", where("end")))),
            True,
            id="the same logic",
        ),
        pytest.param(listed(offset=3), listed(offset=0, orderBy="start"), False, id="no offset"),
        pytest.param(READ, listed(EQ), False, id="not a list"),
    ],
)
def test_a_simple_search_explains_one_that_includes_it(
    simple: Exchange, other: Exchange, is_explained: bool
) -> None:
    assert explains(failure(simple, found="a"), failure(other, found="b")) is is_explained


def test_a_single_action_explains_a_sequence_that_ends_with_it() -> None:
    once = Fail("ABORTED", "ERROR", (ABORT,), steps=(START, ABORT, READ))
    sequence = Fail(
        "ABORTED, after start, start, abort", "ERROR on run 2", (READ,), steps=(START, OTHER, ABORT, READ)
    )
    read_only = Fail("ACTIVE", "none", (READ,), steps=(START, READ))
    assert explains(once, sequence)
    assert not explains(sequence, once)
    assert not explains(read_only, sequence)


def test_a_wrong_answer_explains_a_comparison_with_it() -> None:
    assert explains(failure(READ, found="a"), failure(READ, WHOLE, found="b"))
    assert not explains(failure(READ, WHOLE, found="b"), failure(READ, found="a"))


def test_the_same_text_about_another_instance_is_the_same_failure() -> None:
    one, other = (
        exchange("getInstanceById", "GET", f"/v2/workflows/instances/{name}") for name in ("first", "second")
    )
    assert explains(failure(one, found="no first"), failure(other, found="no second"))
    assert not explains(failure(one, found="no first"), failure(other, found="no third"))


def test_a_violation_of_the_document_explains_no_behaviour() -> None:
    assert group(failure(listed(EQ)), failure(listed(BOTH), found="x"), topic="OP-getInstances-BODY-") == [
        ["A"],
        ["B"],
    ]


@pytest.mark.parametrize(
    ("evidence", "trace", "expected"),
    [
        ([ABORT], [OTHER, ABORT_OTHER, READ, ABORT, READ, READ_AGAIN], [START, ABORT, READ_AGAIN]),
        ([READ_AGAIN], [READ, ABORT, ABORT_OTHER, READ_AGAIN], [START, ABORT, READ_AGAIN]),
        ([FILTERED], [READ, FILTERED], [WHOLE, FILTERED]),
        ([WHOLE], [READ, WHOLE], [WHOLE]),
        ([START], [START, READ], [START, READ]),
        ([], [READ], []),
    ],
)
def test_irrelevant_exchanges_are_left_out(
    evidence: list[Exchange], trace: list[Exchange], expected: list[Exchange]
) -> None:
    assert list(find_steps(evidence, trace, START_EXCHANGES, WHOLE)) == expected


def run_on(name: str) -> tuple[Findings, str, str]:
    """Run the suite on a mutant. Returns the findings, the script of the first finding, and the script's output."""
    mutant = next(each for each in list_mutants() if each.name == name)
    with running_server(mutant.create_app(ReferenceSettings(token=TOKEN))) as url:
        with Target(url, {"Authorization": f"Bearer {TOKEN}"}) as target:
            options = Options(0, lambda workflow_id: True, 0, patience=0.2)
            findings = run_suite(target, load_contract(), options)
        report = Report(findings, url, True, "openapi.yaml", "", 0, "all", datetime.now(UTC), "0")
        script = write_script(report, report.causes[0])
        done = subprocess.run(
            ["sh"],
            input=script,
            env={"TOKEN": TOKEN, "PATH": "/usr/bin:/bin"},
            text=True,
            capture_output=True,
        )
        return findings, script, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_script_shows_the_failure() -> None:
    findings, script, said = run_on("AbortsNothing")
    causes = {
        cause for each in findings.results if isinstance(each.outcome, Fail) for cause in each.outcome.causes
    }
    assert causes == {"an abort did nothing"}
    assert TOKEN not in script
    assert '"state":"ACTIVE"' in said.replace(" ", "")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("OffsetCountsPages", "offset counted pages"),
        ("AndIsOr", "AND were OR"),
        ("BetweenExcludesItsEnd", "BETWEEN excluded its upper bound"),
        ("DirectionIsIgnored", "orderDirection were ignored"),
        ("PagesAreFiltered", "pages were cut before filtering"),
        ("OverviewsHaveNoFormat", "the document allowed WorkflowOverviewDTO without format"),
    ],
)
def test_the_cause_of_a_mutant_is_recognised(name: str, cause: str) -> None:
    findings, _, _ = run_on(name)
    assert [each.cause for each in group_failures(findings.results)] == [cause]
