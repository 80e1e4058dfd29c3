"""Python names for operations, parameters, schemas and properties, and the order in which paths are matched."""

from __future__ import annotations

import subprocess
import sys
from keyword import iskeyword
from pathlib import Path
from typing import Final

import pytest
from orchestrator_codegen.api.ir import Operation
from orchestrator_codegen.api.python_names import (
    name_argument,
    name_arguments,
    name_class,
    name_classes,
    name_methods,
)
from orchestrator_codegen.document.diagnostics import Location
from orchestrator_codegen.emit.operations.path_precedence import sort_by_precedence
from orchestrator_codegen.output import write_package
from orchestrator_codegen.pipeline import generate_package

from ..support.documents import HEAD, write_document


@pytest.mark.parametrize(
    ("name", "argument", "class_name"),
    [
        ("getWorkflowById", "get_workflow_by_id", "GetWorkflowById"),
        ("getHTTPServerById", "get_http_server_by_id", "GetHTTPServerById"),
        ("WorkflowOverviewDTO", "workflow_overview_dto", "WorkflowOverviewDTO"),
        ("orderBy", "order_by", "OrderBy"),
        ("userID", "user_id", "UserID"),
        ("x1Y2", "x1_y2", "X1Y2"),
        ("X-Trace-Id", "x_trace_id", "XTraceId"),
        ("page[size]", "page_size", "PageSize"),
        ("a.b__c", "a_b_c", "ABC"),
        ("2fa", "value_2fa", "Schema2fa"),
        ("!", "value", "Schema"),
        ("搜索", "搜索", "搜索"),
        # Keywords, and names that would shadow a builtin.
        ("class", "class_", "Class"),
        ("self", "self_", "Self"),
        ("body", "body_", "Body"),
        ("list", "list_", "List"),
        ("type", "type_", "Type"),
        # These shadow builtins that no generated method calls.
        ("id", "id", "Id"),
        ("filter", "filter", "Filter"),
        ("format", "format", "Format"),
    ],
)
def test_a_name_becomes_an_argument_and_a_class(name: str, argument: str, class_name: str) -> None:
    assert name_argument(name) == argument
    assert name_class(name) == class_name
    assert argument.isidentifier()
    assert class_name.isidentifier()


@pytest.mark.parametrize(
    ("operation_ids", "methods"),
    [
        (["getA", "getB"], ["get_a", "get_b"]),
        (["getA", "get-a", "GetA"], ["get_a", "get_a_", "get_a__"]),
        # An id that is already a valid name keeps it.
        (["getA", "get_a"], ["get_a_", "get_a"]),
        (["close", "aclose"], ["close_", "aclose_"]),
        (["import", "import_"], ["import__", "import_"]),
    ],
)
def test_method_names_are_unique(operation_ids: list[str], methods: list[str]) -> None:
    assert [name_methods(operation_ids)[each] for each in operation_ids] == methods


@pytest.mark.parametrize(
    ("parameters", "arguments"),
    [
        (["a-b", "a_b", "a.b"], ["a_b_", "a_b", "a_b__"]),
        (["self", "body"], ["self_", "body_"]),
        (["close"], ["close"]),
    ],
)
def test_argument_names_are_unique(parameters: list[str], arguments: list[str]) -> None:
    named = name_arguments(("query", each) for each in parameters)
    assert [named["query", each] for each in parameters] == arguments


@pytest.mark.parametrize(
    ("schemas", "kept"),
    [
        (["Pet", "Dog"], ["Pet", "Dog"]),
        (["foo-bar", "FooBar", "foo_bar"], ["FooBar"]),
        (["Model", "Any", "Literal"], []),
        (["None", "True"], []),
    ],
)
def test_class_names_are_unique(schemas: list[str], kept: list[str]) -> None:
    classes = name_classes(schemas)
    assert [name for name in schemas if classes[name] == name] == kept
    assert len(set(classes.values())) == len(schemas)
    assert [each for each in classes.values() if not each.isidentifier() or iskeyword(each)] == []


