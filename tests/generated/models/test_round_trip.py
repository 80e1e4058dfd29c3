"""Round trips of every model: JSON that matches the schema is serialized again unchanged, including number types."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from orchestrator_v2 import UnknownValue, models
from orchestrator_v2._media import InvalidValue, Json
from orchestrator_v2._model import Model

from ..support.drawing import ALL, NULL, document_of, drop_nulls, write_nulls

NAMES = sorted(ALL)
every_model = pytest.mark.parametrize("name", NAMES)
few = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


def write(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def canonical_json(document: Any) -> str:
    """Return JSON with sorted keys, in which 1, 1.0 and true differ."""
    return json.dumps(document, sort_keys=True)


def round_trip(name: str, document: Any, *, lenient: bool) -> Any:
    json_of: Json[Any] = Json(getattr(models, name))
    return json.loads(json_of.encode(json_of.decode(write(document), lenient=lenient)))


def test_every_model_has_a_strategy() -> None:
    assert models.__all__ == NAMES


@every_model
@few
@given(data=st.data())
def test_valid_documents_round_trip(name: str, data: st.DataObject) -> None:
    document = data.draw(document_of(name))
    for lenient in (True, False):
        assert canonical_json(round_trip(name, document, lenient=lenient)) == canonical_json(document)


@every_model
@few
@given(data=st.data())
def test_nulls_count_as_absent_and_unknown_values_round_trip(name: str, data: st.DataObject) -> None:
    document = data.draw(document_of(name, nulls=True, unknown=True))
    sent, expected = write(write_nulls(document)), canonical_json(drop_nulls(document))
    json_of: Json[Any] = Json(getattr(models, name))
    found = json_of.decode(sent, lenient=True)
    assert canonical_json(json.loads(json_of.encode(found))) == expected
    assert found == json_of.decode(sent, lenient=True)
    if isinstance(found, Model):
        assert canonical_json(json.loads(json_of.encode(found.model_copy(deep=True)))) == expected
    if has_null(document):
        with pytest.raises(InvalidValue):
            json_of.decode(sent, lenient=False)


def has_null(document: Any) -> bool:
    parts = (
        document.values() if isinstance(document, dict) else document if isinstance(document, list) else []
    )
    return document is NULL or any(has_null(each) for each in parts)


NUMBERS = [
    0,
    -0.0,
    1,
    1.0,
    -1,
    0.1,
    1e16,
    1e-7,
    5e-324,
    1.7976931348623157e308,
    2**53 + 1,
    2**63,
    2**64,
    -(2**70),
    10**400,
]


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: str(number)[:12])
@pytest.mark.parametrize("lenient", [True, False])
def test_numbers_keep_their_value_and_type(number: float, lenient: bool) -> None:
    page = {"pageSize": number}
    assert canonical_json(round_trip("PaginationInfoDTO", page, lenient=lenient)) == canonical_json(page)
    listed = {"field": "a", "operator": "IN", "value": [number, str(number), True]}
    assert canonical_json(round_trip("Filter", listed, lenient=lenient)) == canonical_json(listed)
    logs = {"logs": [number, {"at": number}], "surplus": number}
    assert canonical_json(round_trip("WorkflowLogsResponse", logs, lenient=lenient)) == canonical_json(logs)


@pytest.mark.parametrize("depth", [1, 50, 60])
def test_deeply_nested_documents_round_trip(depth: int) -> None:
    condition: dict[str, Any] = {"field": "a", "operator": "EQ", "value": 1}
    data: Any = None
    for _ in range(depth):
        condition = {"operator": "NOT", "filters": [condition]}
        data = [{"in": data}]
    assert round_trip("Filter", condition, lenient=False) == condition
    assert round_trip("WorkflowLogsResponse", {"logs": data}, lenient=False) == {"logs": data}


@pytest.mark.parametrize("depth", [300, 5000, 100_000])
@pytest.mark.parametrize("lenient", [True, False])
def test_too_deeply_nested_documents_are_rejected(depth: int, lenient: bool) -> None:
    for text in (
        f'{{"logs": {"[" * depth}{"]" * depth}}}',
        f'{{"logs": [], "surplus": {"[" * depth}{"]" * depth}}}',
        f'{{"logs": [NaN, {"[" * depth}{"]" * depth}]}}',
    ):
        with pytest.raises(InvalidValue, match="Invalid JSON"):
            Json[models.WorkflowLogsResponse](models.WorkflowLogsResponse).decode(
                text.encode(), lenient=lenient
            )


def test_unknown_and_documented_values_are_distinguished() -> None:
    json_of = Json[models.WorkflowOverviewDTO](models.WorkflowOverviewDTO)
    document = {"workflowId": "w", "format": "toml", "lastRunStatus": "ERROR"}
    found = json_of.decode(write(document), lenient=True)
    assert isinstance(found.format, UnknownValue)
    assert found.last_run_status is models.ProcessInstanceStatusDTO.ERROR
    with pytest.raises(InvalidValue, match="format: "):
        json_of.decode(write(document), lenient=False)
