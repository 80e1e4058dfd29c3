"""Draws what one operation is called with and what it answers, as its document says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from hypothesis import HealthCheck, Phase, assume, settings
from hypothesis import strategies as st

from .document import Described, Said
from .drawing import Drawing
from .limits import is_sendable

_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
ABSENT: Final = object()


def is_json(media_type: str, value: Any = None) -> bool:
    """Say whether a media type is JSON, or any at all; bytes are as they are, and of any at all a text is too."""
    plain = media_type.partition(";")[0].strip().lower()
    if isinstance(value, bytes) or ("*" in plain and isinstance(value, str)):
        return False
    return plain in ("application/json", "*/*") or plain.endswith("+json")


def is_form(media_type: str) -> bool:
    """Say whether a media type is that of a form."""
    return media_type.partition(";")[0].strip().lower() in _FORMS


def draw_as_often(examples: int) -> settings:
    """Return the settings of a probe: as many draws, the same each time, and nothing kept of them."""
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
    """What is drawn for one call: the parameters that are sent, and the body, which may be `ABSENT`."""

    parameters: tuple[tuple[Said, Any], ...]
    body: Any


class Inputting:
    """The strategies of one document; without `surplus`, of nothing that its schemas do not name."""

    def __init__(self, document: Mapping[str, Any], *, surplus: bool = True) -> None:
        self._requests = Drawing(document, "request", surplus=surplus)
        self._narrow = Drawing(document, "request", narrow=True)
        self._answers = Drawing(document, "answer", surplus=surplus)
        self._strategies: dict[tuple[int, int], tuple[Any, st.SearchStrategy[Any]]] = {}

    def draw_call(self, data: st.DataObject, described: Described, media_type: str) -> Inputs:
        """Draw the arguments of an operation, and its body of `media_type`, "" where it takes none."""
        parameters = []
        for said in described.parameters:
            if said.required or data.draw(st.booleans()):
                parameters.append((said, self._draw_parameter(data, described, said)))
        body: Any = ABSENT
        if media_type and (described.is_body_required or data.draw(st.booleans())):
            body = self._draw_content(data, self._requests, media_type, described.body[media_type])
            if body is None and not described.is_body_required:
                body = ABSENT
        return Inputs(tuple(parameters), body)

    def find_default(self, said: Said) -> Any:
        """Return what a parameter is that is not sent; None where the document does not say."""
        return self._narrow.find_default(said.schema)

    def draw_answer(self, data: st.DataObject, media_type: str, said: Any) -> Any:
        """Draw the body of an answer."""
        return self._draw_content(data, self._answers, media_type, said)

    def _find_strategy(self, drawing: Drawing, schema: Any) -> st.SearchStrategy[Any]:
        key = id(drawing), id(schema)
        if key not in self._strategies:  # beside the schema, whose id would be given to another
            self._strategies[key] = schema, drawing.draw(schema)
        return self._strategies[key][1]

    def _draw_parameter(self, data: st.DataObject, described: Described, said: Said) -> Any:
        names = frozenset(each.name for each in described.parameters if each.place == said.place)
        scalars = frozenset[str]() if said.is_json else self._narrow.list_scalars(said.schema)
        strategy = self._find_strategy(self._narrow, said.schema)
        return data.draw(
            strategy.filter(lambda value: is_sendable(said, value, scalars, names)).filter(
                lambda value: said.is_json or not self._is_as_good_as_its_item(said.schema, value)
            )
        )

    def _is_as_good_as_its_item(self, schema: Any, value: Any) -> bool:
        """Say whether `value` is a list of one item that the schema allows as it is: both are sent alike."""
        return isinstance(value, list) and len(value) == 1 and self._narrow.allows(schema, value[0])

    def _draw_content(self, data: st.DataObject, drawing: Drawing, media_type: str, said: Any) -> Any:
        schema = said.get("schema", {})
        if is_json(media_type) and (plain := self._find_plain(media_type, schema)) is not None:
            return data.draw(plain)
        if is_json(media_type):
            return data.draw(self._find_strategy(drawing, schema))
        if is_form(media_type):
            return self._draw_form(data, media_type, schema, said.get("encoding") or {})
        if media_type.startswith("text/"):
            return data.draw(st.text(min_size=1, max_size=8))
        return data.draw(st.binary(min_size=1, max_size=8))

    def _find_plain(self, media_type: str, schema: Any) -> st.SearchStrategy[Any] | None:
        """Return the strategy of a body that is a text or bytes although it may be JSON; None where it is that."""
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
                said = Said(name, "form", True, part, "form", True, is_json=False)
                is_complex = isinstance(value, list) and any(isinstance(each, dict | list) for each in value)
                assume(value if is_complex else is_sendable(said, value, scalars, frozenset()))
        assume(drawn)  # a form without a field is no body at all
        return drawn


def is_file(schema: Any, content_type: str) -> bool:
    """Say whether a property of a multipart form is sent as bytes."""
    return (
        isinstance(schema, Mapping)
        and schema.get("type") == "string"
        and (
            schema.get("format") == "binary"
            or ("contentMediaType" in schema and "contentEncoding" not in schema)
            or content_type == "application/octet-stream"
        )
    )
