"""Finds the error body that a document defines. The server stubs use it for every rejected request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from ..document.diagnostics import Diagnostic, warning
from ..document.load import JSON
from ..document.object_schemas import iter_parts, list_properties
from .ir import Api, Content, ErrorField, ErrorShape, Reference

_PLAIN: Final = ErrorShape("application/json", (ErrorField("message", "message"),))

# Names of properties that may hold the message if no string is required, the most likely first.
_LIKELY: Final = ("message", "detail", "error", "title", "description")


def find_error_shape(api: Api) -> tuple[ErrorShape, tuple[Diagnostic, ...]]:
    """Return the error body that most responses of `api` document, and a warning for each that cannot be filled in.

    The default for documents without a JSON error is `{"message": ...}`.
    """
    contents = Counter(
        answer.content
        for operation in api.operations
        for answer in operation.errors
        if answer.content is not None and answer.content.kind == "json"
    )
    if not contents:
        return _PLAIN, ()
    content = contents.most_common(1)[0][0]
    schemas = {schema.name: schema.definition for schema in api.schemas}
    if not isinstance(content.type, Reference):
        return _of_media(_PLAIN, content), ()
    schema = next(each for each in api.schemas if each.name == content.type.schema)
    properties, required = list_properties(schema.definition, schemas)
    text = _choose_text(properties, required, schemas)
    fields = {text: ErrorField(text, "message")}
    missing: list[str] = []
    for name in sorted(required - {text}):
        kind = _kind(properties.get(name), schemas)
        if kind in ("string", "integer", "number"):
            fields[name] = ErrorField(name, "message" if kind == "string" else "status")
        else:
            missing.append(name)
    shape = _of_media(ErrorShape(content.media_type, tuple(fields.values())), content)
    if not missing:
        return shape, ()
    said = f"the server stubs cannot write {schema.name} as their error: it requires {', '.join(missing)}"
    return shape, (warning(said, schema.location),)


def _of_media(shape: ErrorShape, content: Content) -> ErrorShape:
    media_type = content.media_type if "*" not in content.media_type else _PLAIN.media_type
    return ErrorShape(media_type, shape.fields)


def _choose_text(properties: Mapping[str, JSON], required: set[str], schemas: Mapping[str, JSON]) -> str:
    """Return the name of the property that holds the message."""
    texts = [name for name, schema in properties.items() if _kind(schema, schemas) == "string"]
    candidates = [
        *(name for name in _LIKELY if name in texts and name in required),
        *(name for name in texts if name in required),
        *(name for name in _LIKELY if name in texts),
        *texts,
    ]
    return candidates[0] if candidates else "message"


def _kind(schema: JSON, schemas: Mapping[str, JSON]) -> object:
    """Return the type of a schema that has no enum, so that any string or number is valid."""
    for part in iter_parts(schema, schemas):
        if "type" in part and not part.keys() & {"enum", "const", "format", "pattern"}:
            kind = part["type"]
            return kind[0] if isinstance(kind, list) and kind else kind
    return None
