"""Mends what is plainly a slip in a document, and says so: a default that is not of its schema's type."""

from __future__ import annotations

import copy
import dataclasses
import json
import math
from typing import Any, Final

from .diagnostics import Diagnostic, warning
from .json_types import is_of_type
from .load import JSON, Document
from .schema_walk import iter_document_schemas

_DROPPED: Final = object()


def mend_defaults(document: Document) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Return `document` with each default of the wrong type mended or dropped, and one warning for each."""
    data = copy.deepcopy(document.data)
    diagnostics = []
    for pointer, schema in iter_document_schemas(data):
        if "default" not in schema or not isinstance(schema.get("type"), str):
            continue
        found, wanted = schema["default"], schema["type"]
        if found is None and schema.get("nullable") is True:
            continue  # OpenAPI 3.0's way to allow null
        mended = _mend(found, wanted)
        if mended is found:
            continue
        at = document.locate((*pointer, "default"))
        if mended is _DROPPED:
            del schema["default"]
            outcome = "ignored it"
        else:
            schema["default"] = mended
            outcome = f"took it as {_show(mended)}"
        diagnostics.append(warning(f"the default {_show(found)} is not of type {wanted}; {outcome}", at))
    return dataclasses.replace(document, data=data), tuple(diagnostics)


def _mend(default: JSON, wanted: str) -> Any:
    if is_of_type(default, wanted):
        return default
    if wanted == "boolean" and default in ("true", "false"):
        return default == "true"
    if wanted in ("integer", "number") and isinstance(default, str):
        try:
            number = float(default)
        except ValueError:
            return _DROPPED
        if math.isfinite(number) and (wanted == "number" or number.is_integer()):
            return int(number) if number.is_integer() else number
        return _DROPPED
    if wanted == "string" and isinstance(default, int | float) and not isinstance(default, bool):
        return str(default)
    return _DROPPED


def _show(value: JSON) -> str:
    return repr(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
