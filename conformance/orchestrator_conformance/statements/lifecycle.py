"""Requirements on starting, reading, aborting and retriggering runs."""

from __future__ import annotations

from typing import Final

from ..contract.requirements import Requirement
from .kinds import must
from .places import ABORT, EXECUTE, INSTANCE, ONE, RETRIGGER

LIFECYCLE: Final[tuple[Requirement, ...]] = (
    must(
        "ORC-RUN-EXEC-01",
        "lifecycle",
        "execution",
        EXECUTE,
        "Every execution returns a different id, which no instance had before.",
    ),
    must(
        "ORC-RUN-EXEC-02",
        "lifecycle",
        "execution",
        EXECUTE,
        "A started instance can be read by its id and is listed.",
    ),
    must(
        "ORC-RUN-EXEC-11",
        "lifecycle",
        "execution",
        EXECUTE,
        "Of several available workflows, at least one can be started with inputs that its schema allows.",
        reasoning=(
            "The operation starts an instance. A workflow may refuse inputs for its own reasons, but if "
            "every workflow refuses them, nothing is ever started."
        ),
    ),
    must(
        "ORC-RUN-EXEC-03",
        "lifecycle",
        "execution",
        f"{INSTANCE}/properties/processId",
        "A started instance is a run of the workflow that was executed.",
        reasoning="Executing a workflow starts a run of that workflow, and `processId` names the workflow of a run.",
    ),
    must(
        "ORC-RUN-EXEC-04",
        "lifecycle",
        "execution",
        f"{INSTANCE}/properties/workflowdata",
        "A started instance shows the inputs that it was given.",
    ),
    must(
        "ORC-RUN-EXEC-05",
        "lifecycle",
        "execution",
        "/components/schemas/ExecuteWorkflowRequestDTO/properties/targetEntity",
        "A started instance shows the `targetEntity` that it was started for.",
    ),
    must(
        "ORC-RUN-ABORT-01",
        "lifecycle",
        "abort",
        ABORT,
        "An unfinished instance that is aborted becomes ABORTED and has an `end`.",
    ),
    must(
        "ORC-RUN-ABORT-02",
        "lifecycle",
        "abort",
        ABORT,
        "An abort changes no other instance.",
        reasoning="The path names one instance, and only that instance becomes ABORTED.",
    ),
    must(
        "ORC-RUN-ABORT-03",
        "lifecycle",
        "abort",
        ABORT,
        "An abort of a finished instance does not change it.",
    ),
    must(
        "ORC-RUN-RETRY-01",
        "lifecycle",
        "retrigger",
        RETRIGGER,
        "An instance in ERROR that is retriggered continues to run.",
    ),
    must(
        "ORC-RUN-RETRY-02",
        "lifecycle",
        "retrigger",
        RETRIGGER,
        "A retrigger changes no other instance.",
        reasoning="The path names one instance, and only that instance continues to run.",
    ),
    must(
        "ORC-RUN-READ-01",
        "lifecycle",
        "instances",
        ONE,
        "Read operations change nothing.",
        reasoning=(
            "The description of each read operation says that it only reads, so the data is the same before "
            "and after."
        ),
    ),
    must(
        "ORC-RUN-EXEC-06",
        "lifecycle",
        "execution",
        f"{INSTANCE}/properties/initiatorEntity",
        "All runs of one caller have the same `initiatorEntity`.",
        reasoning="The field names the user who started the run, and one caller is one user.",
    ),
    must(
        "ORC-RUN-EXEC-07",
        "lifecycle",
        "execution",
        f"{INSTANCE}/properties/start",
        "A run that is started after another run does not have an earlier `start`.",
        reasoning=(
            "The field says when the run started, and the second execution is requested only after the "
            "first one has returned its id."
        ),
    ),
    must(
        "ORC-RUN-EXEC-10",
        "lifecycle",
        "execution",
        EXECUTE,
        "An execution starts exactly one run.",
    ),
    must(
        "ORC-RUN-EXEC-08",
        "lifecycle",
        "execution",
        EXECUTE,
        "Each of several concurrent executions starts its own run, and none is lost.",
        reasoning="Each call starts its own run, and the document does not say that one call has to wait for another.",
    ),
    must("ORC-RUN-STATE-01", "lifecycle", "execution", INSTANCE, "A finished run does not change."),
    must(
        "ORC-RUN-ABORT-04",
        "lifecycle",
        "abort",
        INSTANCE,
        "An aborted run does not complete later.",
        reasoning="An aborted run is finished, and a finished run does not change.",
    ),
    must(
        "ORC-RUN-ABORT-05",
        "lifecycle",
        "abort",
        ABORT,
        "A run in ERROR can be aborted.",
        reasoning="An unfinished run can be aborted, and a run in ERROR is not finished.",
    ),
    must(
        "ORC-RUN-RETRY-03",
        "lifecycle",
        "retrigger",
        RETRIGGER,
        "A retriggered run remains the same run: its workflow, start and inputs do not change.",
        reasoning=(
            "The run continues under the same id and is not started again, so the values that it was "
            "started with do not change."
        ),
    ),
    must(
        "ORC-RUN-RETRY-04",
        "lifecycle",
        "retrigger",
        INSTANCE,
        "A retrigger of a finished run does not change it.",
        reasoning=(
            "What a retrigger does to an instance that is not in ERROR is left open, except that a finished "
            "instance does not change."
        ),
    ),
    must(
        "ORC-RUN-ABORT-06",
        "lifecycle",
        "abort",
        ABORT,
        "An abort starts no instance, and one of an unknown or finished instance changes no other instance.",
        reasoning="The path names one instance. If that instance cannot be aborted, there is nothing to do.",
    ),
    must(
        "ORC-RUN-RETRY-05",
        "lifecycle",
        "retrigger",
        RETRIGGER,
        "A retrigger of an instance that is unknown or not in ERROR changes no other instance and starts none.",
        reasoning=(
            "The path names one instance, which continues under the same id. If that instance cannot continue, there "
            "is nothing to do."
        ),
    ),
    must(
        "ORC-RUN-RETRY-06",
        "lifecycle",
        "retrigger",
        RETRIGGER,
        (
            "A retrigger of an instance under the id of another workflow starts no instance, and changes none if it "
            "is refused."
        ),
        reasoning=(
            "Whether the workflow in the path is compared with that of the instance is left open. In both cases, the "
            "operation concerns only the instance in the path."
        ),
    ),
    must(
        "ORC-RUN-RETRY-07",
        "lifecycle",
        "retrigger",
        RETRIGGER,
        "A retrigger starts no other instance.",
        reasoning="The instance continues under the same id, so there is no second run.",
    ),
)
