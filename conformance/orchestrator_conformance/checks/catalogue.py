"""The list of all checks, in the order in which they run."""

from __future__ import annotations

from types import ModuleType
from typing import Final

from . import inputs, isolation, listing, paging, secrecy, sorting
from .access import credentials, listed_ids
from .check import Check
from .errors import refusals, unknown_ids
from .filters import combinations, dates, fields, logical
from .lifecycle import executing, final_state, stopping, without_effect
from .live_runs import concurrency, listed_states, overview_updates, repeated_reads, state_machine
from .overviews import definitions, last_runs, overviews

# Checks that only read come first, so that runs which the suite starts do not affect them.
_TOPICS: Final[tuple[ModuleType, ...]] = (
    listing,
    paging,
    sorting,
    fields,
    dates,
    logical,
    combinations,
    overviews,
    definitions,
    last_runs,
    refusals,
    unknown_ids,
    executing,
    inputs,
    concurrency,
    stopping,
    without_effect,
    state_machine,
    listed_states,
    overview_updates,
    repeated_reads,
    credentials,
    listed_ids,
    isolation,
    secrecy,
    final_state,
)


def list_checks() -> list[Check]:
    """Return all checks by topic, those of a module in source order."""
    return [value for module in _TOPICS for value in vars(module).values() if isinstance(value, Check)]
