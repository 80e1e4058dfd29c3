"""The list of all checks, in the order in which they run."""

from __future__ import annotations

from types import ModuleType
from typing import Final

from . import access, errors, inputs, isolation, listing, paging, secrecy, sorting
from .check import Check
from .filters import combinations, dates, fields, logical
from .lifecycle import executing, final_state, stopping
from .live_runs import (
    clocks,
    concurrency,
    input_filters,
    listed_states,
    overview_updates,
    repeated_reads,
    state_machine,
    steps,
    unusual_inputs,
)
from .overviews import agreement, definitions, last_runs, names_and_versions, overviews

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
    errors,
    executing,
    inputs,
    unusual_inputs,
    input_filters,
    concurrency,
    stopping,
    state_machine,
    listed_states,
    overview_updates,
    agreement,
    names_and_versions,
    repeated_reads,
    clocks,
    steps,
    access,
    isolation,
    secrecy,
    final_state,
)


def list_checks() -> list[Check]:
    """Return all checks by topic, those of a module in source order."""
    return [value for module in _TOPICS for value in vars(module).values() if isinstance(value, Check)]
