"""The catalogue of requirements as it is shown: on the command line, and in the document that is committed."""

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
        "conformance/REQUIREMENTS.md is out of date: run `make requirements`, and commit what it wrote"
    )


def test_what_is_left_open_follows_something_in_the_document() -> None:
    assert [each.id for each in CATALOGUE.ambiguities if not CONTRACT.resolves(each.pointer)] == []


def test_what_is_left_open_has_ids_of_its_own() -> None:
    ids = [each.id for each in CATALOGUE.ambiguities]
    assert len(set(ids)) == len(ids)
    assert set(ids) & set(REQUIREMENT_IDS) == set()
    assert [each for each in ids if not re.fullmatch(r"ORC-OPEN-\d\d", each)] == []


@pytest.mark.parametrize("ambiguity", CATALOGUE.ambiguities, ids=lambda each: each.id)
def test_what_is_left_open_is_a_question_with_several_answers(ambiguity: object) -> None:
    row = AMBIGUITIES[getattr(ambiguity, "id", "")]
    assert re.fullmatch(r"[A-Z].*\?", row.question)
    assert len(set(row.readings)) >= 2
    assert [each for each in (*row.readings, row.why) if not re.fullmatch(r"\S.*\.", each)] == []


def test_requirements_that_questions_name_are_there() -> None:
    named = {id_ for each in CATALOGUE.ambiguities for id_ in re.findall(r"ORC-[A-Z0-9-]+\d", each.why)}
    assert named
    assert named <= set(REQUIREMENT_IDS)


def test_a_reasoning_is_a_sentence_or_two() -> None:
    reasoned = [each for each in CATALOGUE.requirements if each.reasoning]
    assert reasoned
    assert [each.id for each in reasoned if not re.fullmatch(r"[A-Za-z].*\.", each.reasoning)] == []
    assert [each.id for each in reasoned if len(re.findall(r"\.( |$)", each.reasoning)) > 2] == []


def test_every_should_says_why_it_is_no_must() -> None:
    assert [each.id for each in CATALOGUE.requirements if each.level == "SHOULD" and not each.reasoning] == []


@pytest.mark.parametrize("width", [80, 100, 140])
def test_a_terminal_gets_lines_that_fit(width: int) -> None:
    shown = write_text(CATALOGUE, width, is_verbose=True) + write_open(CATALOGUE, width)
    # A pointer is one word, and is not broken.
    assert [
        line for line in shown.splitlines() if len(line) >= width and not line.lstrip().startswith("/")
    ] == []


def test_a_file_gets_whole_lines() -> None:
    lines = write_text(CATALOGUE, None).splitlines()
    assert [line.split()[0] for line in lines if line.startswith("ORC-")] == REQUIREMENT_IDS
    (page,) = (line for line in lines if line.startswith("ORC-INST-PAGE-01 "))
    assert re.split(r" {2,}", page) == [
        "ORC-INST-PAGE-01",
        "MUST",
        "paging",
        "Pages that follow each other partition the list, in its order.",
    ]


def test_one_requirement_is_shown_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", "ORC-RUN-RETRY-04", "--spec", str(ROOT / SPEC)]) == 0
    line, column = locate(CONTRACT.text, "/components/schemas/ProcessInstanceDTO")
    shown = capsys.readouterr().out
    assert shown.startswith("ORC-RUN-RETRY-04  A retrigger of a finished run does not change it.\n")
    for said in (
        "level      MUST\n",
        "feature    retrigger\n",
        "topic      lifecycle\n",
        "document   /components/schemas/ProcessInstanceDTO\n",
        f"place      {ROOT / SPEC}:{line}:{column}\n",
        "follows    What a retrigger does to an instance that is not in ERROR is left open, ",
        "broken by  RetriggersTheFinished: Sets a completed run to ACTIVE when it is retriggered.\n",
    ):
        assert f"\n  {said}" in shown


def test_a_question_is_shown_by_its_id_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", "ORC-OPEN-01"]) == 0
    assert capsys.readouterr().out.startswith(
        "ORC-OPEN-01  Does LIKE tell capitals from small letters?\n    - "
    )


def test_an_earlier_document_may_lack_the_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = tmp_path / "openapi.yaml"
    spec.write_text("openapi: 3.1.0\npaths: {/v2: {get: {operationId: getIt, responses: {}}}}\n")
    assert run(["list", "ORC-INST-COUNT-01", "--spec", str(spec)]) == 0
    assert f"  place      {spec} has nothing there\n" in capsys.readouterr().out


def test_programs_get_arrays(capsys: pytest.CaptureFixture[str]) -> None:
    keys = {"id", "pointer", "question", "readings", "why"}
    assert run(["list", "--open", "--format", "json"]) == 0
    left_open = json.loads(capsys.readouterr().out)
    assert [each["id"] for each in left_open] == list(AMBIGUITIES)
    assert {frozenset(each) for each in left_open} == {frozenset(keys)}
    assert run(["list", "ORC-OPEN-02", "ORC-INST-PAGE-02", "--format", "json"]) == 0
    assert [each["id"] for each in json.loads(capsys.readouterr().out)] == ["ORC-INST-PAGE-02", "ORC-OPEN-02"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ORC-INST-PAGE-99"], "no requirement or question is called 'ORC-INST-PAGE-99': see "),
        (["ORC-INST-PAGE-01", "--open"], "ids, --open and --features exclude each other"),
        (["--features", "--format", "json"], "list --features supports --format text only"),
        (["--open", "--features"], "ids, --open and --features exclude each other"),
    ],
)
def test_a_mistake_could_not_be_listed(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["list", *arguments]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
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
def test_a_pointer_leads_to_a_place(pointer: str, place: tuple[int, int]) -> None:
    assert locate("a:\n  b/c:\n    - one\n    - two\n", pointer) == place


def test_the_document_that_ships_is_the_one_that_is_catalogued() -> None:
    assert read_catalogue(load_contract()) == CATALOGUE
