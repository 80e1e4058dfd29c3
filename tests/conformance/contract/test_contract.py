"""Reading an OpenAPI document."""

from __future__ import annotations

from pathlib import Path

import pytest
from orchestrator_conformance.contract.contract import UnusableDocument, load_contract, read_contract

CONTRACT = load_contract()


@pytest.mark.parametrize(
    ("method", "path", "operation_id", "parameters"),
    [
        ("GET", "/v2/workflows/instances/statuses", "getWorkflowStatuses", {}),
        ("GET", "/v2/workflows/instances/abc", "getInstanceById", {"instanceId": "abc"}),
        ("GET", "/v2/workflows/instances/abc?x=/", "getInstanceById", {"instanceId": "abc"}),
        ("GET", "/v2/workflows/instances/a%2Fb", "getInstanceById", {"instanceId": "a/b"}),
        ("post", "/v2/workflows/overview", "getWorkflowsOverview", {}),
        ("GET", "/v2/workflows/overview/overview", "getWorkflowOverviewById", {"workflowId": "overview"}),
        ("DELETE", "/v2/workflows/instances/abc/abort", "abortWorkflow", {"instanceId": "abc"}),
    ],
)
def test_a_request_resolves_to_its_operation(
    method: str, path: str, operation_id: str, parameters: dict[str, str]
) -> None:
    found = CONTRACT.find_operation(method, path)
    assert found is not None
    assert (found[0].id, found[1]) == (operation_id, parameters)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/v2/workflows/overview"),
        ("GET", "/v2"),
        ("GET", "/v2/workflows/instances//logs"),
        ("GET", ""),
    ],
)
def test_a_request_for_an_undocumented_operation_resolves_to_none(method: str, path: str) -> None:
    assert CONTRACT.find_operation(method, path) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: b: c", "spec.yaml:1:5: invalid YAML"),
        ("- 1", "not an OpenAPI 3 document"),
        ("swagger: '2.0'", "not an OpenAPI 3 document"),
        ("openapi: 3.1.0", "the document has no operations"),
        ("openapi: 3.1.0\npaths: {/a: {get: {responses: {}}}}", "GET /a has no operationId"),
    ],
)
def test_an_unusable_document_is_an_error(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(text)
    with pytest.raises(UnusableDocument) as raised:
        load_contract(path)
    assert message in str(raised.value)
    assert str(path) in str(raised.value)


def test_the_message_about_a_missing_document_names_it(tmp_path: Path) -> None:
    with pytest.raises(UnusableDocument, match=r"none\.yaml: cannot be read: No such file"):
        load_contract(tmp_path / "none.yaml")


def test_a_document_that_is_not_utf_8_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_bytes(b"openapi: \xff")
    with pytest.raises(UnusableDocument, match="not valid UTF-8"):
        load_contract(path)


def test_a_parameter_of_the_operation_overrides_the_one_of_the_path() -> None:
    contract = read_contract(
        """
openapi: 3.1.0
paths:
  /a/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {$ref: "#/components/parameters/q"}
    get:
      operationId: readA
      parameters: [{name: q, in: query, schema: {type: integer}}]
      responses: {"2XX": {description: ok}, default: {description: no}}
components: {parameters: {q: {name: q, in: query, schema: {type: string}}}}
""",
        "here",
    )
    operation = contract.operations["readA"]
    assert [each["schema"]["type"] for each in operation.parameters] == ["string", "integer"]
    assert operation.find_answer(204) == ()
    assert operation.find_answer(404) == ()


def test_a_pointer_resolves_to_an_existing_value_only() -> None:
    assert CONTRACT.resolves("/paths/~1v2~1workflows~1overview/post/responses/200")
    assert not CONTRACT.resolves("/paths/~1v3~1workflows~1overview/post")
