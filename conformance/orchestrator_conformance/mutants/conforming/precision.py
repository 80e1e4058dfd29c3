"""Variants with timestamps that are more precise than milliseconds, which ISO 8601 allows."""

from __future__ import annotations

import operator
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final

from orchestrator_v2 import models

from ...model.instants import read_instant, write_with_offset
from ...reference.filters.criteria import FilterValue, Operator
from ...reference.filters.filtering import Filtering
from ...reference.filters.table import ColumnType
from ...reference.isolation import SeparatedBackend
from ...reference.lifecycle.instance import Event, Instance, Node
from ...reference.lifecycle.instance_store import InstanceStore
from ...reference.listing.rendering import Rendering
from ...reference.listing.search import Search
from ...reference.listing.seed import seeded_instances
from ...reference.overviews.catalogue import load_catalogue
from ...reference.settings import ReferenceSettings
from .variant import conforms

# Of the sample instances, this number in a row starts within one millisecond.
_TOGETHER: Final = 3


def _move_together(settings: ReferenceSettings, step: timedelta) -> list[Instance]:
    """Return the sample instances with starts that lie `step` apart within a group."""
    samples = seeded_instances(load_catalogue()) if settings.seeded else []
    ordered = sorted(samples, key=lambda run: run.start)
    moved = []
    for place, run in enumerate(ordered):
        first = ordered[place - place % _TOGETHER]
        by = first.start + place % _TOGETHER * step - run.start
        moved.append(_change_times(run, partial(operator.add, by)))
    return moved


def _change_times(run: Instance, change: Callable[[datetime], datetime]) -> Instance:
    def change_if_any(instant: datetime | None) -> datetime | None:
        return None if instant is None else change(instant)

    return replace(
        run,
        start=change(run.start),
        end=change_if_any(run.end),
        visible_from=change(run.visible_from),
        nodes=tuple(
            replace(each, entered=change(each.entered), exited=change_if_any(each.exited))
            for each in run.nodes
        ),
        events=tuple(replace(each, at=change(each.at)) for each in run.events),
    )


class _Precise(Rendering):
    """Writes timestamps in full precision."""

    def write(self, instant: datetime) -> str:
        """Return the timestamp."""
        return instant.astimezone(UTC).isoformat(timespec="microseconds")

    def instance(self, instance: Instance) -> models.ProcessInstanceDTO:
        end = None if instance.end is None else self.write(instance.end)
        return super().instance(instance).model_copy(update={"start": self.write(instance.start), "end": end})

    def node(self, node: Node) -> models.NodeInstanceDTO:
        left = None if node.exited is None else self.write(node.exited)
        return super().node(node).model_copy(update={"enter": self.write(node.entered), "exit": left})

    def event(self, event: Event) -> str:
        return f"{self.write(event.at)} {event.level} {event.message}"


@conforms()
class MicrosecondTimestamps(SeparatedBackend):
    """Keeps and writes times with microseconds, several of them in one millisecond, which ISO 8601 allows."""

    def __init__(self, settings: ReferenceSettings) -> None:
        store = InstanceStore(_move_together(settings, timedelta(microseconds=7)))
        super().__init__(settings, store=store, rendering=_Precise())

    def now(self) -> datetime:
        return self.settings.clock()


class _Nanoseconds(_Precise):
    """Writes timestamps with nanoseconds if they are known."""

    def write(self, instant: datetime) -> str:
        return write_with_offset(instant, timedelta(0)).replace("+00:00", "Z")


def _add_nanoseconds(nanoseconds: int, instant: datetime) -> datetime:
    text = instant.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00")
    read = read_instant(f"{text}{nanoseconds:03}Z")
    assert read is not None
    return read


class _ComparesNanoseconds(Filtering):
    """Compares every digit of a date."""

    def read_value(self, value: FilterValue, operator: Operator, column_type: ColumnType, name: str) -> Any:
        read = super().read_value(value, operator, column_type, name)
        if column_type is not ColumnType.DATE or operator is Operator.IS_NULL:
            return read
        if isinstance(value, tuple):
            return tuple(read_instant(each) or known for each, known in zip(value, read, strict=True))
        return read_instant(value) or read


@conforms()
class NanosecondTimestamps(SeparatedBackend):
    """Keeps, writes and compares times with nanoseconds, which ISO 8601 allows."""

    def __init__(self, settings: ReferenceSettings) -> None:
        together = _move_together(settings, timedelta(0))
        samples = [
            _change_times(run, partial(_add_nanoseconds, place % _TOGETHER * 250))
            for place, run in enumerate(together)
        ]
        super().__init__(
            settings,
            search=Search(_ComparesNanoseconds()),
            store=InstanceStore(samples),
            rendering=_Nanoseconds(),
        )

    def now(self) -> datetime:
        return _add_nanoseconds(time.time_ns() % 1000, self.settings.clock())
