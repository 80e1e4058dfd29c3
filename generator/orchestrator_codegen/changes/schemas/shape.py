"""The `Shape` of a schema: what it allows, in one form for OpenAPI 3.0 and 3.1, with `$ref` and `allOf` merged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ...document.load import JSON, Pointer

# Pointers of schemas that must all match. No schema allows anything.
Places = tuple[Pointer, ...]

# The types of JSON. Numbers are split, so that an integer is a number.
NUMBER: Final = frozenset({"integer", "fraction"})
ALL: Final = NUMBER | {"null", "boolean", "object", "array", "string"}

# The types that a keyword applies to. It has no effect on others.
SUBJECTS: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(("minLength", "maxLength", "pattern"), frozenset({"string"})),
    **dict.fromkeys(("contentEncoding", "contentMediaType", "contentSchema"), frozenset({"string"})),
    **dict.fromkeys(("minimum", "maximum", "multipleOf"), NUMBER),
    **dict.fromkeys(("minItems", "maxItems", "uniqueItems", "prefixItems"), frozenset({"array"})),
    **dict.fromkeys(("contains", "minContains", "maxContains", "unevaluatedItems"), frozenset({"array"})),
    **dict.fromkeys(("minProperties", "maxProperties", "propertyNames"), frozenset({"object"})),
    **dict.fromkeys(
        ("dependentRequired", "dependentSchemas", "unevaluatedProperties"), frozenset({"object"})
    ),
}


@dataclass(frozen=True, slots=True)
class Bound:
    """The least or the most that a number, a length or a count may be; exclusive where it may not be just that."""

    value: int | float
    is_exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives: the keyword, `oneOf` or `anyOf`, and the pointers of the branches."""

    keyword: str
    branches: tuple[Pointer, ...]


@dataclass(frozen=True, slots=True)
class Members:
    """The members of an object: named properties, properties by pattern, and whether others are allowed."""

    named: Mapping[str, Places]
    required: frozenset[str]
    patterns: Mapping[str, Places]
    rest: Places
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """What a schema allows.

    `values` are those of an enum in canonical form, `rules` the formats, patterns and divisors, `marks` the keywords
    that are true, `others` the pointers of unsupported keywords, `keywords` the pointers of all other keywords.
    `may_be_null` says that null is allowed in addition to everything else.
    """

    places: Places
    is_never: bool
    may_be_null: bool
    types: frozenset[str]
    values: Mapping[str, JSON] | None
    bounds: Mapping[str, Bound]
    rules: Mapping[str, frozenset[str]]
    marks: frozenset[str]
    members: Members
    items: Places
    choices: tuple[Choice, ...]
    others: Mapping[str, Places]
    keywords: Mapping[str, Pointer]

    @property
    def allows_null(self) -> bool:
        """Whether null is allowed, without regard to the branches of a choice."""
        return self.may_be_null or ("null" in self.types and not self.choices)

    @property
    def is_only_a_choice(self) -> bool:
        """Whether the schema consists of a single choice."""
        limits = self.bounds or self.rules or self.others or self.items or self.members.named
        further = (
            self.values is not None or self.members.required or self.members.is_closed or self.members.rest
        )
        return len(self.choices) == 1 and not limits and not further

    @property
    def is_anything(self) -> bool:
        """Whether every value is allowed."""
        limits = self.bounds or self.rules or self.others or self.items or self.choices or self.is_never
        members = self.members.named or self.members.required or self.members.patterns or self.members.rest
        return self.types == ALL and not (limits or members or self.members.is_closed)

    def find(self, keyword: str) -> Pointer | None:
        """Return the pointer of `keyword`, or else of the schema."""
        return self.keywords.get(keyword, self.places[0] if self.places else None)
