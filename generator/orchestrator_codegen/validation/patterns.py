"""Tells patterns that are tried in time linear in the text from those that only an engine which goes back can try.

Look-around and references back to a group are beyond what JSON Schema recommends (2020-12, section 6.4). With them a
short text may take for ever, and a request may hold that text; so what is generated does without such patterns.
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
from .ecma_patterns import say_in_rust

_SHOWN: Final = 60
_REASON: Final = (
    "not tried, as some text would keep an engine for it busy for ever; say it without look-around and \\1"
)
_LARGE: Final = (
    "not tried, as it is too large when it is compiled; repeat less in it, and set maxLength beside it"
)
_UNKNOWN: Final = "not tried: it is no regular expression, or has look-around; mend it"


def find_slow_patterns(document: Document) -> Iterator[Diagnostic]:
    """Yield a warning for each pattern of `document` that is not tried."""
    definitions = (document.data.get("components") or {}).get("schemas") or {}
    for at, schema in iter_document_schemas(document.data):
        if "pattern" in schema and not is_linear(schema["pattern"]):
            told = f"the pattern {_show(schema['pattern'])} is {_find_reason(schema['pattern'])}"
            yield warning(told, document.locate((*at, "pattern")))
        for name in schema.get("patternProperties") or ():
            if not is_linear(name):
                told = f"the pattern {_show(name)} of names is {_find_reason(name)}"
                yield warning(told, document.locate((*at, "patternProperties", name)))
        if "allOf" in schema:
            parts = iter_parts(schema, definitions)
            patterns = dict.fromkeys(
                each["pattern"] for each in parts if "pattern" in each and is_linear(each["pattern"])
            )
            if len(patterns) > 1:
                shown = " and ".join(map(_show, patterns))
                told = f"the patterns {shown} of an allOf are not tried: write them as one"
                yield warning(told, document.locate((*at, "allOf")))


def _find_reason(pattern: str) -> str:
    if not is_known_to_python(pattern):
        return _UNKNOWN
    return _LARGE if "size limit" in str(_compile(pattern)) else _REASON


def _show(pattern: str) -> str:
    return repr(pattern if len(pattern) <= _SHOWN else f"{pattern[:_SHOWN]}...")


def drop_slow_patterns(schema: dict[str, JSON]) -> dict[str, JSON]:
    """Return `schema` without the patterns that are not tried, and what depends on which names they fit.

    The others are said as pydantic's engine has them.
    """
    kept: dict[str, Any] = dict(schema)
    if isinstance(pattern := kept.get("pattern"), str):
        if is_linear(pattern):
            kept["pattern"] = say_in_rust(pattern)
        else:
            del kept["pattern"]
    if isinstance(names := kept.get("patternProperties"), dict):
        if all(map(is_linear, names)):
            kept["patternProperties"] = {say_in_rust(name): each for name, each in names.items()}
        else:
            del kept["patternProperties"]
            if "additionalProperties" in kept:
                kept["additionalProperties"] = True
    return kept


def is_linear(pattern: str) -> bool:
    """Whether pydantic's own engine, which takes time linear in the text, knows `pattern`."""
    return isinstance(_compile(pattern), SchemaValidator)


def is_known_to_python(pattern: str) -> bool:
    """Whether Python's own engine knows `pattern`, which may say things that JavaScript's does not, and lack others."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what may come to mean something else
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


def fits(pattern: str, text: str) -> bool:
    """Whether `text` fits `pattern`, as far as that is tried."""
    compiled = _compile(pattern)
    return not isinstance(compiled, SchemaValidator) or compiled.isinstance_python(text)


@cache
def _compile(pattern: str) -> SchemaValidator | str:
    """Return what tries `pattern`, or why nothing does."""
    try:
        return SchemaValidator(core_schema.str_schema(pattern=say_in_rust(pattern)))
    except SchemaError as error:
        return str(error)
