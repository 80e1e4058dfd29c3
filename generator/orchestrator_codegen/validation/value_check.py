"""Validates values against the schemas of a document with jsonschema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from jsonschema import Draft4Validator, Draft202012Validator  # type: ignore[import-untyped]
from jsonschema.exceptions import ValidationError, best_match  # type: ignore[import-untyped]
from jsonschema.validators import extend  # type: ignore[import-untyped]

from ..document.load import JSON, Document, Pointer
from ..document.references import join_reference
from .bounded_values import accept, unless_patterns

_SHOWN: Final = 200

# Keywords that change how jsonschema reads a schema, or where it resolves a `$ref`.
_SWITCHES: Final = frozenset({"$schema", "$id", "$dynamicRef", "$recursiveRef"})


class ValueCheck:
    """Validates values against the schemas of one valid document.

    Patterns are not checked: the document may be hostile, and some patterns never terminate in Python.
    """

    def __init__(self, document: Document) -> None:
        is_31 = document.data["openapi"].startswith("3.1.")
        self._validator = (_VALUES_31 if is_31 else _VALUES_30)(_drop_switches(document.data))

    def find_mismatch(self, value: JSON, schema_at: Pointer) -> Iterator[tuple[Pointer, str]]:
        """Yield the pointer in `value` and the most likely reason why the schema at `schema_at` rejects it, if any."""
        validator = self._validator.evolve(schema={"$ref": join_reference(schema_at)})
        try:
            problem = best_match(validator.iter_errors(value))
        except RecursionError:
            return  # a schema that only refers to itself rejects nothing
        if problem is not None:
            yield tuple(problem.absolute_path), _shorten(problem.message)


def _drop_switches(node: JSON) -> JSON:
    if isinstance(node, list):
        return [_drop_switches(item) for item in node]
    if isinstance(node, dict):
        return {
            key: _drop_switches(value)
            for key, value in node.items()
            if not (key in _SWITCHES and isinstance(value, str))
        }
    return node


def _shorten(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= _SHOWN else f"{line[:80]} ... {line[-80:]}"


def _check_required(validator: Any, required: JSON, value: JSON, schema: JSON) -> Iterator[ValidationError]:
    """Ignore required read-only and write-only properties: an example of one direction may omit those of the other."""
    for name in required if isinstance(value, dict) and isinstance(required, list) else ():
        if name not in value and not _is_one_way(validator, (schema.get("properties") or {}).get(name)):
            yield ValidationError(f"{name!r} is a required property")


def _is_one_way(validator: Any, schema: JSON) -> bool:
    seen: set[str] = set()
    while isinstance(schema, dict):
        if schema.get("readOnly") or schema.get("writeOnly"):
            return True
        reference = schema.get("$ref")
        if not isinstance(reference, str) or reference in seen:
            return False
        seen.add(reference)
        schema = validator._resolver.lookup(reference).contents
    return False


def _check_multiple(validator: Any, step: JSON, value: JSON, schema: JSON) -> Iterator[ValidationError]:
    if isinstance(step, int) and isinstance(value, int):  # in binary, 19.99 is not a multiple of 0.01
        yield from Draft202012Validator.VALIDATORS["multipleOf"](validator, step, value, schema) or ()


def _accept_null(keyword: str) -> Any:
    """Return the check of a keyword of OpenAPI 3.0 that accepts null if the schema is nullable."""

    def check(validator: Any, wanted: JSON, value: JSON, schema: JSON) -> Iterator[ValidationError]:
        if value is not None or schema.get("nullable") is not True:
            yield from Draft4Validator.VALIDATORS[keyword](validator, wanted, value, schema) or ()

    return check


_CHECKS: Final = {
    "required": _check_required,
    "additionalProperties": unless_patterns(Draft202012Validator.VALIDATORS["additionalProperties"]),
    "multipleOf": _check_multiple,
    **dict.fromkeys(("pattern", "patternProperties", "unevaluatedProperties", "unevaluatedItems"), accept),
}
_VALUES_31: Final = extend(Draft202012Validator, _CHECKS)
# Null matches a nullable schema, whatever its branches allow. OpenAPI is stricter, but no one follows it.
_VALUES_30: Final = extend(
    Draft4Validator,
    {**_CHECKS, **{key: _accept_null(key) for key in ("type", "enum", "allOf", "anyOf", "oneOf")}},
)
