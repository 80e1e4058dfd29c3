"""The operations of a document with each `$ref` resolved, read independently of the generator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from orchestrator_codegen.document.load import load
from orchestrator_codegen.validation.repair import drop_defaults, repair_document
from orchestrator_codegen.validation.validate import validate

_METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_IGNORED: Final = ("accept", "content-type", "authorization")


@dataclass(frozen=True, slots=True)
class DescribedParameter:
    """One parameter."""

    name: str
    place: str
    required: bool
    schema: Any
    style: str
    explode: bool
    is_json: bool
    allow_reserved: bool = False


@dataclass(frozen=True, slots=True)
class DescribedOperation:
    """One operation.

    `body` and each of `answers` map a media type to its Media Type Object. `security` has alternatives, each with the
    names of schemes that are required together. None means that the document has no security requirement.
    """

    method: str
    path: str
    parameters: tuple[DescribedParameter, ...]
    body: Mapping[str, Any]
    is_body_required: bool
    answers: Mapping[str, Mapping[str, Any]]
    security: tuple[tuple[str, ...], ...] | None

    @property
    def title(self) -> str:
        return f"{self.method} {self.path}"


def read_document(spec: Path) -> dict[str, Any]:
    """Return the document at `spec` as plain values, its slips repaired."""
    repaired, _ = repair_document(load(spec))
    document: dict[str, Any] = drop_defaults(repaired, validate(repaired))[0].data
    return document


def read_operations(document: Mapping[str, Any]) -> Iterator[DescribedOperation]:
    """Yield every operation of `document`."""
    for path, value in (document.get("paths") or {}).items():
        item = _follow(document, value)
        for method in _METHODS:
            if method in item:
                yield _read_operation(document, method, path, item, item[method])


def _read_operation(document: Any, method: str, path: str, item: Any, operation: Any) -> DescribedOperation:
    listed = [_follow(document, each) for part in (item, operation) for each in part.get("parameters") or ()]
    named = {(each["in"], each["name"]): _read_parameter(document, each) for each in listed}
    body = _follow(document, operation.get("requestBody") or {})
    answers = {
        str(status): _follow(document, each).get("content") or {}
        for status, each in (operation.get("responses") or {}).items()
    }
    return DescribedOperation(
        method=method.upper(),
        path=_strip_unsent(path),
        parameters=tuple(
            each for (place, name), each in named.items() if place != "header" or name.lower() not in _IGNORED
        ),
        body=body.get("content") or {},
        is_body_required=bool(body.get("required")),
        answers=answers,
        security=_read_security(operation.get("security", document.get("security"))),
    )


def _strip_unsent(path: str) -> str:
    """Return a path without its fragment and without templated query parameters, which are sent separately."""
    base, _, query = path.partition("#")[0].partition("?")
    fixed = "&".join(pair for pair in query.split("&") if "{" not in pair)
    return f"{base}?{fixed}" if fixed else base


def _read_security(value: Any) -> tuple[tuple[str, ...], ...] | None:
    return None if value is None else tuple(map(tuple, value))


def _read_parameter(document: Any, value: Any) -> DescribedParameter:
    place = value["in"]
    style = value.get("style", "form" if place in ("query", "cookie") else "simple")
    is_json = "schema" not in value
    schema = next(iter(value["content"].values())).get("schema", {}) if is_json else value["schema"]
    return DescribedParameter(
        name=value["name"],
        place=place,
        required=bool(value.get("required")),
        schema=schema,
        style=style,
        explode=bool(value.get("explode", style == "form")),
        is_json=is_json,
        allow_reserved=place == "query" and not is_json and bool(value.get("allowReserved")),
    )


def _follow(document: Any, node: Any) -> Any:
    while isinstance(node, Mapping) and "$ref" in node:
        target: Any = document
        for part in unquote(str(node["$ref"])).removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node
