"""What a filter may be taken to mean."""

from __future__ import annotations

from typing import Final

from ..places import COMBINATION_PARTS, FIELD_FILTER, LOGIC, NESTED, OPERATOR, SEARCH, VALUE
from .ambiguity import Ambiguity

FILTERS: Final[tuple[Ambiguity, ...]] = (
    Ambiguity(
        "ORC-OPEN-01",
        OPERATOR,
        "Does LIKE tell capitals from small letters?",
        ("It does.", "It does not."),
        "The document names the wildcards of a pattern, and says nothing of case.",
    ),
    Ambiguity(
        "ORC-OPEN-02",
        OPERATOR,
        "What does `_` stand for in a pattern of LIKE?",
        ("Itself.", "Any one character, as in SQL."),
        (
            "The document names two wildcards and does not say that there are no others; many indexes have "
            "this one."
        ),
    ),
    Ambiguity(
        "ORC-OPEN-03",
        OPERATOR,
        "How does a pattern of LIKE say that it means a `*` or a `%` itself?",
        ("With a backslash before it.", "With brackets around it.", "It cannot."),
        (
            "A value is data whatever characters it holds, and a wildcard is none: where the two meet the "
            "document is silent."
        ),
    ),
    Ambiguity(
        "ORC-OPEN-04",
        VALUE,
        "What does IN with an empty list let through?",
        ("Nothing.", "Everything, as if there were no filter.", "It is refused."),
        "The document says that it is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-05",
        COMBINATION_PARTS,
        "What does a combination of no filters let through?",
        ("Everything.", "Everything under AND, nothing under OR.", "It is refused."),
        "The document says that it is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-06",
        LOGIC,
        "What does NOT of several filters let through?",
        ("What satisfies none of them.", "What does not satisfy all of them.", "It is refused."),
        "The document says that it is left open.",
    ),
    Ambiguity(
        "ORC-OPEN-07",
        FIELD_FILTER,
        "What becomes of an operator on a field that does not take it, such as LIKE on a date?",
        ("It is refused.", "It means what it means elsewhere."),
        "A backend may refuse any pair that the document does not list, and need not.",
    ),
    Ambiguity(
        "ORC-OPEN-08",
        f"{FIELD_FILTER}/properties/field",
        "What becomes of a filter on a field that there is not?",
        ("It is refused.", "It lets nothing through.", "It is ignored."),
        "The document does not list the fields, so a caller cannot know which there are.",
    ),
    Ambiguity(
        "ORC-OPEN-09",
        VALUE,
        (
            "What becomes of a value that does not go with the operator or the field: one text for IN, three "
            "for BETWEEN, a date that is none?"
        ),
        ("It is refused.", "It is taken for what comes nearest.", "It lets nothing through."),
        (
            "The schema allows each kind of value beside each operator; the description tells them apart, and "
            "not what becomes of others."
        ),
    ),
    Ambiguity(
        "ORC-OPEN-10",
        VALUE,
        "What does BETWEEN let through when the later end comes first?",
        ("Nothing.", "The same as the other way round.", "It is refused."),
        "The document speaks of the two of a list, and not of their order.",
    ),
    Ambiguity(
        "ORC-OPEN-11",
        VALUE,
        "What becomes of the part of a moment that is finer than the moments that the backend shows?",
        (
            "It counts: no moment that is shown is equal to it.",
            "It is cut off, or rounded.",
            "It is compared with what the backend holds and does not show.",
        ),
        "The document asks for ISO 8601 with a zone, and says nothing of parts of a second.",
    ),
    Ambiguity(
        "ORC-OPEN-12",
        OPERATOR,
        "What has no value under IS_NULL?",
        (
            "What is absent, and an input that is null.",
            "What is absent alone.",
            "An empty text or object too.",
        ),
        "The document says `no value`. The schemas let no field be null, but inputs may be.",
    ),
    Ambiguity(
        "ORC-OPEN-13",
        NESTED,
        "Does IS_NULL true find an instance that lacks an object on the way to the field?",
        ("It does: what is not reached has no value.", "It does not: there is nothing to look into."),
        "The document describes the steps for an instance that has the objects, not for one that has not.",
    ),
    Ambiguity(
        "ORC-OPEN-14",
        NESTED,
        "How are inputs compared that are no text: numbers, truth values, objects?",
        ("As what they are.", "As their text.", "They are refused."),
        "The document gives the operators for text, ids, dates and states; an input may be of any type.",
    ),
    Ambiguity(
        "ORC-OPEN-15",
        NESTED,
        "Which operators does an input take that looks like a date or an id?",
        ("Those of a text.", "Those of a date or an id."),
        "What type an input has for a filter the document does not say.",
    ),
    Ambiguity(
        "ORC-OPEN-16",
        SEARCH,
        "Is a field in a request refused that the document does not name?",
        ("It is.", "It is ignored."),
        (
            "The schema of a page forbids such fields, those of the other parts do not, and none says what "
            "becomes of them."
        ),
    ),
)
