"""The claims of a deployment decide what fails, what is skipped, and which requests are never sent."""

from __future__ import annotations

from pathlib import Path

import pytest
from orchestrator_conformance.commands.target_options import choose_claims
from orchestrator_conformance.contract.cannot_run import CannotRun
from orchestrator_conformance.contract.contract import load_contract
from orchestrator_conformance.contract.features import (
    CORE,
    FEATURES,
    STANDARD,
    Claims,
    adjust,
    claims_of,
    read_claims,
)
from orchestrator_conformance.reference.app import create_reference_app
from orchestrator_conformance.reference.backend import ReferenceBackend
from orchestrator_conformance.reference.serve import running_server
from orchestrator_conformance.runner import Options, run_suite
from orchestrator_conformance.statements import iter_requirements
from orchestrator_conformance.target.target import Target
from orchestrator_conformance.verdict.outcome import Fail, Inconclusive, Pass, Result, Skip
from orchestrator_v2 import models
from orchestrator_v2.server import HTTPError
from starlette.types import ASGIApp

CONTRACT = load_contract()


class NoLogs(ReferenceBackend):
    async def get_workflow_log_by_id(
        self, instance_id: str, *, rawlog: bool = False
    ) -> models.WorkflowLogsResponse:
        raise HTTPError(500, "no log provider is configured")


def judge(app: ASGIApp, claims: Claims, *, may_run: bool = False) -> dict[str, Result]:
    options = Options(0, (lambda _: True) if may_run else None, max_examples=0, claims=claims)
    with running_server(app) as url, Target(url) as target:
        return {each.requirement.id: each for each in run_suite(target, CONTRACT, options).results}


def test_every_requirement_belongs_to_a_feature_and_every_feature_has_one() -> None:
    assert {each.feature for each in iter_requirements(CONTRACT)} == set(FEATURES)


@pytest.mark.parametrize("profile", ["read-only", "standard", "full"])
def test_a_profile_claims_every_core_feature(profile: str) -> None:
    claims = choose_claims(profile, None, "", "", may_run=False)  # type: ignore[arg-type]
    assert CORE.keys() <= claims.claimed <= FEATURES.keys()
    assert not claims.claimed & claims.disclaimed


def test_a_missing_feature_fails_if_it_is_claimed_and_is_skipped_otherwise() -> None:
    ids = ("ORC-INST-LOG-01", "ORC-OP-getWorkflowLogById-STATUS")
    lacking = judge(create_reference_app(backend=NoLogs()), STANDARD)
    assert all(isinstance(lacking[id_].outcome, Skip) for id_ in ids)
    claimed = judge(create_reference_app(backend=NoLogs()), adjust(STANDARD, ["logs"], []))
    assert isinstance(claimed["ORC-INST-LOG-01"].outcome, Fail)
    assert isinstance(claimed["ORC-OP-getWorkflowLogById-STATUS"].outcome, Inconclusive)
    there = judge(create_reference_app(), STANDARD)
    assert all(isinstance(there[id_].outcome, Pass) for id_ in ids)


def test_a_disclaimed_feature_is_skipped_and_its_requests_are_not_sent() -> None:
    paths = []
    app = create_reference_app()

    async def watch(scope, receive, send) -> None:  # type: ignore[no-untyped-def]
        paths.append(scope.get("path", ""))
        await app(scope, receive, send)

    results = judge(watch, adjust(STANDARD, [], ["ping", "filter-like-text"]))
    skipped = {id_ for id_, each in results.items() if isinstance(each.outcome, Skip)}
    assert {"ORC-WF-PING-01", "ORC-FILT-LIKE-01", "ORC-OP-pingWorkflowServiceById-STATUS"} <= skipped
    assert [path for path in paths if "ping" in path] == []


def test_read_only_starts_nothing() -> None:
    results = judge(create_reference_app(), claims_of("read-only"))
    for result in results.values():
        if result.requirement.feature in ("execution", "abort", "retrigger"):
            assert result.outcome == Skip(f"the feature {result.requirement.feature} is not claimed")


def test_without_abort_the_unfinished_instances_are_reported() -> None:
    with running_server(create_reference_app()) as url, Target(url) as target:
        options = Options(0, lambda _: True, max_examples=0, claims=adjust(STANDARD, [], ["abort"]))
        findings = run_suite(target, CONTRACT, options)
    assert findings.left_running
    assert not any(isinstance(each.outcome, Fail) for each in findings.results)


def test_the_command_line_takes_precedence_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "claims.toml"
    file.write_text('profile = "read-only"\nclaim = ["logs"]\ndisclaim = ["ping", "statistics"]\n')
    claims = choose_claims(None, file, "statistics", "", may_run=False)
    assert {"logs", "statistics"} <= claims.claimed
    assert claims.disclaimed == {"ping", "execution", "abort", "retrigger"}
    assert "execution" in choose_claims("standard", file, "", "", may_run=True).claimed


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("profile = ", "invalid TOML: Invalid value (at end of document)"),
        ('profile = "most"', "unknown profile 'most'; expected read-only, standard or full"),
        ('claims = ["logs"]', "unknown key 'claims'; expected profile, claim or disclaim"),
        ('claim = "logs"', 'claim must be a list of feature names, such as claim = ["logs"]'),
        ("claim = [1]", 'claim must be a list of feature names, such as claim = ["logs"]'),
    ],
)
def test_the_message_about_a_bad_file_names_the_file_and_the_key(
    tmp_path: Path, text: str, message: str
) -> None:
    file = tmp_path / "claims.toml"
    file.write_text(text)
    with pytest.raises(CannotRun) as raised:
        read_claims(file)
    assert str(raised.value) == f"{file}: {message}"


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match=r"none\.toml: cannot be read: No such file"):
        read_claims(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("claim", "disclaim", "message"),
    [
        ("log", "", "unknown feature 'log'; expected one of: operations, "),
        ("", "instances", "the feature 'instances' cannot be disclaimed: every backend must have it"),
        ("logs", "logs", "the feature 'logs' is both claimed and disclaimed"),
        ("sort-end", "sorting", "the feature 'sort-end' is both claimed and disclaimed"),
    ],
)
def test_unknown_and_contradictory_names_are_errors(claim: str, disclaim: str, message: str) -> None:
    with pytest.raises(CannotRun, match=message):
        choose_claims(None, None, claim, disclaim, may_run=False)


def test_one_sort_key_can_be_disclaimed() -> None:
    claims = adjust(STANDARD, [], ["sort-end"])
    assert not claims.allows("sort-end")
    assert claims.allows("sorting")


def test_disclaiming_sorting_disclaims_every_sort_key() -> None:
    lacking = adjust(STANDARD, [], ["sorting"])
    assert [each for each in FEATURES if each.startswith("sort") and lacking.allows(each)] == []
    regained = adjust(lacking, ["sort-end"], [])
    assert [each for each in FEATURES if each.startswith("sort") and regained.allows(each)] == [
        "sorting",
        "sort-end",
    ]


def test_allowing_runs_contradicts_a_read_only_profile() -> None:
    with pytest.raises(CannotRun, match="--allow-runs requires the feature execution, which is not claimed"):
        choose_claims("read-only", None, "", "", may_run=True)
