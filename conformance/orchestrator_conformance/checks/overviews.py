"""Workflows: their overviews, sources, input schemas, and what is said of their runs and services."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import yaml

from ..exchange import NotJson, read_json
from ..instances import FINISHED, Listing, Lists, Row, expect_same, is_sorted
from ..runs import list_workflows
from ..session import Answer, Failed, NotApplicable, Session, Undecided
from . import check
from .filters import where

# How many workflows are looked at one by one.
_WORKFLOWS = 8


def _ask_overviews(session: Session, body: Row) -> Answer:
    return session.ask("getWorkflowsOverview", body=body)


def _read_ids(answer: Answer) -> list[str]:
    return [each["workflowId"] for each in answer.value.get("overviews") or []]


def _require_workflows(session: Session, count: int = 1) -> list[Row]:
    rows = list_workflows(session)
    if len(rows) < count:
        raise Undecided("a workflow" if count == 1 else f"{count} workflows")
    return rows


@check("ORC-WF-LIST-01")
def no_workflow_is_listed_twice(session: Session) -> None:
    """Look for a workflowId that stands twice."""
    answer = _ask_overviews(session, {})
    ids = _read_ids(answer)
    if len(ids) < 2:
        raise Undecided("two workflows")
    expect_same(ids, ids, "the workflows, each once", answer.exchange)


@check("ORC-WF-LIST-02")
def an_overview_by_id_is_the_one_listed(session: Session) -> None:
    """Read listed workflows by their ids; what comes from the definition must be as it was listed."""
    for row in _require_workflows(session)[:_WORKFLOWS]:
        answer = session.ask("getWorkflowOverviewById", {"workflowId": row["workflowId"]})
        for field in ("workflowId", "format", "name", "version", "description"):
            if field in row and answer.value.get(field) != row[field]:
                raise Failed(
                    f"{field} {row[field]!r}, as listed", repr(answer.value.get(field)), answer.exchange
                )


@check("ORC-WF-PAGE-01")
def pages_of_overviews_partition_the_list(session: Session) -> None:
    """Walk through the overviews, sorted by id, in pages of a third of them."""
    count = len(_require_workflows(session, 2))
    page_size = max(1, count // 3)
    paging = {"orderBy": "id", "orderDirection": "ASC"}
    whole = _read_ids(_ask_overviews(session, {"paginationInfo": paging}))
    found: list[str] = []
    for offset in range(0, count + page_size, page_size):
        answer = _ask_overviews(
            session, {"paginationInfo": paging | {"offset": offset, "pageSize": page_size}}
        )
        if len(_read_ids(answer)) > page_size:
            raise Failed(f"at most {page_size} overviews", str(len(_read_ids(answer))), answer.exchange)
        found += _read_ids(answer)
    expect_same(whole, found, "every workflow on one page", answer.exchange)
    if found != whole:
        raise Failed("the pages in the order of the list", f"{found}", answer.exchange)


@check("ORC-WF-FILT-01")
def overviews_filter_by_id(session: Session) -> None:
    """Ask for the overview of one workflow by a filter."""
    rows = _require_workflows(session, 2)
    wanted = rows[session.seed % len(rows)]["workflowId"]
    answer = _ask_overviews(session, {"filters": where("id", "EQ", wanted)})
    expect_same([wanted], _read_ids(answer), f"the workflow with id {wanted}", answer.exchange)


@check("ORC-WF-SORT-01")
def overviews_sort_by_id(session: Session) -> None:
    """Sort by id in both directions."""
    _require_workflows(session, 2)
    for direction in ("ASC", "DESC"):
        answer = _ask_overviews(session, {"paginationInfo": {"orderBy": "id", "orderDirection": direction}})
        if not is_sorted(_read_ids(answer), descending=direction == "DESC"):
            raise Failed(f"workflowIds in order, {direction}", f"{_read_ids(answer)}", answer.exchange)


@check("ORC-WF-SRC-01")
def a_source_defines_its_workflow(session: Session) -> None:
    """Read each workflow's source in the format that its overview names."""
    for row in _require_workflows(session)[:_WORKFLOWS]:
        answer = session.ask("getWorkflowSourceById", {"workflowId": row["workflowId"]})
        definition = _read_source(answer, row["format"])
        found = definition.get("id") if isinstance(definition, dict) else None
        if found != row["workflowId"]:
            raise Failed(f"a definition whose id is {row['workflowId']}", f"id {found!r}", answer.exchange)


def _read_source(answer: Answer, notation: str) -> Any:
    try:
        if notation == "json":
            return json.loads(answer.value)
        return yaml.safe_load(answer.value)
    except (ValueError, RecursionError, yaml.YAMLError) as problem:
        said = str(problem).splitlines()[0]
        raise Failed(f"a definition in {notation}", f"text that is none: {said}", answer.exchange) from None


@check("ORC-WF-SCHEMA-01")
def an_input_schema_is_a_json_schema(session: Session) -> None:
    """Hold each workflow's input schema against the meta-schema that it names."""
    seen = False
    for row in _require_workflows(session)[:_WORKFLOWS]:
        answer = session.ask("getWorkflowInputSchemaById", {"workflowId": row["workflowId"]})
        schema = answer.value.get("inputSchema")
        if not schema:
            continue
        seen = True
        try:
            jsonschema_rs.meta.validate(schema)
        except jsonschema_rs.ValidationError as problem:
            raise Failed("a JSON Schema", problem.message[:300], answer.exchange) from None
        except jsonschema_rs.ReferencingError:
            # A dialect of its own has rules that nobody here knows.
            continue
    if not seen:
        raise Undecided("a workflow with an input schema")


