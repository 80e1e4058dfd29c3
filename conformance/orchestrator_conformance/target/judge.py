"""Compares an exchange with the document: status, content type and body.

The document decides what is a violation. These rules apply to what it does not define:
- 401 and 403 mean that the caller has no permission. They are never a violation.
- A request that the document forbids may be rejected with any 4xx status.
- An allowed request with made-up values, such as an unknown id or an unsupported filter, may be rejected with a status
  of `_REFUSALS`.
- No answer is a violation if the target answers other requests, unless the document forbids the request.
- Any other undocumented status is a violation. So is a documented answer, including 500, with another content type or
  with a body that does not match the schema.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import parse_qs

from ..contract.contract import Contract, Media, Operation
from .exchange import NO_ANSWER, Exchange, NotJson, Request, Response, read_json
from .json_reading import find_lone_surrogate

Aspect = Literal["STATUS", "TYPE", "BODY"]
Standing = Literal["allowed", "forbidden", "unclear"]

_LACKS_RIGHT: Final = frozenset({401, 403})
_REFUSALS: Final = frozenset({400, 404, 405, 406, 409, 410, 412, 413, 414, 415, 422, 423, 429, 431})


@dataclass(frozen=True, slots=True)
class Violation:
    """One way in which an answer violates the document."""

    aspect: Aspect
    expected: str
    found: str


def judge(contract: Contract, exchange: Exchange) -> Violation | None:
    """Return how the answer violates the document, or None if it conforms."""
    operation = contract.operations[exchange.operation_id]
    response = exchange.response
    if response == NO_ANSWER:
        is_forbidden = judge_request(contract, operation, exchange.request) == "forbidden"
        return (
            None
            if is_forbidden
            else Violation("STATUS", "an answer", "no answer, while other requests are answered")
        )
    if response.problem:
        aspect: Aspect = "BODY" if response.status else "STATUS"
        return Violation(aspect, "an answer that can be received completely", response.problem)
    documented = operation.find_answer(response.status)
    if documented is not None:
        return _judge_content(contract, documented, response)
    if _may_refuse(contract, operation, exchange):
        return None
    expected = f"one of the documented statuses {', '.join(operation.answers)}"
    return Violation("STATUS", expected, f"status {response.status}")


def _may_refuse(contract: Contract, operation: Operation, exchange: Exchange) -> bool:
    status = exchange.response.status
    if status in _LACKS_RIGHT:
        return True
    if not 400 <= status <= 499:
        return False
    standing = judge_request(contract, operation, exchange.request)
    return standing != "allowed" or (not exchange.is_good and status in _REFUSALS)


def _judge_content(contract: Contract, documented: tuple[Media, ...], response: Response) -> Violation | None:
    if not documented:
        return None
    media = next((each for each in documented if _fits(each.media_type, response.content_type)), None)
    if media is None:
        expected = " or ".join(each.media_type for each in documented)
        return Violation("TYPE", f"content type {expected}", response.content_type or "no content type")
    if media.media_type.startswith("text/"):
        try:
            response.body.decode("utf-8")
        except UnicodeDecodeError as problem:
            return Violation("BODY", "text in UTF-8", f"bytes that are not UTF-8 at {problem.start}")
        return None
    try:
        value = read_json(response.body)
    except NotJson as problem:
        return Violation("BODY", "a JSON body", f"a body that is not JSON: {problem}")
    surrogate = find_lone_surrogate(response.body)
    if surrogate is not None:
        return Violation("BODY", "text that can be encoded", f"a lone surrogate, {surrogate}")
    reason = contract.explain(media.schema, value)
    return None if reason is None else Violation("BODY", "a body that matches the documented schema", reason)


def judge_request(contract: Contract, operation: Operation, request: Request) -> Standing:
    """Return whether the document allows `request`, or `unclear` if the document alone does not decide it."""
    for parameter in operation.parameters:
        if parameter["in"] == "query":
            standing = _judge_query(contract, parameter, request)
            if standing != "allowed":
                return standing
        elif parameter["in"] != "path":
            return "unclear"
    if operation.body is None:
        return "allowed" if not request.body else "unclear"
    if not request.body:
        return "forbidden" if operation.is_body_required else "allowed"
    types = [value for name, value in request.headers if name.lower() == "content-type"]
    if len(types) != 1 or types[0].partition(";")[0].strip().lower() != operation.body.media_type:
        return "unclear"
    try:
        value = read_json(request.body)
    except NotJson:
        return "forbidden"
    return "allowed" if contract.explain(operation.body.schema, value) is None else "forbidden"


def _judge_query(contract: Contract, parameter: object, request: Request) -> Standing:
    assert isinstance(parameter, dict)
    sent = parse_qs(request.path.partition("?")[2], keep_blank_values=True).get(parameter["name"], [])
    if not sent:
        return "forbidden" if parameter.get("required") else "allowed"
    if len(sent) > 1:
        return "unclear"
    schema = parameter.get("schema", True)
    kind = schema.get("type") if isinstance(schema, dict) else None
    if kind == "string":
        return "allowed" if contract.explain(schema, sent[0]) is None else "forbidden"
    if kind not in ("boolean", "integer", "number"):
        return "unclear"
    try:
        value = read_json(sent[0].encode())
    except NotJson:
        return "forbidden"
    return "allowed" if contract.explain(schema, value) is None else "forbidden"


def _fits(documented: str, found: str) -> bool:
    return documented.partition(";")[0].strip() == found
