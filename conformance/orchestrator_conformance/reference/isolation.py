"""A backend for two users: the first sees every instance, the second only the instances that they started."""

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

# The initiator of the second user while a request of theirs is handled; None for the first user.
CALLER: Final[ContextVar[str | None]] = ContextVar("caller", default=None)


class PersonalLifecycle(Lifecycle):
    """Starts every instance in the name of the caller."""

    def start(
        self, workflow: Workflow, inputs: dict[str, Any], initiator: str, target: str | None, now: datetime
    ) -> Instance:
        """Return a new instance with the caller as its initiator."""
        return super().start(workflow, inputs, CALLER.get() or initiator, target, now)


class SeparatedBackend(ReferenceBackend):
    """Hides the instances of others from the second user, as if they did not exist."""

    def __init__(self, settings: ReferenceSettings | None = None, **parts: Any) -> None:
        chosen = settings or ReferenceSettings()
        parts.setdefault("lifecycle", PersonalLifecycle(chosen.moment, chosen.visibility_delay))
        super().__init__(chosen, **parts)

    def may_see(self, instance: Instance) -> bool:
        """Whether the caller may see the instance."""
        return CALLER.get() in (None, instance.initiator)

    def visible_instances(self) -> list[Instance]:
        """Return every instance that is visible to the caller."""
        return [each for each in super().visible_instances() if self.may_see(each)]

    def find_instance(self, instance_id: str) -> Instance:
        """Return the instance with this id. Raises `NotFound` if the caller may not see it."""
        found = super().find_instance(instance_id)
        if not self.may_see(found):
            raise NotFound(f"unknown instance {instance_id!r}")
        return found
