"""The list of all checks, in the order in which they run."""

from __future__ import annotations

from types import ModuleType
from typing import Final

from . import inputs, isolation, listing, secrecy
from .access import credentials, listed_ids
from .check import Check
from .errors import executions, refusals, required_parts, unknown_ids
from .filters import combinations, dates, fields, logical, nested, patterns, trees, values
from .lifecycle import executing, final_state, stopping, without_effect
from .live_runs import (
    clocks,
    close_dates,
    concurrency,
    input_filters,
    listed_states,
    overview_updates,
    repeated_reads,
    state_machine,
    steps,
    unusual_inputs,
)
from .overviews import agreement, definitions, last_runs, names_and_versions, overviews, searches
from .overviews import pages as overview_pages
from .paging import complete_lists, ordered_pages, pages, totals
from .paging import of_workflow as workflow_pages
from .sorting import of_workflow as workflow_orders
from .sorting import orders

# Checks that only read come first, so that runs which the suite starts do not affect them.
_TOPICS: Final[tuple[ModuleType, ...]] = (
    listing,
    pages,
    totals,
    ordered_pages,
    complete_lists,
    workflow_pages,
    orders,
    workflow_orders,
    fields,
    patterns,
    dates,
    logical,
    nested,
    trees,
    values,
    combinations,
    overviews,
    searches,
    overview_pages,
    definitions,
    last_runs,
    refusals,
    unknown_ids,
    required_parts,
    executing,
    inputs,
    unusual_inputs,
    input_filters,
    close_dates,
    concurrency,
    stopping,
    without_effect,
    state_machine,
    listed_states,
    overview_updates,
    agreement,
    names_and_versions,
    repeated_reads,
    clocks,
    steps,
    credentials,
    listed_ids,
    isolation,
    secrecy,
    executions,
    final_state,
)


def list_checks() -> list[Check]:
    """Return all checks by topic, those of a module in source order."""
    return [value for module in _TOPICS for value in vars(module).values() if isinstance(value, Check)]
