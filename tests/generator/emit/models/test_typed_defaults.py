"""The default of a field is a value of the field's type."""

from __future__ import annotations

import datetime
import ipaddress
import uuid
from pathlib import Path
from typing import Any, Final

import pytest

from ...support.documents import HEAD
from ...support.running import imported

PROPERTIES: Final = """
        at: {type: string, format: date-time, default: "2026-01-02T03:04:05Z"}
        at-zone: {type: string, format: date-time, default: "2026-01-02T03:04:05+01:00"}
        date: {type: string, format: date, default: "2026-01-02"}
        time: {type: string, format: time, default: "03:04:05Z"}
        key: {type: string, format: uuid, default: "00000000-0000-0000-0000-000000000001"}
        v4: {type: string, format: ipv4, default: "127.0.0.1"}
        v6: {type: string, format: ipv6, default: "::1"}
        null-at: {type: [string, "null"], format: date-time, default: "2026-01-02T03:04:05Z"}
        text: {type: string, default: "2026-01-02"}
        uri: {type: string, format: uri, default: "http://a.example"}
        either: {anyOf: [{type: string, format: date}, {type: integer}], default: "2026-01-02"}
"""
AT: Final = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
EXPECTED: Final[dict[str, Any]] = {
    "at": AT,
    "at_zone": AT - datetime.timedelta(hours=1),
    "date": datetime.date(2026, 1, 2),
    "time": datetime.time(3, 4, 5, tzinfo=datetime.UTC),
    "key": uuid.UUID(int=1),
    "v4": ipaddress.IPv4Address("127.0.0.1"),
    "v6": ipaddress.IPv6Address("::1"),
    "null_at": AT,
    "text": "2026-01-02",
    "uri": "http://a.example",
    "either": datetime.date(2026, 1, 2),
}


@pytest.fixture(scope="module")
def thing(tmp_path_factory: pytest.TempPathFactory) -> Any:
    schemas = f"    Thing:\n      type: object\n      properties:{PROPERTIES}"
    with imported(tmp_path_factory.mktemp("defaults"), f"{HEAD}{schemas}paths: {{}}\n") as package:
        yield package.models.Thing


@pytest.mark.parametrize("name", EXPECTED)
def test_a_default_has_the_type_of_its_field(thing: Any, name: str) -> None:
    found = getattr(thing(), name)
    assert found == EXPECTED[name]
    assert type(found) is type(EXPECTED[name])


def test_only_set_fields_are_serialized(thing: Any) -> None:
    assert thing().model_dump_json(exclude_unset=True) == "{}"
    assert thing(at=AT).model_dump_json(exclude_unset=True) == '{"at":"2026-01-02T03:04:05Z"}'


def test_a_default_that_cannot_be_parsed_becomes_none(tmp_path: Path) -> None:
    schemas = (
        "    Thing: {type: object, properties: {at: {type: string, format: date-time, default: soon}}}\n"
    )
    with imported(tmp_path, f"{HEAD}{schemas}paths: {{}}\n") as package:
        assert package.models.Thing().at is None
