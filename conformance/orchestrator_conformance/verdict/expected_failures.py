"""Expected failures of a deployment. They do not decide the verdict, and have to be removed once they are fixed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ..contract.cannot_run import CannotRun
from ..contract.features import read_toml
from .outcome import Fail, Known, Pass, Result, Stale


@dataclass(frozen=True, slots=True)
class Expectation:
    """One expected failure: the reason, and the last day on which it is expected, or None for no end."""

    reason: str
    expires: date | None = None

    def holds(self, today: date) -> bool:
        """Whether the failure is still expected."""
        return self.expires is None or today <= self.expires


def read_expectations(path: Path, known_ids: Iterable[str]) -> dict[str, Expectation]:
    """Read a TOML file with one table per requirement id. The keys are `reason`, and optionally `expires`, a date.

    Raises `CannotRun` for a file that cannot be read, an unknown id, or an invalid entry.
    """
    known = set(known_ids)
    expected = {}
    for id_, entry in read_toml(path).items():
        if id_ not in known:
            raise CannotRun(
                f"{path}: unknown requirement {id_}; run `orchestrator-conformance list` to see all ids"
            )
        expected[id_] = _read_entry(path, id_, entry)
    return expected


def _read_entry(path: Path, id_: str, entry: Any) -> Expectation:
    if not isinstance(entry, dict) or not isinstance(entry.get("reason"), str) or not entry["reason"].strip():
        raise CannotRun(f'{path}: [{id_}] requires a reason, such as reason = "reported upstream"')
    if unknown := sorted(entry.keys() - {"reason", "expires"}):
        raise CannotRun(f"{path}: [{id_}] has the unknown key {unknown[0]!r}; expected reason or expires")
    expires = entry.get("expires")
    # `datetime` is a subclass of `date`.
    if expires is not None and type(expires) is not date:
        raise CannotRun(f"{path}: [{id_}] expires must be a date, such as expires = 2027-01-31")
    return Expectation(entry["reason"].strip(), expires)


def apply_expectations(result: Result, expected: Mapping[str, Expectation], today: date) -> Result:
    """Return `result` with the expectations applied: an expected failure is `Known`, an unexpected pass is `Stale`."""
    expectation = expected.get(result.requirement.id)
    if expectation is None:
        return result
    match result.outcome:
        case Fail() as failure if expectation.holds(today):
            return Result(result.requirement, Known(expectation.reason, failure))
        case Fail() as failure:
            note = f" (was expected until {expectation.expires}: {expectation.reason})"
            faults = tuple(replace(each, found=f"{each.found}{note}") for each in failure.faults)
            late = replace(failure, found=f"{failure.found}{note}", faults=faults)
            return Result(result.requirement, late)
        case Pass():
            return Result(result.requirement, Stale(expectation.reason))
        case _:
            return result
