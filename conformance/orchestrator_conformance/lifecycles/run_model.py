"""The model of one run: which rows a read may return, given the rows that were read before.

A run that is PENDING, ACTIVE, SUSPENDED or in ERROR may be in any state at the next read, because it proceeds by itself
and other clients may change it. A run that is COMPLETED or ABORTED no longer changes. After an accepted abort, a run is
finished.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from ..model.instants import is_before
from ..session.lists.instances import FINISHED, NO_END, Row, read_instant
from ..session.runs.runs import Run

# The fields that do not change after the start of a run, once they are shown.
_LASTING: Final = ("processId", "start", "targetEntity", "initiatorEntity")
_RUNNING: Final = frozenset({"ACTIVE", "PENDING", "SUSPENDED"})


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A read that the model does not allow: what it expects, what was read, and the cause if it is known."""

    expected: str
    found: str
    cause: str = ""


@dataclass(slots=True)
class RunModel:
    """The known facts about one run.

    `seen` is the row that was read last, or None before the first read. `kept` names the inputs that runs of the
    workflow do not change. `is_ending` is True after an accepted abort.
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

    def find_mismatch(self, row: Row) -> Mismatch | None:
        """Return why the model does not allow `row`, or None if it does."""
        return self._find_changed_fact(row) or self._find_change_after_end(row) or _find_bad_end(row)

    def learn(self, row: Row) -> None:
        """Update the model with a row that it allows."""
        self.seen = row
        self.facts |= {name: value for name, value in self._read_facts(row).items() if value is not None}

    def _read_facts(self, row: Row) -> dict[str, Any]:
        shown = row.get("workflowdata")
        shown = shown if isinstance(shown, dict) else {}
        names = [*_LASTING, *(["state", "end"] if row.get("state") in FINISHED else [])]
        return {name: row.get(name) for name in names} | {
            f"input {name}": shown.get(name) for name in self.kept
        }

    def _find_changed_fact(self, row: Row) -> Mismatch | None:
        if row.get("id") != self.run.instance_id:
            return Mismatch(f"id {self.run.instance_id}", f"{row.get('id')!r}")
        found = self._read_facts(row)
        for name, value in self.facts.items():
            # The document does not require a run to show its inputs.
            is_absent_input = name.startswith("input ") and found[name] is None
            if name not in ("state", "end") and found[name] != value and not is_absent_input:
                return Mismatch(f"{name} {value!r}, as in earlier reads", f"{found[name]!r}")
        return None

    def _find_change_after_end(self, row: Row) -> Mismatch | None:
        for name in ("state", "end"):
            if name in self.facts and row.get(name) != self.facts[name]:
                return Mismatch(
                    f"{name} {self.facts[name]!r}, because the run has finished", f"{name} {row.get(name)!r}"
                )
        if self.is_ending and row.get("state") not in FINISHED:
            return Mismatch("state ABORTED, because the abort was accepted", f"state {row.get('state')!r}")
        return None


def _find_bad_end(row: Row) -> Mismatch | None:
    state, end = row.get("state"), row.get("end")
    if state in FINISHED and not end:
        return Mismatch(f"an end, because the run is {state}", "no end", NO_END)
    if state in _RUNNING and end:
        return Mismatch(f"no end, because the run is {state}", f"end {end!r}")
    begun, ended = read_instant(row.get("start")), read_instant(end)
    if begun is not None and ended is not None and is_before(ended, begun):
        return Mismatch(f"an end after the start {row['start']}", f"end {end}")
    return None
