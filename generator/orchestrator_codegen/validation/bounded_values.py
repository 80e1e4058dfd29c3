"""Holds defaults against their schemas in a number of steps that no document can drive up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, Final

from jsonschema.exceptions import ValidationError  # type: ignore[import-untyped]
from jsonschema.validators import extend  # type: ignore[import-untyped]

from .patterns import fits

# How many references the checks of one document's defaults may follow: with each level there may be twice as many.
MOST_STEPS: Final = 100_000

_COMPOSING: Final = ("allOf", "anyOf", "oneOf")


def bound_validator(validator: Any) -> Any:
    """Return `validator`, a class of jsonschema's, with patterns tried in linear time and references counted.

    The count is for all that the class ever checks, so one class is for one document.
    """
    keywords = validator.VALIDATORS
    return extend(
        validator,
        {
            "$ref": _count(keywords["$ref"]),
            "pattern": _match,
            # These look for patterns in the names of members; pydantic does when the model is built.
            "patternProperties": accept,
            "additionalProperties": unless_patterns(keywords["additionalProperties"]),
            "unevaluatedProperties": accept,
        },
    )


def collect_properties(schema: Any) -> set[str]:
    """Return the names of the properties of `schema`, a path of the library's, and of its parts, each seen once."""
    found: set[str] = set()
    seen: set[int] = set()
    waiting = [schema]
    while waiting:
        current = waiting.pop()
        value = current.read_value()
        if not isinstance(value, Mapping) or id(value) in seen:
            continue
        seen.add(id(value))
        found.update(value.get("properties") or ())
        waiting.extend(part for keyword in _COMPOSING if keyword in current for part in current / keyword)
        waiting.extend(current / keyword for keyword in ("items", "not") if keyword in current)
    return found


def _count(follow: Any) -> Any:
    steps = count()

    def counted(validator: Any, reference: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
        step = next(steps)
        if step == MOST_STEPS:
            yield ValidationError(
                "the defaults are too intricate to be held against their schemas; simplify this one"
            )
        elif step < MOST_STEPS:
            yield from follow(validator, reference, instance, schema)

    return counted


def _match(validator: Any, pattern: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if not isinstance(instance, str):
        return
    if not fits(pattern, instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def accept(validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    """Refuse nothing: a check in place of one that could take forever."""
    yield from ()


def unless_patterns(check: Any) -> Any:
    """Return `check`, of a keyword, as one that does not look where patterns of names stand beside it."""

    def checked(validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
        if "patternProperties" not in schema:
            yield from check(validator, value, instance, schema)

    return checked
