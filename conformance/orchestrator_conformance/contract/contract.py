"""The OpenAPI document as the suite uses it: operations to call, and schemas to validate answers against."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote

import jsonschema_rs
import yaml

from .schema_violations import SchemaViolation, find_violations, list_entities

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

JSON = Any


class UnusableDocument(Exception):
    """The document cannot be used for a run. The message names the document, the position and the reason."""


@dataclass(frozen=True, slots=True)
class Media:
    """One documented body: its media type and its schema."""

    media_type: str
    schema: JSON


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: how it is called, and its documented answers by status (`200`, `4XX`, `default`)."""

    id: str
    method: str
    path: str
    parameters: tuple[Mapping[str, Any], ...]
    body: Media | None
    is_body_required: bool
    answers: Mapping[str, tuple[Media, ...]]

    @property
    def pointer(self) -> str:
        """The JSON pointer of the operation in the document."""
        return f"/paths/{self.path.replace('~', '~0').replace('/', '~1')}/{self.method.lower()}"

    def find_answer(self, status: int) -> tuple[Media, ...] | None:
        """Return the documented bodies for `status`, or None if the status is not documented."""
        for key in (str(status), f"{status // 100}XX", "default"):
            if key in self.answers:
                return self.answers[key]
        return None


@dataclass(slots=True)
class Contract:
    """The parsed document, with its operations by operationId in document order.

    `text` is the source text; `source` is the name of the document in messages.
    """

    document: JSON
    text: str
    source: str
    operations: Mapping[str, Operation]
    _validators: dict[int, tuple[JSON, jsonschema_rs.Draft202012Validator]] = field(default_factory=dict)
    _patterns: list[tuple[re.Pattern[str], Operation]] = field(default_factory=list)
    _entities: set[str] = field(default_factory=set)

    def find_operation(self, method: str, raw_path: str) -> tuple[Operation, dict[str, str]] | None:
        """Return the operation that a request resolves to and its decoded path parameters, or None if there is none.

        A concrete path wins over a templated one (OpenAPI 3.1, "Path Templating Matching").
        """
        if not self._patterns:
            ordered = sorted(
                self.operations.values(), key=lambda each: [("{" in part) for part in each.path.split("/")]
            )
            self._patterns = [(_compile(each.path), each) for each in ordered]
        path = raw_path.partition("?")[0]
        for pattern, operation in self._patterns:
            found = pattern.fullmatch(path)
            if found and operation.method == method.upper():
                names = re.findall(r"\{([^}]*)\}", operation.path)
                return operation, dict(zip(names, map(unquote, found.groups()), strict=True))
        return None

    def explain(self, schema: JSON, value: JSON) -> str | None:
        """Return the first violation of `schema` in `value`, in one line, or None if the value is valid."""
        return next((each.message for each in self.find_violations(schema, value)), None)

    def find_violations(self, schema: JSON, value: JSON) -> Iterator[SchemaViolation]:
        """Yield the violations of `schema` in `value`, one for each cause, within limits on number and time."""
        if not self._entities:
            medias = (each for operation in self.operations.values() for each in operation.answers.values())
            self._entities = list_entities(media.schema for answer in medias for media in answer)
        return find_violations(self.document, self._validator(schema), schema, value, self._entities)

    def resolves(self, pointer: str) -> bool:
        """Whether the JSON pointer resolves to a value in the document."""
        node = self.document
        for part in pointer.split("/")[1:]:
            key = part.replace("~1", "/").replace("~0", "~")
            if isinstance(node, list):
                if not key.isdigit() or int(key) >= len(node):
                    return False
                node = node[int(key)]
            elif isinstance(node, dict) and key in node:
                node = node[key]
            else:
                return False
        return True

    def _validator(self, schema: JSON) -> jsonschema_rs.Draft202012Validator:
        if id(schema) not in self._validators:
            rooted = (
                schema
                if isinstance(schema, bool)
                else {**schema, "components": self.document.get("components", {})}
            )
            self._validators[id(schema)] = (schema, jsonschema_rs.Draft202012Validator(rooted))
        return self._validators[id(schema)][1]


def load_contract(path: Path | None = None) -> Contract:
    """Load the document at `path`, or by default the one that ships with the package. Raises `UnusableDocument`."""
    if path is None:
        shipped = files("orchestrator_v2") / "openapi.yaml"
        return read_contract(shipped.read_text(encoding="utf-8"), "openapi.yaml (shipped)")
    try:
        return read_contract(path.read_text(encoding="utf-8"), str(path))
    except OSError as problem:
        raise UnusableDocument(f"{path}: cannot be read: {problem.strerror}") from None
    except UnicodeDecodeError as problem:
        raise UnusableDocument(f"{path}: not valid UTF-8 (byte {problem.start})") from None


def read_contract(text: str, source: str) -> Contract:
    """Parse a YAML or JSON document. `source` names it in messages. Raises `UnusableDocument`."""
    try:
        document = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        place = f"{source}:{mark.line + 1}:{mark.column + 1}" if mark else source
        raise UnusableDocument(f"{place}: invalid YAML: {problem.problem}") from None
    if not isinstance(document, dict) or not str(document.get("openapi", "")).startswith("3."):
        raise UnusableDocument(f"{source}: not an OpenAPI 3 document")
    operations: dict[str, Operation] = {}
    for path, item in (document.get("paths") or {}).items():
        for method in METHODS:
            if isinstance(item, dict) and method in item:
                operation = _read_operation(document, path, method, item, source)
                operations[operation.id] = operation
    if not operations:
        raise UnusableDocument(f"{source}: the document has no operations")
    return Contract(document, text, source, operations)


def _read_operation(document: JSON, path: str, method: str, item: JSON, source: str) -> Operation:
    data = item[method]
    operation_id = data.get("operationId")
    if not operation_id:
        raise UnusableDocument(f"{source}: {method.upper()} {path} has no operationId")
    parameters: dict[tuple[str, str], Any] = {}
    for parameter in [*(item.get("parameters") or []), *(data.get("parameters") or [])]:
        resolved = follow(document, parameter)
        parameters[resolved["in"], resolved["name"]] = resolved
    body = follow(document, data.get("requestBody") or {})
    medias = _read_medias(body.get("content") or {})
    return Operation(
        id=operation_id,
        method=method.upper(),
        path=path,
        parameters=tuple(parameters.values()),
        body=medias[0] if medias else None,
        is_body_required=bool(body.get("required")),
        answers={
            str(status): _read_medias(follow(document, answer).get("content") or {})
            for status, answer in data["responses"].items()
        },
    )


def _read_medias(content: JSON) -> tuple[Media, ...]:
    return tuple(
        Media(media_type.lower(), media.get("schema", True)) for media_type, media in content.items()
    )


def follow(document: JSON, node: JSON) -> JSON:
    """Return the value that `node` refers to if it is a `$ref` within the document, otherwise `node`."""
    while isinstance(node, dict) and "$ref" in node:
        target = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def _compile(path: str) -> re.Pattern[str]:
    literals = re.split(r"\{[^}]*\}", path)
    return re.compile(
        "([^/]+)".join(re.escape(quote(literal, safe="/%:@!$&'()*+,;=~")) for literal in literals)
    )
