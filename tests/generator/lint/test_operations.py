"""Each rule on operations and paths reports the fault at its place, and nothing in a similar valid document."""

from __future__ import annotations

from typing import Final

import pytest

from ..support.linting import ERROR, OK, Case, check_case, with_operation, with_paths

ANSWERS: Final = f'responses: {{"200": {OK}, {ERROR}}}'
TEXT: Final = "{application/json: {schema: {type: string}}}"


def with_answers(answers: str) -> str:
    """Return a document whose one operation has `answers`, in line 11."""
    return with_operation(f"responses: {{{answers}}}")


def with_parameter(parameter: str) -> str:
    """Return a document whose one operation has the parameter, in line 11."""
    return with_operation(f"parameters: [{{description: A., {parameter}}}]\n{ANSWERS}")


def with_templates(*operations: str) -> str:
    """Return a document with operations such as `get /a/{b}`, one a line from line 7 on."""
    lines = []
    for index, (method, path) in enumerate(each.split() for each in operations):
        names = [segment.partition("}")[0] for segment in path.split("{")[1:]]
        parameters = ", ".join(
            f"{{name: {name}, in: path, required: true, description: A., schema: {{type: string}}}}"
            for name in names
        )
        lines.append(
            f"{path}: {{{method}: {{operationId: call{index}, summary: Call., parameters: [{parameters}], {ANSWERS}}}}}"
        )
    return with_paths("\n".join(lines))


OPERATIONS: Final = {
    "no success": Case(
        "no-success",
        with_answers(
            "'400': {description: An error., content: {application/json: {schema: "
            + "{$ref: '#/components/schemas/Thing'}}}}"
        ),
        ("11:7 listThings has no success response",),
        with_answers(f"'302': {{description: Elsewhere.}}, '400': {OK}"),
    ),
    "a success without content": Case(
        "empty-success",
        with_answers(f"'200': {{description: Nothing.}}, default: {OK}"),
        ('11:19 the response "200" of listThings has no content',),
        with_answers(f"'204': {{description: Nothing.}}, default: {OK}"),
    ),
    "no error": Case(
        "no-error",
        with_answers(f"'200': {OK}"),
        ("11:7 listThings has no error response",),
        with_answers(f"'200': {OK}, 4XX: {{description: An error.}}"),
    ),
    "a body without a schema": Case(
        "unknown-content",
        with_answers(f"'200': {{description: A., content: {{application/json: {{}}}}}}, default: {OK}"),
        ('11:54 the "application/json" of the response "200" of listThings',),
        with_answers(
            f"'200': {{description: A., content: {{application/json: {{schema: {{}}}}}}}}, default: {OK}"
        ),
    ),
    "different successes": Case(
        "various-successes",
        with_answers(f"'200': {OK}, '201': {{description: A., content: {TEXT}}}, {ERROR}"),
        ("11:127 listThings has different bodies for 200 and 201",),
        with_answers(
            f"'200': {OK}, '201': {OK}, '204': {{description: Nothing.}}, '202': {{$ref: '#/x-a'}}, {ERROR}"
        )
        + f"x-a: {OK}",
    ),
    "a GET with a body": Case(
        "body-of-get",
        with_operation(f"requestBody: {{description: A., content: {TEXT}}}\n{ANSWERS}"),
        ("11:7 listThings is a GET with a request body",),
        with_operation(f"requestBody: {{description: A., content: {TEXT}}}\n{ANSWERS}").replace(
            "get:", "post:"
        ),
    ),
    "an ignored header": Case(
        "idle-header",
        with_parameter("name: accept, in: header, schema: {type: string}"),
        ('11:20 OpenAPI ignores the header parameter "accept"',),
        with_parameter("name: accept, in: query, schema: {type: string}"),
    ),
    "a default of a required parameter": Case(
        "idle-default",
        with_parameter("name: q, in: query, required: true, schema: {type: string, default: a}"),
        ('11:97 the parameter "q" is required and has a default',),
        with_parameter("name: q, in: query, required: false, schema: {type: string, default: a}"),
    ),
    "a page size as number": Case(
        "number-for-integer",
        with_parameter("name: pageSize, in: query, schema: {type: number}"),
        ('11:74 "pageSize" has the type number',),
        with_parameter("name: pageHeight, in: query, schema: {type: number}"),
    ),
}
PATHS: Final = {
    "different parameter names": Case(
        "path-twice",
        with_templates("get /a/{x}", "post /a/{y}"),
        ('8:3 the path "/a/{y}" is identical to "/a/{x}" in line 7, except for parameter names',),
        with_templates("get /a/{x}", "post /b/{y}"),
    ),
    "overlapping paths": Case(
        "crossed-paths",
        with_templates("get /{a}/b", "get /a/{b}"),
        ('8:3 the path "/a/{b}" matches URLs of "/{a}/b", and none is more concrete',),
        with_templates("get /{a}/b", "post /a/{b}"),
    ),
    "overlapping paths of three segments": Case(
        "crossed-paths",
        with_templates("get /a/{b}/c", "get /a/b/{c}"),
        ("8:3 ",),
        with_templates("get /a/{b}/c", "get /b/b/{c}", "get /a/{b}", "get /a/{b}/{c}/d"),
    ),
    "a fixed path": Case(
        "hidden-value",
        with_templates("get /a/{b}", "get /a/b", "get /a/c"),
        ('7:3 some URLs of "/a/{b}" are handled by "/a/b" and "/a/c"',),
        with_templates("get /a/{b}", "post /a/b"),
    ),
    "text around a parameter": Case(
        "hidden-value",
        with_templates("get /a/{b}", "get /a/{b}:stop", "get /b/{a}.txt", "get /b/{a}.png"),
        ('7:3 some URLs of "/a/{b}" are handled by "/a/{b}:stop"',),
        with_templates("get /a/{b}.txt", "get /a/{b}.png", "get /a/.txt"),
    ),
    "text that matches a template": Case(
        "hidden-value",
        with_templates("get /a/x{b}y{c}", "get /a/x1y2"),
        ('7:3 are handled by "/a/x1y2"',),
        with_templates("get /a/x{b}y{c}", "get /a/xy2"),
    ),
    "templates that overlap": Case(
        "crossed-paths",
        with_templates("get /a/x{b}", "get /a/{b}y"),
        ('8:3 the path "/a/{b}y"',),
        with_templates("get /a/x{b}", "get /a/y{b}"),
    ),
}
CASES: Final = {**OPERATIONS, **PATHS}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_rule_reports_the_fault_and_nothing_else(case: Case) -> None:
    check_case(case)
