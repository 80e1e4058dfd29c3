"""Open questions on runs and on the operations that read or change them."""

from __future__ import annotations

from typing import Final

from ..places import ABORT, EXECUTE, INFO, INPUTS, INSTANCE, LOG, LOGS, RETRIGGER, SCHEMA, STATE
from .ambiguity import Ambiguity

RUNS: Final[tuple[Ambiguity, ...]] = (
    Ambiguity(
        "ORC-OPEN-32",
        f"{INSTANCE}/properties/end",
        "Does an instance in ERROR have an end?",
        ("No, because it can continue to run.", "Yes: the time at which it failed."),
        "The document says that it usually has none, and that a backend may give it one.",
    ),
    Ambiguity(
        "ORC-OPEN-33",
        f"{INSTANCE}/properties/error",
        "Does an instance keep its `error` after it has left ERROR?",
        ("Yes, as a record.", "No."),
        "The document describes the field only for an instance in ERROR.",
    ),
    Ambiguity(
        "ORC-OPEN-34",
        STATE,
        "Can a run leave ERROR without a retrigger?",
        ("Yes: an engine may retry.", "No."),
        "The document says that a retrigger makes the run continue, but not that nothing else does.",
    ),
    Ambiguity(
        "ORC-OPEN-35",
        ABORT,
        "What does aborting a finished instance return?",
        ("A success.", "An error."),
        (
            "The document says that it is left open. ORC-RUN-ABORT-03 requires that the instance does not "
            "change."
        ),
    ),
    Ambiguity(
        "ORC-OPEN-36",
        f"{ABORT}/responses",
        "What text does an abort return?",
        ("A sentence, in any words.", "An empty text."),
        "The document says that the wording is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-37",
        INFO,
        "Which permission is required to abort or retrigger?",
        (
            "The permission to start runs.",
            "The permissions to see the instance and to start runs.",
            "A separate permission.",
        ),
        "The document names a permission for reading and one for starting.",
    ),
    Ambiguity(
        "ORC-OPEN-38",
        RETRIGGER,
        "What does retriggering an instance that is not in ERROR return, and what does it do?",
        (
            "The request is refused.",
            "The request succeeds, and does nothing.",
            "An unfinished instance continues.",
        ),
        (
            "The document says that it is left open. ORC-RUN-RETRY-04 requires that a finished instance "
            "does not change."
        ),
    ),
    Ambiguity(
        "ORC-OPEN-39",
        RETRIGGER,
        "Does a retriggered run stay out of ERROR?",
        (
            "Yes, if the cause is gone.",
            "No, it may return to ERROR, possibly before anybody sees it in another state.",
        ),
        (
            "The document says that it may return to ERROR. ORC-RUN-RETRY-01 accepts any sign that the run has "
            "continued."
        ),
    ),
    Ambiguity(
        "ORC-OPEN-40",
        f"{RETRIGGER}/responses",
        "What does a retrigger return?",
        ("An empty object.", "An object of any content."),
        "The document says that the content of the object is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-41",
        RETRIGGER,
        "What happens if the path of a retrigger names a workflow that is not the instance's workflow?",
        ("The request is refused.", "The workflow in the path is ignored."),
        "The document says what the path should name, but not what happens otherwise.",
    ),
    Ambiguity(
        "ORC-OPEN-42",
        EXECUTE,
        "What happens if inputs do not satisfy the workflow's schema?",
        ("They are refused.", "The run starts, and may fail.", "The run starts, and ignores them."),
        (
            "The document says that they should satisfy the schema, and that a workflow may refuse inputs "
            "that do not."
        ),
    ),
    Ambiguity(
        "ORC-OPEN-43",
        f"{INSTANCE}/properties/workflowdata",
        "Does a run show inputs that it was not given, such as the defaults of the schema?",
        ("Yes.", "No."),
        "A default in a JSON Schema is an annotation, and whether it is applied is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-44",
        f"{INSTANCE}/properties/initiatorEntity",
        "What is the initiatorEntity of a run that a service started, or a user without an entity?",
        ("The field is absent.", "An entity of the service, or a made-up one."),
        "The field names a user's entity in the catalogue, and is not required.",
    ),
    Ambiguity(
        "ORC-OPEN-45",
        SCHEMA,
        "What happens if instanceId names a run of another workflow?",
        ("The request is refused.", "The inputs of that run are returned.", "The instanceId is ignored."),
        "The document says only that the run is a run of this workflow.",
    ),
    Ambiguity(
        "ORC-OPEN-46",
        f"{INPUTS}/properties/data",
        "What is `data` if no instanceId is given?",
        ("Absent.", "Empty.", "The defaults of the schema."),
        "The document says that it may be absent.",
    ),
    Ambiguity(
        "ORC-OPEN-47",
        f"{LOG}/properties/logs",
        "What is the format of a log entry?",
        ("An object with an id and a line.", "A pair of a time and a line.", "A text."),
        "The document says that it depends on the log provider and is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-48",
        LOGS,
        "What does rawlog change?",
        ("The entries are as the log provider stores them.", "Nothing."),
        "The document says that the formats are left open.",
    ),
)
