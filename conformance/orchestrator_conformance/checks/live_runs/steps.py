"""Checks of the steps of runs: their times, and the step that an error names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...model import instants
from ...session.lists.instances import STATES, Lists, Row, read_instant
from ...session.runs.workflow_probing import probe_runs
from ...session.session import Failed, NotApplicable, Session, Undecided
from ...target.exchange import Exchange
from ..check import check

# The number of listed instances that are read one by one.
_READ_SINGLY: Final = 12


@check("ORC-INST-NODE-01")
def steps_end_after_they_begin(session: Session) -> None:
    """Parse the times of each step, and compare the two."""
    has_node = is_decided = False
    for row, node, exchange in _iter_nodes(session):
        has_node = True
        for field in ("enter", "exit"):
            if node.get(field) is None:
                continue
            is_decided = True
            if read_instant(node[field]) is None:
                expected = f"{field} of node {node.get('id')} in ISO 8601 with a time zone"
                raise Failed(expected, f"{node[field]!r} in instance {row.get('id')}", exchange)
        if is_before(node.get("exit"), node.get("enter")):
            raise Failed(
                "an exit that is not before the enter",
                f"enter {node['enter']} and exit {node['exit']} of node {node.get('id')} in instance {row.get('id')}",
                exchange,
            )
    _require_decided(has_node=has_node, is_decided=is_decided)


@check("ORC-INST-NODE-02")
def steps_begin_after_their_run(session: Session) -> None:
    """Compare the times at which the steps were entered with the start of their run."""
    has_node = is_decided = False
    for row, node, exchange in _iter_nodes(session):
        has_node = True
        if read_instant(node.get("enter")) is None or read_instant(row.get("start")) is None:
            continue
        is_decided = True
        if is_before(node["enter"], row["start"]):
            raise Failed(
                f"enter of node {node.get('id')} not before {row['start']}, the start of instance {row.get('id')}",
                f"enter {node['enter']}",
                exchange,
            )
    _require_decided(has_node=has_node, is_decided=is_decided)


def _require_decided(*, has_node: bool, is_decided: bool) -> None:
    if not has_node:
        raise NotApplicable("no instance has nodes, which may be unknown")
    if not is_decided:
        raise NotApplicable("no node shows its times, which are optional")


@check("ORC-INST-ERROR-02")
def an_error_names_a_step(session: Session) -> None:
    """Look for the step that the error of each instance in ERROR names."""
    has_error = is_decided = False
    for row, exchange in _iter_instances(session):
        error = row.get("error")
        if row.get("state") != "ERROR" or not error or error.get("nodeDefinitionId") is None:
            continue
        has_error = True
        ids = sorted({node["definitionId"] for node in row.get("nodes") or [] if node.get("definitionId")})
        if not ids:
            continue
        is_decided = True
        if error["nodeDefinitionId"] not in ids:
            expected = (
                f"an error of {row.get('id')} in one of its nodes, whose definitionId are {', '.join(ids)}"
            )
            raise Failed(expected, f"nodeDefinitionId {error['nodeDefinitionId']!r}", exchange)
    if has_error and not is_decided:
        raise NotApplicable("no instance in ERROR has nodes with a definitionId, which is optional")
    if not is_decided:
        raise Undecided("an instance in ERROR that shows an error")


def is_before(one: object, other: object) -> bool:
    """Whether the first timestamp is before the second one, see `instants`. False if either is not a timestamp."""
    first, second = read_instant(one), read_instant(other)
    return first is not None and second is not None and instants.is_before(first, second)


def _iter_nodes(session: Session) -> Iterator[tuple[Row, Row, Exchange]]:
    for row, exchange in _iter_instances(session):
        for node in row.get("nodes") or []:
            yield row, node, exchange


def _iter_instances(session: Session) -> Iterator[tuple[Row, Exchange]]:
    """Yield instances in every state and a run of each workflow, each as it is read by its id and as it is listed."""
    listing = Lists(session).known()
    rows = sorted(
        listing.rows,
        key=lambda row: (
            STATES.index(row["state"]) if row.get("state") in STATES else len(STATES),
            row["id"],
        ),
    )
    chosen = [row["id"] for row in rows[:: max(1, len(rows) // _READ_SINGLY)]]
    for instance_id in [*chosen, *_list_probes(session)]:
        answer = session.try_to_ask("getInstanceById", {"instanceId": instance_id})
        if answer is not None:
            yield answer.value, answer.exchange
    for row in listing.rows:
        yield row, listing.exchange


def _list_probes(session: Session) -> list[str]:
    try:
        return [run.instance_id for run, _ in probe_runs(session)]
    except (Undecided, NotApplicable):
        return []
