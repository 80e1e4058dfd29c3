"""Draws the inputs and answers of an operation from its document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from hypothesis import HealthCheck, Phase, assume, settings
from hypothesis import strategies as st

from .document import DescribedOperation, DescribedParameter
from .drawing import SchemaStrategies
from .limits import is_sendable

_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
ABSENT: Final = object()


def is_json(media_type: str, value: Any = None) -> bool:
    """Return whether `value` is sent as JSON. Bytes never are; a string is not if `media_type` is a range."""
    plain = media_type.partition(";")[0].strip().lower()
    if isinstance(value, bytes) or ("*" in plain and isinstance(value, str)):
        return False
    return plain in ("application/json", "*/*") or plain.endswith("+json")


def is_form(media_type: str) -> bool:
    """Return whether a media type is a form."""
    return media_type.partition(";")[0].strip().lower() in _FORMS


def make_settings(examples: int) -> settings:
    """Return settings for `examples` deterministic draws without a database."""
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )


@dataclass(frozen=True, slots=True)
class Inputs:
    """The drawn inputs of one call: the parameters to send, and the body or `ABSENT`."""

    parameters: tuple[tuple[DescribedParameter, Any], ...]
    body: Any


class InputStrategies:
    """The strategies of one document. Without `surplus`, objects have declared properties only."""

    def __init__(self, document: Mapping[str, Any], *, surplus: bool = True) -> None:
        self._requests = SchemaStrategies(document, "request", surplus=surplus)
        self._narrow = SchemaStrategies(document, "request", narrow=True)
        self._answers = SchemaStrategies(document, "answer", surplus=surplus)
        self._strategies: dict[tuple[int, int], tuple[Any, st.SearchStrategy[Any]]] = {}

    def draw_call(self, data: st.DataObject, described: DescribedOperation, media_type: str) -> Inputs:
        """Draw the parameters of an operation and its body. `media_type` is empty if it has no body."""
        parameters = []
        for parameter in described.parameters:
            if parameter.required or data.draw(st.booleans()):
                parameters.append((parameter, self._draw_parameter(data, described, parameter)))
        body: Any = ABSENT
        if media_type and (described.is_body_required or data.draw(st.booleans())):
            body = self._draw_content(data, self._requests, media_type, described.body[media_type])
            if body is None and not described.is_body_required:
                body = ABSENT
        return Inputs(tuple(parameters), body)

    def find_default(self, parameter: DescribedParameter) -> Any:
        """Return the default of a parameter, or None if the document has none."""
        return self._narrow.find_default(parameter.schema)

    def draw_answer(self, data: st.DataObject, media_type: str, parameter: Any) -> Any:
        """Draw the body of an answer."""
        return self._draw_content(data, self._answers, media_type, parameter)

    def _find_strategy(self, drawing: SchemaStrategies, schema: Any) -> st.SearchStrategy[Any]:
        key = id(drawing), id(schema)
        if key not in self._strategies:  # keeps the schema alive, so that its id is not reused
            self._strategies[key] = schema, drawing.draw(schema)
        return self._strategies[key][1]

    def _draw_parameter(
        self, data: st.DataObject, described: DescribedOperation, parameter: DescribedParameter
    ) -> Any:
        names = frozenset(each.name for each in described.parameters if each.place == parameter.place)
        scalars = frozenset[str]() if parameter.is_json else self._narrow.list_scalars(parameter.schema)
        strategy = self._find_strategy(self._narrow, parameter.schema)
        return data.draw(
            strategy.filter(lambda value: is_sendable(parameter, value, scalars, names)).filter(
                lambda value: parameter.is_json or not self._is_ambiguous_item(parameter.schema, value)
            )
        )

    def _is_ambiguous_item(self, schema: Any, value: Any) -> bool:
        """Return whether `value` is a list of one item and the schema allows the item itself: both are sent alike."""
        return isinstance(value, list) and len(value) == 1 and self._narrow.allows(schema, value[0])

    def _draw_content(
        self, data: st.DataObject, drawing: SchemaStrategies, media_type: str, parameter: Any
    ) -> Any:
        schema = parameter.get("schema", {})
        if is_json(media_type) and (plain := self._find_raw_strategy(media_type, schema)) is not None:
            return data.draw(plain)
        if is_json(media_type):
            return data.draw(self._find_strategy(drawing, schema))
        if is_form(media_type):
            return self._draw_form(data, media_type, schema, parameter.get("encoding") or {})
        if media_type.startswith("text/"):
            return data.draw(st.text(min_size=1, max_size=8))
        return data.draw(st.binary(min_size=1, max_size=8))

    def _find_raw_strategy(self, media_type: str, schema: Any) -> st.SearchStrategy[Any] | None:
        """Return a strategy for a body that is a string or bytes in a range of media types, or None if it is JSON."""
        whole = self._narrow.resolve(schema)
        if not isinstance(whole, Mapping) or whole.get("type") != "string":
            return None
        if whole.get("format") == "binary":
            return st.binary(min_size=1, max_size=8)
        return st.text(min_size=1, max_size=8) if "*" in media_type else None

    def _draw_form(self, data: st.DataObject, media_type: str, schema: Any, encoding: Any) -> dict[str, Any]:
        drawn = dict(data.draw(self._find_strategy(self._narrow, schema)))
        properties = self._narrow.list_properties(schema)
        for name, value in list(drawn.items()):
            part = self._narrow.resolve(properties.get(name, {}))
            content_type = str((encoding.get(name) or {}).get("contentType", ""))
            if media_type.startswith("multipart/") and is_file(part, content_type):
                drawn[name] = data.draw(st.binary(max_size=6))
            elif media_type.startswith("multipart/") and is_file(
                self._narrow.resolve(part.get("items", {})), content_type
            ):
                drawn[name] = data.draw(st.lists(st.binary(max_size=6), min_size=1, max_size=2))
            elif not isinstance(value, dict) and "json" not in content_type:
                scalars = self._narrow.list_scalars(part)
                parameter = DescribedParameter(name, "form", True, part, "form", True, is_json=False)
                is_complex = isinstance(value, list) and any(isinstance(each, dict | list) for each in value)
                assume(value if is_complex else is_sendable(parameter, value, scalars, frozenset()))
        assume(drawn)  # a form without fields is an empty body
        return drawn


def is_file(schema: Any, content_type: str) -> bool:
    """Return whether a property of a multipart form is sent as bytes."""
    return (
        isinstance(schema, Mapping)
        and schema.get("type") == "string"
        and (
            schema.get("format") == "binary"
            or ("contentMediaType" in schema and "contentEncoding" not in schema)
            or content_type == "application/octet-stream"
        )
    )
