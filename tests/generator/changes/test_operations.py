"""Every way in which an operation can change around its schemas."""

from __future__ import annotations

from typing import Final

import pytest

from ..support.comparing import Expected, compare_texts, tell_all

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
    "new": (TOP + "paths: {}\n", get(""), [("", "operation-added", "servers")]),
    "gone": (get(""), TOP + "paths: {}\n", [("", "operation-removed", "clients")]),
    "moved": (get(""), get("", path="/animals"), [("", "operation-moved", "clients servers")]),
    "renamed": (get(""), get("", operation_id="listPets"), [("", "operation-id", "clients servers")]),
    "deprecated": (get(""), get("deprecated: true, "), [("", "deprecated", "")]),
    "prose": (get(""), get("tags: [a], summary: b, description: c, x-d: e, "), []),
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
    "new": (get(""), query(TAG), [("query parameter tag", "parameter-added", "")]),
    "new and required": (get(""), query(NEEDED), [("query parameter tag", "parameter-added", "clients")]),
    "gone": (query(TAG), get(""), [("query parameter tag", "parameter-removed", "clients")]),
    "gone, and was required": (
        query(NEEDED),
        get(""),
        [("query parameter tag", "parameter-removed", "clients servers")],
    ),
    "required": (query(TAG), query(NEEDED), [("query parameter tag", "parameter-required", "clients")]),
    "optional": (query(NEEDED), query(TAG), [("query parameter tag", "parameter-optional", "servers")]),
    "elsewhere": (
        query(TAG),
        query(TAG.replace("query", "header")),
        [
            ("query parameter tag", "parameter-removed", "clients"),
            ("header parameter tag", "parameter-added", ""),
        ],
    ),
    "a header by any case": (
        query("{name: X-A, in: header, schema: {}}"),
        query("{name: x-a, in: header, schema: {}}"),
        [],
    ),
    "a header that OpenAPI ignores": (get(""), query("{name: Accept, in: header, schema: {}}"), []),
    "another type": (
        query(TAG),
        query(TAG.replace("string", "integer")),
        [("query parameter tag", "type-changed", "clients servers")],
    ),
    "another style": (
        query("{name: a, in: query, schema: {type: array}}"),
        query("{name: a, in: query, explode: false, schema: {type: array}}"),
        [("query parameter a", "parameter-style", "clients servers")],
    ),
    "the style by default": (
        query(TAG),
        query("{name: tag, in: query, style: form, explode: true, schema: {type: string}}"),
        [],
    ),
    "a keyword": (
        query(TAG),
        query("{name: tag, in: query, allowReserved: true, schema: {type: string}}"),
        [("query parameter tag", "unknown", "clients servers")],
    ),
    "deprecated": (
        query(TAG),
        query("{name: tag, in: query, deprecated: true, schema: {type: string}}"),
        [("query parameter tag", "deprecated", "")],
    ),
    "as a body": (
        query(TAG),
        query("{name: tag, in: query, content: {application/json: {schema: {type: string}}}}"),
        [("query parameter tag", "parameter-style", "clients servers")],
    ),
}
BODIES: Final[dict[str, Pair]] = {
    "new": (get(""), body(JSON_BODY), [("request body", "body-added", "")]),
    "new and required": (
        get(""),
        body(f"required: true, {JSON_BODY}"),
        [("request body", "body-added", "clients")],
    ),
    "gone": (body(JSON_BODY), get(""), [("request body", "body-removed", "clients")]),
    "required": (
        body(JSON_BODY),
        body(f"required: true, {JSON_BODY}"),
        [("request body", "body-required", "clients")],
    ),
    "optional": (
        body(f"required: true, {JSON_BODY}"),
        body(JSON_BODY),
        [("request body", "body-optional", "servers")],
    ),
    "a media type more": (
        body(f"content: {{{JSON}}}"),
        body(f"content: {{{JSON}, {TEXT}}}"),
        [("request body", "media-type-added", "servers")],
    ),
    "a media type less": (
        body(f"content: {{{JSON}, {TEXT}}}"),
        body(f"content: {{{TEXT}}}"),
        [("request body", "media-type-removed", "clients")],
    ),
    "the charset": (
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
    "a success more": (
        get(""),
        answer('"200": {description: ok}, "202": {description: ok}'),
        [("answer 202", "status-added", "clients")],
    ),
    "another success": (
        get(""),
        answer('"201": {description: ok}'),
        [("answer 200", "status-removed", "servers"), ("answer 201", "status-added", "clients")],
    ),
    "a failure more": (
        get(""),
        answer('"200": {description: ok}, "404": {description: no}'),
        [("answer 404", "status-added", "")],
    ),
    "a failure less": (
        answer('"200": {description: ok}, "404": {description: no}'),
        get(""),
        [("answer 404", "status-removed", "")],
    ),
    "a failure that was covered": (
        answer(f'"200": {{description: ok}}, 4XX: {{description: no, content: {{{JSON}}}}}'),
        answer(
            f'"200": {{description: ok}}, 4XX: {{description: no, content: {{{JSON}}}}}, '
            f'"404": {{description: no, content: {{{JSON.replace("string", "integer")}}}}}'
        ),
        [("answer 404", "status-added", ""), ("answer 404", "type-changed", "clients servers")],
    ),
    "a media type more": (
        answer(A200 % JSON),
        answer(A200 % f"{JSON}, {TEXT}"),
        [("answer 200", "media-type-added", "clients")],
    ),
    "a media type less": (
        answer(A200 % f"{JSON}, {TEXT}"),
        answer(A200 % JSON),
        [("answer 200", "media-type-removed", "clients servers")],
    ),
    "a body": (get(""), answer(A200 % JSON), [("answer 200", "body-added", "servers")]),
    "no body": (answer(A200 % JSON), get(""), [("answer 200", "body-removed", "clients servers")]),
    "a header": (get(""), answer(HEADER % ""), [("answer 200 / header x-left", "header-added", "")]),
    "a header that must be there": (
        get(""),
        answer(HEADER % "required: true, "),
        [("answer 200 / header x-left", "header-added", "servers")],
    ),
    "no header": (
        answer(HEADER % ""),
        get(""),
        [("answer 200 / header x-left", "header-removed", "clients")],
    ),
    "a header that is required": (
        answer(HEADER % ""),
        answer(HEADER % "required: true, "),
        [("answer 200 / header x-left", "header-required", "servers")],
    ),
    "a header of another type": (
        answer(HEADER % ""),
        answer((HEADER % "").replace("integer", "number")),
        [("answer 200 / header x-left", "type-changed", "clients")],
    ),
}
DEFINED: Final = "one: {type: http, scheme: bearer}"
ACCESS: Final[dict[str, Pair]] = {
    "asked for": (secure(""), secure("security: [{one: []}], "), [("credentials", "security", "clients")]),
    "no longer asked for": (
        secure("security: [{one: []}], "),
        secure(""),
        [("credentials", "security", "servers")],
    ),
    "others": (
        secure("security: [{one: []}], "),
        secure("security: [{two: []}], "),
        [("credentials", "security", "clients servers")],
    ),
    "one of two": (
        secure("security: [{one: []}], "),
        secure("security: [{one: []}, {two: []}], "),
        [("credentials", "security", "servers")],
    ),
    "both": (
        secure("security: [{one: []}], "),
        secure("security: [{one: [], two: []}], "),
        [("credentials", "security", "clients")],
    ),
    "a renamed scheme": (
        secure("security: [{one: []}], "),
        secure("security: [{uno: []}], ", DEFINED.replace("one", "uno")),
        [],
    ),
    "another scheme of the name": (
        secure("security: [{one: []}], "),
        secure("security: [{one: []}], ", DEFINED.replace("bearer", "basic")),
        [("credentials", "security", "clients servers")],
    ),
    "for all operations": (
        secure("security: [{one: []}], "),
        secure("") + "security: [{one: []}]\n",
        [],
    ),
    "a server": (
        get("") + "servers: [{url: /a}]\n",
        get("") + "servers: [{url: /a}, {url: /b, description: c}]\n",
        [("servers", "server-added", "")],
    ),
    "another server": (
        get("") + "servers: [{url: /a}]\n",
        get("") + "servers: [{url: /b}]\n",
        [("servers", "server-removed", "clients"), ("servers", "server-added", "")],
    ),
    "the server by default": (get(""), get("") + "servers: [{url: /}]\n", []),
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
def test_a_change_is_told(old: str, new: str, expected: list[Expected]) -> None:
    assert tell_all(compare_texts(old, new)) == expected
    assert tell_all(compare_texts(new, new)) == []


def test_an_operation_is_matched_by_path_before_its_id() -> None:
    two = "{{/a: {{get: {{operationId: {}, {ok}}}}}, /b: {{get: {{operationId: {}, {ok}}}}}}}"
    old, new = (f"{TOP}paths: {two.format(*ids, ok=OK)}\n" for ids in (("x", "y"), ("y", "x")))
    assert [
        (each.operation and each.operation.path, each.kind) for each in compare_texts(old, new).changes
    ] == [
        ("/a", "operation-id"),
        ("/b", "operation-id"),
    ]