@check("ORC-WF-SCHEMA-02")
def data_holds_the_inputs_of_a_run(session: Session) -> None:
    """Compare `data` for an instance with what the instance itself shows of the inputs."""
    looked_at = 0
    for row in Lists(session).known().rows:
        shown = row.get("workflowdata")
        if row.get("state") not in FINISHED or not isinstance(shown, dict) or looked_at >= _WORKFLOWS:
            continue
        path = {"workflowId": row["processId"]}
        answer = session.ask("getWorkflowInputSchemaById", path, query={"instanceId": row["id"]})
        named = (answer.value.get("inputSchema") or {}).get("properties")
        for name in named if isinstance(named, dict) else ():
            if name not in shown:
                continue
            looked_at += 1
            found = (answer.value.get("data") or {}).get(name)
            if found != shown[name]:
                raise Failed(
                    f"data with {name} {shown[name]!r}, as {row['id']} shows", repr(found), answer.exchange
                )
    if not looked_at:
        raise Undecided("finished instances that show inputs named in their workflow's schema")


@check("ORC-WF-PING-01")
def ping_agrees_with_the_overview(session: Session) -> None:
    """Ping each workflow whose overview says whether it is available; a service may go up or down in between."""
    told = [
        row for row in _require_workflows(session)[:_WORKFLOWS] if isinstance(row.get("isAvailable"), bool)
    ]
    if not told:
        raise Undecided("overviews that say whether the workflow is available")
    for row in told:
        path = {"workflowId": row["workflowId"]}
        exchange = session.call("pingWorkflowServiceById", path)
        if _says_true(exchange.response.status, exchange.response.body) == row["isAvailable"]:
            continue
        again = session.ask("getWorkflowOverviewById", path).value.get("isAvailable")
        exchange = session.call("pingWorkflowServiceById", path)
        if _says_true(exchange.response.status, exchange.response.body) != again:
            expected = "true" if again else "no true"
            found = f"status {exchange.response.status}, {exchange.response.body[:40]!r}"
            raise Failed(
                f"{expected}: the overview of {row['workflowId']} says isAvailable {again}", found, exchange
            )


def _says_true(status: int, body: bytes) -> bool:
    try:
        return status == 200 and read_json(body) is True
    except NotJson:
        return False


@check("ORC-WF-ENTITY-01")
def entity_overviews_are_those_annotated(session: Session) -> None:
    """Ask for the overviews of one workflow, and of two."""
    ids = [row["workflowId"] for row in _require_workflows(session, 3)]
    for wanted in (ids[:1], ids[1:3]):
        answer = session.ask("getWorkflowsOverviewForEntity", body={"annotationWorkflowIds": wanted})
        expect_same(wanted, _read_ids(answer), "the workflows named", answer.exchange)


@check("ORC-WF-ENTITY-02")
def entity_overviews_are_those_that_ran(session: Session) -> None:
    """Ask for the overviews for the entity that the fewest workflows ran for."""
    listed = {row["workflowId"] for row in _require_workflows(session, 2)}
    ran: dict[str, set[str]] = {}
    for row in Lists(session).known().rows:
        if row.get("targetEntity") and row["processId"] in listed:
            ran.setdefault(row["targetEntity"], set()).add(row["processId"])
    if not ran:
        raise Undecided("instances that were started for an entity")
    entity = min(sorted(ran), key=lambda each: len(ran[each]))
    if ran[entity] == listed:
        raise Undecided("an entity that not every workflow ran for")

    def compare(whole: Listing, answer: Answer) -> None:
        ids = {row["processId"] for row in whole.rows if row.get("targetEntity") == entity} & listed
        expect_same(ids, _read_ids(answer), f"the workflows that ran for {entity}", answer.exchange)

    Lists(session).agree(
        lambda: session.ask("getWorkflowsOverviewForEntity", body={"targetEntity": entity}), compare
    )


@check("ORC-WF-LAST-01")
def the_last_run_is_a_run_of_the_workflow(session: Session) -> None:
    """Read the last run of each overview."""
    seen = False
    for row in _ask_overviews(session, {}).value.get("overviews") or []:
        if not row.get("lastRunId"):
            continue
        answer = session.try_to_ask("getInstanceById", {"instanceId": row["lastRunId"]})
        if answer is None:
            # Whoever lacks the right to see all instances cannot read another's run.
            continue
        seen = True
        run = answer.value
        if run.get("processId") != row["workflowId"]:
            raise Failed(f"a run of {row['workflowId']}", f"one of {run.get('processId')}", answer.exchange)
        if row.get("lastRunStatus") in FINISHED and run.get("state") != row["lastRunStatus"]:
            found = f"{run.get('state')}"
            raise Failed(f"the state {row['lastRunStatus']}, as the overview says", found, answer.exchange)
    if not seen:
        raise Undecided("an overview with a last run that the caller may read")


@check("ORC-WF-STATS-01")
def statistics_count_the_runs(session: Session) -> None:
    """Compare totalCount and successCount with each workflow's instances."""
    Lists(session).agree(lambda: _ask_overviews(session, {}), _expect_counts)


def _expect_counts(whole: Listing, answer: Answer) -> None:
    rows = answer.value.get("overviews") or []
    told = [(row["workflowId"], row["workflowRunStats"]) for row in rows if row.get("workflowRunStats")]
    if not told:
        raise NotApplicable("the overviews have no statistics, as they may")
    for name, statistics in told:
        states = [row.get("state") for row in whole.rows if row["processId"] == name]
        counts = {"totalCount": len(states), "successCount": states.count("COMPLETED")}
        for field, expected in counts.items():
            if field in statistics and statistics[field] != expected:
                raise Failed(f"{field} {expected} for {name}", f"{statistics[field]}", answer.exchange)
