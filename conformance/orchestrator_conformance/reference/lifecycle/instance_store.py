"""Where the backend keeps its instances."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from .instance import Instance


class InstanceStore:
    """The instances in memory, by id, in the order in which they came."""

    def __init__(self, instances: Iterable[Instance] = ()) -> None:
        self._instances = {instance.id: instance for instance in instances}

    def put(self, instance: Instance) -> None:
        """Keep `instance`, in the place of the one with its id."""
        self._instances[instance.id] = instance

    def visible(self, now: datetime) -> list[Instance]:
        """Return the instances that a read at `now` shows."""
        return [instance for instance in self._instances.values() if instance.visible_from <= now]

    def find(self, instance_id: str, now: datetime) -> Instance | None:
        """Return the instance of that id, or `None` where a read at `now` shows none."""
        instance = self._instances.get(instance_id)
        return instance if instance is not None and instance.visible_from <= now else None
