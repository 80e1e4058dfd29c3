"""An answer is read for what it is, whatever its status, content type and charset say."""

from __future__ import annotations

import json
from typing import Any

import pytest
from orchestrator_conformance.contract.contract import load_contract
from orchestrator_conformance.target.exchange import NO_ANSWER, Response
from orchestrator_conformance.target.reading import Unreadable, describe_answer, read_answer

_CONTRACT = load_contract()


def _answer(body: bytes | str, content_type: str | None = "application/json", status: int = 200) -> Response:
    headers = (("Content-Type", content_type),) if content_type else ()
    return Response(status, headers, body.encode() if isinstance(body, str) else body)


def _read(operation_id: str, response: Response) -> Any:
    return read_answer(_CONTRACT, _CONTRACT.operations[operation_id], response)


@pytest.mark.parametrize(
    "response",
    [
        pytest.param(_answer('{"id": "a"}'), id="documented"),
        pytest.param(_answer('{"id": "a"}', "text/plain"), id="JSON labelled as text"),
        pytest.param(_answer('{"id": "a"}', None), id="no content type"),
        pytest.param(_answer(b'\xef\xbb\xbf{"id": "a"}'), id="byte order mark"),
        pytest.param(
            _answer('{"id": "a"}'.encode("utf-16"), "application/json; charset=utf-16"), id="charset"
        ),
        pytest.param(_answer('{"id": "a"}', "application/json; charset=nonsense"), id="unknown charset"),
        pytest.param(_answer('{"id": "a"}', status=201), id="undocumented success"),
    ],
)
def test_json_is_read_under_any_label(response: Response) -> None:
    assert _read("executeWorkflow", response) == {"id": "a"}


@pytest.mark.parametrize(
    ("response", "text"),
    [
        pytest.param(_answer("done", "text/plain"), "done", id="text"),
        pytest.param(_answer('"done"'), "done", id="JSON string"),
        pytest.param(_answer('{"a": 1}'), '{"a": 1}', id="JSON object"),
        pytest.param(
            _answer("d\xe9j\xe0".encode("latin-1"), "text/plain; charset=latin-1"), "d\xe9j\xe0", id="charset"
        ),
        pytest.param(_answer(b"\xff", "text/plain"), "\ufffd", id="invalid bytes"),
        pytest.param(_answer("", None), "", id="empty"),
    ],
)
def test_text_is_read_from_any_label(response: Response, text: str) -> None:
    assert _read("abortWorkflow", response) == text


def test_an_empty_body_acknowledges_if_nothing_is_required() -> None:
    assert _read("retriggerInstance", _answer("", None)) == {}
    with pytest.raises(Unreadable, match="an empty body"):
        _read("executeWorkflow", _answer("", None))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<html>", r"not JSON \(application/json\)"),
        ('"text"', "a JSON string"),
        ("7", "a JSON number"),
        ("null", "null"),
    ],
)
def test_an_unreadable_body_is_described(body: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        _read("getInstances", _answer(body))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        pytest.param(json.dumps({"message": "no such workflow"}), "no such workflow", id="documented"),
        pytest.param(json.dumps({"err": "boom"}), "boom", id="err"),
        pytest.param(json.dumps({"err": [{"message": "a"}, {"message": "b"}]}), "a", id="list of errors"),
        pytest.param(
            json.dumps({"error": {"name": "NotFound", "message": "gone"}, "response": {"statusCode": 500}}),
            "gone",
            id="error object",
        ),
        pytest.param(json.dumps({"error": {"name": "NotFound"}}), "NotFound", id="only a name"),
        pytest.param("<html><title>Bad \n gateway</title><p>x", "Bad gateway", id="HTML with a title"),
        pytest.param("<p>Bad <b>gateway</b></p>", "Bad gateway", id="HTML without a title"),
        pytest.param("plain\n text", "plain text", id="text"),
        pytest.param("x" * 5000, "x" * 200 + "...", id="long"),
    ],
)
def test_a_refusal_is_described_with_its_message(body: str, message: str) -> None:
    assert describe_answer(_answer(body, status=500)) == f"status 500: {message}"


@pytest.mark.parametrize("body", ["", "{}", "[]", "null", "7", '{"message": null}'])
def test_a_refusal_without_a_message_is_described_by_its_status(body: str) -> None:
    assert describe_answer(_answer(body, status=404)) == "status 404"


def test_a_missing_answer_is_described() -> None:
    assert describe_answer(NO_ANSWER) == "no answer"
