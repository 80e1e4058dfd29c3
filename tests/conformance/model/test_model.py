"""The model computes the right list for a search, and recognises the common mistakes."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from orchestrator_conformance.model.conditions import satisfies
from orchestrator_conformance.model.diagnosis import SeenList, explain, explain_lists, is_right_without
from orchestrator_conformance.model.drawing import draw_combination, list_comparisons, simplify, splits
from orchestrator_conformance.model.mistakes import list_mistakes
from orchestrator_conformance.model.searching import search

Row = dict[str, Any]


def row(number: int, state: str, process: str, start: str, end: str | None = None, **more: Any) -> Row:
    shown = {"id": f"i{number}", "state": state, "processId": process, "processName": process, "start": start}
    return {**shown, **({} if end is None else {"end": end}), **more}


ROWS = [
    row(1, "COMPLETED", "create-service", "2025-03-01T08:00:00Z", "2025-03-01T09:00:00Z", targetEntity="c:a"),
    row(2, "ACTIVE", "create-service", "2025-03-02T08:00:00Z", workflowdata={"name": 'a  "b" \\c'}),
    row(
        3,
        "ERROR",
        "grant-access",
        "2025-03-02T10:00:00+02:00",
        workflowdata={"name": "x", "size": {"unit": 1}},
    ),
    row(4, "COMPLETED", "grant-access", "2025-03-04T08:00:00Z", "2025-03-05T08:00:00Z", targetEntity="c:b"),
    row(5, "ABORTED", "move-data", "2025-03-05T08:00:00Z", "2025-03-05T08:30:00Z", initiatorEntity="u:x"),
]


def where(field: str, operator: str, value: Any) -> Row:
    return {"field": field, "operator": operator, "value": value}


def inside(*steps: str, operator: str = "EQ", value: Any) -> Row:
    *outer, last = steps
    condition = where(last, operator, value)
    for step in reversed(outer):
        condition = {"field": step, "nested": condition}
    return condition


def ids(rows: list[Row]) -> str:
    return "".join(each["id"][1:] for each in rows)


def joined(operator: str, *filters: Row) -> Row:
    return {"operator": operator, "filters": list(filters)}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (where("state", "EQ", "COMPLETED"), "14"),
        (where("state", "IN", ["ACTIVE", "ERROR"]), "23"),
        (where("processName", "LIKE", "*-a%"), "34"),
        (where("processName", "LIKE", "create"), ""),
        (where("processName", "LIKE", "create*"), "12"),
        (where("end", "IS_NULL", True), "23"),
        (where("end", "IS_NULL", False), "145"),
        (where("start", "EQ", "2025-03-02T08:00:00.000Z"), "23"),
        (where("start", "GT", "2025-03-02T08:00:00Z"), "45"),
        (where("start", "GTE", "2025-03-02T13:30:00+05:30"), "2345"),
        (where("start", "LT", "2025-03-02T08:00:00Z"), "1"),
        (where("end", "LTE", "2025-03-05T08:00:00Z"), "14"),
        (where("start", "BETWEEN", ["2025-03-02T08:00:00Z", "2025-03-04T08:00:00Z"]), "234"),
        (joined("AND", where("state", "EQ", "COMPLETED"), where("processId", "EQ", "grant-access")), "4"),
        (joined("OR", where("state", "EQ", "ERROR"), where("processId", "EQ", "create-service")), "123"),
        (joined("NOT", where("state", "EQ", "COMPLETED")), "235"),
        (inside("variables", "targetEntity", value="c:a"), "1"),
        (inside("variables", "targetEntity", operator="IS_NULL", value=True), "235"),
        (inside("variables", "workflowdata", "name", value='a  "b" \\c'), "2"),
        (inside("variables", "workflowdata", "size", "unit", value=1), "3"),
        (inside("variables", "workflowdata", "size", "unit", value=True), ""),
    ],
)
def test_a_condition_selects_the_rows_that_satisfy_it(condition: Row, expected: str) -> None:
    assert ids([each for each in ROWS if satisfies(each, condition)]) == expected


@pytest.mark.parametrize(
    ("paging", "expected"),
    [
        ({}, "12345"),
        ({"offset": 1, "pageSize": 2}, "23"),
        ({"pageSize": 0}, ""),
        ({"offset": 9}, ""),
        ({"orderBy": "start", "orderDirection": "DESC", "pageSize": 2}, "54"),
        ({"orderBy": "end"}, "14523"),
        ({"orderBy": "end", "orderDirection": "DESC"}, "54123"),
    ],
)
def test_a_search_returns_the_page_it_asks_for(paging: Row, expected: str) -> None:
    assert ids(search(ROWS, {"paginationInfo": paging})) == expected


CAUSES = [each.cause for each in list_mistakes()]


def test_every_mistake_has_a_unique_cause() -> None:
    assert len(set(CAUSES)) == len(CAUSES)


BODIES = [
    {"paginationInfo": {"offset": 2, "pageSize": 2}},
    {"paginationInfo": {"offset": 2000, "pageSize": 2}},
    {"paginationInfo": {"orderBy": "processId", "orderDirection": "DESC"}},
    {"paginationInfo": {"orderBy": "processId"}},
    {"filters": where("state", "EQ", "ACTIVE"), "paginationInfo": {"pageSize": 1}},
    {"filters": where("processId", "EQ", "create")},
    {"filters": where("processId", "LIKE", "create*")},
    {"filters": where("processId", "LIKE", "create%")},
    {"filters": where("processId", "LIKE", "create")},
    {"filters": where("processId", "LIKE", "access")},
    {"filters": where("processId", "EQ", "access")},
    {"filters": where("state", "IN", ["ACTIVE", "ERROR"])},
    {"filters": where("start", "GT", "2025-03-04T08:00:00Z")},
    {"filters": where("start", "GTE", "2025-03-04T08:00:00Z")},
    {"filters": where("start", "LT", "2025-03-04T08:00:00Z")},
    {"filters": where("start", "LTE", "2025-03-04T08:00:00Z")},
    {"filters": where("start", "LTE", "2025-03-04T02:30:00-05:30")},
    {"filters": where("start", "BETWEEN", ["2025-03-02T08:00:00Z", "2025-03-04T08:00:00Z"])},
    {"filters": where("end", "IS_NULL", True)},
    {"filters": where("end", "IS_NULL", False)},
    {"filters": joined("AND", where("state", "EQ", "COMPLETED"), where("processId", "EQ", "grant-access"))},
    {
        "filters": joined(
            "AND",
            where("end", "IS_NULL", False),
            where("processId", "LIKE", "*a*"),
            where("processId", "EQ", "grant-access"),
        )
    },
    {"filters": joined("AND", where("state", "IN", ["ERROR", "ACTIVE"]), where("state", "EQ", "ACTIVE"))},
    {"filters": joined("AND", where("state", "EQ", "ACTIVE"), where("state", "IN", ["ERROR", "ACTIVE"]))},
    {
        "filters": joined(
            "OR",
            where("state", "EQ", "ERROR"),
            where("state", "EQ", "ACTIVE"),
            where("processId", "EQ", "move-data"),
        )
    },
    {
        "filters": joined(
            "NOT", joined("AND", where("state", "EQ", "COMPLETED"), where("processId", "LIKE", "g*"))
        )
    },
    {"filters": joined("AND", where("end", "IS_NULL", True), joined("NOT", where("state", "EQ", "ERROR")))},
    {"filters": joined("NOT", inside("variables", "targetEntity", value="c:a"))},
    {"filters": joined("NOT", joined("OR", where("state", "EQ", "ACTIVE"), where("state", "EQ", "ERROR")))},
    {"filters": inside("variables", "targetEntity", value="c:a")},
    {"filters": inside("variables", "workflowdata", "name", value='a  "b" \\c')},
]


def test_each_mistake_is_recognised_by_its_list() -> None:
    recognised = set()
    for mistake in list_mistakes():
        for body in BODIES:
            guess = mistake.predict(ROWS, body)
            if guess is not None and mistake.cause in explain(ROWS, body, guess):
                recognised.add(mistake.cause)
    # These mistakes change the value of the filter to a text that no row has, so they all lead to an empty list.
    unrecognisable = {
        each for each in CAUSES if each.endswith("were dropped") or "space" in each or "past the end" in each
    }
    assert set(CAUSES) - recognised <= unrecognisable


MIXED = [
    row(1, "ACTIVE", "a", "2025-03-01T10:00:00+02:00", workflowdata={"name": "one  two"}),
    row(2, "ACTIVE", "b", "2025-03-01T09:00:00Z", workflowdata={"name": "one two"}),
    row(3, "ACTIVE", "c", "2025-03-01T09:30:00Z", workflowdata={"name": "one\t two"}, targetEntity="c:a"),
    row(4, "ERROR", "a", "2025-03-02T09:30:00Z", targetEntity="c:b"),
]


@pytest.mark.parametrize(
    ("body", "found", "cause"),
    [
        ({"filters": where("start", "GT", "2025-03-01T09:15:00Z")}, "134", "dates were compared as text"),
        ({"paginationInfo": {"orderBy": "start"}}, "2314", "dates were compared as text"),
        (
            {"filters": joined("NOT", inside("variables", "targetEntity", value="c:a"))},
            "4",
            "NOT dropped rows that lack the field",
        ),
        (
            {
                "filters": joined(
                    "NOT",
                    joined(
                        "AND",
                        where("state", "EQ", "ACTIVE"),
                        inside("variables", "targetEntity", value="c:a"),
                    ),
                )
            },
            "4",
            "NOT dropped rows that lack the field",
        ),
        (
            {"filters": joined("OR", where("processId", "EQ", "a"), where("processId", "EQ", "c"))},
            "3",
            "OR kept only the last filter on each field",
        ),
        (
            {"filters": joined("OR", where("processId", "EQ", "b"), where("processId", "EQ", "c"))},
            "2",
            "OR kept only the first filter on each field",
        ),
        ({}, "12", "a request without pageSize asked for 2 items"),
        ({"paginationInfo": {"pageSize": 9}}, "123", "pageSize were at most 3"),
        (
            {"filters": inside("variables", "workflowdata", "name", value="one  two")},
            "2",
            "runs of whitespace in a value of a filter were one space",
        ),
        (
            {"filters": inside("variables", "workflowdata", "name", value="one two")},
            "123",
            "runs of whitespace in a stored value were one space",
        ),
        (
            {"filters": inside("variables", "workflowdata", "name", value="one\t two")},
            "123",
            "runs of whitespace were one space",
        ),
        ({"paginationInfo": {"offset": 1, "pageSize": 2}}, "2", "rows were removed after the page was cut"),
        ({"paginationInfo": {"offset": 2, "pageSize": 2}}, "2", "rows were removed after the page was cut"),
        (
            {"filters": where("processId", "IN", ["a", "b"])},
            "2",
            "IN used only the last of its values on processId",
        ),
        (
            {"paginationInfo": {"orderBy": "processId"}},
            "1234",
            "orderBy processId were ignored",
        ),
    ],
)
def test_a_wrong_list_is_explained(body: Row, found: str, cause: str) -> None:
    assert cause in explain(MIXED, body, [MIXED[int(number) - 1] for number in found])


def seen(body: Row, found: str) -> SeenList:
    return SeenList(ROWS, body, [ROWS[int(number) - 1] for number in found])


IGNORED = seen({"filters": where("processId", "EQ", "move-data")}, "12345")
RIGHT_STATE = seen({"filters": where("state", "EQ", "ERROR")}, "3")
RIGHT_PROCESS = seen({"filters": where("processId", "EQ", "grant-access")}, "34")
WRONG_START = seen({"filters": where("start", "EQ", "2025-03-01T08:00:00Z")}, "2")


@pytest.mark.parametrize(
    ("evidence", "others", "cause"),
    [
        pytest.param([IGNORED], [], "the filter were ignored", id="the simplest"),
        pytest.param([IGNORED], [RIGHT_STATE], "EQ were ignored on texts", id="another list contradicts it"),
        pytest.param(
            [IGNORED, RIGHT_STATE], [], "EQ were ignored on texts", id="the evidence contradicts it"
        ),
        pytest.param([IGNORED], [RIGHT_STATE, RIGHT_PROCESS], None, id="all are contradicted"),
        pytest.param([IGNORED, WRONG_START], [], None, id="not all of the evidence is explained"),
        pytest.param(
            [IGNORED], [WRONG_START], "the filter were ignored", id="another wrong list says nothing"
        ),
        pytest.param([RIGHT_STATE], [], None, id="nothing is wrong"),
    ],
)
def test_a_cause_explains_everything_that_was_seen(
    evidence: list[SeenList], others: list[SeenList], cause: str | None
) -> None:
    assert next((each.cause for each in explain_lists(evidence, others)), None) == cause


def test_rows_without_a_field_can_be_the_only_ones_that_are_wrong() -> None:
    rows = [*ROWS[:4], {"id": "i5", "state": "ERROR"}]
    body = {"filters": where("processId", "EQ", "grant-access")}
    assert is_right_without(SeenList(rows, body, [*rows[2:4], rows[4]]), "processId")
    assert not is_right_without(SeenList(rows, body, [rows[2], rows[4]]), "processId")
    assert not is_right_without(SeenList(ROWS, body, ROWS), "processId")


def test_a_list_of_another_workflow_shows_that_the_path_is_ignored() -> None:
    own, others = ROWS[:2], ROWS[2:]
    found = SeenList(own, {}, ROWS, others=others)
    assert [each.cause for each in explain_lists([found])] == ["the workflow in the path were ignored"]


def test_a_right_answer_has_no_explanation() -> None:
    for body in BODIES:
        assert explain(ROWS, body, search(ROWS, body)) == []


def test_rows_with_equal_sort_keys_may_come_in_any_order() -> None:
    body = {"paginationInfo": {"orderBy": "state"}}
    rows = search(ROWS, body)
    turned = [rows[0], rows[1], rows[3], rows[2], rows[4]]
    assert explain(ROWS, body, turned) == []


@pytest.mark.parametrize(
    ("total", "causes"),
    [
        (3, []),
        (None, []),
        (1, ["totalCount counted only the page"]),
        (5, ["totalCount ignored the filter"]),
    ],
)
def test_a_wrong_total_is_explained(total: int | None, causes: list[str]) -> None:
    body = {"filters": where("end", "IS_NULL", False), "paginationInfo": {"pageSize": 1}}
    assert explain(ROWS, body, search(ROWS, body), total) == causes


def test_a_request_without_a_defined_meaning_is_not_explained() -> None:
    assert explain(ROWS, {"filters": {"field": "state"}}, ROWS) == []
    assert explain(ROWS, {"filters": where("start", "GT", "yesterday")}, ROWS) == []


def test_generated_conditions_split_the_rows() -> None:
    comparisons = list_comparisons(ROWS, lambda feature: True)
    assert {each.get("operator", "nested") for each in comparisons} >= {"EQ", "IN", "GT", "IS_NULL", "nested"}
    assert all(splits(each, ROWS) for each in comparisons)
    drawn = [draw_combination(comparisons, ROWS, Random(seed)) for seed in range(50)]
    assert all(each is not None and splits(each, ROWS) for each in drawn)
    assert drawn == [draw_combination(comparisons, ROWS, Random(seed)) for seed in range(50)]


def test_conditions_of_other_features_are_not_generated() -> None:
    comparisons = list_comparisons(ROWS, lambda feature: feature == "filter-eq-state")
    assert {each["field"] for each in comparisons} == {"state"}


def test_patterns_do_not_depend_on_case_or_underscores() -> None:
    rows = [*ROWS, row(6, "ACTIVE", "CREATE-SERVICE", "2025-03-06T08:00:00Z")]
    patterns = [
        each["value"] for each in list_comparisons(rows, lambda feature: feature == "filter-like-text")
    ]
    assert [each for each in patterns if "reate" in each or "REATE" in each] == []
    assert [each for each in patterns if "grant" in each] != []


def test_a_simplified_condition_is_shorter() -> None:
    condition = BODIES[25]["filters"]
    for simpler in simplify(condition):
        assert len(str(simpler)) < len(str(condition))
    assert list(simplify(where("state", "EQ", "ACTIVE"))) == []
