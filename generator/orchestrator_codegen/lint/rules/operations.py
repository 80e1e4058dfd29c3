"""Rules for requests and responses of operations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...document.diagnostics import Severity
from ..finding import Hit, Rule
from ..subject import Endpoint, Subject
from ..wording import show

# Statuses of responses with content (RFC 9110, section 15.3).
_WITH_BODY: Final = frozenset({"200", "203", "206", "2XX"})

# OpenAPI ignores parameters with these names: other parts describe them (Parameter Object, `name`).
_IDLE_HEADERS: Final = {
    "accept": "the media types of the responses describe it",
    "content-type": "the media types of the request body describe it",
    "authorization": "declare a security scheme",
}


def find_missing_successes(subject: Subject) -> Iterator[Hit]:
    """Yield the operations without a success response."""
    for endpoint in subject.endpoints:
        if not any(
            _is_success(status) or status[0] == "3" or status == "default" for status in endpoint.answers
        ):
            found = f"{endpoint.id} has no success response"
            yield Hit(
                (*endpoint.part.at, "responses"), found, "add one, such as 200 with its content, or 204"
            )


def find_empty_successes(subject: Subject) -> Iterator[Hit]:
    """Yield the success responses without content whose status implies content."""
    for endpoint in subject.endpoints:
        if endpoint.method in ("head", "options"):
            continue
        for status in endpoint.answers:
            at = (*endpoint.part.at, "responses", status)
            answer = subject.step(endpoint.part, "responses", status)
            if status.upper() in _WITH_BODY and not answer.data.get("content"):
                found = f"the response {show(status)} of {endpoint.id} has no content"
                yield Hit(at, found, "add its content, or use 204 if there is none")


def find_missing_errors(subject: Subject) -> Iterator[Hit]:
    """Yield the operations without an error response."""
    for endpoint in subject.endpoints:
        if not any(status[0] in "45" or status == "default" for status in endpoint.answers):
            found = f"{endpoint.id} has no error response"
            change = "add default, or the statuses that occur, with the schema of an error"
            yield Hit((*endpoint.part.at, "responses"), found, change)


def find_unknown_contents(subject: Subject) -> Iterator[Hit]:
    """Yield the JSON bodies without a schema."""
    for endpoint in subject.endpoints:
        owners: list[tuple[str, ...]] = [("responses", status) for status in endpoint.answers]
        if "requestBody" in endpoint.part.data:
            owners.append(("requestBody",))
        for owner in owners:
            part = subject.step(endpoint.part, *owner)
            for media_type, media in (part.data.get("content") or {}).items():
                if "json" in media_type.lower() and "schema" not in media:
                    what = (
                        "the request body"
                        if owner[-1] == "requestBody"
                        else f"the response {show(owner[-1])}"
                    )
                    found = f"the {show(media_type)} of {what} of {endpoint.id} has no schema"
                    yield Hit((*part.at, "content", media_type), found, "add its schema; {} means anything")


def find_various_successes(subject: Subject) -> Iterator[Hit]:
    """Yield the operations whose successes have different bodies."""
    for endpoint in subject.endpoints:
        bodies = {
            status: body
            for status in endpoint.answers
            if _is_success(status)
            if (body := _list_schemas(subject, endpoint, status))
        }
        if len(bodies) > 1 and any(body != next(iter(bodies.values())) for body in bodies.values()):
            found = f"{endpoint.id} has different bodies for {' and '.join(bodies)}"
            change = "use the same body for each, or one operation for each"
            yield Hit((*endpoint.part.at, "responses", [*bodies][-1]), found, change)


def _list_schemas(subject: Subject, endpoint: Endpoint, status: str) -> list[object]:
    content = subject.step(endpoint.part, "responses", status).data.get("content") or {}
    return [media.get("schema") for media in content.values()]


def find_bodies_of_get(subject: Subject) -> Iterator[Hit]:
    """Yield the request bodies of GET and HEAD, which have no meaning (RFC 9110, sections 9.3.1 and 9.3.2)."""
    for endpoint in subject.endpoints:
        if endpoint.method in ("get", "head") and "requestBody" in endpoint.part.data:
            found = f"{endpoint.id} is a {endpoint.method.upper()} with a request body"
            yield Hit((*endpoint.part.at, "requestBody"), found, "use parameters, or POST")


def find_idle_headers(subject: Subject) -> Iterator[Hit]:
    """Yield the header parameters that OpenAPI says to ignore."""
    for endpoint in subject.endpoints:
        for part in endpoint.parameters:
            name = str(part.data["name"])
            if part.data["in"] == "header" and (instead := _IDLE_HEADERS.get(name.lower())):
                yield Hit(
                    part.at, f"OpenAPI ignores the header parameter {show(name)}", f"remove it: {instead}"
                )


def find_idle_defaults(subject: Subject) -> Iterator[Hit]:
    """Yield the defaults of required parameters."""
    for endpoint in subject.endpoints:
        for part in endpoint.parameters:
            if (
                part.data.get("required") is not True
                or part.data["in"] == "path"
                or "schema" not in part.data
            ):
                continue
            schema = subject.step(part, "schema")
            if "default" in schema.data:
                found = f"the parameter {show(part.data['name'])} is required and has a default"
                yield Hit((*schema.at, "default"), found, "remove required: true, or the default")


def _is_success(status: str) -> bool:
    return status.startswith("2")


RULES: Final = (
    Rule(
        "no-success",
        Severity.WARNING,
        "an operation without a success response",
        "the generated method has nothing to return",
        find_missing_successes,
    ),
    Rule(
        "empty-success",
        Severity.WARNING,
        "a response 200, 203 or 206 without content",
        "the generated method returns None, whatever the server sends",
        find_empty_successes,
    ),
    Rule(
        "no-error",
        Severity.WARNING,
        "an operation without an error response",
        "callers cannot know the format of errors, and exceptions contain raw text only",
        find_missing_errors,
    ),
    Rule(
        "unknown-content",
        Severity.WARNING,
        "a JSON body without schema",
        "it is not validated, and in Python it is Any",
        find_unknown_contents,
    ),
    Rule(
        "various-successes",
        Severity.NOTE,
        "an operation whose successes have different bodies",
        "the generated method returns a union that every caller has to handle",
        find_various_successes,
    ),
    Rule(
        "body-of-get",
        Severity.WARNING,
        "a GET or HEAD with a request body",
        "clients, caches and gateways drop it or reject the request",
        find_bodies_of_get,
    ),
    Rule(
        "idle-header",
        Severity.WARNING,
        "a header parameter named Accept, Content-Type or Authorization",
        "tools differ in whether it is sent, and generated code may send it twice",
        find_idle_headers,
    ),
    Rule(
        "idle-default",
        Severity.WARNING,
        "a default of a required parameter",
        "it never applies, because callers must send a value; otherwise the parameter is not required",
        find_idle_defaults,
    ),
)
