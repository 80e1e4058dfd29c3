from __future__ import annotations

import json
from datetime import timedelta

import pytest
import yaml
from orchestrator_conformance.reference import ReferenceSettings, create_reference_app

from ..support.reference_api import INPUTS, Api, HandClock, make_api
from ..support.reference_rows import where, within


@pytest.fixture
def api() -> Api:
    return make_api()


def test_a_started_run_is_visible_immediately(api: Api) -> None:
    before = api.instances()
    instance_id = api.execute("create-service", targetEntity="component:default/search")
    run = api.instance(instance_id)
    assert (run["processId"], run["state"], run["start"]) == (
        "create-service",
        "COMPLETED",
        "2025-03-15T12:00:00.000Z",
    )
    assert (run["initiatorEntity"], run["targetEntity"]) == (
        "user:default/developer",
        "component:default/search",
    )
    assert run["workflowdata"].items() >= INPUTS["create-service"].items()
    assert api.instances() == [*before, run]
    overview = api.overview("create-service")
    assert (overview["lastRunId"], overview["lastRunStatus"]) == (instance_id, "COMPLETED")
    assert overview["lastTriggeredMs"] == 1_742_040_000_000
    entity = api.post("/v2/workflows/overview/entity", {"targetEntity": "component:default/search"})
    assert [item["workflowId"] for item in entity["overviews"]] == ["create-service"]


def test_each_run_has_its_own_id_and_is_found_by_its_input(api: Api) -> None:
    first = api.execute("create-service", {"name": 'a "b" \\ c\n', "language": "go"})
    second = api.execute("create-service")
    assert first != second
    filters = within("variables", "workflowdata", "name", "EQ", 'a "b" \\ c\n')
    assert [run["id"] for run in api.instances(filters=filters)] == [first]


def test_a_started_run_is_hidden_during_the_visibility_delay() -> None:
    clock = HandClock()
    api = make_api(clock=clock, visibility_delay=timedelta(seconds=2))
    before, overview = api.instances(), api.overview("request-access")
    instance_id = api.execute("request-access")
    path = f"/v2/workflows/instances/{instance_id}"
    clock.pass_time(1.999)
    assert api.send("GET", path).status_code == 404
    assert api.send("DELETE", f"{path}/abort").status_code == 404
    assert (api.instances(), api.overview("request-access")) == (before, overview)
    clock.pass_time(0.001)
    assert api.instance(instance_id)["state"] == "ACTIVE"
    assert len(api.instances()) == len(before) + 1


def test_a_run_completes_after_a_moment() -> None:
    clock = HandClock()
    api = make_api(clock=clock, moment=timedelta(seconds=3))
    instance_id = api.execute("refresh-search-index")
    clock.pass_time(2.5)
    assert api.instance(instance_id)["state"] == "ACTIVE"
    clock.pass_time(60)
    run = api.instance(instance_id)
    assert (run["state"], run["end"], run["duration"]) == (
        "COMPLETED",
        "2025-03-15T12:00:03.000Z",
        "3 seconds",
    )
    assert api.instances(filters=where("end", "EQ", "2025-03-15T12:00:03Z")) == [run]
    refused = api.send("DELETE", f"/v2/workflows/instances/{instance_id}/abort")
    assert refused.status_code == 409
    assert api.instance(instance_id) == run


def test_abort_ends_a_run_and_does_not_change_others(api: Api) -> None:
    instance_id = api.execute("request-access")
    before = {run["id"]: run for run in api.instances()}
    assert api.send("DELETE", f"/v2/workflows/instances/{instance_id}/abort").text == f"aborted {instance_id}"
    after = {run["id"]: run for run in api.instances()}
    assert after[instance_id]["state"] == "ABORTED"
    assert after[instance_id]["end"] == "2025-03-15T12:00:00.000Z"
    del before[instance_id], after[instance_id]
    assert after == before


def test_abort_of_a_finished_run_changes_nothing(api: Api) -> None:
    instance_id = api.execute("create-service")
    before = api.instance(instance_id)
    assert api.send("DELETE", f"/v2/workflows/instances/{instance_id}/abort").status_code == 409
    assert api.instance(instance_id) == before


def test_retrigger_continues_a_failed_run(api: Api) -> None:
    instance_id = api.execute("provision-database")
    failed = api.instance(instance_id)
    assert (failed["state"], failed["error"]["nodeDefinitionId"]) == ("ERROR", "ReserveQuota")
    path = f"/v2/workflows/provision-database/{instance_id}/retrigger"
    assert api.post(path, {}) == {}
    run = api.instance(instance_id)
    assert (run["state"], run["start"]) == ("COMPLETED", failed["start"])
    assert "error" not in run
    assert api.send("POST", path, json={}).status_code == 409
    assert api.instance(instance_id) == run


def test_retrigger_requires_the_workflow_of_the_instance(api: Api) -> None:
    instance_id = api.execute("provision-database")
    for workflow_id in ("create-service", "nope"):
        answer = api.send("POST", f"/v2/workflows/{workflow_id}/{instance_id}/retrigger", json={})
        assert answer.status_code == 404
    assert api.instance(instance_id)["state"] == "ERROR"


