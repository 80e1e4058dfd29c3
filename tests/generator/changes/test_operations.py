"""Every kind of change of an operation outside of its schemas."""

from __future__ import annotations

from typing import Final

import pytest

from ..support.comparing import Expected, compare_texts, summarize_all

TOP: Final = 'openapi: 3.1.0\ninfo: {title: Pets, version: "1"}\n'
OK: Final = 'responses: {"200": {description: ok}}'
ID: Final = "{name: id, in: path, required: true, schema: {type: string}}"


def get(inner: str, answers: str = OK, path: str = "/pets", operation_id: str = "getPets") -> str:
    """Return a document with one operation."""
    return f"{TOP}paths: {{{path}: {{get: {{operationId: {operation_id}, {inner}{answers}}}}}}}\n"


def query(parameter: str) -> str:
    return get(f"parameters: [{parameter}], ")


def answer(answers: str) -> str:
    return get("", f"responses: {{{answers}}}")


def secure(
    security: str, schemes: str = "one: {type: http, scheme: bearer}, two: {type: http, scheme: basic}"
) -> str:
    return get(security) + f"components: {{securitySchemes: {{{schemes}}}}}\n"


def body(inner: str) -> str:
    return get(f"requestBody: {{{inner}}}, ")


TAG: Final = "{name: tag, in: query, schema: {type: string}}"
NEEDED: Final = "{name: tag, in: query, required: true, schema: {type: string}}"
JSON_BODY: Final = "content: {application/json: {schema: {type: string}}}"
TEXT: Final = "text/plain: {schema: {type: string}}"
JSON: Final = "application/json: {schema: {type: string}}"

