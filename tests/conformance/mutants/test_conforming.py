"""Conforming variants cause no false alarms, and the reference backend passes every check."""

from __future__ import annotations

import asyncio
import fnmatch
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Literal

import httpx
import pytest
from orchestrator_conformance.contract.contract import load_contract
from orchestrator_conformance.contract.requirements import is_of_operation
from orchestrator_conformance.mutants.conforming import ConformingVariant, list_conforming
from orchestrator_conformance.mutants.conforming.gateways import RateLimited
from orchestrator_conformance.mutants.conforming.timing import LateWithDefaultPage
from orchestrator_conformance.mutants.conforming.undecidable import REASONS, Reason, find_reason
from orchestrator_conformance.mutants.conforming.variant import LATE
from orchestrator_conformance.mutants.trial import try_variant
from orchestrator_conformance.reference.app import create_reference_app
from orchestrator_conformance.reference.serve import running_server
from orchestrator_conformance.reference.settings import ReferenceSettings
from orchestrator_conformance.runner import Findings, Options, run_suite
from orchestrator_conformance.statements import STATEMENTS, iter_requirements
from orchestrator_conformance.target.target import Target
from orchestrator_conformance.verdict.outcome import (
    Error,
    Fail,
    Inconclusive,
    Pass,
    Result,
    Verdict,
    decide,
)
from starlette.types import ASGIApp

VARIANTS = list_conforming()
# What shows seconds late takes minutes, and so do a list of ten thousand and one that never stays still. `make score`
# tries all of them, with more seeds and with what is generated.
LONG = {
    "ListsAreLate",
    "ReadsAreLate",
    "EverythingIsLate",
    "TwoReplicas",
    "TenThousandInstances",
    "ConcurrentUsers",
    "LateWithDefaultPage",
    "RateLimited",
    "SlowAnswers",
}
FAST = [each for each in VARIANTS if each.name not in LONG][::24]


def run_everything(settings: ReferenceSettings, seed: int) -> Findings:
    users = {"Authorization": "Bearer developer"}, {"Authorization": "Bearer visitor"}
    settings = replace(settings, token="developer", other_token="visitor")
    with (
        running_server(create_reference_app(settings)) as url,
        Target(url, users[0]) as target,
        Target(url, users[1]) as other,
    ):
        return run_suite(target, load_contract(), Options(seed, lambda workflow_id: True, other=other))


@pytest.mark.slow
@pytest.mark.parametrize(("error_style", "seed"), [("documented", 2)])
def test_the_reference_passes_every_requirement(
    error_style: Literal["sensible", "documented"], seed: int
) -> None:
    findings = run_everything(ReferenceSettings(error_style=error_style), seed)
    assert [each for each in findings.results if not isinstance(each.outcome, Pass)] == []
    assert decide(findings.results) is Verdict.CONFORMANT
    assert findings.left_running == ()


@pytest.mark.slow
def test_the_suite_waits_for_late_changes() -> None:
    settings = ReferenceSettings(visibility_delay=timedelta(seconds=0.3), moment=timedelta(seconds=3))
    findings = run_everything(settings, 0)
    assert [each for each in findings.results if not isinstance(each.outcome, Pass)] == []


def test_each_variant_has_a_unique_name_and_a_one_sentence_description() -> None:
    assert len(VARIANTS) >= 40
    assert len({variant.name for variant in VARIANTS}) == len(VARIANTS)
    assert list_conforming() == VARIANTS
    for variant in VARIANTS:
        assert variant.name.isidentifier()
        assert variant.says.endswith(".")
        # One sentence: any other period is part of a name.
        assert ". " not in variant.says


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
def test_a_variant_separates_its_users(variant: ConformingVariant) -> None:
    app = variant.create_app(ReferenceSettings(token="developer", other_token="visitor"))
    search = {"filters": {"field": "processId", "operator": "EQ", "value": "create-service"}}
    path = "v2/workflows/instances"
    assert send(app, None, path, search).status_code == 401
    assert send(app, "developer", path, search).status_code == 200
    assert send(app, "visitor", path, search).json()["items"] == []


def send(app: ASGIApp, token: str | None, path: str, body: object) -> httpx.Response:
    async def post() -> httpx.Response:
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), headers=headers) as client:
            return await client.post(f"http://reference/api/orchestrator/{path}", json=body)

    return asyncio.run(post())


@pytest.mark.slow
@pytest.mark.parametrize("variant", FAST, ids=lambda variant: variant.name)
def test_a_variant_causes_no_false_alarm(variant: ConformingVariant) -> None:
    expect_no_false_alarm(variant, max_examples=0)


@pytest.mark.slow
@pytest.mark.parametrize("variant", FAST[:1], ids=lambda variant: variant.name)
def test_a_variant_causes_no_false_alarm_with_generated_requests(variant: ConformingVariant) -> None:
    expect_no_false_alarm(variant, max_examples=3)


