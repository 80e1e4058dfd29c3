"""What is not supported is left out by name, with its place, and takes nothing else with it."""

from __future__ import annotations

import pytest

from .parsing import OK, read_api


@pytest.mark.parametrize(
    ("media_types", "chosen", "warnings"),
    [
        (["application/json"], "application/json", []),
        (["application/problem+json"], "application/problem+json", []),
        (["text/plain"], "text/plain", []),
        (
            ["text/plain", "application/json"],
            "application/json",
            ["17:81: warning: the media type text/plain is left out beside application/json"],
        ),
        (
            ["application/xml"],
            None,
            ["17:5: warning: listPets is left out: the media type application/xml is not supported"],
        ),
    ],
)
def test_one_media_type_is_chosen(media_types: list[str], chosen: str | None, warnings: list[str]) -> None:
    content = ", ".join(f"{each}: {{schema: {{type: string}}}}" for each in media_types)
    api, warned = read_api(f"""\
  /pets:
    get: {{operationId: listPets, responses: {{"200": {{description: ok, content: {{{content}}}}}}}}}
""")
    contents = [answer.content for operation in api.operations for answer in operation.responses]
    assert [each.media_type for each in contents if each] == ([chosen] if chosen else [])
    assert warned == warnings


@pytest.mark.parametrize(
    ("parameter", "reason"),
    [
        ("{name: q, in: query, style: deepObject, schema: {type: string}}", "is not sent in the style form"),
        ("{name: q, in: query, content: {application/json: {schema: {}}}}", "is not sent in the style form"),
        ("{name: q, in: query, explode: false, schema: {type: array}}", "is an array that is not exploded"),
        ("{name: q, in: query, schema: true}", "is neither text, number, boolean nor a list"),
        ("{name: q, in: query, schema: {type: object}}", "is neither text, number, boolean nor a list"),
        ("{name: q, in: query, schema: {oneOf: [{type: boolean}, {type: integer}]}}", "is neither text"),
    ],
)
def test_an_operation_that_is_not_supported_is_left_out_by_name(parameter: str, reason: str) -> None:
    api, warnings = read_api(f"""\
  /pets:
    get: {{operationId: listPets, parameters: [{parameter}], {OK}}}
    put: {{operationId: putPets, {OK}}}
""")
    assert [each.id for each in api.operations] == ["putPets"]
    (warning,) = warnings
    assert warning.startswith("17:5: warning: listPets is left out: the query parameter 'q' ")
    assert reason in warning


@pytest.mark.parametrize(
    ("paths", "warning"),
    [
        (
            f"  /a: {{get: {{operationId: a, parameters: [{{name: c, in: cookie, schema: {{}}}}], {OK}}}}}\n",
            "16:43: warning: the cookie parameter 'c' is not supported and left out",
        ),
        (
            f"  /a: {{get: {{operationId: a, {OK}, callbacks: {{c: {{}}}}}}}}\n",
            "16:69: warning: callbacks are not supported and left out",
        ),
        (
            f"  /a: {{get: {{operationId: a, {OK}}}}}\nwebhooks: {{}}\n",
            None,
        ),
        (
            f"  /a: {{get: {{operationId: a, {OK}}}}}\nwebhooks: {{w: {{}}}}\n",
            "17:1: warning: webhooks are not supported and left out",
        ),
    ],
)
def test_a_part_that_is_not_supported_is_left_out_by_name(paths: str, warning: str | None) -> None:
    api, warnings = read_api(paths)
    assert [each.id for each in api.operations] == ["a"]
    assert warnings == ([warning] if warning else [])
