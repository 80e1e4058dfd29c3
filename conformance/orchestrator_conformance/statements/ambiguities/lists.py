"""What pages and orders may be taken to mean, and what a list shows."""

from __future__ import annotations

from typing import Final

from ..places import ALL_OVERVIEWS, INSTANCE, ITEMS, ORDER_BY, PAGE, PAGING_TOLD, STATUSES, TOTAL
from .ambiguity import Ambiguity

LISTS: Final[tuple[Ambiguity, ...]] = (
    Ambiguity(
        "ORC-OPEN-17",
        PAGE,
        "What does a pageSize or an offset mean that is below 0, or not whole?",
        ("It is refused.", "It counts as 0, or as the nearest whole number."),
        "The document says that it is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-18",
        ORDER_BY,
        "Where do instances stand that lack the field that is sorted by?",
        ("First.", "Last.", "First in one direction and last in the other."),
        (
            "An order is one of values, and the document does not say where none belongs. Runs without an end "
            "make it show."
        ),
    ),
    Ambiguity(
        "ORC-OPEN-19",
        ORDER_BY,
        "In what order do those stand that are alike in the field that is sorted by?",
        ("By their ids.", "By their start.", "In any order that is the same on every page."),
        (
            "The document names one field to sort by. That pages partition the list all the same is ORC-INST- "
            "PAGE-08."
        ),
    ),
    Ambiguity(
        "ORC-OPEN-20",
        ORDER_BY,
        "In what order do the states come?",
        ("As letters do.", "As a run goes through them.", "As the index numbers them."),
        "The document lists the states and gives them no order.",
    ),
    Ambiguity(
        "ORC-OPEN-21",
        ORDER_BY,
        "In what order do texts come?",
        (
            "By code point, capitals first.",
            "Without regard to case.",
            "As in a dictionary, without regard to punctuation.",
        ),
        "The document names no collation.",
    ),
    Ambiguity(
        "ORC-OPEN-22",
        ORDER_BY,
        (
            "What becomes of a sort key that is not among those named, such as `id`, `duration` or a field "
            "that there is not?"
        ),
        ("It is refused.", "It sorts.", "It is ignored."),
        (
            "A backend may refuse `id` and `duration`; of other keys the document says no more than that "
            "there are some."
        ),
    ),
    Ambiguity(
        "ORC-OPEN-23",
        ORDER_BY,
        "In what order do overviews come when none is asked for?",
        ("By their ids.", "By their names.", "In any."),
        "The document says that it is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-24",
        ALL_OVERVIEWS,
        "Which fields do overviews filter and sort by, beside `id`, `name` and `version`?",
        (
            "None.",
            "Those of the definition, such as `description`.",
            "Those of the overview too, such as `workflowId`.",
        ),
        "The document says `such as`.",
    ),
    Ambiguity(
        "ORC-OPEN-25",
        STATUSES,
        "In what order do the statuses come?",
        ("As a run goes through them.", "In any."),
        "The document says that it is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-26",
        PAGING_TOLD,
        "What does the paginationInfo of an answer hold?",
        ("The pageSize and the offset that were asked for.", "Nothing."),
        "The document says that it may be an empty object, and the schema does not require it.",
    ),
    Ambiguity(
        "ORC-OPEN-27",
        TOTAL,
        "Is totalCount sent?",
        ("It is.", "It is not."),
        (
            "The document says that a backend need not send it. Where it is sent it is held to ORC-INST- "
            "COUNT-01 and ORC-INST-COUNT-02."
        ),
    ),
    Ambiguity(
        "ORC-OPEN-28",
        ITEMS,
        "Does a list show all that an instance itself shows?",
        ("It does.", "It leaves some out, such as `workflowdata`, `error` and the nodes."),
        "Both have one schema, which requires an id, a processId and nodes, of which there may be none.",
    ),
    Ambiguity(
        "ORC-OPEN-29",
        f"{INSTANCE}/properties/id",
        "Is the id of an instance a UUID?",
        ("It is.", "It is any text that no other instance has."),
        "The description says so, and the schema takes any text. No request depends on the form.",
    ),
    Ambiguity(
        "ORC-OPEN-30",
        f"{INSTANCE}/properties/start",
        "In which zone are moments shown, and to which part of a second?",
        ("In UTC, to the millisecond.", "In any zone, and as exactly as the backend likes."),
        "The document asks for ISO 8601 with a zone, and for no more.",
    ),
    Ambiguity(
        "ORC-OPEN-31",
        f"{INSTANCE}/properties/start",
        "Has a run a start that is PENDING?",
        ("It has: the moment that it was asked for.", "It has not: it has yet to start."),
        "The field is not required, and a run that is PENDING waits for its start.",
    ),
)