def expect_no_false_alarm(variant: ConformingVariant, max_examples: int) -> None:
    findings = try_variant(
        variant.create_app,
        load_contract(),
        seed=1,
        max_examples=max_examples,
        has_two_users=True,
        patience=variant.patience,
    )
    assert [each for each in findings.results if isinstance(each.outcome, (Fail, Error))] == []
    assert list_unexplained(variant.name, findings.results) == []
    assert findings.left_running == ()


READING = {"ORC-INST-PAGE-01", "ORC-INST-SORT-01", "ORC-INST-SORT-06", "ORC-ERR-ID-01", "ORC-FILT-DATE-04"}
RUNNING = {"ORC-RUN-EXEC-01", "ORC-RUN-EXEC-10", "ORC-RUN-ABORT-01", "ORC-RUN-ABORT-02"}
DATES = {f"ORC-FILT-DATE-0{number}" for number in range(1, 6)} | {"ORC-FILT-EQ-04"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "only"),
    [
        ("RateLimited", READING | RUNNING),
        ("FlakyGateway", READING | RUNNING),
        ("MicrosecondTimestamps", READING | RUNNING | DATES),
    ],
)
def test_a_difficult_variant_leaves_nothing_open(name: str, only: set[str]) -> None:
    (variant,) = (each for each in VARIANTS if each.name == name)
    findings = try_variant(
        variant.create_app,
        load_contract(),
        seed=1,
        max_examples=0,
        has_two_users=True,
        patience=variant.patience,
        only=only,
    )
    assert [each for each in findings.results if not isinstance(each.outcome, Pass)] == []
    assert {each.requirement.id for each in findings.results} == only
    assert findings.left_running == ()


class LateWithSmallPage(LateWithDefaultPage):
    """Shows changes late, and pages by default, which the contract does not allow."""

    default_page = 10


@pytest.mark.slow
def test_a_late_backend_that_pages_by_default_has_that_finding_only() -> None:
    complete = {"ORC-INST-PAGE-12", "ORC-INST-PAGE-13"}
    findings = try_variant(
        lambda settings: create_reference_app(backend=LateWithSmallPage(settings)),
        load_contract(),
        seed=1,
        max_examples=0,
        has_two_users=True,
        patience=LATE,
        only=READING | RUNNING | complete,
    )
    failed = {each.requirement.id for each in findings.results if isinstance(each.outcome, Fail)}
    assert failed
    assert failed <= complete
    undecided = {
        each.requirement.id for each in findings.results if not isinstance(each.outcome, (Pass, Fail))
    }
    assert undecided <= complete


def test_a_rate_limit_is_answered_with_the_seconds_to_wait() -> None:
    seconds = 0.0
    app = RateLimited(create_reference_app(), lambda: seconds)
    answers = [send(app, None, "v2/workflows/instances", {}) for _ in range(22)]
    assert [each.status_code for each in answers] == 20 * [200] + 2 * [429]
    assert answers[-1].headers["Retry-After"] == "1"
    seconds += 1
    assert send(app, None, "v2/workflows/instances", {}).status_code == 200


def test_a_flaky_gateway_answers_every_fiftieth_request() -> None:
    (variant,) = (each for each in VARIANTS if each.name == "FlakyGateway")
    app = variant.create_app(ReferenceSettings())
    answers = [send(app, None, "v2/workflows/instances", {}) for _ in range(150)]
    assert [
        (place, each.status_code) for place, each in enumerate(answers, 1) if each.status_code != 200
    ] == [
        (50, 502),
        (100, 503),
        (150, 502),
    ]


def list_unexplained(variant: str, results: Iterable[Result]) -> list[str]:
    """Return the MUST requirements on behaviour that are inconclusive without a reason in `undecidable.py`."""
    return [
        f"{each.requirement.id}: {each.outcome.missing}"
        for each in results
        if each.requirement.level == "MUST"
        and isinstance(each.outcome, Inconclusive)
        and not is_of_operation(each.requirement.id)
        and find_reason(variant, each.requirement.id) is None
    ]


def test_an_inconclusive_requirement_needs_a_reason() -> None:
    (known, other) = (STATEMENTS["ORC-RUN-RETRY-01"], STATEMENTS["ORC-FILT-EQ-01"])
    results = [Result(each, Inconclusive("a run")) for each in (known, other)]
    assert list_unexplained("EveryRunWaits", results) == ["ORC-FILT-EQ-01: a run"]


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: sorted(reason.variants)[0])
def test_a_reason_names_variants_and_requirements_that_exist(reason: Reason) -> None:
    assert reason.variants <= {variant.name for variant in VARIANTS}
    ids = [each.id for each in iter_requirements(load_contract())]
    assert [each for each in reason.patterns if not fnmatch.filter(ids, each)] == []


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: sorted(reason.variants)[0])
def test_a_reason_is_in_the_docs(reason: Reason) -> None:
    page = Path(__file__).parents[3] / "docs" / "explanation" / "judged-and-open.md"
    names = ", ".join(f"`{name}`" for name in sorted(reason.variants))
    assert f"| {reason.says} | {names} |" in page.read_text(encoding="utf-8")
