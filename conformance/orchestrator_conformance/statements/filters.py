"""Filters, by themselves and put together."""

from __future__ import annotations

from typing import Final

from ..contract.requirements import Requirement
from .kinds import must
from .places import (
    COMBINATION,
    COMBINATION_PARTS,
    FIELD_FILTER,
    LOGIC,
    NESTED,
    OF_WORKFLOW,
    OPERATOR,
    VALUE,
)

FILTERS: Final[tuple[Requirement, ...]] = (
    must(
        "ORC-FILT-EQ-01",
        "filters",
        "filter-eq-text",
        OPERATOR,
        "EQ on a text field lists the instances whose field is that value.",
    ),
    must(
        "ORC-FILT-EQ-02",
        "filters",
        "filter-eq-state",
        OPERATOR,
        "EQ on state lists the instances in that state.",
    ),
    must("ORC-FILT-EQ-03", "filters", "filter-eq-id", OPERATOR, "EQ on id lists that instance alone."),
    must(
        "ORC-FILT-EQ-04",
        "filters",
        "filter-eq-date",
        OPERATOR,
        "EQ on a date lists the instances of that instant.",
        reasoning="A date is a moment, and moments are equal however they are written.",
    ),
    must(
        "ORC-FILT-EQ-05",
        "filters",
        "filter-eq-text",
        FIELD_FILTER,
        "The value of a filter is data, whatever characters it holds.",
    ),
    must(
        "ORC-FILT-IN-01",
        "filters",
        "filter-in-state",
        OPERATOR,
        "IN on state lists the instances in any of the states.",
    ),
    must(
        "ORC-FILT-IN-02", "filters", "filter-in-id", OPERATOR, "IN on id lists the instances of all the ids."
    ),
    must(
        "ORC-FILT-IN-03",
        "filters",
        "filter-in-text",
        OPERATOR,
        "IN on a text field lists the instances whose field is any of the values.",
    ),
    must(
        "ORC-FILT-LIKE-01", "filters", "filter-like-text", OPERATOR, "LIKE takes * for any run of characters."
    ),
    must(
        "ORC-FILT-LIKE-02", "filters", "filter-like-text", OPERATOR, "LIKE takes % for any run of characters."
    ),
    must(
        "ORC-FILT-NULL-01",
        "filters",
        "filter-is-null-date",
        OPERATOR,
        "IS_NULL true lists the instances without the field, IS_NULL false those with it.",
    ),
    must(
        "ORC-FILT-DATE-01",
        "filters",
        "filter-gt-date",
        OPERATOR,
        "GTE on a date includes the instant itself, GT does not.",
    ),
    must(
        "ORC-FILT-DATE-02",
        "filters",
        "filter-lt-date",
        OPERATOR,
        "LTE on a date includes the instant itself, LT does not.",
    ),
    must(
        "ORC-FILT-DATE-03",
        "filters",
        "filter-between-date",
        OPERATOR,
        "BETWEEN on a date includes both ends.",
    ),
    must(
        "ORC-FILT-AND-01",
        "filters",
        "logical-filters",
        LOGIC,
        "AND lists what every one of its filters lists.",
    ),
    must(
        "ORC-FILT-AND-02",
        "filters",
        "logical-filters",
        COMBINATION,
        "AND takes several filters on one field.",
    ),
    must("ORC-FILT-OR-01", "filters", "logical-filters", LOGIC, "OR lists what any of its filters lists."),
    must("ORC-FILT-NOT-01", "filters", "logical-filters", LOGIC, "NOT lists what its filter does not list."),
    must(
        "ORC-FILT-TREE-01", "filters", "logical-filters", COMBINATION, "Logical filters nest in each other."
    ),
    must(
        "ORC-FILT-NEST-01",
        "filters",
        "nested-filters",
        NESTED,
        "A nested filter on variables reaches the initiatorEntity.",
    ),
    must(
        "ORC-FILT-NEST-02",
        "filters",
        "nested-filters",
        NESTED,
        "A nested filter on variables reaches the targetEntity.",
    ),
    must(
        "ORC-FILT-NEST-03",
        "filters",
        "nested-filters",
        NESTED,
        "A nested filter on variables reaches an input by two steps, through workflowdata.",
    ),
    must(
        "ORC-FILT-FLOW-01",
        "filters",
        "filter-eq-state",
        OF_WORKFLOW,
        "A filter on one workflow's instances lists only instances of that workflow.",
    ),
    must(
        "ORC-FILT-EQ-06",
        "filters",
        "filter-eq-text",
        OPERATOR,
        "EQ takes the whole value: a part of it is another.",
        reasoning="A part of a text is not equal to it; LIKE is there for parts.",
    ),
    must(
        "ORC-FILT-IN-04",
        "filters",
        "filter-in-text",
        OPERATOR,
        "A value of IN that no instance has changes nothing.",
        reasoning="Being equal to one of a list does not depend on what else is in the list.",
    ),
    must(
        "ORC-FILT-DATE-04",
        "filters",
        "filter-gt-date",
        VALUE,
        "Dates are compared as instants, whatever the zone that they are written in.",
        reasoning="The zone is a part of the value, so one moment has many spellings.",
    ),
    must(
        "ORC-FILT-DATE-05",
        "filters",
        "filter-lt-date",
        OPERATOR,
        "A comparison on end lists none of the instances that have no end.",
        reasoning="What is not there is neither earlier nor later than anything.",
    ),
    must(
        "ORC-FILT-AND-03",
        "filters",
        "logical-filters",
        COMBINATION_PARTS,
        "AND and OR take three filters or more.",
        reasoning="One filter is the least, and no most is given: every one of them counts.",
    ),
    must(
        "ORC-FILT-NOT-02",
        "filters",
        "logical-filters",
        COMBINATION,
        "NOT turns round an AND and an OR too.",
        reasoning="The one filter of NOT may be of any kind, other combinations included.",
    ),
    must(
        "ORC-FILT-NEST-04",
        "filters",
        "nested-filters",
        f"{NESTED}/properties/nested",
        "A nested filter takes IN, LIKE and IS_NULL on a text.",
        reasoning=(
            "The last step is a condition on a field like any other, and these are operators of a text. The "
            "targetEntity is one."
        ),
    ),
    must(
        "ORC-FILT-NEST-05",
        "filters",
        "nested-filters",
        COMBINATION,
        "Nested filters join with others.",
        reasoning="The filters of a combination may be of any kind, nested ones included.",
    ),
    must(
        "ORC-FILT-NEST-06",
        "filters",
        "nested-filters",
        FIELD_FILTER,
        "An input is found by its value, whatever characters it holds.",
        reasoning="The last step of a nested filter is a condition on a field, and its value is data there too.",
    ),
    must(
        "ORC-FILT-FLOW-02",
        "filters",
        "logical-filters",
        OF_WORKFLOW,
        "The list of a workflow's instances takes every filter that the list of all takes.",
    ),
    must(
        "ORC-FILT-ANY-01",
        "filters",
        "logical-filters",
        LOGIC,
        "Any combination of filters lists the instances that satisfy it, and no others.",
    ),
)
