"""Failures that are known of a deployment: they do not decide the verdict, and must not outlive their cause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ..contract.cannot_run import CannotRun
from ..contract.features import read_toml
from .outcome import Fail, Known, Pass, Result, Stale


@dataclass(frozen=True, slots=True)
class Expectation:
    """One known failure: why it is known, and the last day on which it is; None has no last day."""

    reason: str
    expires: date | None = None

    def holds(self, today: date) -> bool:
        """Whether the failure is still expected."""
        return self.expires is None or today <= self.expires


def read_expectations(path: Path, known_ids: Iterable[str]) -> dict[str, Expectation]:
    """Read a TOML file with a table for each requirement id: `reason`, and `expires`, a date, if it has an end.

    Raises `CannotRun` for a file that cannot be read, an id that is no requirement, or an entry without a reason.
    """
    known = set(known_ids)
    expected = {}
    for id_, entry in read_toml(path).items():
        if id_ not in known:
            raise CannotRun(f"{path}: {id_} is no requirement; orchestrator-conformance list shows them")
        expected[id_] = _read_entry(path, id_, entry)
    return expected


def _read_entry(path: Path, id_: str, entry: Any) -> Expectation:
    if not isinstance(entry, dict) or not isinstance(entry.get("reason"), str) or not entry["reason"].strip():
        raise CannotRun(f'{path}: [{id_}] needs a reason, such as reason = "reported upstream"')
    if unknown := sorted(entry.keys() - {"reason", "expires"}):
        raise CannotRun(f"{path}: [{id_}] has {unknown[0]!r}, which is neither reason nor expires")
    expires = entry.get("expires")
    # A date with a time is a `date` too.
    if expires is not None and type(expires) is not date:
        raise CannotRun(f"{path}: [{id_}] expires must be a date, such as expires = 2027-01-31")
    return Expectation(entry["reason"].strip(), expires)


def apply_expectations(result: Result, expected: Mapping[str, Expectation], today: date) -> Result:
    """Return `result` as it counts: a failure that is expected is known, and what holds against it is stale."""
    expectation = expected.get(result.requirement.id)
    if expectation is None:
        return result
    match result.outcome:
        case Fail() as failure if expectation.holds(today):
            return Result(result.requirement, Known(expectation.reason, failure))
        case Fail(wanted, found, evidence):
            late = f"{found} (expected until {expectation.expires}: {expectation.reason})"
            return Result(result.requirement, Fail(wanted, late, evidence))
        case Pass():
            return Result(result.requirement, Stale(expectation.reason))
        case _:
            return result
