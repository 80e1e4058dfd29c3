"""Base faults in the bodies of refusals.

The document describes the body of a 500 only. So each of these answers 500 in place of any other refusal, except for
wrong credentials.
"""

from __future__ import annotations

import html
import json
from http import HTTPStatus
from typing import Final

from .base_fault import JSON_TYPE, OperationFault, Sent, is_base

_ACCESS: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


class _RefusalFault(OperationFault):
    """Answers refusals with 500 and the body that `describe` returns for the message of the backend."""

    def change(self, operation_id: str, sent: Sent) -> Sent:
        if sent.status < HTTPStatus.BAD_REQUEST or sent.status in _ACCESS:
            return sent
        content_type, body = self.describe(_read_message(sent.body), operation_id)
        return Sent(HTTPStatus.INTERNAL_SERVER_ERROR, content_type, body.encode())

    def describe(self, message: str, operation_id: str) -> tuple[str, str]:
        """Return the content type and the body of a refusal."""
        raise NotImplementedError


def _read_message(body: bytes) -> str:
    try:
        answer = json.loads(body)
    except ValueError:
        return body.decode(errors="replace")
    return str(answer.get("message", "")) if isinstance(answer, dict) else ""


@is_base
class ErrorsAsErr(_RefusalFault):
    """Answers refusals with 500 and an object that has only err, a text."""

    def describe(self, message: str, operation_id: str) -> tuple[str, str]:
        return JSON_TYPE, json.dumps({"err": message})


@is_base
class ErrorsAsObjects(_RefusalFault):
    """Answers refusals with 500 and an object that has error, request and response."""

    def describe(self, message: str, operation_id: str) -> tuple[str, str]:
        answer = {
            "error": {"name": "Error", "message": message},
            "request": {"operation": operation_id},
            "response": {"statusCode": HTTPStatus.INTERNAL_SERVER_ERROR},
        }
        return JSON_TYPE, json.dumps(answer)


@is_base
class ErrorsAsHtml(_RefusalFault):
    """Answers refusals with 500 and an HTML page."""

    def describe(self, message: str, operation_id: str) -> tuple[str, str]:
        page = f"<!DOCTYPE html><title>Error</title><pre>Error: {html.escape(message)}</pre>"
        return "text/html; charset=utf-8", page


@is_base
class ErrorsAsText(_RefusalFault):
    """Answers refusals with 500 and plain text."""

    def describe(self, message: str, operation_id: str) -> tuple[str, str]:
        return "text/plain; charset=utf-8", message or "Internal Server Error"


@is_base
class EmptyErrors(_RefusalFault):
    """Answers refusals with 500 and no body."""

    def describe(self, message: str, operation_id: str) -> tuple[str, str]:
        return "", ""
