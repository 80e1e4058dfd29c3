"""Repairs obvious mistakes in a document that have one sensible meaning, and warns of each repair."""

from __future__ import annotations

import copy
import dataclasses
import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from ..document.diagnostics import Diagnostic, warning
from ..document.json_types import is_of_type
from ..document.load import JSON, Document, Pointer
from ..document.references import follow
from ..document.schema_walk import iter_document_schemas

_DROPPED: Final = object()


@dataclass(frozen=True, slots=True)
class UnfitDefault:
    """A default that does not match its schema, which is at `at`, for another reason than its type."""

    at: Pointer
    reason: str


def repair_document(document: Document) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Return `document` with each mistake corrected or removed, and one warning for each.

    The mistakes are a default of the wrong type, a boolean exclusive bound (OpenAPI 3.0) in a document of 3.1, schema
    examples that are not a list, an enum without values or with duplicates, and a tag that is described twice.
    """
    data = copy.deepcopy(document.data)
    is_31 = isinstance(data, dict) and str(data.get("openapi")).startswith("3.1.")
    diagnostics = [warning(message, document.locate(at)) for at, message in _repair_tags(data)]
    for pointer, schema in iter_document_schemas(data):
        said = [*_repair_default(schema), *_repair_enum(schema), *(_repair_keywords(schema) if is_31 else ())]
        diagnostics += [warning(message, document.locate((*pointer, key))) for key, message in said]
    return dataclasses.replace(document, data=data), tuple(diagnostics)


def drop_defaults(
    document: Document, unfit: Iterable[UnfitDefault]
) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Return `document` without the defaults that do not match their schemas, and one warning for each."""
    if not unfit:
        return document, ()
    data = copy.deepcopy(document.data)
    diagnostics = []
    for each in unfit:
        at, schema = follow(data, each.at)
        if "default" not in schema:
            continue  # a default can violate its schema in several ways
        default = schema.pop("default")
        message = f"the default {_show(default)} does not match its schema: {each.reason}; ignored it"
        diagnostics.append(warning(message, document.locate((*at, "default"))))
    return dataclasses.replace(document, data=data), tuple(diagnostics)


def _repair_default(schema: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Repair the default of `schema`; yield the keyword and a message for each repair."""
    if "default" not in schema or not isinstance(schema.get("type"), str):
        return
    found, wanted = schema["default"], schema["type"]
    if found is None and schema.get("nullable") is True:
        return  # in OpenAPI 3.0, nullable allows null
    repaired = _find_default(found, wanted)
    if repaired is found:
        return
    if repaired is _DROPPED:
        del schema["default"]
        outcome = "ignored it"
    else:
        schema["default"] = repaired
        outcome = f"used {_show(repaired)}"
    yield "default", f"the default {_show(found)} is not of type {wanted}; {outcome}"


def _repair_enum(schema: dict[str, Any]) -> Iterator[tuple[str, str]]:
    values = schema.get("enum")
    if values == []:
        del schema["enum"]
        yield "enum", "the enum has no values; ignored it"
    elif isinstance(values, list):
        kept: dict[str, JSON] = {}
        twice: dict[str, JSON] = {}
        for value in values:
            said = json.dumps(value, sort_keys=True)
            (twice if said in kept else kept)[said] = value
        if twice:
            schema["enum"] = [*kept.values()]
            yield (
                "enum",
                f"the enum lists {', '.join(map(_show, twice.values()))} twice; used each value once",
            )


def _repair_tags(data: JSON) -> Iterator[tuple[Pointer, str]]:
    """Remove tags with duplicate names; yield the pointer of each and a message."""
    tags = data.get("tags") if isinstance(data, dict) else None
    if not isinstance(tags, list) or not all(isinstance(tag, dict) for tag in tags):
        return
    kept: dict[str, JSON] = {}
    for index, tag in enumerate(tags):
        if kept.setdefault(str(tag.get("name")), tag) is not tag:
            yield ("tags", index), f"the tag {_show(tag.get('name'))} is described twice; ignored this one"
    if len(kept) < len(tags):
        data["tags"] = list(kept.values())


def _repair_keywords(schema: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        flag = schema.get(exclusive)
        if isinstance(flag, bool):
            del schema[exclusive]
            if flag and is_of_type(schema.get(bound), "number"):
                schema[exclusive] = schema.pop(bound)
            outcome = f"used {_show(schema[exclusive])}" if exclusive in schema else "ignored it"
            yield exclusive, f"{exclusive} is a number in OpenAPI 3.1, not {_show(flag)}; {outcome}"
    if "examples" in schema and not isinstance(schema["examples"], list):
        del schema["examples"]
        yield "examples", "the examples of a schema must be a list; ignored them"


def _find_default(default: JSON, wanted: str) -> Any:
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
