"""Tests of the catalogue of requirements, as `list` prints it and as `conformance/REQUIREMENTS.md` holds it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from orchestrator_conformance.commands.cli import run
from orchestrator_conformance.contract.contract import load_contract, read_contract
from orchestrator_conformance.listing.catalogue import read_catalogue
from orchestrator_conformance.listing.location import locate
from orchestrator_conformance.listing.markdown import write_markdown
from orchestrator_conformance.listing.text import write_open, write_text
from orchestrator_conformance.statements.ambiguities import AMBIGUITIES

ROOT = Path(__file__).parents[3]
SPEC = "spec/openapi.yaml"
CONTRACT = read_contract((ROOT / SPEC).read_text(encoding="utf-8"), SPEC)
CATALOGUE = read_catalogue(CONTRACT)
REQUIREMENT_IDS = [each.id for each in CATALOGUE.requirements]


def test_the_committed_catalogue_is_up_to_date() -> None:
    committed = (ROOT / "conformance" / "REQUIREMENTS.md").read_text(encoding="utf-8")
    is_current = committed == write_markdown(CATALOGUE, CONTRACT.source)
    assert is_current, (
        "conformance/REQUIREMENTS.md is out of date: run `make requirements` and commit the result"
    )


def test_pointers_of_ambiguities_resolve() -> None:
    assert [each.id for each in CATALOGUE.ambiguities if not CONTRACT.resolves(each.pointer)] == []


def test_ids_of_ambiguities_are_unique() -> None:
    ids = [each.id for each in CATALOGUE.ambiguities]
    assert len(set(ids)) == len(ids)
    assert set(ids) & set(REQUIREMENT_IDS) == set()
    assert [each for each in ids if not re.fullmatch(r"ORC-OPEN-\d\d", each)] == []


@pytest.mark.parametrize("ambiguity", CATALOGUE.ambiguities, ids=lambda each: each.id)
def test_an_ambiguity_is_a_question_with_several_readings(ambiguity: object) -> None:
    row = AMBIGUITIES[getattr(ambiguity, "id", "")]
    assert re.fullmatch(r"[A-Z].*\?", row.question)
    assert len(set(row.readings)) >= 2
    assert [each for each in (*row.readings, row.why) if not re.fullmatch(r"\S.*\.", each)] == []


def test_requirements_that_ambiguities_name_exist() -> None:
    named = {id_ for each in CATALOGUE.ambiguities for id_ in re.findall(r"ORC-[A-Z0-9-]+\d", each.why)}
    assert named
    assert named <= set(REQUIREMENT_IDS)


def test_a_reasoning_has_one_or_two_sentences() -> None:
    reasoned = [each for each in CATALOGUE.requirements if each.reasoning]
    assert reasoned
    assert [each.id for each in reasoned if not re.fullmatch(r"[A-Za-z].*\.", each.reasoning)] == []
    assert [each.id for each in reasoned if len(re.findall(r"\.( |$)", each.reasoning)) > 2] == []


def test_every_should_has_a_reasoning() -> None:
    assert [each.id for each in CATALOGUE.requirements if each.level == "SHOULD" and not each.reasoning] == []


@pytest.mark.parametrize("width", [80, 100, 140])
def test_lines_for_a_terminal_fit_its_width(width: int) -> None:
    shown = write_text(CATALOGUE, width, is_verbose=True) + write_open(CATALOGUE, width)
    # A pointer is a single word and is not wrapped.
    assert [
        line for line in shown.splitlines() if len(line) >= width and not line.lstrip().startswith("/")
    ] == []


def test_lines_for_a_file_are_not_wrapped() -> None:
    lines = write_text(CATALOGUE, None).splitlines()
    assert [line.split()[0] for line in lines if line.startswith("ORC-")] == REQUIREMENT_IDS
    (page,) = (line for line in lines if line.startswith("ORC-INST-PAGE-01 "))
    assert re.split(r" {2,}", page) == [
        "ORC-INST-PAGE-01",
        "MUST",
        "paging",
        "Consecutive pages partition the list and keep its order.",
    ]


def test_the_details_of_one_requirement_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", "ORC-RUN-RETRY-04", "--spec", str(ROOT / SPEC)]) == 0
    line, column = locate(CONTRACT.text, "/components/schemas/ProcessInstanceDTO")
    shown = capsys.readouterr().out
    assert shown.startswith("ORC-RUN-RETRY-04  A retrigger of a finished run does not change it.\n")
    for row in (
        "level      MUST\n",
        "feature    retrigger\n",
        "topic      lifecycle\n",
        "document   /components/schemas/ProcessInstanceDTO\n",
        f"place      {ROOT / SPEC}:{line}:{column}\n",
        "reason     What a retrigger does to an instance that is not in ERROR is left open, ",
        "broken by  RetriggersTheFinished: Sets a completed run to ACTIVE when it is retriggered.\n",
    ):
        assert f"\n  {row}" in shown


def test_an_ambiguity_is_listed_by_its_id(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", "ORC-OPEN-01"]) == 0
    assert capsys.readouterr().out.startswith("ORC-OPEN-01  Is LIKE case-sensitive?\n    - ")


def test_a_pointer_may_be_missing_in_an_earlier_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = tmp_path / "openapi.yaml"
    spec.write_text("openapi: 3.1.0\npaths: {/v2: {get: {operationId: getIt, responses: {}}}}\n")
    assert run(["list", "ORC-INST-COUNT-01", "--spec", str(spec)]) == 0
    assert f"  place      {spec} has nothing at this pointer\n" in capsys.readouterr().out


def test_json_output_is_an_array(capsys: pytest.CaptureFixture[str]) -> None:
    keys = {"id", "pointer", "question", "readings", "why"}
    assert run(["list", "--open", "--format", "json"]) == 0
    left_open = json.loads(capsys.readouterr().out)
    assert [each["id"] for each in left_open] == list(AMBIGUITIES)
    assert {frozenset(each) for each in left_open} == {frozenset(keys)}
    assert run(["list", "ORC-OPEN-02", "ORC-INST-PAGE-02", "--format", "json"]) == 0
    assert [each["id"] for each in json.loads(capsys.readouterr().out)] == ["ORC-INST-PAGE-02", "ORC-OPEN-02"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ORC-INST-PAGE-99"], "no requirement or question has the id 'ORC-INST-PAGE-99': run "),
        (["ORC-INST-PAGE-01", "--open"], "ids, --open and --features exclude each other"),
        (["--features", "--format", "json"], "list --features supports --format text only"),
        (["--open", "--features"], "ids, --open and --features exclude each other"),
    ],
)
def test_a_wrong_argument_is_reported_on_one_line(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["list", *arguments]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert len(captured.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        ("", (1, 1)),
        ("/a", (1, 1)),
        ("/a/b~1c", (2, 3)),
        ("/a/b~1c/1", (4, 7)),
        ("/a/b~1c/7", (2, 3)),
        ("/a/b~1c/1/deeper", (4, 7)),
        ("/none", (1, 1)),
    ],
)
def test_locate_returns_the_source_location_of_a_pointer(pointer: str, place: tuple[int, int]) -> None:
    assert locate("a:\n  b/c:\n    - one\n    - two\n", pointer) == place


def test_the_bundled_document_has_the_same_catalogue() -> None:
    assert read_catalogue(load_contract()) == CATALOGUE
