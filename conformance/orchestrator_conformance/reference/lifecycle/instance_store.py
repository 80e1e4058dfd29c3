"""Stores the instances of the backend."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from .instance import Instance


class InstanceStore:
    """The instances in memory, by id, in insertion order."""

    def __init__(self, instances: Iterable[Instance] = ()) -> None:
        self._instances = {instance.id: instance for instance in instances}

    def put(self, instance: Instance) -> None:
        """Add `instance`, or replace the one with the same id."""
        self._instances[instance.id] = instance

    def visible(self, now: datetime) -> list[Instance]:
        """Return the instances that a read at `now` shows."""
        return [instance for instance in self._instances.values() if instance.visible_from <= now]

    def find(self, instance_id: str, now: datetime) -> Instance | None:
        """Return the instance with this id, or `None` if a read at `now` does not show it."""
        instance = self._instances.get(instance_id)
        return instance if instance is not None and instance.visible_from <= now else None
