"""A backend for two users: the first sees everything, the second what they started themselves."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import datetime
from typing import Any, Final

from .backend import ReferenceBackend
from .errors import NotFound
from .lifecycle.instance import Instance
from .lifecycle.lifecycle import Lifecycle
from .overviews.workflow import Workflow
from .settings import ReferenceSettings

# Who sent the request that is being answered, where that is the second user.
CALLER: Final[ContextVar[str | None]] = ContextVar("caller", default=None)


class PersonalLifecycle(Lifecycle):
    """Has every instance started by whoever asks for it."""

    def start(
        self, workflow: Workflow, inputs: dict[str, Any], initiator: str, target: str | None, now: datetime
    ) -> Instance:
        """Return a new instance of the caller's."""
        return super().start(workflow, inputs, CALLER.get() or initiator, target, now)


class SeparatedBackend(ReferenceBackend):
    """Shows the second user nothing that another started: to them it is not there."""

    def __init__(self, settings: ReferenceSettings | None = None, **parts: Any) -> None:
        chosen = settings or ReferenceSettings()
        parts.setdefault("lifecycle", PersonalLifecycle(chosen.moment, chosen.visibility_delay))
        super().__init__(chosen, **parts)

    def may_see(self, instance: Instance) -> bool:
        """Whether the caller may see the instance."""
        return CALLER.get() in (None, instance.initiator)

    def visible_instances(self) -> list[Instance]:
        """Return every instance that a read by the caller shows."""
        return [each for each in super().visible_instances() if self.may_see(each)]

    def find_instance(self, instance_id: str) -> Instance:
        """Return the instance of that id; raise `NotFound` where the caller may not see it."""
        found = super().find_instance(instance_id)
        if not self.may_see(found):
            raise NotFound(f"no instance has the id {instance_id!r}")
        return found