Pair = tuple[str, str, list[Expected]]
OPERATIONS: Final[dict[str, Pair]] = {
    "added": (TOP + "paths: {}\n", get(""), [("", "operation-added", "servers")]),
    "removed": (get(""), TOP + "paths: {}\n", [("", "operation-removed", "clients")]),
    "moved": (get(""), get("", path="/animals"), [("", "operation-moved", "clients servers")]),
    "renamed": (get(""), get("", operation_id="listPets"), [("", "operation-id", "clients servers")]),
    "deprecated": (get(""), get("deprecated: true, "), [("", "deprecated", "")]),
    "documentation only": (get(""), get("tags: [a], summary: b, description: c, x-d: e, "), []),
    "callbacks": (
        get(""),
        get(
            "callbacks: {done: {'{$request.query.url}': {post: {responses: {default: {description: ok}}}}}}, "
        ),
        [("", "unknown", "clients servers")],
    ),
    "webhooks": (
        get(""),
        get("") + "webhooks: {a: {description: b}}\n",
        [("", "unknown", "clients servers")],
    ),
    "a renamed parameter of the path": (
        get(f"parameters: [{ID}], ", path='"/pets/{id}"'),
        get(f"parameters: [{ID.replace('id,', 'pet,')}], ", path='"/pets/{pet}"'),
        [("path parameter pet", "parameter-renamed", "")],
    ),
    "parameters of the item": (
        get(f"parameters: [{TAG}], "),
        f"{TOP}paths: {{/pets: {{parameters: [{TAG}], get: {{operationId: getPets, {OK}}}}}}}\n",
        [],
    ),
}
PARAMETERS: Final[dict[str, Pair]] = {
    "added": (get(""), query(TAG), [("query parameter tag", "parameter-added", "")]),
    "added and required": (get(""), query(NEEDED), [("query parameter tag", "parameter-added", "clients")]),
    "removed": (query(TAG), get(""), [("query parameter tag", "parameter-removed", "clients")]),
    "removed, and was required": (
        query(NEEDED),
        get(""),
        [("query parameter tag", "parameter-removed", "clients servers")],
    ),
    "required": (query(TAG), query(NEEDED), [("query parameter tag", "parameter-required", "clients")]),
    "optional": (query(NEEDED), query(TAG), [("query parameter tag", "parameter-optional", "servers")]),
    "moved to a header": (
        query(TAG),
        query(TAG.replace("query", "header")),
        [
            ("query parameter tag", "parameter-removed", "clients"),
            ("header parameter tag", "parameter-added", ""),
        ],
    ),
    "the case of a header name": (
        query("{name: X-A, in: header, schema: {}}"),
        query("{name: x-a, in: header, schema: {}}"),
        [],
    ),
    "a header that OpenAPI ignores": (get(""), query("{name: Accept, in: header, schema: {}}"), []),
    "a different type": (
        query(TAG),
        query(TAG.replace("string", "integer")),
        [("query parameter tag", "type-changed", "clients servers")],
    ),
    "a different style": (
        query("{name: a, in: query, schema: {type: array}}"),
        query("{name: a, in: query, explode: false, schema: {type: array}}"),
        [("query parameter a", "parameter-style", "clients servers")],
    ),
    "the default style written out": (
        query(TAG),
        query("{name: tag, in: query, style: form, explode: true, schema: {type: string}}"),
        [],
    ),
    "an unsupported keyword": (
        query(TAG),
        query("{name: tag, in: query, allowReserved: true, schema: {type: string}}"),
        [("query parameter tag", "unknown", "clients servers")],
    ),
    "deprecated": (
        query(TAG),
        query("{name: tag, in: query, deprecated: true, schema: {type: string}}"),
        [("query parameter tag", "deprecated", "")],
    ),
    "described by content": (
        query(TAG),
        query("{name: tag, in: query, content: {application/json: {schema: {type: string}}}}"),
        [("query parameter tag", "parameter-style", "clients servers")],
    ),
}
BODIES: Final[dict[str, Pair]] = {
    "added": (get(""), body(JSON_BODY), [("request body", "body-added", "")]),
    "added and required": (
        get(""),
        body(f"required: true, {JSON_BODY}"),
        [("request body", "body-added", "clients")],
    ),
    "removed": (body(JSON_BODY), get(""), [("request body", "body-removed", "clients")]),
    "required": (
        body(JSON_BODY),
        body(f"required: true, {JSON_BODY}"),
        [("request body", "body-required", "clients")],
    ),
    "no longer required": (
        body(f"required: true, {JSON_BODY}"),
        body(JSON_BODY),
        [("request body", "body-optional", "servers")],
    ),
    "a media type added": (
        body(f"content: {{{JSON}}}"),
        body(f"content: {{{JSON}, {TEXT}}}"),
        [("request body", "media-type-added", "servers")],
    ),
    "a media type removed": (
        body(f"content: {{{JSON}, {TEXT}}}"),
        body(f"content: {{{TEXT}}}"),
        [("request body", "media-type-removed", "clients")],
    ),
    "the charset of a media type": (
        body("content: {application/json: {}}"),
        body("content: {Application/JSON; charset=utf-8: {}}"),
        [],
    ),
    "one of two media types": (
        body(f"content: {{{JSON}, {TEXT}}}"),
        body(f"content: {{{JSON}, {TEXT.replace('string', 'integer')}}}"),
        [("request body / text/plain", "type-changed", "clients servers")],
    ),
    "the encoding": (
        body("content: {multipart/form-data: {schema: {}}}"),
        body("content: {multipart/form-data: {schema: {}, encoding: {a: {contentType: text/plain}}}}"),
        [("request body", "unknown", "clients servers")],
    ),
}
A200: Final = '"200": {description: ok, content: {%s}}'
HEADER: Final = '"200": {description: ok, headers: {X-Left: {%sschema: {type: integer}}}}'
ANSWERS: Final[dict[str, Pair]] = {
    "a success added": (
        get(""),
        answer('"200": {description: ok}, "202": {description: ok}'),
        [("answer 202", "status-added", "clients")],
    ),
    "a different success": (
        get(""),
        answer('"201": {description: ok}'),
        [("answer 200", "status-removed", "servers"), ("answer 201", "status-added", "clients")],
    ),
    "an error added": (
        get(""),
        answer('"200": {description: ok}, "404": {description: no}'),
        [("answer 404", "status-added", "")],
    ),
    "an error removed": (
        answer('"200": {description: ok}, "404": {description: no}'),
        get(""),
        [("answer 404", "status-removed", "")],
    ),
    "an error that a range covered": (
        answer(f'"200": {{description: ok}}, 4XX: {{description: no, content: {{{JSON}}}}}'),
        answer(
            f'"200": {{description: ok}}, 4XX: {{description: no, content: {{{JSON}}}}}, '
            f'"404": {{description: no, content: {{{JSON.replace("string", "integer")}}}}}'
        ),
        [("answer 404", "status-added", ""), ("answer 404", "type-changed", "clients servers")],
    ),
    "a media type added": (
        answer(A200 % JSON),
        answer(A200 % f"{JSON}, {TEXT}"),
        [("answer 200", "media-type-added", "clients")],
    ),
    "a media type removed": (
        answer(A200 % f"{JSON}, {TEXT}"),
        answer(A200 % JSON),
        [("answer 200", "media-type-removed", "clients servers")],
    ),
    "a body added": (get(""), answer(A200 % JSON), [("answer 200", "body-added", "servers")]),
    "a body removed": (answer(A200 % JSON), get(""), [("answer 200", "body-removed", "clients servers")]),
    "a header added": (get(""), answer(HEADER % ""), [("answer 200 / header x-left", "header-added", "")]),
    "a required header added": (
        get(""),
        answer(HEADER % "required: true, "),
        [("answer 200 / header x-left", "header-added", "servers")],
    ),
    "a header removed": (
        answer(HEADER % ""),
        get(""),
        [("answer 200 / header x-left", "header-removed", "clients")],
    ),
    "a header becomes required": (
        answer(HEADER % ""),
        answer(HEADER % "required: true, "),
        [("answer 200 / header x-left", "header-required", "servers")],
    ),
    "a different type of a header": (
        answer(HEADER % ""),
        answer((HEADER % "").replace("integer", "number")),
        [("answer 200 / header x-left", "type-changed", "clients")],
    ),
}
DEFINED: Final = "one: {type: http, scheme: bearer}"
ACCESS: Final[dict[str, Pair]] = {
    "required": (secure(""), secure("security: [{one: []}], "), [("credentials", "security", "clients")]),
    "no longer required": (
        secure("security: [{one: []}], "),
        secure(""),
        [("credentials", "security", "servers")],
    ),
    "a different scheme": (
        secure("security: [{one: []}], "),
        secure("security: [{two: []}], "),
        [("credentials", "security", "clients servers")],
    ),
    "an alternative": (
        secure("security: [{one: []}], "),
        secure("security: [{one: []}, {two: []}], "),
        [("credentials", "security", "servers")],
    ),
    "a second scheme": (
        secure("security: [{one: []}], "),
        secure("security: [{one: [], two: []}], "),
        [("credentials", "security", "clients")],
    ),
    "a renamed scheme": (
        secure("security: [{one: []}], "),
        secure("security: [{uno: []}], ", DEFINED.replace("one", "uno")),
        [],
    ),
    "a different scheme of the same name": (
        secure("security: [{one: []}], "),
        secure("security: [{one: []}], ", DEFINED.replace("bearer", "basic")),
        [("credentials", "security", "clients servers")],
    ),
    "declared for all operations": (
        secure("security: [{one: []}], "),
        secure("") + "security: [{one: []}]\n",
        [],
    ),
    "a server added": (
        get("") + "servers: [{url: /a}]\n",
        get("") + "servers: [{url: /a}, {url: /b, description: c}]\n",
        [("servers", "server-added", "")],
    ),
    "a different server": (
        get("") + "servers: [{url: /a}]\n",
        get("") + "servers: [{url: /b}]\n",
        [("servers", "server-removed", "clients"), ("servers", "server-added", "")],
    ),
    "the default server written out": (get(""), get("") + "servers: [{url: /}]\n", []),
    "a server of the operation": (
        get(""),
        get("servers: [{url: /a}], "),
        [("servers", "server-removed", "clients"), ("servers", "server-added", "")],
    ),
}
ALL: Final = {
    f"{title}: {name}": pair
    for title, pairs in (
        ("operation", OPERATIONS),
        ("parameter", PARAMETERS),
        ("request body", BODIES),
        ("answer", ANSWERS),
        ("access", ACCESS),
    )
    for name, pair in pairs.items()
}


@pytest.mark.parametrize(("old", "new", "expected"), ALL.values(), ids=ALL)
def test_a_change_is_reported(old: str, new: str, expected: list[Expected]) -> None:
    assert summarize_all(compare_texts(old, new)) == expected
    assert summarize_all(compare_texts(new, new)) == []


def test_an_operation_is_matched_by_path_before_its_id() -> None:
    two = "{{/a: {{get: {{operationId: {}, {ok}}}}}, /b: {{get: {{operationId: {}, {ok}}}}}}}"
    old, new = (f"{TOP}paths: {two.format(*ids, ok=OK)}\n" for ids in (("x", "y"), ("y", "x")))
    assert [
        (each.operation and each.operation.path, each.kind) for each in compare_texts(old, new).changes
    ] == [
        ("/a", "operation-id"),
        ("/b", "operation-id"),
    ]
