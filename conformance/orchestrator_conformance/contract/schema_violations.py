"""Names the distinct ways in which a value violates a schema of the document.

Two violations have the same cause if the same kind of mistake occurs at the same place of the document, whatever the
place in the value: the second row of a list and the tenth lack the same field, and null in any optional field of one
resource is one mistake.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import jsonschema_rs

JSON = Any

# The limits for one value: a long list in which every row is wrong is not read to the end.
_MOST_PROBLEMS: Final = 5000
_MOST_CAUSES: Final = 50
_SECONDS: Final = 0.5
_LONGEST_MESSAGE: Final = 300

_COMPONENTS: Final = ("components", "schemas")
_NAMES: Final = ((bool, "boolean"), (dict, "object"), (list, "array"), (str, "string"), (type(None), "null"))


@dataclass(frozen=True, slots=True)
class SchemaViolation:
    """One violation: where and how in one line, and its cause, which completes "the document allowed ...".

    `is_whole` means that the value as a whole has the wrong type.
    """

    message: str
    cause: str
    is_whole: bool = False


def find_violations(
    document: JSON,
    validator: jsonschema_rs.Draft202012Validator,
    schema: JSON,
    value: JSON,
    entities: set[str],
) -> Iterator[SchemaViolation]:
    """Yield the first violation of each cause, within the limits on number and time.

    `entities` are the components that some operation answers as a whole.
    """
    causes: set[str] = set()
    deadline = time.monotonic() + _SECONDS
    for number, problem in enumerate(validator.iter_errors(value)):
        is_late = time.monotonic() > deadline and bool(causes)
        if number >= _MOST_PROBLEMS or len(causes) >= _MOST_CAUSES or is_late:
            return
        cause = _name_cause(document, schema, problem, entities)
        if cause not in causes:
            causes.add(cause)
            yield SchemaViolation(_describe(problem), cause, _is_of_whole(problem))


def list_entities(schemas: Iterator[JSON]) -> set[str]:
    """Return the names of the components that are one of `schemas` as a whole."""
    names = (
        _read_name(schema["$ref"]) for schema in schemas if isinstance(schema, dict) and "$ref" in schema
    )
    return {name for name in names if name}


def name_row_schema(document: JSON, schema: JSON, list_field: str) -> str:
    """Return the name of the component of the rows in the list `list_field` of an answer."""
    answer = _component(document, _read_name(schema.get("$ref", ""))) if isinstance(schema, dict) else {}
    return _read_name(answer.get("properties", {}).get(list_field, {}).get("items", {}).get("$ref", ""))


def _describe(problem: jsonschema_rs.ValidationError) -> str:
    place = "".join(f"/{part}" for part in problem.instance_path)
    return f"{place or 'the body'}: {problem.message[:_LONGEST_MESSAGE]}"


def _is_of_whole(problem: jsonschema_rs.ValidationError) -> bool:
    return not problem.instance_path and problem.kind.name == "type"


def _name_cause(
    document: JSON, schema: JSON, problem: jsonschema_rs.ValidationError, entities: set[str]
) -> str:
    kind, found = problem.kind, problem.instance
    owner, steps = _locate(problem.schema_path)
    place = ".".join((owner, *steps))
    if _is_of_whole(problem):
        return f"{_name_type(found)} in place of the {_list_types(kind)} that an answer is"
    if found is None and problem.instance_path and kind.name != "required":
        return _name_null(document, schema, problem, entities, owner, steps)
    match kind:
        case jsonschema_rs.ValidationErrorKind.Required(property=name):
            return f"{place} without {name}"
        case jsonschema_rs.ValidationErrorKind.Enum(options=options):
            folded = {each.casefold() for each in options if isinstance(each, str)}
            is_cased = isinstance(found, str) and found.casefold() in folded
            return f"a value of {place} {'in another case' if is_cased else 'that it does not list'}"
        case jsonschema_rs.ValidationErrorKind.Type():
            return f"{_name_type(found)} in place of {_list_types(kind)} in {place}"
        case jsonschema_rs.ValidationErrorKind.AdditionalProperties():
            return f"additional fields in {place}"
        case _:
            return f"a violation of {kind.name} in {place}"


def _name_null(
    document: JSON,
    schema: JSON,
    problem: jsonschema_rs.ValidationError,
    entities: set[str],
    owner: str,
    steps: Sequence[str],
) -> str:
    field = problem.instance_path[-1]
    chain = _list_components(document, schema, problem.evaluation_path)
    holder = next((name for name in reversed(chain) if _has_field(document, name, field)), None)
    if holder is None or not isinstance(field, str):
        return f"null in {'.'.join((owner, *steps))}"
    if field in _component(document, holder).get("required", ()):
        return f"null in the required field {field} of {holder}"
    of = next((name for name in reversed(chain) if name in entities), chain[0])
    return f"null in optional fields of {of}"


def _locate(schema_path: Sequence[str | int]) -> tuple[str, list[str]]:
    """Return the component in which a keyword is, and the fields from there to the keyword."""
    parts = [str(part) for part in schema_path]
    start = max((i for i in range(len(parts)) if tuple(parts[i : i + 2]) == _COMPONENTS), default=None)
    owner, rest = ("the answer", parts) if start is None else (parts[start + 2], parts[start + 3 :])
    return owner, [name for word, name in pairwise(rest) if word == "properties"]


def _list_components(document: JSON, schema: JSON, evaluation_path: Sequence[str | int]) -> list[str]:
    """Return the names of the components that validation passed through, the outermost first."""
    names, node = [], schema
    for part in evaluation_path:
        if part == "$ref" and isinstance(node, dict):
            name = _read_name(node["$ref"])
            names.append(name)
            node = _component(document, name)
        elif isinstance(node, dict):
            node = node.get(str(part))
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
        else:
            break
    return [name for name in names if name]


def _read_name(ref: str) -> str:
    prefix = f"#/{'/'.join(_COMPONENTS)}/"
    return ref.removeprefix(prefix) if ref.startswith(prefix) else ""


def _component(document: JSON, name: str) -> Mapping[str, Any]:
    found = document.get("components", {}).get("schemas", {}).get(name, {})
    return found if isinstance(found, dict) else {}


def _has_field(document: JSON, name: str, field: str | int) -> bool:
    return field in _component(document, name).get("properties", {})


def _name_type(value: JSON) -> str:
    return next((name for kind, name in _NAMES if isinstance(value, kind)), "number")


def _list_types(kind: Any) -> str:
    types = getattr(kind, "types", [])
    return " or ".join(types) if isinstance(types, list) else str(types)
