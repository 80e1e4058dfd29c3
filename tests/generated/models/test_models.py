"""The models and the schemas of the document: names, unknown fields, validation, secrets and recursion."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from importlib.resources import files
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from orchestrator_v2 import _model, models
from orchestrator_v2._media import Json
from orchestrator_v2._model import Model
from pydantic import TypeAdapter, ValidationError
from rich.pretty import pretty_repr

from ..support.calling import Call, CannedHandlers, Wire, both_clients, send_request
from ..support.document import DOCUMENT, SCHEMAS

FILTER: TypeAdapter[models.Filter] = TypeAdapter(models.Filter)
OBJECTS = [name for name, schema in SCHEMAS.items() if "properties" in schema or "allOf" in schema]
CLOSED = [name for name, schema in SCHEMAS.items() if schema.get("additionalProperties") is False]
SECRET = "hunter2"


def find_model(name: str) -> type[Model]:
    found: type[Model] = getattr(models, name)
    assert issubclass(found, Model)
    return found


def merge(schema: dict[str, Any]) -> dict[str, Any]:
    """Return `properties` and `required` of an object schema, including those of its `allOf`."""
    if "$ref" in schema:
        return merge(SCHEMAS[schema["$ref"].rpartition("/")[2]])
    parts = [merge(part) for part in schema.get("allOf", [])]
    properties = [part["properties"] for part in parts] + [schema.get("properties", {})]
    required = [part["required"] for part in parts] + [schema.get("required", [])]
    return {
        "properties": {name: each for part in properties for name, each in part.items()},
        "required": [name for part in required for name in part],
    }


def test_every_schema_is_exported_under_its_own_name() -> None:
    document = yaml.safe_load((files("orchestrator_v2") / "openapi.yaml").read_text(encoding="utf-8"))
    assert document == {key: value for key, value in DOCUMENT.items() if key != "x-generated"}
    inline = {
        "GetWorkflowsOverviewForEntityRequest",
        "WorkflowResultDTONextWorkflow",
        "WorkflowResultDTOOutput",
    }
    assert set(models.__all__) == set(document["components"]["schemas"]) | inline
    assert models.__all__ == sorted(models.__all__)
    assert all(hasattr(models, name) for name in models.__all__)


@pytest.mark.parametrize("name", OBJECTS)
def test_attributes_are_snake_case_and_wire_names_are_aliases(name: str) -> None:
    fields = find_model(name).model_fields
    merged = merge(SCHEMAS[name])
    assert {field.alias or attribute for attribute, field in fields.items()} == set(merged["properties"])
    assert all(re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", attribute) for attribute in fields)
    required = {field.alias or attribute for attribute, field in fields.items() if field.is_required()}
    assert required == set(merged["required"])


@pytest.mark.parametrize("name", [name for name, schema in SCHEMAS.items() if "enum" in schema])
def test_a_named_enum_is_a_str_enum(name: str) -> None:
    enum: type[StrEnum] = getattr(models, name)
    assert issubclass(enum, StrEnum)
    assert [str(member) for member in enum] == SCHEMAS[name]["enum"]


def test_a_model_accepts_both_names_and_serializes_the_wire_name() -> None:
    by_attribute = models.ProcessInstanceErrorDTO(typename="Error", node_definition_id="n")
    sent = {"__typename": "Error", "nodeDefinitionId": "n"}
    assert models.ProcessInstanceErrorDTO.model_validate(sent) == by_attribute
    assert by_attribute.model_dump(exclude_unset=True) == sent
    assert models.NodeInstanceDTO(id="n").typename == "NodeInstance"


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("ErrorResponse", {"message": "no", "trace": {"id": "t-1", "spans": [1, None, 2.5]}}),
        ("NodeInstanceDTO", {"__typename": "Step", "id": "n", "__kind": "join", "node_type": "a"}),
        ("ProcessInstanceDTO", {"id": "i", "processId": "p", "nodes": [{"id": "n", "x-y": 1}], "": True}),
        ("WorkflowDataDTO", {"result": {"message": "m", "more": []}, "name": "Ada", "age": None}),
        ("WorkflowOverviewDTO", {"workflowId": "w", "format": "yaml", "model_fields": 1, "copy": "c"}),
        ("SearchRequest", {"filters": {"field": "a", "operator": "EQ", "value": 1, "note": "n"}, "page": 2}),
        ("WorkflowProgressDTO", {"id": "n", "status": "ERROR", "error": {"nodeDefinitionId": "n", "at": 1}}),
    ],
)
def test_unknown_fields_round_trip(name: str, sent: dict[str, Any]) -> None:
    model = find_model(name).model_validate_json(json.dumps(sent))
    assert json.loads(model.model_dump_json(exclude_unset=True)) == sent


@pytest.mark.parametrize("name", CLOSED)
def test_a_closed_schema_rejects_unknown_fields(name: str) -> None:
    assert sorted(CLOSED) == ["AuthToken", "PaginationInfoDTO"]
    known = dict.fromkeys(merge(SCHEMAS[name])["required"], "a")
    find_model(name).model_validate(known)
    with pytest.raises(ValidationError, match="surplus\n  Extra inputs are not permitted"):
        find_model(name).model_validate({**known, "surplus": 1})


@pytest.mark.parametrize(
    ("name", "sent", "where"),
    [
        ("FieldFilter", {"field": "a", "operator": "NE", "value": 1}, "operator"),
        ("FieldFilter", {"field": "a", "operator": "EQ", "value": {}}, "value"),
        ("LogicalFilter", {"operator": "AND", "filters": [{}]}, "filters.0"),
        ("PaginationInfoDTO", {"orderDirection": "asc"}, "orderDirection"),
        ("PaginationInfoDTO", {"pageSize": "5"}, "pageSize"),
        ("WorkflowOverviewDTO", {"workflowId": "", "format": "yaml"}, "workflowId"),
        (
            "WorkflowOverviewDTO",
            {"workflowId": "w", "format": "yaml", "lastTriggeredMs": -1},
            "lastTriggeredMs",
        ),
        ("ProcessInstanceDTO", {"id": "i", "processId": "p", "nodes": [], "state": "active"}, "state"),
    ],
)
def test_a_value_that_violates_the_schema_is_rejected(name: str, sent: dict[str, Any], where: str) -> None:
    with pytest.raises(ValidationError) as raised:
        find_model(name).model_validate_json(json.dumps(sent), strict=True, context=_model.CLOSED)
    places = {".".join(str(part) for part in error["loc"]) for error in raised.value.errors()}
    assert any(place.startswith(where) for place in places)


@pytest.mark.parametrize("text", ["5", "5.0", "5e0"])
def test_a_whole_number_is_an_integer_in_any_notation(text: str) -> None:
    # JSON Schema compares numbers by value.
    body = Json[models.ProcessInstanceListResultDTO](models.ProcessInstanceListResultDTO)
    parsed = body.decode(f'{{"totalCount": {text}}}'.encode(), lenient=False)
    assert parsed.total_count == 5
    assert isinstance(parsed.total_count, int)


def test_a_filter_is_recursive() -> None:
    sent = {
        "operator": "NOT",
        "filters": [
            {
                "operator": "OR",
                "filters": [
                    {"field": "state", "operator": "IN", "value": ["ACTIVE", 1, 2.5, True]},
                    {
                        "field": "variables",
                        "nested": {
                            "field": "workflowdata",
                            "nested": {"field": "name", "operator": "EQ", "value": "A"},
                        },
                    },
                ],
            }
        ],
    }
    within = models.NestedFilter(
        field="workflowdata", nested=models.FieldFilter(field="name", operator="EQ", value="A")
    )
    built = models.LogicalFilter(
        operator="NOT",
        filters=[
            models.LogicalFilter(
                operator="OR",
                filters=[
                    models.FieldFilter(field="state", operator="IN", value=["ACTIVE", 1, 2.5, True]),
                    models.NestedFilter(field="variables", nested=within),
                ],
            )
        ],
    )
    assert FILTER.validate_json(json.dumps(sent), strict=True) == built
    assert json.loads(FILTER.dump_json(built)) == sent
    union, *_ = get_args(models.Filter.__value__)
    assert set(get_args(union)) >= {models.FieldFilter, models.NestedFilter}


scalars = st.text() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.booleans()
field_filters = st.builds(
    models.FieldFilter,
    field=st.text(),
    operator=st.sampled_from(get_args(models.FieldFilter.model_fields["operator"].annotation)),
    value=scalars | st.lists(scalars),
)
nested_filters = st.recursive(
    field_filters, lambda inner: st.builds(models.NestedFilter, field=st.text(), nested=inner), max_leaves=4
)
filters = st.recursive(
    nested_filters,
    lambda inner: st.builds(
        models.LogicalFilter, operator=st.sampled_from(["AND", "OR", "NOT"]), filters=st.lists(inner)
    ),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(filters)
def test_filters_round_trip(sent: models.Filter) -> None:
    data = FILTER.dump_json(sent, exclude_unset=True)
    received = FILTER.validate_json(data, strict=True)
    assert received == sent
    # 1, 1.0 and True are equal in Python but different in JSON.
    assert FILTER.dump_json(received, exclude_unset=True) == data


@both_clients
def test_none_is_omitted_from_a_request(call: Call) -> None:
    body = models.SearchRequest(
        filters=None, pagination_info=models.PaginationInfoDTO(page_size=5, offset=None, order_by=None)
    )
    wire = Wire(json={})
    call(wire, "get_instances", {"body": body})
    assert json.loads(wire.request.content) == {"paginationInfo": {"pageSize": 5}}


def test_none_is_omitted_from_a_response_and_kept_in_the_model() -> None:
    node = models.NodeInstanceDTO(id="n", name=None, exit=None)
    data = models.WorkflowDataDTO.model_validate({"result": None, "name": None})
    instance = models.ProcessInstanceDTO(
        id="i", process_id="p", end=None, nodes=[node], workflowdata=data, error=None
    )
    answer = models.ProcessInstanceListResultDTO(items=[instance], total_count=None)
    response = send_request(CannedHandlers(get_instances=answer).app(), "POST", "/v2/workflows/instances")
    assert response.json() == {
        "items": [{"id": "i", "processId": "p", "nodes": [{"id": "n"}], "workflowdata": {"name": None}}]
    }
    assert node.model_fields_set == {"id", "name", "exit"}
    assert answer.model_fields_set == {"items", "total_count"}


@pytest.mark.parametrize(
    "model",
    [
        models.AuthToken(provider="github", token=SECRET),
        models.ExecuteWorkflowRequestDTO(auth_tokens=[models.AuthToken(provider="github", token=SECRET)]),
        models.RetriggerInstanceRequestDTO(auth_tokens=[models.AuthToken(provider="github", token=SECRET)]),
    ],
    ids=lambda model: type(model).__name__,
)
def test_a_model_shows_its_token_only_in_json(model: Model) -> None:
    shown = [repr(model), str(model), f"{model}", repr([model]), pretty_repr(model)]
    assert [text for text in shown if SECRET in text or "github" not in text] == []
    assert SECRET in model.model_dump_json()
