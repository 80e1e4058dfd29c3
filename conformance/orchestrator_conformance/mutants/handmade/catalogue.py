"""Lists the hand-made mutants."""

from __future__ import annotations

from ..mutant import Mutant, read_mutant
from . import inputs, isolation, listing, operations, paging, secrecy, sorting
from .access import credentials, listed_ids
from .errors import refusals, unknown_ids
from .filters import fields, logical, rare_filters
from .lifecycle import rare_runs, starting, stopping, wrong_runs
from .live_runs import listed_runs, run_states, times, unusual_inputs
from .overviews import disagreeing, overviews, rare_overviews, searches


def list_mutants() -> list[Mutant]:
    """Return all mutants, module by module."""
    modules = (
        operations,
        listing,
        paging,
        sorting,
        fields,
        logical,
        rare_filters,
        overviews,
        searches,
        rare_overviews,
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
        credentials,
        listed_ids,
        isolation,
        secrecy,
    )
    found = [read_mutant(value) for module in modules for value in vars(module).values()]
    return [mutant for mutant in found if mutant is not None]
