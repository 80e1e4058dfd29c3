"""What may become of a run, and what the operations on it may answer."""

from __future__ import annotations

from typing import Final

from ..places import ABORT, EXECUTE, INFO, INPUTS, INSTANCE, LOG, LOGS, RETRIGGER, SCHEMA, STATE
from .ambiguity import Ambiguity

RUNS: Final[tuple[Ambiguity, ...]] = (
    Ambiguity(
        "ORC-OPEN-32",
        f"{INSTANCE}/properties/end",
        "Has an instance in ERROR an end?",
        ("It has none, since it can run on.", "It has: the moment that it failed."),
        "The document says that it usually has none, and that a backend may give it one.",
    ),
    Ambiguity(
        "ORC-OPEN-33",
        f"{INSTANCE}/properties/error",
        "Does an instance keep its `error` once it has left ERROR?",
        ("It does, as a record.", "It does not."),
        "The document speaks of the field for an instance in ERROR alone.",
    ),
    Ambiguity(
        "ORC-OPEN-34",
        STATE,
        "Can a run leave ERROR without being retriggered?",
        ("It can: an engine may try again.", "It cannot."),
        "The document says that a retrigger makes it run on, not that nothing else does.",
    ),
    Ambiguity(
        "ORC-OPEN-35",
        ABORT,
        "What does the abort of a finished instance answer?",
        ("A success.", "An error."),
        "The document says that it is left open. That the instance does not change is ORC-RUN-ABORT-03.",
    ),
    Ambiguity(
        "ORC-OPEN-36",
        f"{ABORT}/responses",
        "What does an abort say in its text?",
        ("A sentence, in any words.", "Nothing."),
        "The document says that the wording is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-37",
        INFO,
        "What right does it take to abort or retrigger?",
        ("That to start runs.", "That to see the instance, and to start runs.", "One of its own."),
        "The document names a right for reading and one for starting.",
    ),
    Ambiguity(
        "ORC-OPEN-38",
        RETRIGGER,
        "What does a retrigger of an instance that is not in ERROR answer, and what does it do?",
        ("It is refused.", "It is a success, and does nothing.", "It sets an unfinished one going again."),
        (
            "The document says that it is left open. That a finished instance does not change is ORC-RUN- "
            "RETRY-04."
        ),
    ),
    Ambiguity(
        "ORC-OPEN-39",
        RETRIGGER,
        "Does a run that was retriggered stay out of ERROR?",
        (
            "It does, where the cause is gone.",
            "It comes back to ERROR, perhaps before anybody sees it elsewhere.",
        ),
        "The document says that it may come back. ORC-RUN-RETRY-01 takes any sign that it has run on.",
    ),
    Ambiguity(
        "ORC-OPEN-40",
        f"{RETRIGGER}/responses",
        "What does a retrigger answer?",
        ("An empty object.", "An object of any content."),
        "The document says that what it holds is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-41",
        RETRIGGER,
        "What becomes of a retrigger whose path names another workflow than the instance's?",
        ("It is refused.", "The workflow is ignored."),
        "The document says what the path should name, and not what becomes of it otherwise.",
    ),
    Ambiguity(
        "ORC-OPEN-42",
        EXECUTE,
        "What becomes of inputs that do not satisfy the workflow's schema?",
        ("They are refused.", "The run starts, and may fail.", "The run starts, and does without them."),
        "The document says that they should satisfy it, and that a workflow may refuse what does not.",
    ),
    Ambiguity(
        "ORC-OPEN-43",
        f"{INSTANCE}/properties/workflowdata",
        "Does a run show inputs that it was not given, such as the defaults of the schema?",
        ("It does.", "It does not."),
        "A default in a JSON Schema is a note; whether anybody acts on it is left to them.",
    ),
    Ambiguity(
        "ORC-OPEN-44",
        f"{INSTANCE}/properties/initiatorEntity",
        "Who started a run that a service started, or whose user has no entity?",
        ("Nobody: the field is absent.", "An entity of the service, or one that is made up."),
        "The field speaks of a user's entity in the catalogue, and is not required.",
    ),
    Ambiguity(
        "ORC-OPEN-45",
        SCHEMA,
        "What becomes of an instanceId that names a run of another workflow?",
        ("It is refused.", "The inputs of that run are answered.", "It is ignored."),
        "The document says that the run is one of this workflow.",
    ),
    Ambiguity(
        "ORC-OPEN-46",
        f"{INPUTS}/properties/data",
        "What is `data` where no instanceId is given?",
        ("Absent.", "Empty.", "The defaults of the schema."),
        "The document says that it may be absent.",
    ),
    Ambiguity(
        "ORC-OPEN-47",
        f"{LOG}/properties/logs",
        "What does an entry of a log look like?",
        ("An object with an id and a line.", "A pair of a time and a line.", "A text."),
        "The document says that it depends on the log provider and is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-48",
        LOGS,
        "What is different with rawlog?",
        ("The entries are as the log provider holds them.", "Nothing."),
        "The document says that what the two look like is left open.",
    ),
)
