"""Renders a reference as one Markdown file, for GitHub and the like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .fences import fence_code, quote_cell, quote_code
from .prose import escape_markdown, write_cell, write_markdown
from .reference import (
    Answer,
    Content,
    Example,
    Field,
    Group,
    Operation,
    Parameters,
    Piece,
    Reference,
    RequestBody,
    Schema,
)


def render_markdown(reference: Reference) -> str:
    """Return the text of the file, without its notice."""
    blocks = [block for block in _write_reference(reference) if block]
    return "\n\n".join(blocks) + "\n"


def _write_reference(reference: Reference) -> Iterator[str]:
    yield f"# {escape_markdown(reference.title)} {escape_markdown(reference.version)}"
    yield write_markdown(reference.summary)
    yield write_markdown(reference.description)
    for server in reference.servers:
        yield f"Server: {quote_code(server.url)} {write_cell(server.description)}".rstrip()
    yield "The samples read these variables:"
    yield _write_example(reference.setting)
    yield "## Contents"
    yield "\n".join(_list_contents(reference))
    for group in reference.groups:
        yield from _write_group(group)
    if reference.schemas:
        yield "## Schemas"
    for schema in reference.schemas:
        yield from _write_schema(schema)


def _list_contents(reference: Reference) -> Iterator[str]:
    for group in reference.groups:
        yield f"- [{escape_markdown(group.name)}](#{group.anchor})"
        for each in group.operations:
            yield f"  - [{escape_markdown(each.summary)}](#{each.anchor}) {quote_code(f'{each.method} {each.path}')}"
    if reference.schemas:
        yield "- Schemas: " + ", ".join(
            f"[{escape_markdown(each.name)}](#{each.anchor})" for each in reference.schemas
        )


def _write_group(group: Group) -> Iterator[str]:
    yield f'<a id="{group.anchor}"></a>\n\n## {escape_markdown(group.name)}'
    yield write_markdown(group.description)
    for operation in group.operations:
        yield from _write_operation(operation)


def _write_operation(operation: Operation) -> Iterator[str]:
    yield f'<a id="{operation.anchor}"></a>\n\n### {escape_markdown(operation.summary)}'
    yield f"{quote_code(f'{operation.method} {operation.path}')} – {quote_code(operation.id)}"
    yield "**Deprecated.**" if operation.is_deprecated else ""
    yield write_markdown(operation.description)
    for parameters in operation.parameters:
        yield from _write_parameters(parameters)
    if operation.body is not None:
        yield from _write_body(operation.body)
    for sample in operation.samples:
        yield f"**{sample.title}**"
        yield _write_example(sample)
    for hint in operation.hints:
        yield write_markdown(hint)
    for answer in operation.answers:
        yield from _write_answer(answer)


def _write_parameters(parameters: Parameters) -> Iterator[str]:
    yield f"**Parameters in the {parameters.place}**"
    yield _write_fields(parameters.fields)


def _write_body(body: RequestBody) -> Iterator[str]:
    yield "**Body**" + (" (required)" if body.is_required else " (optional)")
    yield write_markdown(body.description)
    for content in body.contents:
        yield from _write_content(content)


def _write_answer(answer: Answer) -> Iterator[str]:
    yield f"**Answer {escape_markdown(answer.status)}** {answer.phrase}"
    yield write_markdown(answer.description)
    if answer.headers:
        yield "Headers:"
        yield _write_fields(answer.headers)
    for content in answer.contents:
        yield from _write_content(content)


def _write_content(content: Content) -> Iterator[str]:
    yield f"{quote_code(content.media_type)}: {_write_type(content.whole.type)}"
    yield _write_remarks(content.whole)
    yield _write_fields(content.fields) if content.fields else ""
    for example in content.examples:
        yield f"{escape_markdown(example.title)}:"
        yield _write_example(example)


def _write_schema(schema: Schema) -> Iterator[str]:
    yield f'<a id="{schema.anchor}"></a>\n\n### {escape_markdown(schema.name)}'
    yield _write_type(schema.whole.type)
    yield write_markdown(schema.whole.description)
    yield _write_remarks(schema.whole)
    yield _write_fields(schema.fields) if schema.fields else ""
    for example in schema.examples:
        yield "Example:"
        yield _write_example(example)
    if schema.used_by:
        yield "Used by " + ", ".join(
            f"[{escape_markdown(each.text)}](#{each.anchor})" for each in schema.used_by
        )


def _write_fields(fields: Iterable[Field]) -> str:
    rows = ["| Name | Type | Description |", "| --- | --- | --- |"]
    for each in fields:
        name = quote_cell(each.name) + (" **required**" if each.is_required else "")
        said = "<br>".join(filter(None, (write_cell(each.description), _write_remarks(each))))
        rows.append(f"| {name} | {_write_type(each.type)} | {said} |")
    return "\n".join(rows)


def _write_remarks(field: Field) -> str:
    values = ", ".join(map(quote_cell, field.values))
    parts = [
        "**deprecated**" if field.is_deprecated else "",
        f"one of {values}" if values else "",
        "; ".join(map(quote_cell, field.notes)),
    ]
    return "<br>".join(filter(None, parts))


def _write_type(pieces: Iterable[Piece]) -> str:
    return "".join(
        f"[{escape_markdown(each.text)}](#{each.anchor})" if each.anchor else _keep_ends(each.text)
        for each in pieces
    )


def _keep_ends(text: str) -> str:
    start, end = (" " if text[:1] == " " else ""), (" " if text[-1:] == " " else "")
    return f"{start}{escape_markdown(text)}{end}"


def _write_example(example: Example) -> str:
    return fence_code(example.text.rstrip("\n"), example.language)
