"""Compares an exchange with the document: status, content type and body.

The document decides what is a violation. These rules apply to what it does not define:
- 429, 502, 503 and 504 come from a gateway in front of the backend. They are never a violation.
- 401 and 403 mean that the caller has no permission. They are never a violation.
- A request that the document forbids may be rejected with any 4xx status. So may a request with a query parameter
  that the document does not declare, which may be accepted too.
- An allowed request with made-up values, such as an unknown id or an unsupported filter, may be rejected with a status
  of `_REFUSALS`.
- No answer is a violation if the target answers other requests, unless the document forbids the request.
- Any other undocumented status is a violation. So is a documented answer, including 500, with another content type or
  with a body that does not match the schema. A body with another content type is judged as what it is.

An answer can have several violations. Each has a cause, which is the same for the same mistake in other operations.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import parse_qs, parse_qsl

from ..contract.contract import Contract, Media, Operation
from .exchange import NO_ANSWER, Exchange, NotJson, Request, Response, read_json
from .json_reading import find_lone_surrogate
from .reading import describe_answer

Aspect = Literal["STATUS", "TYPE", "BODY"]
Standing = Literal["allowed", "forbidden", "unclear"]

_LACKS_RIGHT: Final = frozenset({401, 403})
_REFUSALS: Final = frozenset({400, 404, 405, 406, 409, 410, 412, 413, 414, 415, 422, 423, 429, 431})


@dataclass(frozen=True, slots=True)
class Violation:
    """One way in which an answer violates the document. `cause` completes "the target behaves as if ..."."""

    aspect: Aspect
    expected: str
    found: str
    cause: str


def judge(contract: Contract, exchange: Exchange) -> tuple[Violation, ...]:
    """Return the distinct ways in which the answer violates the document; none if it conforms."""
    operation = contract.operations[exchange.operation_id]
    response = exchange.response
    if response.is_from_gateway:
        return ()
    if response == NO_ANSWER:
        is_forbidden = judge_request(contract, operation, exchange.request) == "forbidden"
        found = "no answer, while other requests are answered"
        return () if is_forbidden else (Violation("STATUS", "an answer", found, "no answer were allowed"),)
    if response.problem:
        aspect: Aspect = "BODY" if response.status else "STATUS"
        expected = "an answer that can be received completely"
        cause = f"the document allowed this: {response.problem}"
        return (Violation(aspect, expected, response.problem, cause),)
    documented = operation.find_answer(response.status)
    if documented is not None:
        return tuple(_judge_content(contract, documented, response))
    if _may_refuse(contract, operation, exchange):
        return ()
    expected = f"one of the documented statuses {', '.join(operation.answers)}"
    cause = f"the document allowed status {response.status}"
    return (Violation("STATUS", expected, describe_answer(response), cause),)


def _may_refuse(contract: Contract, operation: Operation, exchange: Exchange) -> bool:
    status = exchange.response.status
    if status in _LACKS_RIGHT:
        return True
    if not 400 <= status <= 499:
        return False
    standing = judge_request(contract, operation, exchange.request)
    return standing != "allowed" or (not exchange.is_good and status in _REFUSALS)


def _judge_content(
    contract: Contract, documented: tuple[Media, ...], response: Response
) -> Iterator[Violation]:
    if not documented:
        return
    answers = "answers" if 200 <= response.status <= 299 else "errors"
    media = next((each for each in documented if _fits(each.media_type, response.content_type)), None)
    judged = media or documented[0]
    is_text = judged.media_type.startswith("text/")
    if not response.body.strip() and not is_text:
        found = f"an empty body and {response.content_type or 'no content type'}"
        yield Violation("BODY", "a JSON body", found, f"the document allowed {answers} without a body")
        return
    if media is None:
        expected = " or ".join(each.media_type for each in documented)
        found = response.content_type or "no content type"
        cause = f"the document allowed {answers} with {_name_type(response)} in place of {expected}"
        yield Violation("TYPE", f"content type {expected}", found, cause)
    if is_text:
        yield from _judge_text(response)
    else:
        yield from _judge_json(contract, judged, response, answers, is_labelled=media is not None)


def _name_type(response: Response) -> str:
    return f"content type {response.content_type}" if response.content_type else "no content type"


def _judge_text(response: Response) -> Iterator[Violation]:
    try:
        response.body.decode("utf-8")
    except UnicodeDecodeError as problem:
        found = f"bytes that are not UTF-8 at {problem.start}"
        yield Violation("BODY", "text in UTF-8", found, "the document allowed text in another encoding")


def _judge_json(
    contract: Contract, media: Media, response: Response, answers: str, *, is_labelled: bool
) -> Iterator[Violation]:
    """Yield the violations of a JSON body. A body of another content type that is not JSON has no further violation."""
    try:
        value = read_json(response.body)
    except NotJson as problem:
        if is_labelled:
            found = f"a body that is not JSON: {problem}"
            yield Violation("BODY", "a JSON body", found, f"the document allowed {answers} that are not JSON")
        return
    if surrogate := find_lone_surrogate(response.body):
        cause = "the document allowed lone surrogates in text"
        yield Violation("BODY", "text that can be encoded", f"a lone surrogate, {surrogate}", cause)
    expected = "a body that matches the documented schema"
    for each in contract.find_violations(media.schema, value):
        whole = f" ({answers})" if each.is_whole else ""
        yield Violation("BODY", expected, each.message, f"the document allowed {each.cause}{whole}")


def judge_request(contract: Contract, operation: Operation, request: Request) -> Standing:
    """Return whether the document allows `request`, or `unclear` if the document alone does not decide it."""
    standing = _judge_declared(contract, operation, request)
    # A parameter that the document does not declare is not part of the contract.
    return "unclear" if standing == "allowed" and find_undeclared(operation, request.path) else standing


def find_undeclared(operation: Operation, path: str) -> list[str]:
    """Return the names of the query parameters in `path` that the document does not declare."""
    declared = {parameter["name"] for parameter in operation.parameters if parameter["in"] == "query"}
    sent = parse_qsl(path.partition("?")[2], keep_blank_values=True)
    return [name for name, _ in sent if name not in declared]


def _judge_declared(contract: Contract, operation: Operation, request: Request) -> Standing:
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
