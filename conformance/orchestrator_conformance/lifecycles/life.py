"""The model of one run: what it may be read as, after what was read of it before.

A run that is PENDING, ACTIVE, SUSPENDED or in ERROR may be in any state the next time: it runs by itself, and others
may have a hand in it. A run that is COMPLETED or ABORTED stays as it is, and one that was aborted while it was
unfinished is finished from then on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from ..session.instances import FINISHED, Row, read_instant
from ..session.runs import Run

# What a run is from its start on, once it is shown.
_LASTING: Final = ("processId", "start", "targetEntity", "initiatorEntity")
_RUNNING: Final = frozenset({"ACTIVE", "PENDING", "SUSPENDED"})


@dataclass(frozen=True, slots=True)
class Breach:
    """A read that the model does not allow: what it allows, and what was read."""

    expected: str
    found: str


@dataclass(slots=True)
class Life:
    """One run as it is known: `seen` is what was read last, None before the first read.

    `kept` names the inputs that a run of the workflow still shows in the end as it was given them.
    """

    run: Run
    kept: frozenset[str]
    seen: Row | None = None
    is_ending: bool = False
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def state(self) -> str | None:
        """The state that was read last."""
        return None if self.seen is None else self.seen.get("state")

    def find_breach(self, row: Row) -> Breach | None:
        """Return how `row` is not what this run may be read as, or None where it is."""
        return self._find_other(row) or self._find_moved(row) or _find_bad_end(row)

    def learn(self, row: Row) -> None:
        """Take a row that the model allows for what the run is now."""
        self.seen = row
        self.facts |= {name: value for name, value in self._read_facts(row).items() if value is not None}

    def _read_facts(self, row: Row) -> dict[str, Any]:
        shown = row.get("workflowdata")
        shown = shown if isinstance(shown, dict) else {}
        names = [*_LASTING, *(["state", "end"] if row.get("state") in FINISHED else [])]
        return {name: row.get(name) for name in names} | {
            f"input {name}": shown.get(name) for name in self.kept
        }

    def _find_other(self, row: Row) -> Breach | None:
        if row.get("id") != self.run.instance_id:
            return Breach(f"id {self.run.instance_id}", f"{row.get('id')!r}")
        found = self._read_facts(row)
        for name, value in self.facts.items():
            # Whether a run shows its inputs at all is left open.
            is_silent = name.startswith("input ") and found[name] is None
            if name not in ("state", "end") and found[name] != value and not is_silent:
                return Breach(f"{name} {value!r}, as before", f"{found[name]!r}")
        return None

    def _find_moved(self, row: Row) -> Breach | None:
        for name in ("state", "end"):
            if name in self.facts and row.get(name) != self.facts[name]:
                return Breach(
                    f"{name} {self.facts[name]!r}: the run has finished", f"{name} {row.get(name)!r}"
                )
        if self.is_ending and row.get("state") not in FINISHED:
            return Breach("state ABORTED: the abort was accepted", f"state {row.get('state')!r}")
        return None


def _find_bad_end(row: Row) -> Breach | None:
    state, end = row.get("state"), row.get("end")
    if state in FINISHED and not end:
        return Breach(f"an end: the run is {state}", "none")
    if state in _RUNNING and end:
        return Breach(f"no end: the run is {state}", f"end {end!r}")
    begun, ended = read_instant(row.get("start")), read_instant(end)
    if begun is not None and ended is not None and ended < begun:
        return Breach(f"an end after the start {row['start']}", f"end {end}")
    return None
