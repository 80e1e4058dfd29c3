"""Separates patterns that match in linear time from those that require a backtracking engine.

JSON Schema does not recommend look-around and back references (2020-12, section 6.4). With them a short string from a
request can keep an engine busy forever, so the generated code does not apply such patterns.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from pydantic_core import SchemaError, SchemaValidator, core_schema

from ..document.diagnostics import Diagnostic, warning
from ..document.load import JSON, Document
from ..document.object_schemas import iter_parts
from ..document.schema_walk import iter_document_schemas
from .ecma_patterns import translate_to_rust

_SHOWN: Final = 60
_REASON: Final = (
    "not applied, because some strings would take forever to match; rewrite it without look-around and \\1"
)
_LARGE: Final = (
    "not applied, because it is too large when compiled; use fewer repetitions, and maxLength instead"
)
_UNKNOWN: Final = "not applied: it is not a valid regular expression, or has look-around; correct it"


def find_slow_patterns(document: Document) -> Iterator[Diagnostic]:
    """Yield a warning for each pattern of `document` that the generated code does not apply."""
    definitions = (document.data.get("components") or {}).get("schemas") or {}
    for at, schema in iter_document_schemas(document.data):
        if "pattern" in schema and not is_linear(schema["pattern"]):
            message = f"the pattern {_show(schema['pattern'])} is {_find_reason(schema['pattern'])}"
            yield warning(message, document.locate((*at, "pattern")))
        for name in schema.get("patternProperties") or ():
            if not is_linear(name):
                message = f"the pattern {_show(name)} for property names is {_find_reason(name)}"
                yield warning(message, document.locate((*at, "patternProperties", name)))
        if "allOf" in schema:
            parts = iter_parts(schema, definitions)
            patterns = dict.fromkeys(
                each["pattern"] for each in parts if "pattern" in each and is_linear(each["pattern"])
            )
            if len(patterns) > 1:
                shown = " and ".join(map(_show, patterns))
                message = f"the patterns {shown} of an allOf are not applied: combine them into one"
                yield warning(message, document.locate((*at, "allOf")))


def _find_reason(pattern: str) -> str:
    if not is_known_to_python(pattern):
        return _UNKNOWN
    return _LARGE if "size limit" in str(_compile(pattern)) else _REASON


def _show(pattern: str) -> str:
    return repr(pattern if len(pattern) <= _SHOWN else f"{pattern[:_SHOWN]}...")


def drop_slow_patterns(schema: dict[str, JSON]) -> dict[str, JSON]:
    """Return `schema` without patterns that are not applied, and without keywords that depend on them.

    The remaining patterns are translated for the engine of pydantic.
    """
    kept: dict[str, Any] = dict(schema)
    if isinstance(pattern := kept.get("pattern"), str):
        if is_linear(pattern):
            kept["pattern"] = translate_to_rust(pattern)
        else:
            del kept["pattern"]
    if isinstance(names := kept.get("patternProperties"), dict):
        if all(map(is_linear, names)):
            kept["patternProperties"] = {translate_to_rust(name): each for name, each in names.items()}
        else:
            del kept["patternProperties"]
            if "additionalProperties" in kept:
                kept["additionalProperties"] = True
    return kept


def is_linear(pattern: str) -> bool:
    """Return whether the linear-time engine of pydantic supports `pattern`."""
    return isinstance(_compile(pattern), SchemaValidator)


def is_known_to_python(pattern: str) -> bool:
    """Return whether the engine of Python supports `pattern`. Its syntax differs from that of JavaScript."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about syntax whose meaning may change
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


def fits(pattern: str, text: str) -> bool:
    """Return whether `text` matches `pattern`; True if the pattern is not applied."""
    compiled = _compile(pattern)
    return not isinstance(compiled, SchemaValidator) or compiled.isinstance_python(text)


@cache
def _compile(pattern: str) -> SchemaValidator | str:
    """Return a validator for `pattern`, or the reason why it is not applied."""
    try:
        return SchemaValidator(core_schema.str_schema(pattern=translate_to_rust(pattern)))
    except SchemaError as error:
        return str(error)
