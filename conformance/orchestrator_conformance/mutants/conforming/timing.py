"""Variants that show changes late, as a backend does that reads from an index that lags behind its services."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import ClassVar, Final

from orchestrator_v2 import models

from ...reference.isolation import SeparatedBackend
from ...reference.lifecycle.instance import Instance
from ...reference.lifecycle.instance_store import InstanceStore
from ...reference.lifecycle.instants import Clock
from ...reference.listing.rendering import Rendering
from ...reference.listing.seed import seeded_instances
from ...reference.settings import ReferenceSettings
from . import shapes
from .variant import LATE, conforms

_LAG: Final = timedelta(seconds=2)
_ALWAYS: Final = datetime.min.replace(tzinfo=UTC)


class VersionedStore(InstanceStore):
    """A store that keeps all versions of each instance, so that it can be read as of any time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._versions: dict[str, list[tuple[datetime, Instance]]] = {}

    def keep(self, instance: Instance, since: datetime) -> None:
        """Store the version of an instance that is valid from `since`."""
        self._versions.setdefault(instance.id, []).append((since, instance))

    def put(self, instance: Instance) -> None:
        """Store the version of an instance that is valid from now."""
        self.keep(instance, self._clock())

    def visible(self, now: datetime) -> list[Instance]:
        """Return the instances as they were at `now`."""
        found = [self.find(instance_id, now) for instance_id in self._versions]
        return [instance for instance in found if instance is not None]

    def find(self, instance_id: str, now: datetime) -> Instance | None:
        """Return the instance as it was at `now`, or `None` if it did not exist."""
        versions = self._versions.get(instance_id, [])
        return next((instance for since, instance in reversed(versions) if since <= now), None)


class _Late(SeparatedBackend):
    """A backend that can read its instances as they were two seconds ago.

    `delay` is the time by which a read is late.
    """

    delay: ClassVar = _LAG

    def __init__(self, settings: ReferenceSettings) -> None:
        store = VersionedStore(settings.clock)
        # A run ends before it is visible, and then appears to be active for a while.
        super().__init__(replace(settings, moment=_LAG / 2), store=store)
        for run in seeded_instances(self.catalogue) if settings.seeded else ():
            store.keep(run, _ALWAYS)
        self._lag = timedelta(0)

    def now(self) -> datetime:
        """Return the time at which instances are read."""
        return super().now() - self._lag

    @contextmanager
    def in_the_past(self) -> Iterator[None]:
        """Read the instances as they were two seconds ago. No handler may await anything in the meantime."""
        self._lag = self.delay
        try:
            yield
        finally:
            self._lag = timedelta(0)


@conforms(LATE)
class ListsAreLate(_Late):
    """Shows changes in lists two seconds late and by id immediately, since the contract allows a delay."""

    def visible_instances(self) -> list[Instance]:
        with self.in_the_past():
            return super().visible_instances()


@conforms(LATE)
class ReadsAreLate(_Late):
    """Shows changes by id two seconds late and in lists immediately, since the contract allows a delay."""

    async def get_instance_by_id(self, instance_id: str) -> models.ProcessInstanceDTO:
        with self.in_the_past():
            return await super().get_instance_by_id(instance_id)

    async def get_workflow_log_by_id(
        self, instance_id: str, *, rawlog: bool = False
    ) -> models.WorkflowLogsResponse:
        with self.in_the_past():
            return await super().get_workflow_log_by_id(instance_id, rawlog=rawlog)

    async def get_workflow_input_schema_by_id(
        self, workflow_id: str, *, instance_id: str | None = None
    ) -> models.InputSchemaResponseDTO:
        with self.in_the_past():
            return await super().get_workflow_input_schema_by_id(workflow_id, instance_id=instance_id)


@conforms(LATE)
class EverythingIsLate(ReadsAreLate):
    """Shows changes two seconds late everywhere, since the contract allows a delay."""

    def visible_instances(self) -> list[Instance]:
        with self.in_the_past():
            return super().visible_instances()


@conforms(LATE)
class LateWithDefaultPage(EverythingIsLate, shapes.DefaultPageSize):
    """Shows changes three seconds late everywhere, and has a default page of a thousand, which holds every list."""

    delay: ClassVar = timedelta(seconds=3)


@conforms(LATE)
class TwoReplicas(_Late):
    """Answers every second read from a replica that is two seconds behind, so that a change comes and goes."""

    def __init__(self, settings: ReferenceSettings) -> None:
        super().__init__(settings)
        self._reads = 0

    async def get_instances(
        self, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        with self.alternating_replicas():
            return await super().get_instances(body)

    async def get_workflow_instances(
        self, workflow_id: str, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        with self.alternating_replicas():
            return await super().get_workflow_instances(workflow_id, body)

    async def get_instance_by_id(self, instance_id: str) -> models.ProcessInstanceDTO:
        with self.alternating_replicas():
            return await super().get_instance_by_id(instance_id)

    @contextmanager
    def alternating_replicas(self) -> Iterator[None]:
        """Read the present and the past alternately."""
        self._reads += 1
        if self._reads % 2:
            yield
        else:
            with self.in_the_past():
                yield


class _SlowDetails(Rendering):
    """Shows the steps and data of an instance a while after the instance itself."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def instance(self, instance: Instance) -> models.ProcessInstanceDTO:
        shown = super().instance(instance)
        if self._clock() < instance.start + _LAG / 2:
            return shown.model_copy(update={"nodes": [], "workflowdata": None, "execution_summary": None})
        return shown


@conforms(LATE)
class DetailsAreLate(SeparatedBackend):
    """Shows nodes and workflowdata a second later than the instance itself, since the contract allows a delay."""

    def __init__(self, settings: ReferenceSettings) -> None:
        super().__init__(settings, rendering=_SlowDetails(settings.clock))
