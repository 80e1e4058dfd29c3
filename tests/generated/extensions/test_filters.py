"""The filter builder: its models and JSON, the combination of filters, and errors for misuse."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from orchestrator_v2 import field, models
from orchestrator_v2._media import Json

from ..support.calling import Call, Wire, both_clients

NOON: Final = datetime(2026, 1, 2, 12, tzinfo=UTC)
NAIVE: Final = datetime(2026, 1, 2, 12)
LATER: Final = NOON.replace(tzinfo=timezone(timedelta(hours=-5, minutes=-30)))
BODY: Final = Json[models.SearchRequest](models.SearchRequest)


def compare(name: str, operator: str, value: object) -> dict[str, object]:
    return {"field": name, "operator": operator, "value": value}


A, B, C = (compare(name, "EQ", 1) for name in "abc")
# Built without the filter builder, because they are used to test it.
a, b, c = (models.FieldFilter(field=name, operator="EQ", value=1) for name in "abc")


def send(filters: models.Filter) -> Any:
    """Return the JSON of `filters` as a client sends it, and check that it round-trips."""
    request = models.SearchRequest(filters=filters)
    data = BODY.encode(request)
    assert BODY.decode(data, lenient=False) == request
    return json.loads(data)["filters"]


@pytest.mark.parametrize(
    ("built", "sent"),
    [
        (field("a") == "x", compare("a", "EQ", "x")),
        (field("a") == "", compare("a", "EQ", "")),
        (field("a") == True, compare("a", "EQ", True)),  # noqa: E712
        (field("a") == 1, compare("a", "EQ", 1)),
        (field("a") == 1.5, compare("a", "EQ", 1.5)),
        (field("a") == NOON, compare("a", "EQ", "2026-01-02T12:00:00+00:00")),
        (field("a") == models.ProcessInstanceStatusDTO.ACTIVE, compare("a", "EQ", "ACTIVE")),
        (field("a") > 1, compare("a", "GT", 1)),
        (field("a") >= NOON, compare("a", "GTE", "2026-01-02T12:00:00+00:00")),
        (field("a") < LATER, compare("a", "LT", "2026-01-02T12:00:00-05:30")),
        (field("a") <= 1, compare("a", "LTE", 1)),
        (field("a").in_(["x", 1, 2.5, False]), compare("a", "IN", ["x", 1, 2.5, False])),
        (field("a").in_(each for each in (NOON,)), compare("a", "IN", ["2026-01-02T12:00:00+00:00"])),
        (field("a").in_([]), compare("a", "IN", [])),
        (field("a").like("x*"), compare("a", "LIKE", "x*")),
        (field("a").between(1, 2), compare("a", "BETWEEN", [1, 2])),
        (
            field("a").between(LATER, NOON),
            compare("a", "BETWEEN", ["2026-01-02T12:00:00-05:30", "2026-01-02T12:00:00+00:00"]),
        ),
        (field("a").is_null(), compare("a", "IS_NULL", True)),
        (field("a").is_null(False), compare("a", "IS_NULL", False)),
        (field("a").is_not_null(), compare("a", "IS_NULL", False)),
        # A dot in a name has no special meaning.
        (field("a.b") == 1, compare("a.b", "EQ", 1)),
        (field("v", "a.b") == 1, {"field": "v", "nested": compare("a.b", "EQ", 1)}),
        (
            field("variables", "workflowdata", "name").like("x"),
            {
                "field": "variables",
                "nested": {"field": "workflowdata", "nested": compare("name", "LIKE", "x")},
            },
        ),
        (field("a") != 1, {"operator": "NOT", "filters": [A]}),
        (field("v", "a") != 1, {"operator": "NOT", "filters": [{"field": "v", "nested": A}]}),
        (field("a") == 1, A),
    ],
)
def test_a_comparison_is_a_model_of_the_document(built: models.Filter, sent: object) -> None:
    assert isinstance(built, models.FieldFilter | models.NestedFilter | models.LogicalFilter)
    assert send(built) == sent


@pytest.mark.parametrize(
    ("built", "sent"),
    [
        (a & b, {"operator": "AND", "filters": [A, B]}),
        (a | b, {"operator": "OR", "filters": [A, B]}),
        (~a, {"operator": "NOT", "filters": [A]}),
        # Combinations with the same operator are flattened in order.
        (a & b & c, {"operator": "AND", "filters": [A, B, C]}),
        (a & (b & c), {"operator": "AND", "filters": [A, B, C]}),
        ((a | b) | (c | a), {"operator": "OR", "filters": [A, B, C, A]}),
        (a & b | c, {"operator": "OR", "filters": [{"operator": "AND", "filters": [A, B]}, C]}),
        (a & (b | c), {"operator": "AND", "filters": [A, {"operator": "OR", "filters": [B, C]}]}),
        (
            ~a & ~b,
            {"operator": "AND", "filters": [{"operator": "NOT", "filters": [each]} for each in (A, B)]},
        ),
        (~(a & b), {"operator": "NOT", "filters": [{"operator": "AND", "filters": [A, B]}]}),
        (~~a, A),
        (~~(a & b), {"operator": "AND", "filters": [A, B]}),
        (~~~a, {"operator": "NOT", "filters": [A]}),
        (~(field("a") != 1), A),
        (
            models.NestedFilter(field="v", nested=a) & b,
            {"operator": "AND", "filters": [{"field": "v", "nested": A}, B]},
        ),
        # Combinations whose meaning the document leaves open are not changed.
        (
            models.LogicalFilter(operator="AND", filters=[]) & a,
            {"operator": "AND", "filters": [{"operator": "AND", "filters": []}, A]},
        ),
        (
            ~models.LogicalFilter(operator="NOT", filters=[a, b]),
            {"operator": "NOT", "filters": [{"operator": "NOT", "filters": [A, B]}]},
        ),
        (
            models.LogicalFilter.model_validate({"operator": "AND", "filters": [a, b], "note": "n"}) & c,
            {"operator": "AND", "filters": [{"operator": "AND", "filters": [A, B], "note": "n"}, C]},
        ),
    ],
)
def test_filters_are_combined(built: models.Filter, sent: object) -> None:
    assert send(built) == sent


def test_combining_does_not_modify_the_operands() -> None:
    both = a & b
    before = both.model_copy(deep=True)
    assert both & c != both
    assert ~both != both
    assert both == before


@both_clients
def test_the_client_sends_filters_as_json(call: Call) -> None:
    filters = (
        (field("state") == "ACTIVE")
        & field("start").between(NOON, LATER)
        & ~field("processName").like("test*")
    )
    wire = Wire(json={})
    call(wire, "get_instances", {"body": models.SearchRequest(filters=filters)})
    moments = ["2026-01-02T12:00:00+00:00", "2026-01-02T12:00:00-05:30"]
    assert json.loads(wire.request.content) == {
        "filters": {
            "operator": "AND",
            "filters": [
                compare("state", "EQ", "ACTIVE"),
                compare("start", "BETWEEN", moments),
                {"operator": "NOT", "filters": [compare("processName", "LIKE", "test*")]},
            ],
        }
    }


PARENTHESES: Final = "is not a filter; put each comparison in parentheses"
ZONE: Final = "2026-01-02T12:00:00 has no time zone: add one, as in "


@pytest.mark.parametrize(
    ("build", "kind", "message"),
    [
        (lambda: a and b, TypeError, r"write \(a\) & \(b\), .* instead of and, or and not"),
        (lambda: not a, TypeError, "a filter has no truth value"),
        (lambda: 1 < field("a") < 3, TypeError, r"field\(\.\.\.\)\.between\(low, high\) instead of low <="),
        (lambda: field("a") == 1 & field("b") == 2, TypeError, PARENTHESES),  # type: ignore[operator]
        (lambda: a & field("b"), TypeError, PARENTHESES),
        (lambda: field("b") | a, TypeError, PARENTHESES),
        (lambda: ~field("b"), TypeError, PARENTHESES),
        (lambda: bool(field("b")), TypeError, r"field\('b'\) is not a filter: compare it with a value, as in field"),
        (lambda: hash(field("b")), TypeError, "unhashable type"),
        (lambda: a & 1, TypeError, "a filter can only be combined with a filter, got int"),
        (lambda: a | None, TypeError, "a filter can only be combined with a filter, got NoneType"),
        (lambda: field("a") == a, TypeError, "got FieldFilter; put each comparison in parentheses"),
        (lambda: field("a") == NAIVE, ValueError, ZONE),
        (lambda: field("a").in_([NOON, NAIVE]), ValueError, ZONE),
        (lambda: field("a").between(NOON, NAIVE), ValueError, ZONE),
        (lambda: field("a") > date(2026, 1, 2), TypeError, "got date; use a datetime with a time zone"),
        (lambda: field("a") == None, TypeError, r"got NoneType; use is_null\(\) to match"),  # noqa: E711
        (lambda: field("a") == ["x"], TypeError, r"got list; use in_\(\.\.\.\) for several values"),
        (lambda: field("a").in_("xy"), TypeError, r"a list of values, got one string: write in_\(\['xy'\]\)"),
        (lambda: field("a").like(5), TypeError, "like takes a pattern as a str, got int"),
        (lambda: field("a") == object(), TypeError, "a str, number, bool or datetime, got object"),
    ],
)  # fmt: skip
def test_misuse_raises_an_error_with_a_hint(
    build: Callable[[], object], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind, match=message):
        build()


def test_fields_have_a_repr_and_filters_behave_as_models() -> None:
    assert repr(field("variables", "a")) == "field('variables', 'a')"
    filters = (field("a") == 1) & (field("v", "b") == 2)
    assert pickle.loads(pickle.dumps(filters)) == copy.deepcopy(filters) == filters
    assert filters in [filters]
    assert models.SearchRequest(filters=filters) == models.SearchRequest.model_validate(
        {"filters": filters.model_dump()}
    )


values = st.text(max_size=3) | st.integers() | st.booleans() | st.datetimes(timezones=st.just(UTC))
comparisons: st.SearchStrategy[models.Filter] = st.builds(
    lambda path, value, method: getattr(field(*path), method)(value),
    st.lists(st.text(), min_size=1, max_size=3),
    values,
    st.sampled_from(["__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"]),
)
built_filters: st.SearchStrategy[models.Filter] = st.recursive(
    comparisons,
    lambda inner: st.builds(
        lambda first, second, how: [first & second, first | second, ~first][how],
        inner,
        inner,
        st.integers(0, 2),
    ),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(built_filters, built_filters)
def test_built_filters_round_trip_and_are_flat(first: models.Filter, second: models.Filter) -> None:
    both = first & second
    assert send(both)["operator"] == "AND"
    assert ~~both == both
    # A combination contains no combination with the same operator.
    assert [each for each in both.filters if getattr(each, "operator", "") == "AND"] == []
    for each in (first, second):
        if getattr(each, "operator", "") != "AND":
            assert each in both.filters


# Each line with the code of the error that mypy must report there, if any.
TYPED: Final = [
    ("from typing import assert_type", ""),
    ("from orchestrator_v2 import field, models", ""),
    ('assert_type(field("a") == 1, models.FieldFilter)', ""),
    ('assert_type(field("a", "b").in_([1, "x"]), models.NestedFilter)', ""),
    ('assert_type(field("a") != 1, models.LogicalFilter)', ""),
    ('assert_type((field("a") == 1) & field("b").is_null(), models.LogicalFilter)', ""),
    ('models.SearchRequest(filters=~(field("a") == 1) | (field("a", "b") < 2))', ""),
    ('field("a") > None', "operator"),
    ('field("a").like(1)', "arg-type"),
    ('(field("a") == 1) & 1', "operator"),
    ('(field("a") == 1) & field("b")', "operator"),
    ("field()", "call-overload"),
]


@pytest.mark.slow
def test_filters_type_check(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text("".join(f"{line}\n" for line, _ in TYPED))
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-pretty"]
    done = subprocess.run(
        [*command, f"--cache-dir={tmp_path}", str(program)], capture_output=True, text=True, check=False
    )
    found = [line for line in done.stdout.splitlines() if ": error: " in line]
    expected = [(number, code) for number, (_, code) in enumerate(TYPED, 1) if code]
    assert [(int(line.split(":")[1]), line.rpartition("[")[2].rstrip("]")) for line in found] == expected
