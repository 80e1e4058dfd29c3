"""Unions of models: a value that fits none gets the errors of the best match; valid values are unaffected."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from typing import Annotated, Any, Final, Literal, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from orchestrator_v2 import models
from orchestrator_v2._media import InvalidValue, Json
from orchestrator_v2._model import Model
from orchestrator_v2._union import OneOfModels
from pydantic import AwareDatetime, ConfigDict, Field, TypeAdapter, ValidationError, field_validator

from ..support.calling import CannedHandlers, send_request

OPERATORS: Final = "Input should be 'EQ', 'GT', 'GTE', 'LT', 'LTE', 'IN', 'IS_NULL', 'LIKE' or 'BETWEEN'"
NONE: Final = "Input should be a valid LogicalFilter, FieldFilter or NestedFilter"
BAD: Final = {"field": "a", "operator": "NE", "value": 1}

# An invalid filter, and all its error messages.
BROKEN: Final[list[tuple[Any, list[str]]]] = [
    (BAD, [f"operator: {OPERATORS}"]),
    ({"operator": "AND", "filters": [BAD]}, [f"filters.0.operator: {OPERATORS}"]),
    (
        {"operator": "OR", "filters": [{"operator": "NOT", "filters": [{"field": "a", "nested": BAD}, BAD]}]},
        [f"filters.0.filters.0.nested.operator: {OPERATORS}", f"filters.0.filters.1.operator: {OPERATORS}"],
    ),
    ({"field": "a", "nested": {"field": "b", "nested": BAD}}, [f"nested.nested.operator: {OPERATORS}"]),
    ({"field": "a", "operator": "AND", "value": 1}, [f"operator: {OPERATORS}"]),
    (
        {"operator": "XOR", "filters": []},
        ["operator: Input should be 'AND', 'OR' or 'NOT'"],
    ),
    ({"operator": "AND"}, ["filters: Field required"]),
    ({"operator": "EQ", "value": 1}, ["field: Field required"]),
    ({"operator": "EQ", "field": "a", "values": [1]}, ["value: Field required"]),
    ({"field": "a", "nested": 5}, ["nested: Input should be a valid FieldFilter or NestedFilter"]),
    ({"operator": "AND", "filters": [{}]}, [f"filters.0: {NONE}"]),
    ({"state": "ACTIVE"}, [NONE]),
    ([], [NONE]),
    ("state", [NONE]),
]


def list_messages(error: ValidationError) -> list[str]:
    """Return a line for each error, without the model labels in the locations of JSON errors."""
    places = [[str(part) for part in each["loc"] if not str(part).startswith("(")] for each in error.errors()]
    return sorted(
        ": ".join([*filter(None, [".".join(place)]), each["msg"]])
        for place, each in zip(places, error.errors(), strict=True)
    )


@pytest.mark.parametrize(("sent", "problems"), BROKEN)
def test_only_the_errors_of_the_best_match_are_reported(sent: Any, problems: list[str]) -> None:
    adapter = TypeAdapter[models.Filter](models.Filter)
    with pytest.raises(ValidationError) as in_python:
        adapter.validate_python(sent)
    assert list_messages(in_python.value) == problems
    with pytest.raises(ValidationError) as in_json:
        adapter.validate_json(json.dumps(sent))
    assert list_messages(in_json.value) == problems


@pytest.mark.parametrize(("sent", "problems"), BROKEN)
def test_a_model_and_a_body_report_the_same_errors(sent: Any, problems: list[str]) -> None:
    below = ["filters" + (": " if problem == NONE else ".") + problem for problem in problems]
    with pytest.raises(ValidationError) as raised:
        models.SearchRequest(filters=sent)
    places = [".".join(map(str, each["loc"])) for each in raised.value.errors()]
    assert [f"{at}: {each['msg']}" for at, each in zip(places, raised.value.errors(), strict=True)] == below
    with pytest.raises(InvalidValue) as refused:
        Json[models.SearchRequest](models.SearchRequest).decode(
            json.dumps({"filters": sent}).encode(), lenient=False
        )
    assert sorted(str(refused.value).split("; ")) == below


def test_the_server_reports_the_best_match() -> None:
    body = {"filters": {"operator": "AND", "filters": [BAD]}}
    response = send_request(
        CannedHandlers(get_instances=None).app(), "POST", "/v2/workflows/instances", json=body
    )
    assert response.status_code == 400
    assert response.json() == {"message": f"body: filters.filters.0.operator: {OPERATORS}"}


def test_the_json_schema_is_that_of_the_plain_union() -> None:
    schema = TypeAdapter[models.NestedFilter](models.NestedFilter).json_schema()
    nested = schema["$defs"]["NestedFilter"]["properties"]["nested"]
    branches = [{"$ref": "#/$defs/FieldFilter"}, {"$ref": "#/$defs/NestedFilter"}]
    assert nested["anyOf"] == branches


class Cat(Model):
    kind: Literal["cat"]
    born: AwareDatetime | None = None


class Dog(Model):
    kind: Literal["dog"]
    bark: Annotated[str, Field(alias="barkSound")]
    tail: int | None = None


class Fish(Model):
    model_config = ConfigDict(extra="forbid")
    born: AwareDatetime | None = None
    scales: int | None = None

    @field_validator("scales")
    @classmethod
    def check(cls, scales: int | None) -> int | None:
        if scales is not None and scales < 0:
            raise ValueError("scales must be {zero} or more")
        return scales


class Bird(Model):
    born: AwareDatetime | None = None
    wings: int | None = None


ANIMAL: Final[TypeAdapter[Any]] = TypeAdapter(Annotated[Cat | Dog | Fish, OneOfModels()])
# Every object fits Bird, so several models may fit a value.
PLAIN: Final[TypeAdapter[Any]] = TypeAdapter(Cat | Dog | Fish | Bird)
MARKED: Final[TypeAdapter[Any]] = TypeAdapter(Annotated[Cat | Dog | Fish | Bird, OneOfModels()])


@pytest.mark.parametrize(
    ("sent", "problems"),
    [
        # A property with a single allowed value counts more than the others.
        (
            {"kind": "cat", "barkSound": "wuff", "tail": 1, "born": 1.5},
            ["born: Input should be a valid datetime"],
        ),
        ({"kind": "dog", "born": "2026-01-01T00:00:00Z"}, ["barkSound: Field required"]),
        ({"kind": "dog", "bark": "wuff", "tail": "long"}, ["tail: Input should be a valid integer"]),
        ({"scales": -1}, ["scales: Value error, scales must be {zero} or more"]),
    ],
)
def test_custom_unions_report_the_best_match(sent: dict[str, Any], problems: list[str]) -> None:
    with pytest.raises(ValidationError) as raised:
        ANIMAL.validate_python(sent, strict=True)
    assert list_messages(raised.value) == problems


def test_strict_json_accepts_a_datetime_string() -> None:
    sent = b'{"kind": "cat", "born": "2026-01-01T00:00:00Z"}'
    born = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    assert MARKED.validate_json(sent, strict=True) == Cat(kind="cat", born=born)


class Shifted(Model):
    a: Annotated[str, Field(alias="b")]
    b: Annotated[str, Field(alias="c")]


def test_a_name_shared_by_two_attributes_counts_for_both() -> None:
    plain, marked = TypeAdapter[Any](Shifted | Cat), TypeAdapter[Any](Annotated[Shifted | Cat, OneOfModels()])
    expected = Shifted.model_validate({"b": "x", "c": "x"})
    assert plain.validate_json('{"b": "x"}') == marked.validate_json('{"b": "x"}') == expected


texts = st.sampled_from(["a", "AND", "NOT", "EQ", "IN", "NE", "cat", "dog", "2026-01-01T00:00:00Z", ""])
scalars = texts | st.integers(-2, 2) | st.sampled_from([1.0, 1.5, True, False, None])


def objects(names: list[str], inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.dictionaries(st.sampled_from(names), inner, max_size=5)


def almost_valid_filters(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return filters around `inner`, most of which are almost valid."""
    operator = st.sampled_from(["AND", "OR", "NOT", "EQ", "LIKE", "NE"])
    return (
        st.lists(inner, max_size=3)
        | st.fixed_dictionaries({"operator": operator, "filters": st.lists(inner, max_size=3)})
        | st.fixed_dictionaries({"field": texts, "nested": inner}, optional={"operator": operator})
        | st.fixed_dictionaries({"field": texts, "operator": operator}, optional={"value": inner, "b": inner})
        | objects(["field", "operator", "value", "nested", "filters", "more"], inner)
    )


