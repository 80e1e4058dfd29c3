"""The trials of a score, and the results of trials that crash, hang or raise."""

from __future__ import annotations

import os

import pytest
from orchestrator_conformance.contract.contract import load_contract
from orchestrator_conformance.mutants.handmade.catalogue import list_mutants
from orchestrator_conformance.score.parts import FAST_PARTS, PARTS
from orchestrator_conformance.score.rows.families import FAMILIES, family_of
from orchestrator_conformance.score.trials import pool
from orchestrator_conformance.score.trials.peer import read_failures
from orchestrator_conformance.score.trials.plan import plan_trials
from orchestrator_conformance.score.trials.pool import run_trials
from orchestrator_conformance.score.trials.trials import Judgement, Trial
from orchestrator_conformance.score.trials.variants import variants_of
from orchestrator_conformance.statements import iter_requirements


def test_every_mutant_has_a_family_and_every_family_a_mutant() -> None:
    assert {family_of(mutant.requirement_id) for mutant in list_mutants()} == set(FAMILIES)


def test_every_requirement_has_a_family() -> None:
    assert {family_of(each.id) for each in iter_requirements(load_contract())} == set(FAMILIES)


def test_a_group_without_a_family_is_refused() -> None:
    with pytest.raises(LookupError, match="ORC-NEW-01 has no family"):
        family_of("ORC-NEW-01")


def test_hand_made_mutants_have_unique_names_and_descriptions() -> None:
    variants = variants_of("hand-made")
    assert len(variants) == len(list_mutants())
    assert [name for name, each in variants.items() if not each.says.endswith(".")] == []


def test_the_fast_plan_is_a_subset_with_every_family() -> None:
    fast, whole = plan_trials(FAST_PARTS, 1, is_fast=True), plan_trials(PARTS, 5, is_fast=False)
    tried = [{(each.part, each.name, each.seed) for each in plan} for plan in (fast, whole)]
    assert tried[0] < tried[1]
    assert fast == plan_trials(FAST_PARTS, 1, is_fast=True)
    assert len(set(whole)) == len(whole)
    hand_made = variants_of("hand-made")
    chosen = {family_of(hand_made[each.name].requirement_id) for each in fast if each.kind == "hand-made"}
    assert chosen == set(FAMILIES)


def test_only_the_given_parts_are_planned() -> None:
    assert {each.part for each in plan_trials(["conforming"], 2, is_fast=False)} == {"conforming"}


def test_failures_are_read_from_the_report_of_the_peer() -> None:
    report = """<?xml version="1.0"?><testsuites><testsuite>
        <testcase name="GET /a"><failure message="ST103, ST202">1. ...</failure></testcase>
        <testcase name="POST /b"/>
        <testcase name="Stateful tests"><failure message="ST101"/></testcase>
    </testsuite></testsuites>"""
    assert read_failures(report) == {"GET /a: ST103", "GET /a: ST202", "Stateful tests: ST101"}


def behave(trial: Trial) -> Judgement:
    match trial.name:
        case "dies":
            os._exit(1)
        case "hangs":
            pool.threading.Event().wait()
    return Judgement(trial, (trial.name,))


TRIALS = [Trial("hand-made", "hand-made", name, 1) for name in ("a", "dies", "b", "hangs", "c", "d")]


@pytest.mark.slow
def test_a_crash_or_a_hang_affects_no_other_trial() -> None:
    told = run_trials(TRIALS, 2, judge=behave, limit=2.0)
    assert [each.trial for each in told] == TRIALS
    assert [each.failed for each in told] == [("a",), (), ("b",), (), ("c",), ("d",)]
    gone = "the process died or took more than 2 s"
    assert [each.problem for each in told] == ["", gone, "", gone, "", ""]


@pytest.mark.slow
def test_an_exception_in_a_trial_is_reported() -> None:
    reported: list[Judgement] = []
    unknown = Trial("hand-made", "hand-made", "no such mutant", 1)
    assert run_trials([unknown], 1, reported.append)[0].problem == "KeyError: 'no such mutant'"
    assert [each.trial for each in reported] == [unknown]
