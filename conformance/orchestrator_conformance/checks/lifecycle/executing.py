"""Checks of starting runs and of reading them, and that read operations change nothing."""

from __future__ import annotations

from uuid import uuid4

from ...session.inputs.generation import holds
from ...session.lists.instances import Lists, Row, read_instant
from ...session.runs.runs import (
    await_state,
    known_inputs,
    list_workflows,
    read,
    start,
    start_together,
    start_with,
)
from ...session.runs.workflow_probing import find_workflow, probe_runs, start_each, start_with_text
from ...session.session import Failed, NotApplicable, Session, Undecided
from ..check import check

_STABLE_STATES = frozenset({"COMPLETED", "ABORTED", "ERROR", "SUSPENDED"})
_READ_SINGLY = 5
_CONCURRENT_RUNS = 5
_SPECIAL_CHARACTERS = "a  b\t\"c\" 'd' \\e %f_ *g \u00e9\u4e16 {h} $i"


@check("ORC-RUN-EXEC-01")
def every_run_has_a_new_id(session: Session) -> None:
    """Execute a workflow twice, and compare the two ids with each other and with those that existed before."""
    name = find_workflow(session, lambda _: True, "can be read")
    before = set(Lists(session).all().ids)
    first, second = start(session, name), start(session, name)
    for run, taken in ((first, before), (second, before | {first.instance_id})):
        if run.instance_id in taken:
            raise Failed("an id that no instance had before", run.instance_id, run.exchange)


@check("ORC-RUN-EXEC-02")
def a_run_can_be_read_and_is_listed(session: Session) -> None:
    """Start a run of each workflow, and wait until it can be read by its id and is listed."""
    runs = [*start_each(session)[0]]
    if not runs:
        raise Undecided("a workflow that can be started")
    runs.append(start(session, runs[0].workflow_id))
    for run in runs:
        if await_state(session, run, lambda _: True) is None:
            raise Failed(
                f"instance {run.instance_id}",
                f"no instance with that id after {session.patience:g} s",
                run.exchange,
            )
    wanted = {run.instance_id for run in runs}
    missing = session.poll(lambda: wanted - set(Lists(session).all().ids), lambda absent: not absent)
    for run in runs:
        if run.instance_id in missing:
            raise Failed(
                f"{run.instance_id} in the list", f"not listed after {session.patience:g} s", run.exchange
            )


@check("ORC-RUN-EXEC-11")
def at_least_one_workflow_can_be_started(session: Session) -> None:
    """Execute each available workflow with inputs that its schema allows."""
    runs, refusals = start_each(session)
    if runs:
        return
    statuses = {each.response.status for each in refusals}
    if len(refusals) < 2 or statuses & {401, 403}:
        raise Undecided("two available workflows that the caller may start")
    raise Failed(
        f"a run of at least one of {len(refusals)} workflows",
        f"status {', '.join(map(str, sorted(statuses)))} for each",
        refusals[0],
    )


@check("ORC-RUN-EXEC-03")
def a_run_names_its_workflow(session: Session) -> None:
    """Compare the processId of each run with the workflow that was executed."""
    named = [(run, row["processId"]) for run, row in probe_runs(session) if row.get("processId")]
    if not named:
        raise Undecided("a run that shows its processId: no answer of getInstanceById has one")
    for run, name in named:
        if name != run.workflow_id:
            raise Failed(f"processId {run.workflow_id}", name, run.exchange)


@check("ORC-RUN-EXEC-04")
def a_run_shows_its_inputs(session: Session) -> None:
    """Compare the workflowdata of each run with the inputs that it was given."""
    given = [(run, row) for run, row in probe_runs(session) if run.inputs]
    if not given:
        raise Undecided("a workflow that may be started and has inputs")
    for run, _ in given:
        row = await_state(session, run, lambda each: bool(each.get("workflowdata"))) or {}
        shown = row.get("workflowdata")
        shown = shown if isinstance(shown, dict) else {}
        for name, value in run.inputs.items():
            if not holds(shown.get(name), value):
                raise Failed(f"workflowdata with {name} {value!r}", f"{shown.get(name)!r}", run.exchange)


@check("ORC-RUN-EXEC-05")
def a_run_shows_its_target(session: Session) -> None:
    """Compare the targetEntity of each run with the one that it was started for."""
    for run, row in probe_runs(session):
        if row.get("targetEntity") != run.target_entity:
            shown = await_state(session, run, lambda each: bool(each.get("targetEntity"))) or {}
            if shown.get("targetEntity") != run.target_entity:
                raise Failed(
                    f"targetEntity {run.target_entity}", f"{shown.get('targetEntity')!r}", run.exchange
                )


@check("ORC-RUN-EXEC-06")
def runs_of_one_caller_have_the_same_initiator(session: Session) -> None:
    """Compare the initiatorEntity of all runs, which have the same caller."""
    shown = [(run, row["initiatorEntity"]) for run, row in probe_runs(session) if row.get("initiatorEntity")]
    if not shown:
        raise NotApplicable("no run shows an initiatorEntity, which is optional")
    if len(shown) < 2:
        raise Undecided("two workflows that may be started")
    for run, initiator in shown[1:]:
        if initiator != shown[0][1]:
            raise Failed(
                f"initiatorEntity {shown[0][1]}, as on another run of the caller",
                f"{initiator}",
                run.exchange,
            )


