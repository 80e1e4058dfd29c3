"""The results of a comparison: a finding inside one part, a change of one operation, and all changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Final

from ..document.diagnostics import Location
from ..document.load import Pointer


class Party(StrEnum):
    """The party, built on the old document, that a change can break."""

    CLIENTS = "clients"
    SERVERS = "servers"


class Direction(StrEnum):
    """The direction in which a part is sent: clients send requests, servers send responses."""

    REQUEST = "request"
    ANSWER = "answer"


class Effect(Enum):
    """The effect of a change on the allowed messages. UNCLEAR means that it cannot be determined."""

    WIDER = "wider"
    NARROWER = "narrower"
    UNCLEAR = "unclear"


Breaks = frozenset[Party]

NOBODY: Final[Breaks] = frozenset()
CLIENTS: Final[Breaks] = frozenset({Party.CLIENTS})
SERVERS: Final[Breaks] = frozenset({Party.SERVERS})
BOTH: Final[Breaks] = CLIENTS | SERVERS

# A wider request is unknown to old servers, and a narrower one rejects old clients. A wider response is unknown to old
# clients, and a narrower one excludes what old servers send.
_BREAKS: Final[Mapping[tuple[Direction, Effect], Breaks]] = {
    (Direction.REQUEST, Effect.WIDER): SERVERS,
    (Direction.REQUEST, Effect.NARROWER): CLIENTS,
    (Direction.ANSWER, Effect.WIDER): CLIENTS,
    (Direction.ANSWER, Effect.NARROWER): SERVERS,
}


def find_broken(direction: Direction, effect: Effect) -> Breaks:
    """Return whom a change with `effect` in `direction` breaks: both if the effect is unclear."""
    return _BREAKS.get((direction, effect), BOTH)


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference inside a part: its place relative to the part, and its pointer in each document that has it."""

    kind: str
    says: str
    breaks: Breaks
    direction: Direction | None = None
    old: Pointer | None = None
    new: Pointer | None = None
    where: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OperationName:
    """The name of an operation: method, path and operationId, which is "" if it has none."""

    method: str
    path: str
    id: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an operation, or of the whole document if `operation` is None."""

    operation: OperationName | None
    where: tuple[str, ...]
    kind: str
    says: str
    breaks: Breaks
    direction: Direction | None
    old: Location | None
    new: Location | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes from the document `old` to the document `new`, with the names that the user gave."""

    old: str
    new: str
    changes: tuple[Change, ...]

    def count(self, breaks: Breaks) -> int:
        """Return the number of changes that break any of `breaks`, or of compatible changes if `breaks` is empty."""
        return sum(bool(each.breaks & breaks) if breaks else not each.breaks for each in self.changes)
