"""Variants with other data: few instances, many, unusual ones, and some that other users start and end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import ClassVar, Final

from orchestrator_v2 import models

from ...reference.backend import refusals_as_errors
from ...reference.isolation import PersonalLifecycle, SeparatedBackend
from ...reference.lifecycle.instance import Instance, RunState
from ...reference.lifecycle.instance_store import InstanceStore
from ...reference.listing.rendering import Rendering
from ...reference.listing.seed import seeded_instances
from ...reference.overviews.catalogue import find_workflow, load_catalogue
from ...reference.overviews.workflow import Workflow
from ...reference.settings import ReferenceSettings
from .variant import conforms


def _samples(settings: ReferenceSettings) -> list[Instance]:
    return seeded_instances(load_catalogue()) if settings.seeded else []


class _NumberingLifecycle(PersonalLifecycle):
    """Numbers its instances."""

    def __init__(self, moment: timedelta, visibility_delay: timedelta) -> None:
        super().__init__(moment, visibility_delay)
        self._numbers = count(1)

    def new_id(self) -> str:
        return f"dev:Run-{next(self._numbers):06}"


@conforms()
class NumberedIds(SeparatedBackend):
    """Uses consecutive numbers in the ids of instances, as some engines do, since ids need not be UUIDs."""

    def __init__(self, settings: ReferenceSettings) -> None:
        samples = [replace(run, id=f"dev:Run-~{number}") for number, run in enumerate(_samples(settings))]
        lifecycle = _NumberingLifecycle(settings.moment, settings.visibility_delay)
        super().__init__(settings, lifecycle=lifecycle, store=InstanceStore(samples))


@conforms()
class NoInstances(SeparatedBackend):
    """Has no instances, as in a new portal."""

    def __init__(self, settings: ReferenceSettings) -> None:
        super().__init__(settings, store=InstanceStore())


@conforms()
class NoWorkflows(SeparatedBackend):
    """Has neither workflows nor instances, as in a portal before the first deployment of a workflow."""

    def __init__(self, settings: ReferenceSettings) -> None:
        super().__init__(settings, store=InstanceStore())
        self.catalogue = {}


@conforms()
class OneWorkflow(SeparatedBackend):
    """Has a single workflow, whose runs fail at first, and only instances of that workflow."""

    def __init__(self, settings: ReferenceSettings) -> None:
        name = "provision-database"
        samples = [run for run in _samples(settings) if run.workflow.id == name]
        super().__init__(settings, store=InstanceStore(samples))
        self.catalogue = {name: self.catalogue[name]}


@conforms()
class OneInstance(SeparatedBackend):
    """Has a single instance, which is not finished."""

    def __init__(self, settings: ReferenceSettings) -> None:
        samples = [run for run in _samples(settings) if run.state is RunState.SUSPENDED]
        super().__init__(settings, store=InstanceStore(samples[:1]))


_MANY: Final = 10_000
_FIRST: Final = datetime(2025, 3, 1, tzinfo=UTC)


class _CachedShortRows(Rendering):
    """Shows rows without optional details, and caches unchanged rows, because ten thousand take long."""

    def __init__(self) -> None:
        self._shown: dict[str, tuple[Instance, models.ProcessInstanceDTO]] = {}

    def instance(self, instance: Instance) -> models.ProcessInstanceDTO:
        before = self._shown.get(instance.id)
        if before is not None and before[0] is instance:
            return before[1]
        shown = super().instance(replace(instance, nodes=(), events=(), result=None))
        shown = shown.model_copy(
            update={"endpoint": None, "service_url": None, "description": None, "version": None}
        )
        self._shown[instance.id] = (instance, shown)
        return shown


@conforms()
class TenThousandInstances(SeparatedBackend):
    """Has ten thousand instances, ten with each start, and lists them all if no page is requested."""

    def __init__(self, settings: ReferenceSettings) -> None:
        samples = _samples(settings)
        many = [_move(samples[number % len(samples)], number) for number in range(_MANY)] if samples else []
        super().__init__(settings, store=InstanceStore(many), rendering=_CachedShortRows())


def _move(run: Instance, number: int) -> Instance:
    start = _FIRST + timedelta(minutes=number // 10)
    end = None if run.length is None else start + run.length
    return replace(run, id=f"{run.id[:-5]}{number:05}", start=start, end=end, visible_from=start)


def _rename(workflow: Workflow, name: str) -> Workflow:
    # A JSON string is also a YAML string.
    before, after = json.dumps(workflow.name), json.dumps(name)
    source = workflow.source.replace(f'"name": {before}', f'"name": {after}')
    source = source.replace(f"\nname: {workflow.name}\n", f"\nname: {after}\n")
    return replace(workflow, name=name, source=source)


class _Renaming(SeparatedBackend):
    """Gives its workflows other names."""

    names: ClassVar[Mapping[str, str]]

    def __init__(self, settings: ReferenceSettings) -> None:
        catalogue = load_catalogue()
        renamed = {name: _rename(each, self.names[name]) for name, each in catalogue.items()}
        samples = [replace(run, workflow=renamed[run.workflow.id]) for run in _samples(settings)]
        super().__init__(settings, store=InstanceStore(samples))
        self.catalogue = renamed


@conforms()
class NamesWithWildcards(_Renaming):
    """Has workflow names that contain wildcards, quotes and backslashes, and two workflows with the same name."""

    names: ClassVar = {
        "create-service": "Deploy 100% of * now",
        "request-access": "Deploy 100 of 100 things now",
        "provision-database": "\u00c9tat des lieux: \"base\" \\ 'donn\u00e9es'",
        "refresh-search-index": "Deploy 100% of * later",
        "migrate-repository": "Deploy 100% of * now",
    }


@conforms()
class NamesDifferInCase(_Renaming):
    """Has workflow names that differ only in case, and compares names case-sensitively in filters."""

    names: ClassVar = {
        "create-service": "Deploy it",
        "request-access": "deploy it",
        "provision-database": "DEPLOY IT",
        "refresh-search-index": "Destroy it",
        "migrate-repository": "destroy IT again",
    }


@conforms()
class RemovedWorkflow(SeparatedBackend):
    """Has instances of a removed workflow, and rejects requests for that workflow."""

    def __init__(self, settings: ReferenceSettings) -> None:
        super().__init__(settings)
        self.catalogue = {name: each for name, each in self.catalogue.items() if name != "migrate-repository"}

    async def get_workflow_instances(
        self, workflow_id: str, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        with refusals_as_errors():
            find_workflow(self.catalogue, workflow_id)
        return await super().get_workflow_instances(workflow_id, body)


@conforms()
class ConcurrentUsers(SeparatedBackend):
    """Lets another user start or end a run at every fifth list request, as happens in a shared portal."""

    def __init__(self, settings: ReferenceSettings) -> None:
        super().__init__(settings)
        self._asked = 0
        self._waiting: list[str] = []

    async def get_instances(
        self, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        self.act_as_another_user()
        return await super().get_instances(body)

    async def get_workflow_instances(
        self, workflow_id: str, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        self.act_as_another_user()
        return await super().get_workflow_instances(workflow_id, body)

    def act_as_another_user(self) -> None:
        """Start a run of another user, or end the one that was started last time."""
        self._asked += 1
        if self._asked % 5:
            return
        now = self.now()
        if self._waiting:
            run = self.store.find(self._waiting.pop(), now)
            if run is not None and not run.is_finished:
                self.store.put(self.lifecycle.complete(run, now))
            return
        workflow = self.catalogue["request-access"]
        inputs = {"system": "orders", "role": "viewer", "days": self._asked}
        run_id = self.lifecycle.new_id()
        begun = self.lifecycle.begin(
            workflow, run_id, now, "user:default/ada", "system:default/orders", inputs
        )
        self.store.put(begun)
        self._waiting.append(run_id)
