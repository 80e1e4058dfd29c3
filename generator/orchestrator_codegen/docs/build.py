"""Builds the reference of a document: its operations by tag, and its schemas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from ..api.ir import Api
from ..document.load import JSON, Document
from ..document.operation_walk import iter_operations
from ..document.references import follow
from .reference import Example, Group, Link, Operation, Reference, Schema, Server
from .samples.credentials import read_credentials
from .samples.curl import write_setting
from .samples.examples import NO_EXAMPLE, make_example
from .samples.model_kinds import Kind
from .samples.python_sample import read_names
from .sections.anchors import name_anchors
from .sections.contents import ExampleValue, show_example
from .sections.fields import FieldReader, read_text
from .sections.mentions import find_mentions
from .sections.operations import OperationBuilder, RawOperation

_UNTAGGED: Final = "Other operations"
_PLACEHOLDER_HOST: Final = "https://api.example.com"


def build_reference(
    document: Document, api: Api, kinds: Mapping[str, Kind], package: str | None
) -> Reference:
    """Return the reference of `document`.

    `api` is the parsed document, `kinds` has the kind of each model class, and `package` is the import name of the
    client, or None if no client is generated.
    """
    data, info = document.data, document.data["info"]
    schemas = (data.get("components") or {}).get("schemas") or {}
    reader = FieldReader(data, name_anchors("schema", schemas))
    parts = [
        RawOperation(path, method.upper(), follow(data, at)[1], follow(data, (*at, method))[1])
        for path, method, at in iter_operations(data)
    ]
    anchors = name_anchors("operation", (each.id for each in parts))
    names = None if package is None else read_names(api, kinds, package)
    builder = OperationBuilder(reader, anchors, {each.id: each for each in api.operations}, names)
    operations = {each.id: builder.build(each) for each in parts}
    servers = tuple(_read_servers(data.get("servers") or []))
    credentials = [credential for each in parts for credential in read_credentials(data, each.node)]
    return Reference(
        title=str(info["title"]),
        version=str(info["version"]),
        summary=read_text(info, "summary"),
        description=read_text(info, "description"),
        servers=servers,
        setting=Example("Setting", "bash", write_setting(_choose_base_url(servers), credentials)),
        groups=tuple(_build_groups(data, parts, operations)),
        schemas=tuple(_build_schemas(reader, schemas, parts, operations)),
    )


def _read_servers(servers: Iterable[Mapping[str, Any]]) -> Iterator[Server]:
    for server in servers:
        url = str(server.get("url", ""))
        for name, variable in (server.get("variables") or {}).items():
            url = url.replace(f"{{{name}}}", str(variable.get("default", "")))
        yield Server(url, read_text(server, "description"))


def _choose_base_url(servers: Iterable[Server]) -> str:
    first = next((each.url for each in servers), "").rstrip("/")
    return first if first.startswith(("http://", "https://")) else _PLACEHOLDER_HOST + first


def _build_groups(
    data: JSON, parts: Iterable[RawOperation], operations: Mapping[str, Operation]
) -> Iterator[Group]:
    described = {str(tag.get("name")): read_text(tag, "description") for tag in data.get("tags") or ()}
    members: dict[str, list[Operation]] = {name: [] for name in described}
    for part in parts:
        members.setdefault(part.tag, []).append(operations[part.id])
    untagged = members.pop("", [])
    anchors = name_anchors("tag", [*members, _UNTAGGED])
    for name, found in members.items():
        if found:
            yield Group(anchors[name], name, described.get(name, ""), tuple(found))
    if untagged:
        yield Group(
            anchors[_UNTAGGED], _UNTAGGED if any(members.values()) else "Operations", "", tuple(untagged)
        )


def _build_schemas(
    reader: FieldReader,
    schemas: Mapping[str, JSON],
    parts: Iterable[RawOperation],
    operations: Mapping[str, Operation],
) -> Iterator[Schema]:
    users: dict[str, list[Link]] = {}
    for part in parts:
        for name in find_mentions(reader.data, [part.node, part.item.get("parameters")]):
            users.setdefault(name, []).append(Link(part.id, operations[part.id].anchor))
    for name, schema in schemas.items():
        made = make_example(reader.data, schema, is_sent=False)
        yield Schema(
            anchor=reader.anchors[name],
            name=name,
            whole=reader.read(name, schema),
            fields=tuple(reader.expand(schema)),
            examples=()
            if made is NO_EXAMPLE
            else (show_example(ExampleValue("Example", made), "application/json"),),
            used_by=tuple(users.get(name, ())),
        )
