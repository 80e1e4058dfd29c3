"""Draws sets of hand-made mutants that do not interact, so that each should be one finding."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final

from ...contract.requirements import is_of_operation
from ...mutants.combined import can_combine
from ...mutants.handmade.catalogue import list_mutants
from ...mutants.mutant import Mutant

SMALLEST: Final = 2
LARGEST: Final = 5
SEPARATOR: Final = "+"

# The number of sets of a score, and the seed that they are drawn with.
COUNT: Final = 200
_SEED: Final = 1
_TRIES: Final = 1000

# The area of a requirement, by the prefix of its id. The longest prefix that matches decides.
_AREAS: Final = {
    "ORC-INST-": "instances",
    "ORC-INST-STATUS-": "statuses",
    "ORC-INST-LOG-": "logs",
    "ORC-INST-PAGE-": "pages",
    "ORC-INST-COUNT-": "pages",
    "ORC-INST-SORT-": "orders",
    "ORC-FILT-": "filters",
    "ORC-WF-": "workflows",
    "ORC-WF-SRC-": "sources",
    "ORC-WF-SCHEMA-": "input schemas",
    "ORC-WF-PING-": "pings",
    "ORC-WF-ENTITY-": "entities",
    "ORC-WF-LAST-": "last runs",
    "ORC-WF-STATS-": "statistics",
    "ORC-WF-PAGE-": "searches for workflows",
    "ORC-WF-SORT-": "searches for workflows",
    "ORC-WF-FILT-": "searches for workflows",
    "ORC-RUN-": "runs",
    "ORC-ERR-": "errors",
    "ORC-AUTH-": "access",
    "ORC-SEC-": "secrecy",
}

# What the checks of other areas read or do first. Two mutants are in one set only if neither area feeds the other.
_FEEDS: Final = {
    "runs": frozenset(
        {"instances", "logs", "last runs", "statistics", "entities", "input schemas", "errors", "secrecy"}
    ),
    "instances": frozenset({"pages", "orders", "filters", "last runs", "statistics", "secrecy", "errors"}),
    "orders": frozenset({"pages"}),
    "filters": frozenset({"pages", "orders"}),
    "logs": frozenset({"secrecy"}),
    "workflows": frozenset(
        {"searches for workflows", "entities", "last runs", "statistics", "sources", "input schemas"}
    ),
    "last runs": frozenset({"entities"}),
}

# The area that an operation belongs to.
_OF_OPERATIONS: Final = {
    "executeWorkflow": "runs",
    "abortWorkflow": "runs",
    "retriggerInstance": "runs",
    "getInstances": "instances",
    "getWorkflowInstances": "instances",
    "getInstanceById": "instances",
    "getWorkflowLogById": "logs",
    "getWorkflowStatuses": "statuses",
    "getWorkflowSourceById": "sources",
    "getWorkflowInputSchemaById": "input schemas",
    "pingWorkflowServiceById": "pings",
    "getWorkflowsOverviewForEntity": "entities",
}


def draw_sets(count: int = COUNT, seed: int = _SEED) -> list[str]:
    """Return the names of `count` different sets of mutants that do not interact; the same for the same seed."""
    random = Random(seed)
    mutants = [each for each in list_mutants() if _area_of(each)]
    sets: dict[str, None] = {}
    for _ in range(_TRIES * count):
        if len(sets) == count:
            break
        chosen = _draw(mutants, random.randint(SMALLEST, LARGEST), random)
        if len(chosen) >= SMALLEST:
            sets[SEPARATOR.join(sorted(each.name for each in chosen))] = None
    return list(sets)


def find_mutants(name: str) -> list[Mutant]:
    """Return the mutants of a set by its name."""
    by_name = {each.name: each for each in list_mutants()}
    return [by_name[each] for each in name.split(SEPARATOR)]


def do_not_interact(one: Mutant, other: Mutant) -> bool:
    """Whether two mutants can be in one backend, and the checks of neither depend on what the other breaks."""
    areas = _area_of(one), _area_of(other)
    if areas[0] == areas[1]:
        return False
    is_fed = areas[1] in _FEEDS.get(areas[0], ()) or areas[0] in _FEEDS.get(areas[1], ())
    return not is_fed and can_combine(one, other)


def _draw(mutants: Sequence[Mutant], size: int, random: Random) -> list[Mutant]:
    chosen: list[Mutant] = []
    for each in random.sample(mutants, len(mutants)):
        if all(do_not_interact(each, other) for other in chosen):
            chosen.append(each)
        if len(chosen) == size:
            break
    return chosen


def _area_of(mutant: Mutant) -> str:
    """Return the area of a mutant, or an empty text if it cannot be in a set.

    Faults in the refusals of an operation show only with generated requests. Faults that separate users need a second
    user, who changes what all lists contain.
    """
    id_ = mutant.requirement_id
    if is_of_operation(id_):
        operation_id, _, aspect = id_.removeprefix("ORC-OP-").rpartition("-")
        return "" if aspect == "REFUSE" else _OF_OPERATIONS.get(operation_id, "workflows")
    matching = [prefix for prefix in _AREAS if id_.startswith(prefix)]
    return _AREAS[max(matching, key=len)] if matching else ""
