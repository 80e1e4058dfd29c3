from __future__ import annotations

from typing import Any

import pytest

from ..support.reference_api import Api, make_api
from ..support.reference_rows import join, where, within


@pytest.fixture(scope="module")
def api() -> Api:
    return make_api()


@pytest.fixture(scope="module")
def everything(api: Api) -> list[dict[str, Any]]:
    return api.instances()


def test_the_list_is_sorted_by_start_and_equals_the_single_reads(
    api: Api, everything: list[dict[str, Any]]
) -> None:
    assert [run["start"] for run in everything] == sorted(run["start"] for run in everything)
    assert all(run == api.instance(run["id"]) for run in everything)


def test_the_optional_fields_match_the_state(everything: list[dict[str, Any]]) -> None:
    for run in everything:
        is_finished = run["state"] in ("COMPLETED", "ABORTED")
        assert ("end" in run, "duration" in run) == (is_finished, is_finished)
        assert ("error" in run) == (run["state"] == "ERROR")
        assert ("result" in run["workflowdata"]) == (run["state"] == "COMPLETED")
        assert run["nodes"][0]["__typename"] == "NodeInstance"
        assert run["executionSummary"][0].endswith(f"started by {run['initiatorEntity']}")


def test_paging_is_echoed_and_the_total_counts_all_pages(api: Api, everything: list[dict[str, Any]]) -> None:
    paging = {"pageSize": 3, "offset": 4, "orderBy": "start", "orderDirection": "DESC"}
    page = api.post("/v2/workflows/instances", {"paginationInfo": paging})
    assert page["paginationInfo"] == paging
    assert page["totalCount"] == len(everything)
    assert len(page["items"]) == 3


@pytest.mark.parametrize("body", [None, {}, {"paginationInfo": {}}])
def test_without_paging_the_list_is_complete_and_nothing_is_echoed(api: Api, body: Any) -> None:
    page = api.post("/v2/workflows/instances", body)
    assert page["paginationInfo"] == {}
    assert len(page["items"]) == page["totalCount"]


@pytest.mark.parametrize(
    "key", ["start", "end", "state", "processId", "processName", "version", "id", "duration", "description"]
)
def test_every_sort_key_returns_the_same_runs(api: Api, everything: list[dict[str, Any]], key: str) -> None:
    ordered = api.instances(paginationInfo={"orderBy": key})
    assert {run["id"] for run in ordered} == {run["id"] for run in everything}
    if key != "duration":
        values = [run[key] for run in ordered if key in run]
        assert values == sorted(values)


@pytest.mark.parametrize(
    ("filters", "matches"),
    [
        (where("state", "IN", ["ERROR", "PENDING"]), lambda run: run["state"] in ("ERROR", "PENDING")),
        (where("end", "IS_NULL", True), lambda run: "end" not in run),
        (where("processName", "LIKE", "%service"), lambda run: run["processName"] == "Create a service"),
        (
            where("start", "BETWEEN", ["2025-03-03T09:00:00+01:00", "2025-03-04T09:15:30.250Z"]),
            lambda run: "2025-03-03T08:00:00.000Z" <= run["start"] <= "2025-03-04T09:15:30.250Z",
        ),
        (
            within("variables", "targetEntity", "EQ", "component:default/web-shop"),
            lambda run: run.get("targetEntity") == "component:default/web-shop",
        ),
        (
            within("variables", "initiatorEntity", "LIKE", "user:ci/*"),
            lambda run: run["initiatorEntity"].startswith("user:ci/"),
        ),
        (
            within("variables", "workflowdata", "name", "EQ", "C:\\temp\\new"),
            lambda run: run["workflowdata"].get("name") == "C:\\temp\\new",
        ),
        (
            within("variables", "workflowdata", "description", "LIKE", "*\n*"),
            lambda run: "\n" in run["workflowdata"].get("description", ""),
        ),
        (
            within("variables", "workflowdata", "backup", "retentionDays", "EQ", 30),
            lambda run: run["workflowdata"].get("backup", {}).get("retentionDays") == 30,
        ),
        (
            join(
                "AND", join("NOT", where("state", "EQ", "ACTIVE")), where("processId", "EQ", "request-access")
            ),
            lambda run: run["state"] != "ACTIVE" and run["processId"] == "request-access",
        ),
    ],
    ids=lambda value: "" if callable(value) else str(value),
)
def test_a_filter_selects_instances(
    api: Api, everything: list[dict[str, Any]], filters: Any, matches: Any
) -> None:
    expected = [run["id"] for run in everything if matches(run)]
    assert 0 < len(expected) < len(everything)
    assert [run["id"] for run in api.instances(filters=filters)] == expected


