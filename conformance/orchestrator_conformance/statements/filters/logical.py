"""Requirements on logical and nested filters."""

from __future__ import annotations

from typing import Final

from ...contract.requirements import Requirement
from ..kinds import must
from ..places import COMBINATION, COMBINATION_PARTS, FIELD_FILTER, LOGIC, NESTED, OF_WORKFLOW

LOGICAL: Final[tuple[Requirement, ...]] = (
    must(
        "ORC-FILT-AND-01",
        "filters",
        "logical-filters",
        LOGIC,
        "AND lists what all of its filters list.",
    ),
    must(
        "ORC-FILT-AND-02",
        "filters",
        "logical-filters",
        COMBINATION,
        "AND accepts several filters on the same field.",
    ),
    must(
        "ORC-FILT-OR-01",
        "filters",
        "logical-filters",
        LOGIC,
        "OR lists what at least one of its filters lists.",
    ),
    must("ORC-FILT-NOT-01", "filters", "logical-filters", LOGIC, "NOT lists what its filter does not list."),
    must(
        "ORC-FILT-TREE-01",
        "filters",
        "logical-filters",
        COMBINATION,
        "Logical filters can be nested in each other.",
    ),
    must(
        "ORC-FILT-NEST-01",
        "filters",
        "nested-filters",
        NESTED,
        "A nested filter on `variables` can filter by `initiatorEntity`.",
    ),
    must(
        "ORC-FILT-NEST-02",
        "filters",
        "nested-filters",
        NESTED,
        "A nested filter on `variables` can filter by `targetEntity`.",
    ),
    must(
        "ORC-FILT-NEST-03",
        "filters",
        "nested-filters",
        NESTED,
        "A nested filter on `variables` can filter by an input in two steps, through `workflowdata`.",
    ),
    must(
        "ORC-FILT-AND-03",
        "filters",
        "logical-filters",
        COMBINATION_PARTS,
        "AND and OR accept three or more filters.",
        reasoning="The document sets a minimum of one filter and no maximum, so every filter takes effect.",
    ),
    must(
        "ORC-FILT-NOT-02",
        "filters",
        "logical-filters",
        COMBINATION,
        "NOT also negates an AND and an OR.",
        reasoning="The one filter of NOT may be of any kind, including another combination.",
    ),
    must(
        "ORC-FILT-NEST-04",
        "filters",
        "nested-filters",
        f"{NESTED}/properties/nested",
        "A nested filter accepts IN, LIKE and IS_NULL on a text field.",
        reasoning=(
            "The last step of a nested filter is a condition on a field like any other, and these are "
            "operators of text fields. The `targetEntity` is a text field."
        ),
    ),
    must(
        "ORC-FILT-NEST-05",
        "filters",
        "nested-filters",
        COMBINATION,
        "Nested filters can be combined with other filters.",
        reasoning="The filters of a combination may be of any kind, including nested filters.",
    ),
    must(
        "ORC-FILT-NEST-06",
        "filters",
        "nested-filters",
        FIELD_FILTER,
        "A nested filter finds an input by its value, whatever characters the value contains.",
        reasoning=(
            "The last step of a nested filter is a condition on a field, and its value is data as in any "
            "other filter."
        ),
    ),
    must(
        "ORC-FILT-FLOW-02",
        "filters",
        "logical-filters",
        OF_WORKFLOW,
        "The list of a workflow's instances accepts every filter that the list of all instances accepts.",
    ),
    must(
        "ORC-FILT-ANY-01",
        "filters",
        "logical-filters",
        LOGIC,
        "Any combination of filters lists the instances that satisfy it, and no others.",
    ),
    must(
        "ORC-FILT-NEST-07",
        "filters",
        "nested-filters",
        COMBINATION,
        "AND and OR combine nested filters on `initiatorEntity` and `targetEntity`, and NOT negates the result.",
        reasoning=(
            "The filters of a combination may be of any kind, and several may reach into the same object. Each "
            "of them takes effect."
        ),
    ),
    must(
        "ORC-FILT-NEST-08",
        "filters",
        "nested-filters",
        COMBINATION,
        "AND and OR combine nested filters on two inputs, and NOT negates the result.",
        reasoning=(
            "The filters of a combination may be of any kind, and several may reach into the same object. Each "
            "of them takes effect."
        ),
    ),
    must(
        "ORC-FILT-TREE-02",
        "filters",
        "logical-filters",
        COMBINATION,
        "An OR of two ANDs and an AND of two ORs list what satisfies them.",
        reasoning="A combination of combinations is a filter like any other, and each of its parts takes effect.",
    ),
    must(
        "ORC-FILT-TREE-03",
        "filters",
        "logical-filters",
        COMBINATION,
        "NOT negates an OR of two ANDs and an AND of two ORs.",
        reasoning="The one filter of NOT may be of any kind, including a combination of combinations.",
    ),
    must(
        "ORC-FILT-TREE-04",
        "filters",
        "logical-filters",
        COMBINATION,
        "Every level of a filter takes effect, also if AND, OR and NOT are nested twelve levels deep.",
        reasoning="The schema of a combination refers to itself, and the document sets no maximum depth.",
    ),
)
