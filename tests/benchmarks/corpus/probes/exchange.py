"""Draws exchanges of an operation, and builds the request and the content of the answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import responses
from typing import Any, Final
from urllib.parse import urlencode

import httpx
from hypothesis import strategies as st

from tests.generator.support.probe.document import DescribedOperation
from tests.generator.support.probe.inputs import ABSENT, Inputs, InputStrategies, is_form, is_json
from tests.generator.support.probe.requests import list_parts
from tests.generator.support.probe.wire import expect

from .comparing import Key, Pair

BASE: Final = "http://backend.test"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One call of an operation, and its successful answer.

    `defaults` are the defaults of the parameters. A client may send the default of a parameter that was left out.
    """

    described: DescribedOperation
    inputs: Inputs
    media_type: str
    status: int
    answer_type: str
    answer: Any
    defaults: Mapping[Key, Any]

    def respond(self) -> tuple[dict[str, str], bytes]:
        """Return the headers and the content of the answer."""
        if not self.answer_type:
            return {}, b""
        content = json.dumps(self.answer) if is_json(self.answer_type, self.answer) else self.answer
        return {"content-type": self.answer_type}, content.encode() if isinstance(content, str) else content


def draw(inputting: InputStrategies, described: DescribedOperation, data: st.DataObject) -> Exchange:
    """Draw a call, and an answer with the first success status. Both are JSON if the document allows it."""
    media_type = _choose(described.body)
    inputs = inputting.draw_call(data, described, media_type)
    known = [each for each in described.answers if each[0] == "2"] or ["default"]
    content = described.answers.get(known[0], {})
    answer_type = _choose(content)
    answer = inputting.draw_answer(data, answer_type, content[answer_type]) if answer_type else None
    status = int(known[0].replace("XX", "00")) if known[0] != "default" else 200
    assert status in responses
    found = {(each.place, each.name): inputting.find_default(each) for each in described.parameters}
    defaults = {key: value for key, value in found.items() if value is not None}
    return Exchange(described, inputs, media_type, status, answer_type, answer, defaults)


def _choose(content: Mapping[str, Any]) -> str:
    return next(filter(is_json, content), next(filter(is_form, content), next(iter(content), "")))


def build_request(document: Any, exchange: Exchange) -> httpx.Request:
    """Return the request with the drawn values, and with credentials for each security scheme of the document."""
    parts = expect(exchange.described.path, exchange.inputs.parameters)
    query, headers, cookies = [*parts.query], dict(parts.headers), [*parts.cookies]
    for scheme in (document.get("components") or {}).get("securitySchemes", {}).values():
        match scheme:
            case {"type": "apiKey", "in": "header", "name": name}:
                headers[name.lower()] = "key"
            case {"type": "apiKey", "in": "query", "name": name}:
                query.append(f"{name}=key")
            case {"type": "apiKey", "in": "cookie", "name": name}:
                cookies.append(f"{name}=key")
            case {"type": "http", "scheme": "basic"}:
                headers["authorization"] = "Basic dXNlcjprZXk="
            case _:
                headers["authorization"] = "Bearer key"
    if cookies:
        headers["cookie"] = "; ".join(cookies)
    url = httpx.URL(BASE, raw_path="?".join(filter(None, (parts.path, "&".join(query)))).encode("ascii"))
    body = _build_body(exchange)
    headers |= body.pop("headers", {})
    return httpx.Request(exchange.described.method, url, headers=headers, **body)


def _build_body(exchange: Exchange) -> dict[str, Any]:
    body, media_type = exchange.inputs.body, exchange.media_type
    if body is ABSENT or not media_type:
        return {}
    if media_type.startswith("multipart/"):
        fields = [(name, value.encode("latin-1")) for name, value in list_fields(body, "latin-1")]
        return {"files": [(name, (None, value)) for name, value in fields]}
    if is_json(media_type, body):
        content = json.dumps(body)
    else:
        content = urlencode(list_fields(body, "utf-8")) if is_form(media_type) else body
    raw = content.encode() if isinstance(content, str) else content
    return {"content": raw, "headers": {"content-type": media_type}}


def list_fields(form: Mapping[str, Any], encoding: str) -> list[Pair]:
    """Return the fields of a form: one for each item of a list, objects as JSON, bytes decoded with `encoding`."""
    return [(part.name, part.content.decode(encoding)) for part in list_parts(form)]
