"""Aborts the unfinished instances that a session started, at its end."""

from __future__ import annotations

from ..target.exchange import Exchange, NotJson, read_json
from .instances import FINISHED
from .session import NotApplicable, Session


def clean_up(session: Session) -> list[str]:
    """Abort the unfinished instances that this session started. Returns the ids that may still be unfinished."""
    left = [instance_id for instance_id in session.started if not _has_finished(session, instance_id)]

    def find_left() -> list[str]:
        paths = {instance_id: {"instanceId": instance_id} for instance_id in left}
        reads = {each: session.call("getInstanceById", path, is_good=False) for each, path in paths.items()}
        return [each for each, exchange in reads.items() if _read_state(exchange) not in FINISHED]

    # The finished state may become visible late.
    return session.poll(find_left, lambda found: not found) if left else []


def _has_finished(session: Session, instance_id: str) -> bool:
    path = {"instanceId": instance_id}
    if _read_state(session.call("getInstanceById", path, is_good=False)) in FINISHED:
        return True
    try:
        answer = session.call("abortWorkflow", path, is_good=False)
    except NotApplicable:
        return False
    if 200 <= answer.response.status <= 299:
        return True
    # It may have completed just before the abort arrived.
    return _read_state(session.call("getInstanceById", path, is_good=False)) in FINISHED


def _read_state(exchange: Exchange) -> object:
    # An invalid answer is not an error here: it must not prevent the clean-up.
    try:
        value = read_json(exchange.response.body)
    except NotJson:
        return None
    return value.get("state") if isinstance(value, dict) else None