@check("ORC-RUN-EXEC-07")
def later_runs_start_later(session: Session) -> None:
    """Start two runs, one after the other, and compare their starts."""
    name = find_workflow(session, lambda _: True, "can be read")
    starts = []
    for _ in range(2):
        run = start(session, name)
        row = await_state(session, run, lambda each: bool(each.get("start"))) or {}
        starts.append(read_instant(row.get("start")))
    first, second = starts
    if first is None or second is None:
        raise Undecided("runs that show their start")
    if second < first:
        raise Failed(
            f"a start that is not before {first}, the start of the first run", f"{second}", run.exchange
        )
    if second == first:
        raise Undecided("two runs with different starts")


@check("ORC-RUN-EXEC-10")
def an_execution_starts_one_run(session: Session) -> None:
    """Execute for an entity that no other run has, and count the runs for it once the run is listed."""
    name = find_workflow(session, lambda _: True, "can be read")
    entity = f"component:default/conformance-once-{uuid4().hex[:8]}"
    body = {"inputData": dict(known_inputs(session, name)), "targetEntity": entity}
    run = start_with(session, name, body)

    def find() -> list[str]:
        return [row["id"] for row in Lists(session).all().rows if row.get("targetEntity") == entity]

    found = session.poll(find, bool)
    if not found:
        raise Undecided("a run that is listed with its targetEntity")
    found = session.watch(find, lambda ids: len(ids) > 1)
    for instance_id in found:
        session.started.setdefault(instance_id, name)
    if len(found) > 1:
        raise Failed(f"one run for {entity}", f"{len(found)}: {', '.join(found)}", run.exchange)


@check("ORC-RUN-EXEC-08")
def concurrent_executions_start_one_run_each(session: Session) -> None:
    """Execute a workflow several times concurrently, compare the ids, and find every run in the list."""
    name = find_workflow(session, lambda _: True, "can be read")
    runs = start_together(session, name, _CONCURRENT_RUNS)
    ids = [run.instance_id for run in runs]
    if len(set(ids)) < len(ids):
        raise Failed(f"{len(ids)} different ids", f"{len(set(ids))}: {sorted(ids)}", runs[-1].exchange)
    missing = session.poll(lambda: set(ids) - set(Lists(session).all().ids), lambda absent: not absent)
    if missing:
        raise Failed(f"all {len(ids)} runs in the list", f"{len(missing)} are missing", runs[-1].exchange)


@check("ORC-FILT-NEST-06")
def an_input_is_found_by_its_value(session: Session) -> None:
    """Start a run with an input of special characters, and filter by it and by similar texts."""
    run, name, value = start_with_text(session, f"{_SPECIAL_CHARACTERS} {uuid4().hex[:8]}")
    row = await_state(session, run, lambda each: bool(each.get("workflowdata"))) or {}
    if (row.get("workflowdata") or {}).get(name) != value:
        raise Undecided("a run that shows the input that it was given")

    def find(asked: str) -> list[str]:
        filters: Row = {"field": name, "operator": "EQ", "value": asked}
        for step in ("workflowdata", "variables"):
            filters = {"field": step, "nested": filters}
        return Lists(session).ask({"filters": filters}).ids

    found = session.poll(lambda: find(value), lambda ids: run.instance_id in ids)
    if run.instance_id not in found and run.instance_id not in Lists(session).all().ids:
        raise Undecided("a run that is listed")
    if found != [run.instance_id]:
        raise Failed(f"only {run.instance_id}, filtered by its input {value!r}", f"{found}", run.exchange)
    for other in (" ".join(value.split()), value.replace("\\", ""), value.replace('"', "'"), f"{value} "):
        if other != value and run.instance_id in find(other):
            raise Failed(
                f"no instance, filtered by the input {other!r}", f"the instance with {value!r}", run.exchange
            )


@check("ORC-RUN-READ-01")
def reading_changes_nothing(session: Session) -> None:
    """Read instances that do not change by themselves, use every read operation on them, and read them again."""
    rows = [row for row in Lists(session).all().rows if row.get("state") in _STABLE_STATES]
    if not rows:
        raise Undecided("instances that do not change by themselves")
    chosen = rows[:: max(1, len(rows) // _READ_SINGLY)]
    before = [read(session, row["id"]) for row in chosen]
    count = len(Lists(session).all().rows)
    for row in chosen:
        _read_everything_about(session, row)
    for row, old in zip(chosen, before, strict=True):
        answer = session.ask("getInstanceById", {"instanceId": row["id"]})
        if old is not None and _stable_fields(answer.value) != _stable_fields(old):
            raise Failed(
                f"{row['id']} as before: {_stable_fields(old)}",
                f"{_stable_fields(answer.value)}",
                answer.exchange,
            )
    after = session.poll(Lists(session).all, lambda listing: len(listing.rows) >= count)
    if len(after.rows) < count:
        raise Failed(f"{count} instances as before, or more", f"{len(after.rows)}", after.exchange)


def _stable_fields(row: Row) -> Row:
    return {field: row.get(field) for field in ("id", "processId", "state", "start", "end", "workflowdata")}


def _read_everything_about(session: Session, row: Row) -> None:
    instance, workflow = {"instanceId": row["id"]}, {"workflowId": row.get("processId", "")}
    for operation_id, path in (
        ("getInstanceById", instance),
        ("getWorkflowLogById", instance),
        ("getWorkflowOverviewById", workflow),
        ("getWorkflowSourceById", workflow),
        ("getWorkflowInputSchemaById", workflow),
        ("pingWorkflowServiceById", workflow),
        ("getWorkflowInstances", workflow),
    ):
        if session.offers(operation_id) and all(path.values()):
            is_listed = any(each["workflowId"] == row.get("processId") for each in list_workflows(session))
            session.call(operation_id, path, is_good=is_listed)
