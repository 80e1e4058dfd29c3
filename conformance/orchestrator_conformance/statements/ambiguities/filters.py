"""Open questions on the meaning of filters."""

from __future__ import annotations

from typing import Final

from ..places import COMBINATION_PARTS, FIELD_FILTER, LOGIC, NESTED, OPERATOR, SEARCH, VALUE
from .ambiguity import Ambiguity

FILTERS: Final[tuple[Ambiguity, ...]] = (
    Ambiguity(
        "ORC-OPEN-01",
        OPERATOR,
        "Is LIKE case-sensitive?",
        ("Yes.", "No."),
        "The document names the wildcards of a pattern and does not mention case.",
    ),
    Ambiguity(
        "ORC-OPEN-02",
        OPERATOR,
        "What does `_` match in a LIKE pattern?",
        ("An underscore.", "Any single character, as in SQL."),
        (
            "The document names two wildcards and does not say that there are no others; many indexes "
            "support this one."
        ),
    ),
    Ambiguity(
        "ORC-OPEN-03",
        OPERATOR,
        "How does a LIKE pattern match a literal * or %?",
        ("With a backslash before it.", "With brackets around it.", "It cannot."),
        (
            "A value is data whatever characters it contains, but these two characters are wildcards. The "
            "document does not say how to write them as data."
        ),
    ),
    Ambiguity(
        "ORC-OPEN-04",
        VALUE,
        "What does IN with an empty list match?",
        ("Nothing.", "Everything, as if there were no filter.", "The request is refused."),
        "The document says that it is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-05",
        COMBINATION_PARTS,
        "What does a combination with no filters match?",
        ("Everything.", "Everything under AND, nothing under OR.", "The request is refused."),
        "The document says that it is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-06",
        LOGIC,
        "What does NOT with several filters match?",
        ("What satisfies none of them.", "What does not satisfy all of them.", "The request is refused."),
        "The document says that it is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-07",
        FIELD_FILTER,
        "What happens to an operator on a field that does not support it, such as LIKE on a date?",
        ("The request is refused.", "The operator has the same meaning as on other fields."),
        "A backend may refuse any pair that the document does not list, but does not have to.",
    ),
    Ambiguity(
        "ORC-OPEN-08",
        f"{FIELD_FILTER}/properties/field",
        "What happens to a filter on a field that does not exist?",
        ("The request is refused.", "The filter matches nothing.", "The filter is ignored."),
        "The document does not list the fields, so a caller cannot know which fields exist.",
    ),
    Ambiguity(
        "ORC-OPEN-09",
        VALUE,
        (
            "What happens if a value does not fit the operator or the field, such as a single text for IN, three "
            "values for BETWEEN, or an invalid date?"
        ),
        (
            "The request is refused.",
            "The value is interpreted as the nearest valid value.",
            "The filter matches nothing.",
        ),
        (
            "The schema allows every type of value with every operator. The description says which types belong "
            "to which operator, but not what happens otherwise."
        ),
    ),
    Ambiguity(
        "ORC-OPEN-10",
        VALUE,
        "What does BETWEEN match if the later value comes first?",
        ("Nothing.", "The same as with the values swapped.", "The request is refused."),
        "The document describes the two values of the list, but not their order.",
    ),
    Ambiguity(
        "ORC-OPEN-11",
        VALUE,
        "How is a date in a filter compared if it is more precise than the dates that the backend shows?",
        (
            "At full precision: no date that is shown is equal to it.",
            "It is truncated or rounded.",
            "It is compared with the stored value, which is more precise than the one that is shown.",
        ),
        "The document requires ISO 8601 with a time zone and does not mention fractions of a second.",
    ),
    Ambiguity(
        "ORC-OPEN-12",
        OPERATOR,
        "What counts as having no value for IS_NULL?",
        ("Absent fields, and inputs that are null.", "Absent fields only.", "Empty texts and objects too."),
        "The document says `no value`. The schemas allow no field to be null, but inputs may be.",
    ),
    Ambiguity(
        "ORC-OPEN-13",
        NESTED,
        "Does IS_NULL true match an instance that has no object on the path to the field?",
        ("Yes: a field that cannot be reached has no value.", "No: there is no object to look into."),
        (
            "The document describes the steps for an instance that has the objects, but not for one that "
            "does not."
        ),
    ),
    Ambiguity(
        "ORC-OPEN-14",
        NESTED,
        "How are numbers, booleans and objects in the inputs compared?",
        ("By their own type.", "By their text.", "The request is refused."),
        (
            "The document defines the operators for text, ids, dates and states, but an input may be of any "
            "type."
        ),
    ),
    Ambiguity(
        "ORC-OPEN-15",
        NESTED,
        "Which operators apply to an input that looks like a date or an id?",
        ("Those of a text field.", "Those of a date or an id."),
        "The document does not say which type an input has in a filter.",
    ),
    Ambiguity(
        "ORC-OPEN-16",
        SEARCH,
        "What happens to a field in a request that the document does not name?",
        ("The request is refused.", "The field is ignored."),
        (
            "The schema of a page forbids such fields, and the schemas of the other parts do not. None says "
            "what happens to them."
        ),
    ),
)
