"""Builds the reference of an operation, also of those that the generated client leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from ...api import ir
from ...api.python_names import name_argument
from ...document.load import JSON
from ...document.operation_walk import find_sent
from ...document.references import follow
from ..reference import Answer, Example, Field, Operation, Parameters, RequestBody
from ..samples.call import Argument, Call
from ..samples.credentials import read_credentials
from ..samples.curl import write_curl
from ..samples.known_values import find_known, find_known_values
from ..samples.python_sample import Names, write_python
from .contents import choose_sample_body, find_examples, read_contents
from .fields import FieldReader, read_text

_PLACES: Final = ("path", "query", "header", "cookie")
_CLASSES: Final = {
    "1": "Any informational response",
    "2": "Any success",
    "3": "Any redirection",
    "4": "Any client error",
    "5": "Any server error",
}
_LEFT_OUT: Final = "The generated Python client has no method for this operation."


@dataclass(frozen=True, slots=True)
class RawOperation:
    """An operation in the document: its path, its method, its path item, and its node."""

    path: str
    method: str
    item: Mapping[str, Any]
    node: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The operationId."""
        return str(self.node["operationId"])

    @property
    def tag(self) -> str:
        """The first tag, or an empty string."""
        return next((str(tag) for tag in self.node.get("tags") or ()), "")


@dataclass(frozen=True, slots=True)
class OperationBuilder:
    """Builds operations. `anchors` and `parsed` are by operationId. `parsed` has no operations that were left out.

    If `names` is None, no client is shown.
    """

    reader: FieldReader
    anchors: Mapping[str, str]
    parsed: Mapping[str, ir.Operation]
    names: Names | None
    known: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "known", find_known_values(self.reader.data))

    def build(self, part: RawOperation) -> Operation:
        """Return the reference of `part`."""
        parameters = self._list_parameters(part)
        body = self._follow(part.node.get("requestBody"))
        call = self._choose_call(part, parameters, body)
        parsed = self.parsed.get(part.id)
        samples = [Example("curl", "bash", write_curl(call))]
        if parsed is not None and self.names is not None:
            samples.append(Example("Python", "python", write_python(parsed, call, self.names)))
        return Operation(
            anchor=self.anchors[part.id],
            id=part.id,
            method=part.method,
            path=part.path,
            summary=read_text(part.node, "summary") or part.id,
            description=read_text(part.node, "description"),
            is_deprecated=part.node.get("deprecated") is True,
            parameters=tuple(self._group_parameters(parameters)),
            body=self._build_body(body),
            answers=tuple(self._build_answers(part)),
            samples=tuple(samples),
            hints=() if self.names is None else tuple(_list_hints(parsed, self.names)),
        )

    def _follow(self, node: JSON) -> dict[str, Any]:
        """Return `node` with its `$ref` resolved, or an empty dict if it is not an object."""
        found = follow({"part": node, **self.reader.data}, ("part",))[1] if isinstance(node, dict) else {}
        return found if isinstance(found, dict) else {}

    def _list_parameters(self, part: RawOperation) -> list[dict[str, Any]]:
        listed = [*(part.item.get("parameters") or ()), *(part.node.get("parameters") or ())]
        found = [self._follow(each) for each in listed]
        return list({(each["in"], each["name"]): each for each in found}.values())

    def _group_parameters(self, parameters: list[dict[str, Any]]) -> Iterator[Parameters]:
        for place in _PLACES:
            fields = tuple(self._build_parameter(each) for each in parameters if each["in"] == place)
            if fields:
                yield Parameters(place, fields)

    def _build_parameter(self, node: Mapping[str, Any]) -> Field:
        schema = node.get("schema", True)
        for media in (node.get("content") or {}).values():
            schema = media.get("schema", True)
        if node.get("deprecated") is True and isinstance(schema, dict):
            schema = {**schema, "deprecated": True}
        description, required = read_text(node, "description"), node.get("required") is True
        return self.reader.read(node.get("name", ""), schema, is_required=required, description=description)

    def _build_body(self, body: Mapping[str, Any]) -> RequestBody | None:
        if not body:
            return None
        contents = read_contents(self.reader, body, is_sent=True)
        return RequestBody(read_text(body, "description"), body.get("required") is True, contents)

    def _build_answers(self, part: RawOperation) -> Iterator[Answer]:
        for status, found in (part.node.get("responses") or {}).items():
            if status.startswith("x-"):
                continue
            node = self._follow(found)
            headers = (node.get("headers") or {}).items()
            yield Answer(
                status=status,
                phrase=_describe_status(status),
                description=read_text(node, "description"),
                headers=tuple(
                    self._build_parameter({**self._follow(each), "name": name}) for name, each in headers
                ),
                contents=read_contents(self.reader, node, is_sent=False),
            )

    def _choose_call(
        self, part: RawOperation, parameters: list[dict[str, Any]], body: Mapping[str, Any]
    ) -> Call:
        answers = sorted(
            (part.node.get("responses") or {}).items(), key=lambda each: not each[0].startswith("2")
        )
        nodes = [self._follow(node) for _, node in answers]
        accepted = dict.fromkeys(media_type for node in nodes for media_type in node.get("content") or {})
        return Call(
            method=part.method,
            path=find_sent(part.path),
            arguments=tuple(
                Argument(each["in"], each["name"], self._choose_value(each))
                for each in parameters
                if each.get("required") is True or each["in"] == "path"
            ),
            body=choose_sample_body(self.reader.data, body),
            accept=", ".join(accepted),
            credentials=read_credentials(self.reader.data, part.node),
        )

    def _choose_value(self, parameter: Mapping[str, Any]) -> Any:
        """Return an example value: that of the parameter, that of the same name in other examples, or a made one."""
        own = parameter.keys() & {"example", "examples"}
        known = None if own else find_known(self.known, parameter["name"], parameter.get("schema"))
        if known is not None:
            return known
        return next(
            (each.value for each in find_examples(self.reader.data, parameter, is_sent=True)), "value"
        )


def _describe_status(status: str) -> str:
    if status.isdigit():
        try:
            return HTTPStatus(int(status)).phrase
        except ValueError:
            pass
    return _CLASSES.get(status[:1], "Any other response")


def _list_hints(operation: ir.Operation | None, names: Names) -> Iterator[str]:
    if operation is None:
        yield _LEFT_OUT
        return
    if operation.paging is not None:
        yield f"`client.{name_argument(operation.paging.name)}(...)` iterates over the rows of all pages."
    if operation.waiting is not None:
        yield f"`client.{name_argument(operation.waiting.name)}(...)` polls until the response has a wanted value."
    if operation.id in names.headers:
        method = f"client.{names.methods[operation.id]}"
        yield (
            f"`headers.{names.headers[operation.id]}.read(raw)` reads the documented headers of "
            f"`raw = client.with_raw_response({method})(...)`."
        )
