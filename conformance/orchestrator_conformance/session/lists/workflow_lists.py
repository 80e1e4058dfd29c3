"""Chooses the workflow whose list of instances is judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from ..runs.runs import list_workflows
from ..session import Failed, Session, Undecided
from .instances import Lists, texts_of

# The maximum number of workflows that a requirement is tried on.
_WORKFLOWS: Final = 5


def expect_of_a_workflow(session: Session, expect: Callable[[Lists], None]) -> None:
    """Call `expect` with the lists of workflows, that with the most instances first, until one can be decided.

    Raises `Undecided` if none can be decided.
    """
    missing: Undecided | None = None
    for lists in iter_workflow_lists(session):
        try:
            expect(lists)
        except Undecided as reason:
            missing = missing or reason
        else:
            return
    if missing is None:
        raise Undecided("instances of a workflow that still exists")
    raise Undecided(f"{missing}, in the list of one workflow")


def iter_workflow_lists(session: Session) -> Iterator[Lists]:
    """Yield the lists of workflows that have instances and still exist, that with the most instances first."""
    counts = Counter(texts_of(Lists(session).known().rows, "processId"))
    # Instances may outlive their workflow, and the list of a workflow that does not exist may be an error.
    try:
        offered = set(texts_of(list_workflows(session), "workflowId"))
    except (Failed, Undecided):
        offered = set(counts)
    names = sorted(counts.keys() & offered, key=lambda name: (-counts[name], name))
    for name in names[:_WORKFLOWS]:
        yield Lists(session, name)


def expect_none_of_an_unknown_workflow(session: Session, body: Mapping[str, Any]) -> None:
    """Request the list of a workflow that does not exist, which is an error or empty."""
    try:
        listing = Lists(session, f"no-such-workflow-{session.seed}").ask_once(body)
    except (Failed, Undecided):
        return
    if listing.rows:
        raise Failed("no instances of an unknown workflow", f"{len(listing.rows)}", listing.exchange)
