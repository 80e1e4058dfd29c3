"""The lists of instances, and each list against each instance."""

from __future__ import annotations

from typing import Final

from ..requirements import Requirement
from .kinds import must, should
from .places import ALL, INSTANCE, LOGS, OF_WORKFLOW, ONE, STATUSES

LISTING: Final[tuple[Requirement, ...]] = (
    must(
        "ORC-INST-LIST-01",
        "listing",
        "instances",
        ALL,
        "The list without a body, and with an empty one, is the list of all instances.",
    ),
    must("ORC-INST-LIST-02", "listing", "instances", ALL, "No instance is listed twice."),
    must(
        "ORC-INST-LIST-03",
        "listing",
        "instances",
        ONE,
        "A listed instance, read by its id, is the same instance.",
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
    ),
    must(
        "ORC-INST-STATUS-01",
        "listing",
        "instances",
        STATUSES,
        "The statuses are the six states of an instance, each once.",
    ),
    must(
        "ORC-INST-LOG-01", "listing", "logs", LOGS, "The log of an instance says that it is that instance's."
    ),
    must(
        "ORC-INST-STATE-02",
        "listing",
        "instances",
        f"{INSTANCE}/properties/end",
        "An instance that is ACTIVE, PENDING or SUSPENDED has no end.",
    ),
    should(
        "ORC-INST-ERROR-01",
        "listing",
        "instances",
        f"{INSTANCE}/properties/error",
        "An instance in ERROR says why.",
    ),
)
