"""Validates a document against the OpenAPI specification. The only module that uses openapi-spec-validator."""

from __future__ import annotations

import copy
import dataclasses
import json
import re
from collections.abc import Iterator
from typing import Any, ClassVar, Final

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from jsonschema.exceptions import ValidationError, best_match  # type: ignore[import-untyped]
from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator
from openapi_spec_validator.schemas import schema_v30, schema_v31
from openapi_spec_validator.schemas.backend.jsonschema import create_validator
from openapi_spec_validator.validation.exceptions import DuplicateOperationIDError, ExtraParametersError

from ..document.diagnostics import Diagnostic, error
from ..document.load import JSON, Document, Pointer
from ..document.operation_walk import find_sent
from ..document.references import follow
from ..document.schema_walk import iter_document_schemas
from .bounded_values import bound_validator, collect_properties
from .patterns import is_known_to_python
from .repair import UnfitDefault

_SHOWN: Final = 300


def check_structure(document: Document) -> Iterator[Diagnostic | UnfitDefault]:
    """Yield a diagnostic for each violation of OpenAPI 3.0 or 3.1 in `document`; every `$ref` must resolve.

    Also yields each default that does not match its schema, which both versions allow.
    """
    is_31 = document.data["openapi"].startswith("3.1.")
    document, paths = _make_paths_plain(document)
    document = _hide_patterns(document)
    # Always jsonschema: other installed implementations have other messages.
    problems = list(create_validator(schema_v31 if is_31 else schema_v30).iter_errors(document.data))
    if not problems and is_31:
        # The schema of OpenAPI 3.0 has already validated the schemas. That of 3.1 leaves them to JSON Schema.
        problems = list(_check_schemas(document.data))
    if not problems:
        validator = _prepare(OpenAPIV31SpecValidator if is_31 else OpenAPIV30SpecValidator)(document.data)
        problems = list(validator.root_validator(validator.schema_path))
    for problem in problems:
        if isinstance(problem, DuplicateOperationIDError | ExtraParametersError):
            # `validate` reports the first with both locations. The second is about a required property without a
            # description, which JSON Schema allows.
            continue
        reason = _find_reason(problem)
        if hasattr(problem, "is_default"):
            place = tuple(paths.get(str(part), part) for part in problem.absolute_path)
            yield UnfitDefault(place, _describe(reason))
        else:
            at = _find_place(document, reason)
            message = _describe(reason, at)
            for plain, path in paths.items():
                message = message.replace(plain, path)
            yield error(message, document.locate(tuple(paths.get(str(part), part) for part in at)))


def _make_paths_plain(document: Document) -> tuple[Document, dict[str, str]]:
    """Return `document` without parts that openapi-spec-validator misreads, and the original path of each new path.

    It treats extensions below `paths` as path items, and query parameters in a path as path parameters.
    """
    paths = document.data.get("paths")
    if not isinstance(paths, dict) or not any(path.startswith("x-") or "?" in path for path in paths):
        return document, {}
    kept = {_make_plain(path): item for path, item in paths.items() if not path.startswith("x-")}
    changed = {_make_plain(path): path for path in paths if "?" in path}
    return dataclasses.replace(document, data={**document.data, "paths": kept}), changed


def _make_plain(path: str) -> str:
    return path if "?" not in path else f"{find_sent(path)}#{re.sub('[{}]', '', path)}"


def _hide_patterns(document: Document) -> Document:
    """Return `document` without patterns that the engine of Python rejects. Patterns of JSON Schema are JavaScript.

    `patterns.py` warns of those that no engine supports.
    """
    if all(map(is_known_to_python, _list_patterns(document.data))):
        return document
    data = copy.deepcopy(document.data)
    for _, schema in iter_document_schemas(data):
        if isinstance(schema.get("pattern"), str) and not is_known_to_python(schema["pattern"]):
            del schema["pattern"]
        if isinstance(names := schema.get("patternProperties"), dict):
            schema["patternProperties"] = {name: names[name] for name in names if is_known_to_python(name)}
    return dataclasses.replace(document, data=data)


