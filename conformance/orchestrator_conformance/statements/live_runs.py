"""How runs of the present live: what they do over time, and what lists and overviews say of it meanwhile."""

from __future__ import annotations

from typing import Final

from ..contract.requirements import Requirement
from .kinds import must, should
from .places import ALL, ENTITY, EXECUTE, INSTANCE, OFFSET, ONE, OPERATOR

LIVE_RUNS: Final[tuple[Requirement, ...]] = (
    must(
        "ORC-RUN-LIFE-01",
        "lifecycle",
        "execution",
        INSTANCE,
        "Whatever is done to a run, it stays the same run, is finished for good once it is, and has an end just then.",
    ),
    must(
        "ORC-RUN-LIST-01",
        "lifecycle",
        "execution",
        ALL,
        "The lists show a run that has completed, was aborted or was retriggered in the state that it is in.",
    ),
    must(
        "ORC-RUN-EXEC-09",
        "lifecycle",
        "execution",
        EXECUTE,
        "Executions at the same time give each run the workflow, the inputs and the entity that are its own.",
    ),
    # The document says when a run started, and not by whose clock.
    should(
        "ORC-RUN-TIME-01",
        "lifecycle",
        "execution",
        f"{INSTANCE}/properties/start",
        "A run starts about when it was started.",
        reasoning="The start is an instant with a zone, and a day is more than clocks differ by. Whose clock it is the "
        "document does not say, hence SHOULD.",
    ),
    must(
        "ORC-RUN-TIME-02",
        "lifecycle",
        "execution",
        f"{INSTANCE}/properties/end",
        "A run that was started and has ended did not end before it started.",
        reasoning="Both are instants of one run, which starts first. What was listed before may be of another making.",
    ),
    must(
        "ORC-INST-READ-01",
        "listing",
        "instances",
        ONE,
        "A finished instance reads the same every time.",
    ),
    must(
        "ORC-INST-PAGE-10",
        "paging",
        "paging",
        OFFSET,
        "Pages that are asked for at the same time are those that are asked for one after the other.",
    ),
    must(
        "ORC-FILT-EQ-07",
        "filters",
        "filter-eq-id",
        OPERATOR,
        "A run that is listed is found by the id that its execution answered.",
    ),
    must(
        "ORC-WF-LAST-04",
        "overviews",
        "overviews",
        "/components/schemas/WorkflowOverviewDTO/properties/lastRunStatus",
        "The last run of an overview follows the runs: the one that was started last, and the state that it is in.",
    ),
    must(
        "ORC-WF-ENTITY-04",
        "overviews",
        "entity-overviews",
        ENTITY,
        "The overviews for an entity list a workflow from the run on that is started for it.",
    ),
)
