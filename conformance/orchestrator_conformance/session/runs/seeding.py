"""Starts runs if the target has too few instances for the checks.

An ignored filter can be detected only if some instances match it and some do not, a wrong order only if start times
differ, and a wrong page only if there are several. If runs are allowed and the instances are not varied enough, the
suite starts some: with and without a target entity, for two entities, and with different inputs. It aborts one run of
each workflow if possible.
"""

from __future__ import annotations

from typing import Any, Final

from ..inputs.generation import sample_inputs
from ..lists.instances import FINISHED, Lists, Row, texts_of
from ..session import Failed, NotApplicable, Session, Undecided
from .runs import find_unavailable, read, read_input_schema, require_runs

# The number of instances that tests of pages, ties and combinations of three conditions need.
_ENOUGH: Final = 12
_STATES: Final = 3
_OF_EACH: Final = 4

# The name under which the session remembers the ids of the instances that existed before the run started any.
INITIAL_IDS: Final = "the ids of the initial instances"


def seed_instances(session: Session) -> None:
    """Start runs if that is allowed and the instances are not varied enough. Failures to do so are ignored."""
    if session.allowed_runs is None or not session.claims.allows("execution"):
        return
    try:
        rows = Lists(session).known().rows
        session.memory[INITIAL_IDS] = frozenset(row["id"] for row in rows)
        if is_varied(rows):
            return
        _start_some(session)
        _await_listed(session)
        _abort_one_of_each(session)
        _await_listed(session)
    except (Failed, Undecided, NotApplicable):
        # The checks report the problem.
        return


def is_varied(rows: list[Row]) -> bool:
    """Whether there are enough instances, with enough different states, starts, target entities and workflows."""
    return (
        len(rows) >= _ENOUGH
        and len({row.get("state") for row in rows}) >= _STATES
        and len({row.get("start") for row in rows}) >= _ENOUGH // 2
        and len({row.get("targetEntity") for row in rows}) >= _STATES
        and len(set(texts_of(rows, "processId"))) > 1
    )


def _start_some(session: Session) -> None:
    down = find_unavailable(session)
    names = [name for name in require_runs(session) if name not in down]
    for number in range(max(_OF_EACH, _ENOUGH // max(1, len(names)))):
        for place, name in enumerate(names):
            inputs = sample_inputs(read_input_schema(session, name), session.seed + number)
            if inputs is not None:
                # Half of the workflows run for one entity and half for another; every other run has no entity.
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
