"""What becomes of a run."""

from __future__ import annotations

from typing import Final

from ..requirements import Requirement
from .kinds import must
from .places import ABORT, EXECUTE, ONE, RETRIGGER

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
        "ORC-RUN-EXEC-03",
        "lifecycle",
        "execution",
        EXECUTE,
        "A started instance is a run of the workflow that was executed.",
    ),
    must(
        "ORC-RUN-EXEC-04",
        "lifecycle",
        "execution",
        EXECUTE,
        "A started instance shows the inputs that it was given.",
    ),
    must(
        "ORC-RUN-EXEC-05",
        "lifecycle",
        "execution",
        EXECUTE,
        "A started instance shows the targetEntity that it was started for.",
    ),
    must(
        "ORC-RUN-ABORT-01",
        "lifecycle",
        "abort",
        ABORT,
        "An unfinished instance that is aborted becomes ABORTED, and has an end.",
    ),
    must("ORC-RUN-ABORT-02", "lifecycle", "abort", ABORT, "An abort changes no other instance."),
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
    must("ORC-RUN-RETRY-02", "lifecycle", "retrigger", RETRIGGER, "A retrigger changes no other instance."),
    must("ORC-RUN-READ-01", "lifecycle", "instances", ONE, "Reading changes nothing."),
    must(
        "ORC-RUN-EXEC-06",
        "lifecycle",
        "execution",
        EXECUTE,
        "The runs of one caller have one initiatorEntity.",
    ),
    must(
        "ORC-RUN-EXEC-07",
        "lifecycle",
        "execution",
        EXECUTE,
        "A run that is started later does not start earlier.",
    ),
    must(
        "ORC-RUN-EXEC-08",
        "lifecycle",
        "execution",
        EXECUTE,
        "Executions at the same time give a run each, and lose none.",
    ),
    must("ORC-RUN-STATE-01", "lifecycle", "execution", ONE, "A finished run stays as it is."),
    must("ORC-RUN-ABORT-04", "lifecycle", "abort", ABORT, "An aborted run does not complete after all."),
    must("ORC-RUN-ABORT-05", "lifecycle", "abort", ABORT, "A run in ERROR can be aborted."),
    must(
        "ORC-RUN-RETRY-03",
        "lifecycle",
        "retrigger",
        RETRIGGER,
        "A retriggered run stays the same run: its workflow, start and inputs.",
    ),
    must(
        "ORC-RUN-RETRY-04",
        "lifecycle",
        "retrigger",
        RETRIGGER,
        "A retrigger of a finished run does not change it.",
    ),
)
