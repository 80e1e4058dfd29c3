"""Requirements on the values of filters: exact comparison, many values, and long ones."""

from __future__ import annotations

from typing import Final

from ...contract.requirements import Requirement
from ..kinds import must
from ..places import NESTED, OPERATOR, VALUE

VALUES: Final[tuple[Requirement, ...]] = (
    must(
        "ORC-FILT-EQ-08",
        "filters",
        "filter-eq-text",
        OPERATOR,
        "EQ and IN on a text field compare exactly: case, whitespace at the ends and every character count.",
        reasoning=(
            "EQ means that the field is equal to the value, and a text is equal to no other text. Runs of spaces "
            "stand for themselves."
        ),
    ),
    must(
        "ORC-FILT-EQ-09",
        "filters",
        "filter-eq-id",
        OPERATOR,
        "EQ and IN on `id` compare exactly: whitespace at the ends and every character count.",
        reasoning=(
            "EQ means that the id is equal to the value. Nothing is required of the case of a UUID, and a value "
            "that is not a UUID may be refused."
        ),
    ),
    must(
        "ORC-FILT-NEST-09",
        "filters",
        "nested-filters",
        NESTED,
        (
            "EQ and IN in a nested filter compare exactly: case, whitespace at the ends and every character "
            "count."
        ),
        reasoning="The last step of a nested filter is a condition on a field like any other.",
    ),
    must(
        "ORC-FILT-IN-05",
        "filters",
        "filter-in-text",
        VALUE,
        "Every value of IN takes effect, also if there are hundreds.",
        reasoning=(
            "The document sets no maximum for the values of IN. Nothing is required of a body that is longer "
            "than a deployment accepts."
        ),
    ),
    must(
        "ORC-FILT-EQ-10",
        "filters",
        "filter-eq-text",
        VALUE,
        "A value of several thousand characters is compared as a whole.",
        reasoning=(
            "The document sets no maximum for the length of a value. A value that is cut, or that causes an "
            "error, does not take effect."
        ),
    ),
)
