"""The operations of a document as it says them: its `$ref`s followed, and nothing else made of it."""

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
class Said:
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
class Described:
    """One operation: `body` and each of `answers` have what is said of a media type, by its name.

    `security` are alternatives, each the names of schemes that are wanted together; None where nothing is said of it.
    """

    method: str
    path: str
    parameters: tuple[Said, ...]
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


def read_operations(document: Mapping[str, Any]) -> Iterator[Described]:
    """Yield every operation of `document`."""
    for path, said in (document.get("paths") or {}).items():
        item = _follow(document, said)
        for method in _METHODS:
            if method in item:
                yield _read_operation(document, method, path, item, item[method])


def _read_operation(document: Any, method: str, path: str, item: Any, operation: Any) -> Described:
    listed = [_follow(document, each) for part in (item, operation) for each in part.get("parameters") or ()]
    named = {(each["in"], each["name"]): _read_parameter(document, each) for each in listed}
    body = _follow(document, operation.get("requestBody") or {})
    answers = {
        str(status): _follow(document, each).get("content") or {}
        for status, each in (operation.get("responses") or {}).items()
    }
    return Described(
        method=method.upper(),
        path=_find_sent(path),
        parameters=tuple(
            each for (place, name), each in named.items() if place != "header" or name.lower() not in _IGNORED
        ),
        body=body.get("content") or {},
        is_body_required=bool(body.get("required")),
        answers=answers,
        security=_read_security(operation.get("security", document.get("security"))),
    )


def _find_sent(path: str) -> str:
    """Return a path without its fragment, and without the parameters in its query, which are sent as such."""
    base, _, query = path.partition("#")[0].partition("?")
    fixed = "&".join(pair for pair in query.split("&") if "{" not in pair)
    return f"{base}?{fixed}" if fixed else base


def _read_security(said: Any) -> tuple[tuple[str, ...], ...] | None:
    return None if said is None else tuple(map(tuple, said))


def _read_parameter(document: Any, said: Any) -> Said:
    place = said["in"]
    style = said.get("style", "form" if place in ("query", "cookie") else "simple")
    is_json = "schema" not in said
    schema = next(iter(said["content"].values())).get("schema", {}) if is_json else said["schema"]
    return Said(
        name=said["name"],
        place=place,
        required=bool(said.get("required")),
        schema=schema,
        style=style,
        explode=bool(said.get("explode", style == "form")),
        is_json=is_json,
        allow_reserved=place == "query" and not is_json and bool(said.get("allowReserved")),
    )


def _follow(document: Any, node: Any) -> Any:
    while isinstance(node, Mapping) and "$ref" in node:
        target: Any = document
        for part in unquote(str(node["$ref"])).removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node