@pytest.mark.parametrize("workflow_id", ["create-service", "migrate-repository"])
def test_the_list_of_a_workflow_is_a_part_of_the_whole_list(
    api: Api, everything: list[dict[str, Any]], workflow_id: str
) -> None:
    page = api.post(f"/v2/workflows/{workflow_id}/instances", {"filters": where("state", "EQ", "ERROR")})
    expected = [run for run in everything if run["processId"] == workflow_id and run["state"] == "ERROR"]
    assert expected
    assert (page["items"], page["totalCount"]) == (expected, len(expected))


def test_the_list_of_an_unknown_workflow_is_empty(api: Api) -> None:
    assert api.post("/v2/workflows/nope/instances")["items"] == []


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        (
            {},
            [
                "create-service",
                "migrate-repository",
                "provision-database",
                "refresh-search-index",
                "request-access",
            ],
        ),
        ({"paginationInfo": {"offset": 1, "pageSize": 2}}, ["migrate-repository", "provision-database"]),
        (
            {"paginationInfo": {"orderBy": "version", "orderDirection": "DESC", "pageSize": 2}},
            ["migrate-repository", "request-access"],
        ),
        ({"filters": where("id", "IN", ["request-access", "nope"])}, ["request-access"]),
        ({"filters": where("name", "LIKE", "Re*")}, ["refresh-search-index", "request-access"]),
        ({"filters": join("NOT", where("version", "LIKE", "*.0"))}, ["provision-database", "request-access"]),
        ({"filters": where("description", "IS_NULL", True)}, []),
    ],
    ids=str,
)
def test_overviews_can_be_filtered_sorted_and_paged(
    api: Api, search: dict[str, Any], expected: list[str]
) -> None:
    answer = api.post("/v2/workflows/overview", search)
    assert [overview["workflowId"] for overview in answer["overviews"]] == expected
    assert answer["paginationInfo"] == search.get("paginationInfo", {})


def test_an_overview_is_the_same_in_the_list_and_in_a_single_read(api: Api) -> None:
    for overview in api.post("/v2/workflows/overview")["overviews"]:
        assert api.overview(overview["workflowId"]) == overview


def test_an_overview_agrees_with_the_runs(api: Api) -> None:
    for overview in api.post("/v2/workflows/overview")["overviews"]:
        runs = api.post(f"/v2/workflows/{overview['workflowId']}/instances")["items"]
        statistics = overview["workflowRunStats"]
        completed = sum(run["state"] == "COMPLETED" for run in runs)
        assert statistics["totalCount"] == len(runs)
        assert statistics["successCount"] == completed
        assert statistics["errorCount"] == sum(run["state"] == "ERROR" for run in runs)
        latest = next(run for run in runs if run["id"] == overview["lastRunId"])
        assert latest["start"] == max(run["start"] for run in runs)
        assert latest["state"] == overview["lastRunStatus"]


def test_a_workflow_whose_service_is_down_is_listed_as_unavailable(api: Api) -> None:
    overviews = {item["workflowId"]: item for item in api.post("/v2/workflows/overview")["overviews"]}
    down = [workflow_id for workflow_id, item in overviews.items() if not item["isAvailable"]]
    assert down == ["migrate-repository"]
    availability = overviews["migrate-repository"]["availability"]
    assert (availability["isAvailable"], availability["statusCode"]) == (False, 503)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (None, set()),
        ({}, set()),
        ({"annotationWorkflowIds": ["request-access", "nope", "request-access"]}, {"request-access"}),
        (
            {"targetEntity": "resource:default/orders-db"},
            {"request-access", "provision-database"},
        ),
        (
            {"targetEntity": "resource:default/orders-db", "annotationWorkflowIds": ["refresh-search-index"]},
            {"request-access", "provision-database", "refresh-search-index"},
        ),
        ({"targetEntity": "resource:default/nope"}, set()),
    ],
    ids=lambda value: str(sorted(value) if isinstance(value, set) else value),
)
def test_overviews_for_an_entity(api: Api, body: Any, expected: set[str]) -> None:
    found = [item["workflowId"] for item in api.post("/v2/workflows/overview/entity", body)["overviews"]]
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_an_overview_for_an_entity_equals_the_overview_of_the_workflow(api: Api) -> None:
    answer = api.post("/v2/workflows/overview/entity", {"annotationWorkflowIds": ["create-service"]})
    assert answer["overviews"] == [api.overview("create-service")]
