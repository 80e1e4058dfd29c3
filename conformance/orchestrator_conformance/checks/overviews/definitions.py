"""Checks of the source, the input schema and the service of each workflow."""

from __future__ import annotations

from ...session.lists.instances import FINISHED, Lists
from ...session.runs.runs import read_overview
from ...session.session import Failed, Session, Undecided
from ...target.exchange import Exchange
from ...target.untrusted_schemas import find_schema_problem
from ...target.workflow_sources import NotASource, read_source
from ..check import check
from .overviews import WORKFLOWS, require_workflows


@check("ORC-WF-SRC-01")
def a_source_defines_its_workflow(session: Session) -> None:
    """Parse each workflow's source in the format that its overview names, and compare the id."""
    for row in require_workflows(session)[:WORKFLOWS]:
        answer = session.ask("getWorkflowSourceById", {"workflowId": row["workflowId"]})
        notation = row.get("format")
        try:
            found = read_source(answer.value, notation).get("id")
        except NotASource as problem:
            raise Failed(
                f"a definition in {notation or 'YAML or JSON'}", str(problem), answer.exchange
            ) from None
        if found != row["workflowId"]:
            raise Failed(f"a definition whose id is {row['workflowId']}", f"id {found!r}", answer.exchange)


@check("ORC-WF-SCHEMA-01")
def an_input_schema_is_a_json_schema(session: Session) -> None:
    """Validate each workflow's input schema against the meta-schema that it names."""
    seen = False
    for row in require_workflows(session)[:WORKFLOWS]:
        answer = session.ask("getWorkflowInputSchemaById", {"workflowId": row["workflowId"]})
        schema = answer.value.get("inputSchema")
        if not schema:
            continue
        seen = True
        problem = find_schema_problem(schema)
        if problem is not None:
            raise Failed("a JSON Schema", problem, answer.exchange)
    if not seen:
        raise Undecided("a workflow with an input schema")


@check("ORC-WF-SCHEMA-02")
def data_holds_the_inputs_of_a_run(session: Session) -> None:
    """Compare the `data` for an instance with the inputs that the instance itself shows."""
    looked_at = 0
    # Instances may outlive their workflow.
    offered = {row["workflowId"] for row in require_workflows(session)}
    for row in Lists(session).known().rows:
        shown = row.get("workflowdata")
        if (
            row.get("processId") not in offered
            or row.get("state") not in FINISHED
            or not isinstance(shown, dict)
            or looked_at >= WORKFLOWS
        ):
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
                    f"data with {name} {shown[name]!r}, as {row['id']} shows it", repr(found), answer.exchange
                )
    if not looked_at:
        raise Undecided("finished instances that show inputs which the schema of their workflow names")


@check("ORC-WF-PING-01")
def ping_agrees_with_the_overview(session: Session) -> None:
    """Ping each workflow whose overview says whether it is available; repeat once, since a service may change."""
    stated = [
        row for row in require_workflows(session)[:WORKFLOWS] if isinstance(row.get("isAvailable"), bool)
    ]
    if not stated:
        raise Undecided("overviews that say whether the workflow is available")
    for row in stated:
        path = {"workflowId": row["workflowId"]}
        exchange = session.call("pingWorkflowServiceById", path)
        if _answers_true(session, exchange) == row["isAvailable"]:
            continue
        again = read_overview(session, row["workflowId"]).get("isAvailable")
        exchange = session.call("pingWorkflowServiceById", path)
        if _answers_true(session, exchange) != again:
            expected = "true" if again else "anything but true"
            found = f"status {exchange.response.status}, {exchange.response.body[:40]!r}"
            raise Failed(
                f"{expected}, because the overview of {row['workflowId']} has isAvailable {again}",
                found,
                exchange,
            )


def _answers_true(session: Session, exchange: Exchange) -> bool:
    try:
        return exchange.is_success and session.read(exchange) is True
    except Undecided:
        return False
