"""Requirements on filters on one field."""

from __future__ import annotations

from typing import Final

from ...contract.requirements import Requirement
from ..kinds import must
from ..places import FIELD_FILTER, OF_WORKFLOW, OPERATOR, VALUE

FIELDS: Final[tuple[Requirement, ...]] = (
    must(
        "ORC-FILT-EQ-01",
        "filters",
        "filter-eq-text",
        OPERATOR,
        "EQ on a text field lists the instances whose field has the given value.",
    ),
    must(
        "ORC-FILT-EQ-02",
        "filters",
        "filter-eq-state",
        OPERATOR,
        "EQ on `state` lists the instances in that state.",
    ),
    must(
        "ORC-FILT-EQ-03",
        "filters",
        "filter-eq-id",
        OPERATOR,
        "EQ on `id` lists the instance with that id, and no other.",
    ),
    must(
        "ORC-FILT-EQ-04",
        "filters",
        "filter-eq-date",
        OPERATOR,
        "EQ on a date field lists the instances whose field is the given instant.",
        reasoning=(
            "A date is an instant, and two dates that denote the same instant are equal, however they are "
            "written."
        ),
    ),
    must(
        "ORC-FILT-EQ-05",
        "filters",
        "filter-eq-text",
        FIELD_FILTER,
        "The value of a filter is treated as data, whatever characters it contains.",
    ),
    must(
        "ORC-FILT-IN-01",
        "filters",
        "filter-in-state",
        OPERATOR,
        "IN on `state` lists the instances in any of the given states.",
    ),
    must(
        "ORC-FILT-IN-02",
        "filters",
        "filter-in-id",
        OPERATOR,
        "IN on `id` lists the instances with any of the given ids.",
    ),
    must(
        "ORC-FILT-IN-03",
        "filters",
        "filter-in-text",
        OPERATOR,
        "IN on a text field lists the instances whose field has any of the given values.",
    ),
    must(
        "ORC-FILT-LIKE-01",
        "filters",
        "filter-like-text",
        OPERATOR,
        "In the pattern of LIKE, * matches any run of characters.",
    ),
    must(
        "ORC-FILT-LIKE-02",
        "filters",
        "filter-like-text",
        OPERATOR,
        "In the pattern of LIKE, % matches any run of characters.",
    ),
    must(
        "ORC-FILT-NULL-01",
        "filters",
        "filter-is-null-date",
        OPERATOR,
        (
            "IS_NULL true lists the instances that do not have the field, and IS_NULL false lists those "
            "that have it."
        ),
    ),
    must(
        "ORC-FILT-DATE-01",
        "filters",
        "filter-gt-date",
        OPERATOR,
        "GTE on a date includes the given instant, and GT excludes it.",
    ),
    must(
        "ORC-FILT-DATE-02",
        "filters",
        "filter-lt-date",
        OPERATOR,
        "LTE on a date includes the given instant, and LT excludes it.",
    ),
    must(
        "ORC-FILT-DATE-03",
        "filters",
        "filter-between-date",
        OPERATOR,
        "BETWEEN on a date includes both ends of the range.",
    ),
    must(
        "ORC-FILT-FLOW-01",
        "filters",
        "filter-eq-state",
        OF_WORKFLOW,
        "A filter on the list of one workflow's instances lists only instances of that workflow.",
    ),
    must(
        "ORC-FILT-EQ-06",
        "filters",
        "filter-eq-text",
        OPERATOR,
        "EQ compares the whole value, so a part of the value does not match.",
        reasoning="A part of a text is not equal to the text. LIKE is the operator for parts.",
    ),
    must(
        "ORC-FILT-IN-04",
        "filters",
        "filter-in-text",
        OPERATOR,
        "A value of IN that no instance has does not change the result.",
        reasoning="Whether a field equals one value of a list does not depend on the other values in the list.",
    ),
    must(
        "ORC-FILT-DATE-04",
        "filters",
        "filter-gt-date",
        VALUE,
        "Dates are compared as instants. The time zone that they are written in makes no difference.",
        reasoning="The time zone is part of the value, so the same instant can be written in many ways.",
    ),
    must(
        "ORC-FILT-DATE-05",
        "filters",
        "filter-lt-date",
        OPERATOR,
        "A comparison on `end` lists no instance that has no `end`.",
        reasoning="A missing value is neither earlier nor later than any instant.",
    ),
)
