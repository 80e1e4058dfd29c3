"""Starts the runs that the checks need to tell right from wrong, where the target has too few of its own.

A filter that is ignored shows only where some instances fit it and some do not, an order only where starts differ, a
page only where there are several. Where runs are allowed and the list is too poor for that, a few are started: with and
without a target entity, for two entities, with inputs that differ, and one of each workflow is aborted, if it can be.
"""

from __future__ import annotations

from typing import Any, Final

from .inputs import sample_inputs
from .instances import FINISHED, Lists, Row
from .runs import list_workflows, read, require_runs
from .session import Failed, NotApplicable, Session, Undecided

# As many instances as pages, ties and three conditions at once take.
_ENOUGH: Final = 12
_STATES: Final = 3
_OF_EACH: Final = 4


def sow(session: Session) -> None:
    """Start runs where that is allowed and the list is too poor; leave it be where it cannot be done."""
    if session.allowed_runs is None or not session.claims.allows("execution"):
        return
    try:
        if is_rich(Lists(session).known().rows):
            return
        _start_some(session)
        _await_listed(session)
        _abort_one_of_each(session)
        _await_listed(session)
    except (Failed, Undecided, NotApplicable):
        # What is in the way is for the checks to say.
        return


def is_rich(rows: list[Row]) -> bool:
    """Whether instances differ enough: in number, state, start, target and workflow."""
    return (
        len(rows) >= _ENOUGH
        and len({row.get("state") for row in rows}) >= _STATES
        and len({row.get("start") for row in rows}) >= _ENOUGH // 2
        and len({row.get("targetEntity") for row in rows}) >= _STATES
        and len({row["processId"] for row in rows}) > 1
    )


def _start_some(session: Session) -> None:
    down = {each["workflowId"] for each in list_workflows(session) if each.get("isAvailable") is False}
    names = [name for name in require_runs(session) if name not in down]
    for number in range(max(_OF_EACH, _ENOUGH // max(1, len(names)))):
        for place, name in enumerate(names):
            schema = session.ask("getWorkflowInputSchemaById", {"workflowId": name}).value.get("inputSchema")
            inputs = sample_inputs(schema, session.seed + number)
            if inputs is not None:
                # Half of the workflows run for one entity and half for another, every other time for none.
                entity = (
                    f"component:default/conformance-{session.seed}-{'a' if 2 * place < len(names) else 'b'}"
                )
                body: dict[str, Any] = {"inputData": inputs} | (
                    {} if number % 2 else {"targetEntity": entity}
                )
                session.call("executeWorkflow", {"workflowId": name}, body=body, is_good=False)


def _await_listed(session: Session) -> None:
    lists = Lists(session)
    session.poll(lambda: session.started.keys() - set(lists.all().ids), lambda missing: not missing)


def _abort_one_of_each(session: Session) -> None:
    if not session.claims.allows("abort"):
        return
    aborted: dict[str, str] = {}
    for instance_id, workflow_id in session.started.items():
        if workflow_id not in aborted and not _has_finished(session, instance_id):
            session.call("abortWorkflow", {"instanceId": instance_id}, is_good=False)
            aborted[workflow_id] = instance_id
    session.poll(lambda: all(_has_finished(session, each) for each in aborted.values()), bool)


def _has_finished(session: Session, instance_id: str) -> bool:
    return (read(session, instance_id) or {}).get("state") in FINISHED
