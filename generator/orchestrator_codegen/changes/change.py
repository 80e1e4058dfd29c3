"""What a comparison finds, as values: a finding inside one part, a change of one operation, and all changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Final

from ..document.diagnostics import Location
from ..document.load import Pointer


class Party(StrEnum):
    """Who was built on the old document and may no longer get along with the other, built on the new one."""

    CLIENTS = "clients"
    SERVERS = "servers"


class Direction(StrEnum):
    """Which way a part travels: clients send requests, servers send answers."""

    REQUEST = "request"
    ANSWER = "answer"


class Effect(Enum):
    """What a change does to the messages that a part allows; UNCLEAR is more, fewer or others: it cannot be told."""

    WIDER = "wider"
    NARROWER = "narrower"
    UNCLEAR = "unclear"


Breaks = frozenset[Party]

NOBODY: Final[Breaks] = frozenset()
CLIENTS: Final[Breaks] = frozenset({Party.CLIENTS})
SERVERS: Final[Breaks] = frozenset({Party.SERVERS})
BOTH: Final[Breaks] = CLIENTS | SERVERS

# Who sends what the other end was not built for: a wider request is new to old servers, a narrower one refuses old
# clients; a wider answer is new to old clients, a narrower one is not what old servers send.
_BREAKS: Final[Mapping[tuple[Direction, Effect], Breaks]] = {
    (Direction.REQUEST, Effect.WIDER): SERVERS,
    (Direction.REQUEST, Effect.NARROWER): CLIENTS,
    (Direction.ANSWER, Effect.WIDER): CLIENTS,
    (Direction.ANSWER, Effect.NARROWER): SERVERS,
}


def find_broken(direction: Direction, effect: Effect) -> Breaks:
    """Return whom a change with `effect` breaks where it travels in `direction`; both where that cannot be told."""
    return _BREAKS.get((direction, effect), BOTH)


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference inside a part: its place from there, and where it stands in each document that has it."""

    kind: str
    says: str
    breaks: Breaks
    direction: Direction | None = None
    old: Pointer | None = None
    new: Pointer | None = None
    where: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OperationName:
    """An operation as readers know it: by method and path, and by its operationId, "" where it has none."""

    method: str
    path: str
    id: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an operation, or of the whole document where `operation` is None."""

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
    """All changes from the document `old` to the document `new`, both named as the user did."""

    old: str
    new: str
    changes: tuple[Change, ...]

    def count(self, breaks: Breaks) -> int:
        """Return how many changes break one of these; of nobody, how many are compatible."""
        return sum(bool(each.breaks & breaks) if breaks else not each.breaks for each in self.changes)
