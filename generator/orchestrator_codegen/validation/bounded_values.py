"""Validates defaults against their schemas in a bounded number of steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, Final

from jsonschema.exceptions import ValidationError  # type: ignore[import-untyped]
from jsonschema.validators import extend  # type: ignore[import-untyped]

from .patterns import fits

# The maximum number of references to follow for the defaults of one document. It can double with each level.
MOST_STEPS: Final = 100_000

_COMPOSING: Final = ("allOf", "anyOf", "oneOf")


def bound_validator(validator: Any) -> Any:
    """Return `validator`, a jsonschema class, with linear-time patterns and a limit on followed references.

    The limit applies to everything that the class checks, so each document needs its own class.
    """
    keywords = validator.VALIDATORS
    return extend(
        validator,
        {
            "$ref": _count(keywords["$ref"]),
            "pattern": _match,
            # These match patterns against property names. In the generated code, pydantic does that.
            "patternProperties": accept,
            "additionalProperties": unless_patterns(keywords["additionalProperties"]),
            "unevaluatedProperties": accept,
        },
    )


def collect_properties(schema: Any) -> set[str]:
    """Return the names of the properties of `schema`, a path object of the library, and of its parts, each once."""
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
                "the defaults of the document are too complex to validate; simplify this one"
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
    """Accept every value. Replaces a check that could run forever."""
    yield from ()


def unless_patterns(check: Any) -> Any:
    """Return `check`, the check of a keyword, disabled for schemas that also have `patternProperties`."""

    def checked(validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
        if "patternProperties" not in schema:
            yield from check(validator, value, instance, schema)

    return checked
