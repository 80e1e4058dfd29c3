"""Lists the hand-made mutants."""

from __future__ import annotations

from ..mutant import Mutant, read_mutant
from . import inputs, isolation, listing, operations, secrecy
from .access import credentials, listed_ids
from .errors import refusals, refused_executions, required_parts, unknown_ids
from .filters import fields, logical, rare_filters, trees, values
from .lifecycle import rare_runs, starting, stopping, wrong_runs
from .live_runs import listed_runs, run_states, times, unusual_inputs
from .overviews import disagreeing, overviews, rare_overviews, searches
from .overviews import pages as overview_pages
from .paging import complete_lists, pages
from .paging import of_workflow as workflow_pages
from .sorting import of_workflow as workflow_orders
from .sorting import orders


def list_mutants() -> list[Mutant]:
    """Return all mutants, module by module."""
    modules = (
        operations,
        listing,
        pages,
        complete_lists,
        workflow_pages,
        orders,
        workflow_orders,
        fields,
        logical,
        rare_filters,
        trees,
        values,
        overviews,
        searches,
        rare_overviews,
        overview_pages,
        disagreeing,
        starting,
        inputs,
        stopping,
        wrong_runs,
        rare_runs,
        run_states,
        listed_runs,
        unusual_inputs,
        times,
        refusals,
        unknown_ids,
        required_parts,
        refused_executions,
        credentials,
        listed_ids,
        isolation,
        secrecy,
    )
    found = [read_mutant(value) for module in modules for value in vars(module).values()]
    return [mutant for mutant in found if mutant is not None]
