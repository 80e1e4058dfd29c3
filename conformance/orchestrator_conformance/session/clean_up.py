"""Aborts the unfinished instances that a session started, at its end, and finds out which of them go on."""

from __future__ import annotations

import time
import traceback
from typing import Final

from ..contract.cannot_run import CannotRun
from .lists.instances import FINISHED
from .session import NotApplicable, Session, Undecided

# Seconds that a clean-up may take.
_LIMIT: Final = 120.0
_TRIES: Final = 3


def clean_up(session: Session) -> tuple[str, ...]:
    """Abort the unfinished instances that this session started. Returns the ids of those that go on.

    An abort that succeeds is not believed: each instance is read again until it has finished or the session's patience
    ends. An instance that cannot be read is assumed to go on. Never raises: a failure of the suite itself becomes a
    problem of the session.
    """
    going_on = dict.fromkeys(session.started)
    session.interruption.stop_timer()
    try:
        _abort(session, going_on, time.monotonic() + _LIMIT)
    except (CannotRun, KeyboardInterrupt):
        # The target is lost, or the user does not want to wait.
        pass
    except Exception:
        session.problems.append(traceback.format_exc())
    return tuple(going_on)


def _abort(session: Session, going_on: dict[str, None], deadline: float) -> None:
    """Abort the instances, and remove those that have finished from `going_on`."""

    def remove_finished() -> bool:
        for instance_id in list(going_on):
            if time.monotonic() > deadline:
                break
            if _has_finished(session, instance_id):
                del going_on[instance_id]
        return not going_on or time.monotonic() > deadline

    if remove_finished():
        return
    for instance_id in list(going_on):
        if time.monotonic() > deadline:
            return
        _try_to_abort(session, instance_id)
    session.poll(remove_finished, bool)


def _try_to_abort(session: Session, instance_id: str) -> None:
    for _ in range(_TRIES):
        session.forget_trace()
        try:
            session.call("abortWorkflow", {"instanceId": instance_id}, is_good=False)
        except NotApplicable:
            return
        except Undecided:
            # A gateway answered. The abort may have arrived, and does no harm twice.
            continue
        return


def _has_finished(session: Session, instance_id: str) -> bool:
    session.forget_trace()
    try:
        answer = session.try_to_ask("getInstanceById", {"instanceId": instance_id})
    except (NotApplicable, Undecided):
        return False
    return answer is not None and answer.value.get("state") in FINISHED
