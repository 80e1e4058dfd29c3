"""The lists of instances, and each list against each instance."""

from __future__ import annotations

from typing import Final

from ..contract.requirements import Requirement
from .kinds import must, should
from .places import ALL, INSTANCE, OF_WORKFLOW, ONE, STATUSES

LISTING: Final[tuple[Requirement, ...]] = (
    must(
        "ORC-INST-LIST-01",
        "listing",
        "instances",
        ALL,
        "The list without a body, and with an empty one, is the list of all instances.",
    ),
    must(
        "ORC-INST-LIST-02",
        "listing",
        "instances",
        ALL,
        "No instance is listed twice.",
        reasoning="Each item stands for one run, so a run that stands twice would count as two.",
    ),
    must(
        "ORC-INST-LIST-03",
        "listing",
        "instances",
        ONE,
        "A listed instance, read by its id, is the same instance.",
        reasoning=(
            "The id names one run, and what a run is from its start on, or once it is finished, is the same "
            "wherever it is shown."
        ),
    ),
    must(
        "ORC-INST-LIST-04",
        "listing",
        "instances",
        OF_WORKFLOW,
        "The instances of a workflow are those of all instances whose processId is its id.",
    ),
    must(
        "ORC-INST-STATE-01",
        "listing",
        "instances",
        f"{INSTANCE}/properties/end",
        "An instance that is COMPLETED or ABORTED has an end.",
    ),
    must(
        "ORC-INST-TIME-01",
        "listing",
        "instances",
        f"{INSTANCE}/properties/start",
        "Time-stamps of an instance are ISO 8601 with a zone, and its end is not before its start.",
        reasoning=(
            "The zone is said outright. A run starts before it ends, so its time-stamps cannot say otherwise."
        ),
    ),
    must(
        "ORC-INST-STATUS-01",
        "listing",
        "instances",
        STATUSES,
        "The statuses are the six states of an instance, each once.",
    ),
    must(
        "ORC-INST-LOG-01",
        "listing",
        "logs",
        "/components/schemas/WorkflowLogsResponse/properties/instanceId",
        "The log of an instance says that it is that instance's.",
        reasoning="The log is that of the run in the path, so the run that it names is that one.",
    ),
    must(
        "ORC-INST-STATE-02",
        "listing",
        "instances",
        f"{INSTANCE}/properties/end",
        "An instance that is ACTIVE, PENDING or SUSPENDED has no end.",
        reasoning=(
            "An end is when the run ended, and a run in one of these states has not. The document makes one "
            "exception, for ERROR."
        ),
    ),
    should(
        "ORC-INST-ERROR-01",
        "listing",
        "instances",
        f"{INSTANCE}/properties/error",
        "An instance in ERROR says why.",
        reasoning=(
            "The field is there to say why a run failed, but the schema does not require it, hence SHOULD."
        ),
    ),
)
