"""An unsupported part is left out with a warning that has its name and location. Other parts are not affected."""

from __future__ import annotations

import re

import pytest

from ..support.parsing import OK, read_api


@pytest.mark.parametrize(
    ("media_types", "chosen", "warnings"),
    [
        (["application/json"], "application/json", []),
        (["application/problem+json"], "application/problem+json", []),
        (["text/plain"], "text/plain", []),
        (
            ["text/plain", "application/json"],
            "application/json",
            ["17:81: warning: the media type text/plain is omitted: only application/json is used"],
        ),
        (["application/xml"], "application/xml", []),
        (
            ["image/png", "multipart/form-data", "text/csv"],
            "multipart/form-data",
            [
                "17:81: warning: the media type image/png is omitted: only multipart/form-data is used",
                "17:165: warning: the media type text/csv is omitted: only multipart/form-data is used",
            ],
        ),
    ],
)
def test_one_media_type_is_chosen(media_types: list[str], chosen: str, warnings: list[str]) -> None:
    content = ", ".join(f"{each}: {{schema: {{type: string}}}}" for each in media_types)
    api, warned = read_api(f"""\
  /pets:
    get: {{operationId: listPets, responses: {{"200": {{description: ok, content: {{{content}}}}}}}}}
""")
    contents = [answer.content for operation in api.operations for answer in operation.responses]
    assert [each.media_type for each in contents if each] == [chosen]
    assert warned == warnings


UNSUPPORTED = [
    (
        "{name: q, in: query, style: deepObject, schema: {type: string}}",
        "has the style deepObject but is not an object",
    ),
    (
        "{name: q, in: query, content: {text/csv: {schema: {}}}}",
        "is sent as text/csv, but only JSON is supported",
    ),
    (
        "{name: q, in: query, explode: false, schema: {oneOf: [{type: string}, {type: array, items: {}}]}}",
        "is a list or another type, which cannot be distinguished without explode: true",
    ),
    (
        "{name: q, in: query, schema: {type: [array, object]}}",
        "is a list or an object",
    ),
    (
        "{name: q, in: query, schema: {type: array, items: {type: array, items: {type: string}}}}",
        "contains nested lists or objects, which cannot be serialized as strings",
    ),
    (
        "{name: q, in: cookie, schema: {type: array, items: {type: string}}}",
        "is a cookie with explode: true, which OpenAPI does not define",
    ),
]


@pytest.mark.parametrize(("parameter", "reason"), UNSUPPORTED)
def test_an_unsupported_parameter_is_left_out_with_a_warning(parameter: str, reason: str) -> None:
    api, warnings = read_api(f"""\
  /pets:
    get: {{operationId: listPets, parameters: [{parameter}], {OK}}}
""")
    assert [(each.id, each.parameters) for each in api.operations] == [("listPets", ())]
    (warning,) = warnings
    assert re.match(r"17:47: warning: the (query|cookie) parameter 'q' ", warning)
    assert reason in warning


@pytest.mark.parametrize(("parameter", "reason"), UNSUPPORTED)
def test_an_operation_that_requires_an_unsupported_parameter_is_left_out(parameter: str, reason: str) -> None:
    required = parameter.replace("{name: q,", "{name: q, required: true,")
    api, warnings = read_api(f"""\
  /pets:
    get: {{operationId: listPets, parameters: [{required}], {OK}}}
    put: {{operationId: putPets, {OK}}}
""")
    assert [each.id for each in api.operations] == ["putPets"]
    (warning,) = warnings
    assert warning.startswith("17:5: warning: listPets is omitted: the ")
    assert reason in warning


@pytest.mark.parametrize(
    ("paths", "warning"),
    [
        (
            f"  /a: {{get: {{operationId: a, parameters: [{{name: Accept, in: header, schema: {{}}}}], {OK}}}}}\n",
            "16:43: warning: the header parameter 'Accept' is omitted: OpenAPI ignores it",
        ),
        (
            f"  /a: {{get: {{operationId: a, {OK}, callbacks: {{c: {{}}}}}}}}\n",
            "16:69: warning: callbacks are not supported and omitted: c",
        ),
        (
            f"  /a: {{get: {{operationId: a, {OK}}}}}\nwebhooks: {{}}\n",
            None,
        ),
        (
            f"  /a: {{get: {{operationId: a, {OK}}}}}\nwebhooks: {{w: {{}}}}\n",
            "17:1: warning: webhooks are not supported and omitted: w",
        ),
    ],
)
def test_an_unsupported_part_is_left_out_with_a_warning(paths: str, warning: str | None) -> None:
    api, warnings = read_api(paths)
    assert [each.id for each in api.operations] == ["a"]
    assert warnings == ([warning] if warning else [])


def test_allow_reserved_is_ignored_in_a_form() -> None:
    form = (
        "{schema: {type: object, properties: {url: {type: string}}}, encoding: {url: {allowReserved: true}}}"
    )
    _, warned = read_api(f"""\
  /pets:
    post:
      operationId: addPet
      requestBody: {{content: {{application/x-www-form-urlencoded: {form}}}}}
      {OK}
""")
    assert [each.partition(": ")[2] for each in warned] == [
        "warning: allowReserved is not supported in a form: 'url' is sent percent-encoded"
    ]