def _list_patterns(data: JSON) -> Iterator[str]:
    for _, schema in iter_document_schemas(data):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        if isinstance(schema.get("patternProperties"), dict):
            yield from schema["patternProperties"]


def _check_schemas(data: JSON) -> Iterator[ValidationError]:
    validator = Draft202012Validator(Draft202012Validator.META_SCHEMA)
    outer: Pointer | None = None
    for at, schema in iter_document_schemas(data):
        if outer is None or at[: len(outer)] != outer:  # a nested one is validated with the outer one
            outer = at
            for problem in validator.iter_errors(schema):
                problem.path.extendleft(reversed(at))
                yield problem


def _find_place(document: Document, problem: ValidationError) -> Pointer:
    """Return the pointer of `problem`. A problem found through a `$ref` is at the target of the reference."""
    path: Pointer = tuple(problem.absolute_path)
    try:
        above, _ = follow(document.data, path[:-1])
    except (LookupError, TypeError, ValueError):
        return path  # a property may be named $ref, which is not a reference
    return (*above, *path[-1:])


def _find_reason(problem: ValidationError) -> ValidationError:
    """Return the most likely reason if no branch matches, because "is not valid under any" does not help."""
    return best_match([problem]) if problem.context else problem


def _describe(problem: ValidationError, at: Pointer = ()) -> str:
    """Return a message about the value at `at`, with values written as JSON."""
    message, value = problem.message, problem.instance
    if message.startswith(repr(value)) and not isinstance(value, str):
        message = json.dumps(value, ensure_ascii=False, default=str) + message[len(repr(value)) :]
    key = next((f"{part}: " for part in reversed(at) if isinstance(part, str)), "")
    return _shorten(key + message)


def _shorten(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "..."


def _place(validator: Any) -> Any:
    """Return `validator`, a class of the library, that adds the pointer of the validated part to each problem."""

    class Placed(validator):  # type: ignore[misc]
        def __call__(self, *arguments: Any, **options: Any) -> Iterator[ValidationError]:
            at = next(each.parts for each in arguments if hasattr(each, "parts"))
            for problem in super().__call__(*arguments, **options):
                # The innermost validator has set the most exact pointer.
                if not hasattr(problem, "placed"):
                    problem.path.extendleft(reversed(at))
                    problem.placed = True
                yield problem

    return Placed


def _place_all(validators: Any) -> dict[str, Any]:
    return {
        name: validator if name == "default" else _place(validator) for name, validator in validators.items()
    }


class _Seen(set[int]):
    """A set in place of the list that the library searches for each schema."""

    append = set.add


def _bound(validators: Any) -> dict[str, Any]:
    """Return `validators`, classes of the library, bounded so that no document can keep them busy."""
    schema, value = _bound_schema(validators["schema"]), _bound_value(validators["default"])
    return {**validators, "schema": schema, "default": value}


def _bound_schema(validator: Any) -> Any:
    class Schema(validator):  # type: ignore[misc]
        def __init__(self, registry: Any) -> None:
            super().__init__(registry)
            self.visited_schema_ids = _Seen()
            self.meta_checked_schema_ids = _Seen()

        def _collect_properties(self, schema: Any) -> set[str]:
            return collect_properties(schema)

    return Schema


def _bound_value(validator: Any) -> Any:
    class Value(validator):  # type: ignore[misc]
        value_validator_cls = bound_validator(validator.value_validator_cls)

        def __call__(self, *arguments: Any) -> Iterator[ValidationError]:
            for problem in super().__call__(*arguments):
                # Without the place within the default: the whole default is removed.
                problem.path.clear()
                problem.is_default = True
                yield problem

    return Value


def _prepare(validator: Any) -> Any:
    """Return `validator`, a class of the library, for one document: bounded, and with the pointer of each problem."""

    class Prepared(validator):  # type: ignore[misc]
        keyword_validators = _place_all(_bound(validator.keyword_validators))
        resolver_handlers: ClassVar[dict[str, Any]] = {}  # nothing is fetched

    return Prepared
