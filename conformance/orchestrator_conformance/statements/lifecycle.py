"""What becomes of a run."""

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
        "Every execution answers an id of its own, which no instance had before.",
    ),
    must(
        "ORC-RUN-EXEC-02",
        "lifecycle",
        "execution",
        EXECUTE,
        "A started instance can be read by its id, and is listed.",
    ),
    must(
        "ORC-RUN-EXEC-11",
        "lifecycle",
        "execution",
        EXECUTE,
        "Of several workflows that are available, some can be started with inputs that their schema allows.",
        reasoning=(
            "The operation starts an instance. A workflow may refuse inputs for reasons of its own, but where every "
            "one does, nothing is ever started."
        ),
    ),
    must(
        "ORC-RUN-EXEC-03",
        "lifecycle",
        "execution",
        f"{INSTANCE}/properties/processId",
        "A started instance is a run of the workflow that was executed.",
        reasoning="A run that was started by executing a workflow is a run of that workflow.",
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
        "A started instance shows the targetEntity that it was started for.",
    ),
    must(
        "ORC-RUN-ABORT-01",
        "lifecycle",
        "abort",
        ABORT,
        "An unfinished instance that is aborted becomes ABORTED, and has an end.",
    ),
    must(
        "ORC-RUN-ABORT-02",
        "lifecycle",
        "abort",
        ABORT,
        "An abort changes no other instance.",
        reasoning="The path names one instance, and that one is what becomes ABORTED.",
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
        "An instance in ERROR that is retriggered runs on.",
    ),
    must(
        "ORC-RUN-RETRY-02",
        "lifecycle",
        "retrigger",
        RETRIGGER,
        "A retrigger changes no other instance.",
        reasoning="The path names one instance, and that one is what runs on.",
    ),
    must(
        "ORC-RUN-READ-01",
        "lifecycle",
        "instances",
        ONE,
        "Reading changes nothing.",
        reasoning="Each operation that reads says so of itself; what it reads is the same before and after.",
    ),
    must(
        "ORC-RUN-EXEC-06",
        "lifecycle",
        "execution",
        f"{INSTANCE}/properties/initiatorEntity",
        "The runs of one caller have one initiatorEntity.",
        reasoning="The field names the user who started the run, and one caller is one user.",
    ),
    must(
        "ORC-RUN-EXEC-07",
        "lifecycle",
        "execution",
        f"{INSTANCE}/properties/start",
        "A run that is started later does not start earlier.",
        reasoning=(
            "The field says when the run started, and the second is not asked for until the first has its id."
        ),
    ),
    must(
        "ORC-RUN-EXEC-10",
        "lifecycle",
        "execution",
        EXECUTE,
        "An execution starts one run, and no other.",
    ),
    must(
        "ORC-RUN-EXEC-08",
        "lifecycle",
        "execution",
        EXECUTE,
        "Executions at the same time give a run each, and lose none.",
        reasoning="Each call starts a run of its own, and nothing says that one has to wait for another.",
    ),
    must("ORC-RUN-STATE-01", "lifecycle", "execution", INSTANCE, "A finished run stays as it is."),
    must(
        "ORC-RUN-ABORT-04",
        "lifecycle",
        "abort",
        INSTANCE,
        "An aborted run does not complete after all.",
        reasoning="An aborted run is finished, and what is finished stays as it is.",
    ),
    must(
        "ORC-RUN-ABORT-05",
        "lifecycle",
        "abort",
        ABORT,
        "A run in ERROR can be aborted.",
        reasoning="What is unfinished can be aborted, and a run in ERROR is not finished.",
    ),
    must(
        "ORC-RUN-RETRY-03",
        "lifecycle",
        "retrigger",
        RETRIGGER,
        "A retriggered run stays the same run: its workflow, start and inputs.",
        reasoning="It runs on under the same id: it is not started anew, so what it was started with stays.",
    ),
    must(
        "ORC-RUN-RETRY-04",
        "lifecycle",
        "retrigger",
        INSTANCE,
        "A retrigger of a finished run does not change it.",
        reasoning=(
            "What a retrigger does to an instance that is not in ERROR is left open, but for one that is "
            "finished: that stays as it is."
        ),
    ),
)
