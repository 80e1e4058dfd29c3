"""Open questions on pages, on sort orders and on the content of lists."""

from __future__ import annotations

from typing import Final

from ..places import ALL_OVERVIEWS, INSTANCE, ITEMS, ORDER_BY, PAGE, PAGINATION_INFO, STATUSES, TOTAL
from .ambiguity import Ambiguity

LISTS: Final[tuple[Ambiguity, ...]] = (
    Ambiguity(
        "ORC-OPEN-17",
        PAGE,
        "What does a negative or fractional pageSize or offset mean?",
        ("The request is refused.", "It counts as 0, or as the nearest whole number."),
        "The document says that it is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-18",
        ORDER_BY,
        "Where in a sorted list are the instances without a value in the sort key?",
        ("First.", "Last.", "First in one direction and last in the other."),
        "The document does not say where instances without a value are sorted, such as runs without an end.",
    ),
    Ambiguity(
        "ORC-OPEN-19",
        ORDER_BY,
        "In what order are instances with the same value in the sort key?",
        ("By id.", "By start.", "In any order that is the same on every page."),
        (
            "The document names one field to sort by. ORC-INST-PAGE-08 still requires that pages partition "
            "the list."
        ),
    ),
    Ambiguity(
        "ORC-OPEN-20",
        ORDER_BY,
        "In what order are the states sorted?",
        (
            "Alphabetically.",
            "In the order in which a run goes through them.",
            "By the numbers that the index gives them.",
        ),
        "The document lists the states and does not define an order.",
    ),
    Ambiguity(
        "ORC-OPEN-21",
        ORDER_BY,
        "In what order is text sorted?",
        (
            "By code point, which puts capitals first.",
            "Ignoring case.",
            "As in a dictionary, ignoring punctuation.",
        ),
        "The document names no collation.",
    ),
    Ambiguity(
        "ORC-OPEN-22",
        ORDER_BY,
        (
            "What happens if the sort key is not one that the document names as sortable, such as `id`, "
            "`duration` or a field that does not exist?"
        ),
        ("The request is refused.", "The list is sorted by it.", "The key is ignored."),
        "A backend may refuse `id` and `duration`. About other keys the document says only that they exist.",
    ),
    Ambiguity(
        "ORC-OPEN-23",
        ORDER_BY,
        "In what order are overviews listed if the request names none?",
        ("By id.", "By name.", "In any order."),
        "The document says that it is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-24",
        ALL_OVERVIEWS,
        "Which fields other than `id`, `name` and `version` can overviews be filtered and sorted by?",
        (
            "None.",
            "Fields of the definition, such as `description`.",
            "Also fields of the overview, such as `workflowId`.",
        ),
        "The document says `such as`.",
    ),
    Ambiguity(
        "ORC-OPEN-25",
        STATUSES,
        "In what order are the statuses listed?",
        ("In the order in which a run goes through them.", "In any order."),
        "The document says that it is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-26",
        PAGINATION_INFO,
        "What does the paginationInfo of an answer contain?",
        ("The requested pageSize and offset.", "Nothing."),
        "The document says that it may be an empty object, and the schema does not require it.",
    ),
    Ambiguity(
        "ORC-OPEN-27",
        TOTAL,
        "Is totalCount sent?",
        ("Yes.", "No."),
        (
            "The document says that a backend need not send it. If it is sent, ORC-INST-COUNT-01 and "
            "ORC-INST-COUNT-02 apply."
        ),
    ),
    Ambiguity(
        "ORC-OPEN-28",
        ITEMS,
        "Does a list show all fields that the instance itself shows?",
        ("Yes.", "It omits some, such as `workflowdata`, `error` and the nodes."),
        (
            "Both have the same schema, which requires an id, a processId and nodes. The list of nodes may "
            "be empty."
        ),
    ),
    Ambiguity(
        "ORC-OPEN-29",
        f"{INSTANCE}/properties/id",
        "Is the id of an instance a UUID?",
        ("Yes.", "It is any text that no other instance has."),
        "The description says so, but the schema accepts any text. No request depends on the format.",
    ),
    Ambiguity(
        "ORC-OPEN-30",
        f"{INSTANCE}/properties/start",
        "In which time zone and with which precision are timestamps shown?",
        ("In UTC, to the millisecond.", "In any time zone, and with any precision."),
        "The document requires ISO 8601 with a time zone, and nothing more.",
    ),
    Ambiguity(
        "ORC-OPEN-31",
        f"{INSTANCE}/properties/start",
        "Does a run that is PENDING have a start?",
        ("Yes: the time at which it was requested.", "No: it has not started yet."),
        "The field is not required, and a run that is PENDING waits for its start.",
    ),
)
