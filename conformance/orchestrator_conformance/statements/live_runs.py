"""Requirements on how runs change over time, and on what lists and overviews show of them meanwhile."""

from __future__ import annotations

from typing import Final

from ..contract.requirements import Requirement
from .kinds import must, should
from .places import ALL, ENTITY, ERROR, EXECUTE, INSTANCE, NODE, OFFSET, ONE, OPERATOR

LIVE_RUNS: Final[tuple[Requirement, ...]] = (
    must(
        "ORC-RUN-LIFE-01",
        "lifecycle",
        "execution",
        INSTANCE,
        (
            "Whatever is done to a run, it remains the same run, does not leave a finished state, and has "
            "an `end` exactly when it is finished."
        ),
    ),
    must(
        "ORC-RUN-LIST-01",
        "lifecycle",
        "execution",
        ALL,
        "After a run has completed, was aborted or was retriggered, the lists show it in its current state.",
    ),
    must(
        "ORC-RUN-EXEC-09",
        "lifecycle",
        "execution",
        EXECUTE,
        (
            "Each of several concurrent executions starts a run with the workflow, the inputs and the "
            "entity of its own request."
        ),
    ),
    should(
        "ORC-RUN-TIME-01",
        "lifecycle",
        "execution",
        f"{INSTANCE}/properties/start",
        "The `start` of a run is about the time at which it was started.",
        reasoning=(
            "The `start` is an instant with a time zone, and clocks differ by less than a day. The document "
            "does not say whose clock applies, hence SHOULD."
        ),
    ),
    must(
        "ORC-RUN-TIME-02",
        "lifecycle",
        "execution",
        f"{INSTANCE}/properties/end",
        "If a started run has ended, its `end` is not before its `start`.",
        reasoning=(
            "Both are instants of one run, which starts before it ends. Runs that were listed before may "
            "have been created in another way."
        ),
    ),
    should(
        "ORC-RUN-TIME-03",
        "lifecycle",
        "execution",
        f"{INSTANCE}/properties/start",
        "The `start` of a run is within minutes of the `Date` header of the answer that started it.",
        reasoning=(
            "The `start` is an instant with a time zone, and the `Date` header shows the clock of the target. "
            "The document does not say whose clock applies, hence SHOULD."
        ),
    ),
    should(
        "ORC-RUN-TIME-04",
        "lifecycle",
        "execution",
        f"{INSTANCE}/properties/end",
        (
            "The `end` of a run is within minutes of the `Date` headers of the answers that started it and that "
            "show its end."
        ),
        reasoning=(
            "The `end` is an instant with a time zone, and the `Date` headers show the clock of the target. "
            "The document does not say whose clock applies, hence SHOULD."
        ),
    ),
    should(
        "ORC-RUN-TIME-05",
        "lifecycle",
        "execution",
        f"{NODE}/properties/enter",
        (
            "The times of the steps of a run are within minutes of the `Date` headers of the answers that started "
            "it and that show them."
        ),
        reasoning=(
            "The times are instants with a time zone, and the `Date` headers show the clock of the target. "
            "The document does not say whose clock applies, hence SHOULD."
        ),
    ),
    must(
        "ORC-INST-NODE-01",
        "listing",
        "instances",
        f"{NODE}/properties/exit",
        ("The times of a step are in ISO 8601 with a time zone, and its `exit` is not before its `enter`."),
        reasoning=(
            "The document states the format and the time zone. A run enters a step before it leaves it."
        ),
    ),
    must(
        "ORC-INST-NODE-02",
        "listing",
        "instances",
        f"{NODE}/properties/enter",
        "No step of a run is entered before the `start` of the run.",
        reasoning=(
            "The steps are those that the run entered, and it enters none before it starts. If the two "
            "timestamps have different precisions, the lower one decides."
        ),
    ),
    should(
        "ORC-INST-ERROR-02",
        "listing",
        "instances",
        f"{ERROR}/properties/nodeDefinitionId",
        "The error of an instance names one of its nodes.",
        reasoning=(
            "The field `nodeDefinitionId` is the `definitionId` of the step that failed, and the nodes are "
            "the steps that the run entered. A backend may show only some of the nodes, hence SHOULD."
        ),
    ),
    must(
        "ORC-INST-READ-01",
        "listing",
        "instances",
        ONE,
        "Every read of a finished instance returns the same content.",
    ),
    must(
        "ORC-INST-PAGE-10",
        "paging",
        "paging",
        OFFSET,
        "Pages that are requested concurrently are the same as pages that are requested one after the other.",
    ),
    must(
        "ORC-FILT-EQ-07",
        "filters",
        "filter-eq-id",
        OPERATOR,
        "A listed run is found by the id that its execution returned.",
    ),
    must(
        "ORC-FILT-DATE-06",
        "filters",
        "filter-gt-date",
        OPERATOR,
        "Dates are compared to the last digit that an instance shows.",
        reasoning="Two instants that differ in a fraction of a second are different instants.",
    ),
    must(
        "ORC-WF-LAST-04",
        "overviews",
        "overviews",
        "/components/schemas/WorkflowOverviewDTO/properties/lastRunStatus",
        (
            "The last run of an overview is kept up to date: it is the run that was started last, in its "
            "current state."
        ),
    ),
    must(
        "ORC-WF-ENTITY-04",
        "overviews",
        "entity-overviews",
        ENTITY,
        "The overviews for an entity list a workflow once a run of it has been started for that entity.",
    ),
)
