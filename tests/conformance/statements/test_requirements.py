"""Tests that requirements, checks and mutants match: each statement has one check, and a mutant that breaks it."""

from __future__ import annotations

import re
from collections import Counter

from orchestrator_conformance.checks.catalogue import list_checks
from orchestrator_conformance.contract.contract import load_contract
from orchestrator_conformance.contract.requirements import Requirement
from orchestrator_conformance.mutants.handmade.catalogue import list_mutants
from orchestrator_conformance.statements import STATEMENTS, iter_requirements

CONTRACT = load_contract()
REQUIREMENTS: list[Requirement] = list(iter_requirements(CONTRACT))


def test_every_id_is_unique() -> None:
    assert [each for each, times in Counter(each.id for each in REQUIREMENTS).items() if times > 1] == []


def test_ids_have_the_same_form() -> None:
    form = re.compile(r"ORC(-[A-Z]+)+-\d\d|ORC-OP-[A-Za-z]+-(STATUS|TYPE|BODY|REFUSE)")
    assert [each.id for each in REQUIREMENTS if not form.fullmatch(each.id)] == []


def test_pointers_of_requirements_resolve() -> None:
    assert [each.id for each in REQUIREMENTS if not CONTRACT.resolves(each.pointer)] == []


def test_every_sentence_ends_with_a_full_stop() -> None:
    assert [each.id for each in REQUIREMENTS if not re.fullmatch(r"\S.*\S\.", each.sentence)] == []


def test_every_statement_has_one_check() -> None:
    assert Counter(check.requirement.id for check in list_checks()) == Counter(STATEMENTS.keys())


def test_every_operation_has_requirements_on_status_type_and_body() -> None:
    ids = {each.id for each in REQUIREMENTS}
    for operation_id in CONTRACT.operations:
        assert {f"ORC-OP-{operation_id}-{aspect}" for aspect in ("STATUS", "TYPE", "BODY")} <= ids


def test_every_statement_is_broken_by_a_mutant() -> None:
    assert set(STATEMENTS) - {mutant.requirement_id for mutant in list_mutants()} == set()


def test_every_mutant_breaks_an_existing_requirement() -> None:
    assert {mutant.requirement_id for mutant in list_mutants()} <= {each.id for each in REQUIREMENTS}
