"""Finds out whether requests that must have no effect changed or started runs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from ...target.exchange import Exchange
from ..lists.instances import FINISHED, Lists, Row
from ..session import Failed, Session, Undecided
from .runs import Run, read

# The fields of a run in ERROR, or of a finished one, that do not change by themselves.
_LASTING: Final = ("state", "end", "start", "processId")
_STABLE: Final = FINISHED | {"ERROR"}
# Seconds to watch for an effect, at least and at most. A backend that shows changes late needs more.
_SHORTEST: Final = 0.5
_LONGEST: Final = 3.0
# How often requests are sent, at most.
ATTEMPTS: Final = 2
_SHOWN: Final = 5

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Bystanders:
    """The runs that requests must not affect.

    - `runs`: runs of the suite. They are read by their ids, and all finished instances are compared in the list.
    - `workflows`: the workflows of which the requests may start a run by mistake.
    - `entities`: target entities that only runs of these requests can have.
    - `concerned`: the ids of the instances that the requests concern. They may change.
    """

    runs: Sequence[Run] = ()
    workflows: Collection[str] = ()
    entities: Collection[str] = frozenset()
    concerned: Collection[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """The listed instances and the rows of the bystanders before the requests."""

    session: Session
    bystanders: Bystanders
    listed: dict[str, Row]
    own: dict[str, Row]

    def find_changed(self) -> str:
        """Return how a run differs from before although it must not, or an empty string."""
        now = {row["id"]: row for row in Lists(self.session).all().rows}
        finished = [each for each, row in self.listed.items() if row.get("state") in FINISHED]
        pairs = [(self.listed[each], now.get(each)) for each in finished]
        pairs += [(row, read(self.session, each)) for each, row in self.own.items()]
        pairs = [pair for pair in pairs if pair[0]["id"] not in self.bystanders.concerned]
        return next((text for before, row in pairs if (text := _describe_change(before, row))), "")

    def find_started(self) -> list[Row]:
        """Return the new instances that the caller may have started, but that no accepted execution returned."""
        rows = Lists(self.session).all().rows
        initiators = {row.get("initiatorEntity") for row in rows if row["id"] in self.session.started}
        return [
            row
            for row in rows
            if row["id"] not in self.listed
            and row["id"] not in self.session.started
            and (self.is_certain(row) or self._is_suspect(row, initiators))
        ]

    def is_certain(self, row: Row) -> bool:
        """Whether nobody else can have started the instance."""
        return row.get("targetEntity") in self.bystanders.entities

    def _is_suspect(self, row: Row, initiators: Collection[object]) -> bool:
        initiator = row.get("initiatorEntity")
        is_of_another_user = bool(initiator and initiators and initiator not in initiators)
        return row.get("processId") in self.bystanders.workflows and not is_of_another_user


def expect_no_effect(
    session: Session,
    send: Callable[[], Sequence[Exchange]],
    bystanders: Bystanders,
    cause: str,
    *,
    may_change: Callable[[Sequence[Exchange]], bool] = lambda exchanges: False,
) -> None:
    """Send requests, and raise `Failed` if a run changes that they do not concern, or if they start one.

    `cause` completes "the target behaves as if ...". `may_change` says, given the answers, whether the bystanders may
    change. If a run appears that another caller may have started, the requests
    are sent again. Raises `Undecided` if runs appear without them as well.
    """
    for _ in range(ATTEMPTS):
        before = _take(session, bystanders)
        exchanges = send()
        if not may_change(exchanges):
            _expect_unchanged(before, exchanges, cause)
        started = _watch(session, before.find_started)
        if not started:
            return
        session.started.update({row["id"]: row.get("processId", "") for row in started})
        if any(before.is_certain(row) for row in started):
            break
        # Another caller may have started it.
        if _watch(session, _take(session, bystanders).find_started):
            raise Undecided("a moment in which no other caller starts a run")
    ids = ", ".join(row["id"] for row in started)
    raise Failed(
        "no new instance", f"instance {ids} of {started[0].get('processId')}", *exchanges, cause=cause
    )


def _expect_unchanged(before: _Snapshot, exchanges: Sequence[Exchange], cause: str) -> None:
    session = before.session
    if not _watch(session, before.find_changed):
        return
    # A delayed read may show an older version of a run. The current version follows soon.
    changed = session.poll(before.find_changed, lambda text: not text)
    if changed:
        raise Failed("all other runs as before", changed, *exchanges[:_SHOWN], cause=cause)


def _take(session: Session, bystanders: Bystanders) -> _Snapshot:
    listed = {row["id"]: row for row in Lists(session).all().rows}
    own = {run.instance_id: read(session, run.instance_id) for run in bystanders.runs}
    return _Snapshot(session, bystanders, listed, {each: row for each, row in own.items() if row is not None})


def _describe_change(before: Row, now: Row | None) -> str:
    if now is None:
        return ""
    is_stable = before.get("state") in _STABLE
    changed = [name for name in _LASTING if is_stable and now.get(name) != before.get(name)]
    if not is_stable and now.get("state") == "ABORTED":
        changed = ["state"]
    return (
        f"{changed[0]} {now.get(changed[0])!r} of {before['id']}, which was {before.get(changed[0])!r}"
        if changed
        else ""
    )


def _watch(session: Session, probe: Callable[[], Found]) -> Found:
    ceiling = min(session.patience, max(_SHORTEST, min(_LONGEST, 1.5 * session.lag)))
    return session.poll(probe, bool, ceiling)
