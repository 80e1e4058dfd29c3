"""Aborts the unfinished instances that a session started, at its end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..target.exchange import NotJson, read_json
from .instances import FINISHED
from .session import NotApplicable, Session, Undecided

_TRIES: Final = 3


def clean_up(session: Session) -> list[str]:
    """Abort the unfinished instances that this session started. Returns the ids that may still be unfinished."""
    left = [instance_id for instance_id in session.started if not _has_finished(session, instance_id)]

    def find_left() -> list[str]:
        paths = {instance_id: {"instanceId": instance_id} for instance_id in left}
        return [each for each, path in paths.items() if _read_state(session, path) not in FINISHED]

    # The finished state may become visible late.
    return session.poll(find_left, lambda found: not found) if left else []


def _has_finished(session: Session, instance_id: str) -> bool:
    path = {"instanceId": instance_id}
    for _ in range(_TRIES):
        if _read_state(session, path) in FINISHED:
            return True
        try:
            answer = session.call("abortWorkflow", path, is_good=False)
        except NotApplicable:
            return False
        except Undecided:
            # A gateway answered. The abort may have arrived, and does no harm twice.
            continue
        # If it is rejected, the run may have completed just before the abort arrived.
        return 200 <= answer.response.status <= 299 or _read_state(session, path) in FINISHED
    return False


def _read_state(session: Session, path: Mapping[str, str]) -> object:
    # An invalid answer is not an error here: it must not prevent the clean-up.
    try:
        value = read_json(session.call("getInstanceById", path, is_good=False).response.body)
    except (NotJson, Undecided):
        return None
    return value.get("state") if isinstance(value, dict) else None