@pytest.mark.parametrize(
    ("document_order", "matching_order"),
    [
        (["/pets/{id}", "/pets/mine"], ["/pets/mine", "/pets/{id}"]),
        (["/pets/mine", "/pets/{id}"], ["/pets/mine", "/pets/{id}"]),
        (["/{kind}/mine", "/pets/{id}"], ["/pets/{id}", "/{kind}/mine"]),
        (["/a/{b}", "/a/x{b}", "/a/b"], ["/a/b", "/a/x{b}", "/a/{b}"]),
        (["/{a}/{b}", "/{a}/b", "/a/{b}", "/a/b"], ["/a/b", "/a/{b}", "/{a}/b", "/{a}/{b}"]),
        (["/a/{b}", "/a/{b},{c}"], ["/a/{b},{c}", "/a/{b}"]),
        # Paths of the same shape stay in document order.
        (["/b", "/a"], ["/b", "/a"]),
        (["/b/{x}", "/a/{y}"], ["/b/{x}", "/a/{y}"]),
        (
            ["/v2/workflows/{workflowId}/overview", "/v2/workflows/overview", "/v2/workflows/{workflowId}"],
            ["/v2/workflows/overview", "/v2/workflows/{workflowId}", "/v2/workflows/{workflowId}/overview"],
        ),
    ],
)
def test_literal_paths_are_matched_before_templates(
    document_order: list[str], matching_order: list[str]
) -> None:
    operations = [
        Operation(path, "GET", path, "", "", (), None, (), Location("spec.yaml")) for path in document_order
    ]
    assert [each.path for each in sort_by_precedence(operations)] == matching_order


GET: Final = '{responses: {"200": {description: ok}}, operationId: '
HOSTILE: Final = {
    "operations": f"paths:\n  /a: {{get: {GET}class}}, put: {GET}close}}, post: {GET}'!'}}, patch: {GET}搜索}}}}\n",
    "operations that share a name": f"paths:\n  /a: {{get: {GET}getA}}, put: {GET}get-a}}, post: {GET}get_a}}}}\n",
    "parameters that share a name": f"""\
paths:
  /a/{{id}}:
    get: {GET}getA, parameters: [
      {{name: id, in: path, required: true, schema: {{type: string}}}},
      {{name: id, in: query, schema: {{type: string}}}},
      {{name: Id, in: header, schema: {{type: string}}}}]}}
""",
    "quotes": f"""paths:\n  "/a'\\"\\\\": {{get: {GET}"a'\\"\\\\", description: 'a \\ and \"\"\"'}}}}\n""",
    "schemas that share a name": "    Foo-Bar: {type: object}\n    FooBar: {type: object}\npaths: {}\n",
    "a schema called Model": "    Model: {type: object, properties: {a: {type: string}}}\npaths: {}\n",
    "a schema called None": "    None: {type: object, properties: {a: {type: string}}}\npaths: {}\n",
    "a schema with the name of an import": """\
    AwareDatetime: {type: string, format: date-time}
    Cat: {type: object, properties: {born: {type: string, format: date-time}}}
paths: {}
""",
    "properties": """\
    Cat:
      type: object
      properties: {class: {type: string}, model_config: {type: string}, copy: {type: string}, a-b: {type: string},
        a_b: {type: string}, _c: {type: string}, '1': {type: string}, self: {type: string}, model_extra: {type: string}}
paths: {}
""",
}


@pytest.mark.parametrize("document", HOSTILE.values(), ids=HOSTILE)
def test_a_package_with_colliding_or_reserved_names_imports(tmp_path: Path, document: str) -> None:
    package = generate_package(write_document(tmp_path, HEAD + document))
    assert package.warnings == ()
    write_package(package.files, tmp_path / "pets")
    program = "import pets, pets.models, pets.client, pets.server"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
