"""What a conforming backend lists is worked out right, and the usual mistakes are told from it."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from orchestrator_conformance.model.conditions import satisfies
from orchestrator_conformance.model.diagnosis import explain
from orchestrator_conformance.model.drawing import draw_combination, list_comparisons, parts, simplify
from orchestrator_conformance.model.neighbours import list_neighbours
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
def test_a_condition_is_satisfied_as_the_document_says(condition: Row, expected: str) -> None:
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
def test_a_page_is_cut_as_the_document_says(paging: Row, expected: str) -> None:
    assert ids(search(ROWS, {"paginationInfo": paging})) == expected


SAID = [each.says for each in list_neighbours()]


def test_every_mistake_has_words_of_its_own() -> None:
    assert len(set(SAID)) == len(SAID)


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
    {"filters": inside("variables", "targetEntity", value="c:a")},
    {"filters": inside("variables", "workflowdata", "name", value='a  "b" \\c')},
]


def test_each_mistake_is_recognised_by_what_it_leads_to() -> None:
    recognised = set()
    for neighbour in list_neighbours():
        for body in BODIES:
            guess = neighbour.predict(ROWS, body)
            if guess is not None and neighbour.says in explain(ROWS, body, guess):
                recognised.add(neighbour.says)
    # Texts are looked for in what the rows hold: a text that loses something is found nowhere.
    nothing_alike = {says for says in SAID if "dropped" in says or "spaces" in says or "past the end" in says}
    assert set(SAID) - recognised <= nothing_alike


def test_nothing_explains_what_is_right() -> None:
    for body in BODIES:
        assert explain(ROWS, body, search(ROWS, body)) == []


def test_rows_that_are_alike_may_stand_in_any_order() -> None:
    body = {"paginationInfo": {"orderBy": "state"}}
    rows = search(ROWS, body)
    turned = [rows[0], rows[1], rows[3], rows[2], rows[4]]
    assert explain(ROWS, body, turned) == []


@pytest.mark.parametrize(
    ("total", "says"),
    [
        (3, []),
        (None, []),
        (1, ["totalCount counted the page"]),
        (5, ["totalCount counted without the filter"]),
    ],
)
def test_a_wrong_total_is_explained(total: int | None, says: list[str]) -> None:
    body = {"filters": where("end", "IS_NULL", False), "paginationInfo": {"pageSize": 1}}
    assert explain(ROWS, body, search(ROWS, body), total) == says


def test_what_is_left_open_is_not_explained() -> None:
    assert explain(ROWS, {"filters": {"field": "state"}}, ROWS) == []
    assert explain(ROWS, {"filters": where("start", "GT", "yesterday")}, ROWS) == []


def test_what_is_drawn_parts_the_rows() -> None:
    comparisons = list_comparisons(ROWS, lambda feature: True)
    assert {each.get("operator", "nested") for each in comparisons} >= {"EQ", "IN", "GT", "IS_NULL", "nested"}
    assert all(parts(each, ROWS) for each in comparisons)
    drawn = [draw_combination(comparisons, ROWS, Random(seed)) for seed in range(50)]
    assert all(each is not None and parts(each, ROWS) for each in drawn)
    assert drawn == [draw_combination(comparisons, ROWS, Random(seed)) for seed in range(50)]


def test_features_that_are_not_claimed_are_not_drawn() -> None:
    comparisons = list_comparisons(ROWS, lambda feature: feature == "filter-eq-state")
    assert {each["field"] for each in comparisons} == {"state"}


def test_patterns_leave_case_and_underscores_out() -> None:
    rows = [*ROWS, row(6, "ACTIVE", "CREATE-SERVICE", "2025-03-06T08:00:00Z")]
    patterns = [
        each["value"] for each in list_comparisons(rows, lambda feature: feature == "filter-like-text")
    ]
    assert [each for each in patterns if "reate" in each or "REATE" in each] == []
    assert [each for each in patterns if "grant" in each] != []


def test_what_is_simpler_is_smaller() -> None:
    condition = BODIES[25]["filters"]
    for simpler in simplify(condition):
        assert len(str(simpler)) < len(str(condition))
    assert list(simplify(where("state", "EQ", "ACTIVE"))) == []