def validate_or_none(validate: Callable[..., Any], sent: object, options: dict[str, Any]) -> str | None:
    """Return the repr of the validated `sent`, which shows types; None if it is rejected."""
    try:
        return repr(validate(sent, **options))
    except ValidationError:
        return None


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(
    objects(["kind", "born", "barkSound", "bark", "tail", "scales", "wings", "more"], scalars), st.booleans()
)
def test_a_marked_union_accepts_the_same_values_as_a_plain_one(sent: object, strict: bool) -> None:
    check_same_result(PLAIN, MARKED, sent, strict)


class NestedFilter(Model):
    field: str
    nested: models.FieldFilter | NestedFilter


class LogicalFilter(Model):
    operator: Literal["AND", "OR", "NOT"]
    filters: list[LogicalFilter | models.FieldFilter | NestedFilter]


PLAIN_FILTER: Final[TypeAdapter[Any]] = TypeAdapter(LogicalFilter | models.FieldFilter | NestedFilter)
FILTER: Final[TypeAdapter[Any]] = TypeAdapter(models.Filter)


@settings(max_examples=500, deadline=None, derandomize=True, database=None)
@given(st.recursive(scalars, almost_valid_filters, max_leaves=10), st.booleans())
def test_the_filter_union_accepts_the_same_values_as_a_plain_one(sent: object, strict: bool) -> None:
    assert len(get_args(get_args(models.Filter.__value__)[0])) == 3
    check_same_result(PLAIN_FILTER, FILTER, sent, strict)


def check_same_result(plain: TypeAdapter[Any], marked: TypeAdapter[Any], sent: object, strict: bool) -> None:
    """Check that both unions give the same result, for Python and JSON input and all settings of names."""
    text = json.dumps(sent)
    for by_name, by_alias in ((True, True), (False, True), (True, False)):
        options: dict[str, Any] = {"strict": strict, "by_name": by_name, "by_alias": by_alias}
        assert validate_or_none(marked.validate_python, sent, options) == validate_or_none(
            plain.validate_python, sent, options
        )
        assert validate_or_none(marked.validate_json, text, options) == validate_or_none(
            plain.validate_json, text, options
        )
