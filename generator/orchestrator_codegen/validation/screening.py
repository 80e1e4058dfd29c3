"""A fast check that a document is valid. The slow validator runs only if this check is not certain.

It accepts only documents in which `structure.py` finds no problem. It checks the same rules: JSON Schema in Rust, and
the few other rules in Python. In case of doubt it returns False, and `structure.py` writes all messages.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from string import Formatter
from typing import Any, Final

import jsonschema_rs

from ..document.load import JSON, Document, Pointer
from ..document.operation_walk import find_sent, iter_operations
from ..document.references import DATA, follow, iter_references, split_reference
from ..document.schema_walk import iter_document_schemas
from .patterns import is_known_to_python

_DRAFT_2020: Final = "https://json-schema.org/draft/2020-12/schema"
_OAS_31: Final = "https://spec.openapis.org/oas/3.1/dialect/base"
_OAS_31_BASE: Final = "https://spec.openapis.org/oas/3.1/meta/base"


def is_plainly_sound(document: Document) -> bool:
    """Return whether `document` certainly follows all rules of OpenAPI 3.0 or 3.1; every `$ref` must resolve."""
    data, is_31 = document.data, document.data["openapi"].startswith("3.1.")
    try:
        return (
            _fits_openapi(data, is_31)
            and _has_plain_references(data)
            and _has_sound_schemas(data, is_31)
            and _has_sound_parameters(data)
            and _has_each_once(tag["name"] for tag in data.get("tags", ()))
        )
    except (ValueError, LookupError, TypeError, AttributeError):
        return False  # too unusual to be walked


def _fits_openapi(data: JSON, is_31: bool) -> bool:
    version = "v3.1" if is_31 else "v3.0"
    schema = _read_resource("openapi_spec_validator", "resources", "schemas", version, "schema.json")
    return jsonschema_rs.validator_for(schema, validate_formats=False, offline=True).is_valid(data)


def _has_plain_references(data: JSON) -> bool:
    """Return whether each `$ref` points to a place that `iter_document_schemas` visits."""
    return all(
        part not in DATA and not part.startswith("x-")
        for _, reference in iter_references(data)
        for part in map(str, split_reference(reference))
    )


def _has_sound_schemas(data: JSON, is_31: bool) -> bool:
    placed = list(iter_document_schemas(data))
    schemas = [schema for _, schema in placed]
    return (
        "jsonSchemaDialect" not in data
        and not any("$schema" in schema or "$id" in schema for schema in schemas)
        and _fit_meta_schema(list(_iter_outermost(placed)), is_31)
        and _have_sound_defaults(data, schemas)
        and _lead_to_each_other(data, schemas)
    )


def _iter_outermost(placed: Iterable[tuple[Pointer, JSON]]) -> Iterator[JSON]:
    outer: Pointer | None = None
    for at, schema in placed:
        if outer is None or at[: len(outer)] != outer:
            outer = at
            yield schema


def _fit_meta_schema(schemas: list[JSON], is_31: bool) -> bool:
    if is_31:
        read = partial(_read_resource, "openapi_schema_validator", "schemas", "oas3.1")
        resources = [(_OAS_31, read("metaschema.json")), (_OAS_31_BASE, read("vocabularies", "base"))]
        schema = {"$schema": _DRAFT_2020, "$ref": _OAS_31}
        validator = _make_validator(schema, jsonschema_rs.Registry(resources))
    else:
        # Not the built-in schema, which allows more.
        validator = _make_validator(
            _read_resource("jsonschema_specifications", "schemas", "draft4", "metaschema.json")
        )
    return all(map(validator.is_valid, schemas))


def _have_sound_defaults(data: JSON, schemas: list[JSON]) -> bool:
    """Return whether each default matches its schema. One call validates the list of all defaults."""
    found = [
        each
        for each in schemas
        if "default" in each and not (each["default"] is None and each.get("nullable") is True)
    ]
    # The newest draft has the most formats, and is stricter with the keywords of OpenAPI 3.0.
    schema = {**data, "$schema": _DRAFT_2020, "prefixItems": found}
    return not found or _make_validator(schema).is_valid([each["default"] for each in found])


def _lead_to_each_other(data: JSON, schemas: list[JSON]) -> bool:
    known = {id(each) for each in schemas}
    return all(
        id(follow(data, split_reference(schema["$ref"]))[1]) in known
        for schema in schemas
        if "$ref" in schema
    )


def _has_sound_parameters(data: JSON) -> bool:
    """Return whether no parameter is listed twice, and each path declares exactly the parameters in its template."""
    if not all(path.startswith("/") for path in data.get("paths", ())):
        return False
    lists: dict[Pointer, list[tuple[str, str]]] = {}
    for path, method, item_at in iter_operations(data):
        names = set[str]()
        for at in (item_at, (*item_at, method)):
            keys = lists[at] = _list_parameters(data, at)
            names |= {name for name, place in keys if place == "path"}
        if names != {name for _, name, _, _ in Formatter().parse(find_sent(path)) if name}:
            return False
    return all(map(_has_each_once, lists.values()))


def _list_parameters(data: JSON, at: Pointer) -> list[tuple[str, str]]:
    above, part = follow(data, at)
    found = [
        follow(data, (*above, "parameters", index))[1] for index in range(len(part.get("parameters", ())))
    ]
    return [(each["name"], each["in"]) for each in found]


def _has_each_once(names: Iterable[object]) -> bool:
    listed = list(names)
    return len(set(listed)) == len(listed)


def _read_resource(package: str, *path: str) -> JSON:
    """Return a JSON file of `package` without importing it, which would take longer than the whole check."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"No module named {package!r}", name=package)
    return json.loads(Path(found.origin).parent.joinpath(*path).read_text(encoding="utf-8"))


def _make_validator(schema: JSON, registry: jsonschema_rs.Registry | None = None) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(
        schema,
        registry=registry,
        formats=_FORMATS,
        validate_formats=True,
        # Rules that only `structure.py` checks.
        ignore_unknown_formats=False,
        offline=True,
    )


def _is_base64(text: Any) -> bool:
    try:
        base64.b64decode(text, validate=True)
    except ValueError:
        return False
    return True


def _fits_bits(count: int, value: Any) -> bool:
    return not isinstance(value, int) or -(1 << count - 1) <= value < 1 << count - 1


def _is_anything(_value: Any) -> bool:
    return True


_FORMATS: Final[dict[str, Callable[[Any], bool]]] = {
    "regex": is_known_to_python,
    "byte": _is_base64,
    "int32": partial(_fits_bits, 32),
    "int64": partial(_fits_bits, 64),
    **dict.fromkeys(("float", "double", "binary", "password"), _is_anything),
}