def test_invalid_inputs_start_no_run(api: Api) -> None:
    before = api.instances()
    for inputs in (
        {},
        {"name": "x"},
        {"name": "x", "language": "cobol"},
        {"name": "x", "language": "go", "replicas": 0},
    ):
        answer = api.send("POST", "/v2/workflows/create-service/execute", json={"inputData": inputs})
        assert answer.status_code == 400
        assert "inputData" in answer.json()["message"]
    assert api.send("POST", "/v2/workflows/create-service/execute", json={}).status_code == 400
    assert api.instances() == before


def test_a_workflow_without_a_schema_accepts_any_inputs(api: Api) -> None:
    inputs = {"result": 5, "nothing": None, "deep": [{"er": 1}], "self": "x", "model_config": "y"}
    instance_id = api.execute("refresh-search-index", inputs)
    path = f"/v2/workflows/refresh-search-index/inputSchema?instanceId={instance_id}"
    assert api.get(path) == {"inputSchema": {}, "data": inputs}
    del inputs["result"]
    assert api.instance(instance_id)["workflowdata"] == inputs


def test_execute_and_ping_fail_if_the_service_is_down(api: Api) -> None:
    before = api.instances()
    execute = api.send(
        "POST", "/v2/workflows/migrate-repository/execute", json={"inputData": INPUTS["migrate-repository"]}
    )
    ping = api.send("GET", "/v2/workflows/migrate-repository/pingWorkflowService")
    assert (execute.status_code, ping.status_code) == (500, 500)
    assert "not available" in ping.json()["message"]
    assert api.instances() == before


def test_ping_succeeds_if_the_service_answers(api: Api) -> None:
    assert api.get("/v2/workflows/create-service/pingWorkflowService") is True


def test_the_source_names_the_workflow(api: Api) -> None:
    for overview in api.post("/v2/workflows/overview")["overviews"]:
        source = api.get(f"/v2/workflows/{overview['workflowId']}/source")
        definition = json.loads(source) if overview["format"] == "json" else yaml.safe_load(source)
        assert (definition["id"], definition["version"]) == (overview["workflowId"], overview["version"])


def test_the_input_schema_with_and_without_a_run(api: Api) -> None:
    path = "/v2/workflows/create-service/inputSchema"
    plain = api.get(path)
    assert plain["inputSchema"]["required"] == ["name", "language"]
    assert "data" not in plain
    instance_id = api.execute("create-service")
    with_run = api.get(path, params={"instanceId": instance_id})
    assert with_run == {**plain, "data": INPUTS["create-service"]}
    for other in (api.execute("request-access"), "nope"):
        assert api.send("GET", path, params={"instanceId": other}).status_code == 404


def test_logs_contain_the_history_of_the_run(api: Api) -> None:
    instance_id = api.execute("provision-database")
    path = f"/v2/workflows/instances/{instance_id}/logs"
    lines = api.get(path)
    assert lines["instanceId"] == instance_id
    assert [line.split()[1] for line in lines["logs"]] == ["INFO", "ERROR"]
    assert api.get(path, params={"rawlog": "false"}) == lines
    raw = api.get(path, params={"rawlog": "true"})["logs"]
    assert [f"{entry['timestamp']} {entry['level']} {entry['message']}" for entry in raw] == lines["logs"]


def test_the_statuses_are_the_six_states(api: Api) -> None:
    statuses = {item["key"]: item["value"] for item in api.get("/v2/workflows/instances/statuses")}
    states = ["Active", "Error", "Completed", "Aborted", "Suspended", "Pending"]
    assert statuses == {state: state.upper() for state in states}


def test_the_tokens_of_a_run_are_not_stored(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    tokens = [{"provider": "github", "token": "s3cr3t-t0k3n"}]
    instance_id = api.execute("provision-database", authTokens=tokens)
    api.post(f"/v2/workflows/provision-database/{instance_id}/retrigger", {"authTokens": tokens})
    shown = json.dumps([api.instances(), api.get(f"/v2/workflows/instances/{instance_id}/logs?rawlog=true")])
    assert "s3cr3t" not in shown + caplog.text


def test_each_application_has_its_own_state() -> None:
    settings = ReferenceSettings()
    first, second = Api(create_reference_app(settings)), Api(create_reference_app(settings))
    instance_id = first.execute("request-access")
    assert second.send("GET", f"/v2/workflows/instances/{instance_id}").status_code == 404


def test_a_backend_without_sample_instances_is_empty() -> None:
    api = make_api(seeded=False)
    assert api.post("/v2/workflows/instances") == {"items": [], "paginationInfo": {}, "totalCount": 0}
    overview = api.overview("create-service")
    assert "lastRunId" not in overview
    assert overview["workflowRunStats"] == {
        "runsLastMonth": 0,
        "successCount": 0,
        "errorCount": 0,
        "totalCount": 0,
    }


def test_the_initiator_is_configurable() -> None:
    api = make_api(initiator="user:default/grace")
    assert api.instance(api.execute("request-access"))["initiatorEntity"] == "user:default/grace"
