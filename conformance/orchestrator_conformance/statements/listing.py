"""Requirements on the lists of instances, and on the agreement of lists with single instances."""

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
        "A list request without a body, or with an empty one, lists all instances.",
    ),
    must(
        "ORC-INST-LIST-02",
        "listing",
        "instances",
        ALL,
        "No instance is listed twice.",
        reasoning="Each item represents one run, so a run that is listed twice would count as two.",
    ),
    must(
        "ORC-INST-LIST-03",
        "listing",
        "instances",
        ONE,
        "Reading a listed instance by its id returns the same instance.",
        reasoning=(
            "The id identifies one run. The fields that are fixed when a run starts, or when it finishes, "
            "are the same wherever the run is shown."
        ),
    ),
    must(
        "ORC-INST-LIST-04",
        "listing",
        "instances",
        OF_WORKFLOW,
        (
            "The list of a workflow's instances contains exactly those of all instances whose `processId` "
            "is the workflow's id."
        ),
    ),
    must(
        "ORC-INST-STATE-01",
        "listing",
        "instances",
        f"{INSTANCE}/properties/end",
        "An instance that is COMPLETED or ABORTED has an `end`.",
    ),
    must(
        "ORC-INST-TIME-01",
        "listing",
        "instances",
        f"{INSTANCE}/properties/start",
        (
            "The timestamps of an instance are in ISO 8601 with a time zone, and its `end` is not before "
            "its `start`."
        ),
        reasoning=(
            "The document states the format and the time zone. A run starts before it ends, so its "
            "timestamps cannot be in the opposite order."
        ),
    ),
    must(
        "ORC-INST-STATUS-01",
        "listing",
        "instances",
        STATUSES,
        "The statuses are exactly the six states of an instance, each once.",
    ),
    must(
        "ORC-INST-LOG-01",
        "listing",
        "logs",
        "/components/schemas/WorkflowLogsResponse/properties/instanceId",
        "The `instanceId` of a log is the id of the instance whose log was requested.",
        reasoning="The log belongs to the run in the path, so the run that it names is that run.",
    ),
    must(
        "ORC-INST-STATE-02",
        "listing",
        "instances",
        f"{INSTANCE}/properties/end",
        "An instance that is ACTIVE, PENDING or SUSPENDED has no `end`.",
        reasoning=(
            "The `end` is the time at which the run ended, and a run in one of these states has not ended. "
            "The only exception in the document is ERROR."
        ),
    ),
    should(
        "ORC-INST-ERROR-01",
        "listing",
        "instances",
        f"{INSTANCE}/properties/error",
        "An instance in ERROR states the reason in `error`.",
        reasoning=(
            "The purpose of the field is to state why a run failed, but the schema does not require it, "
            "hence SHOULD."
        ),
    ),
)
