"""Base faults in the status, the content type and the bytes of successful answers."""

from __future__ import annotations

import codecs
import json
from dataclasses import replace
from http import HTTPStatus
from typing import ClassVar

from .base_fault import JSON_TYPE, OperationFault, Sent, is_base


@is_base
class AbortAnswersJson(OperationFault):
    """Answers an abort with its text as a JSON string."""

    def change(self, operation_id: str, sent: Sent) -> Sent:
        if operation_id != "abortWorkflow" or not sent.is_success:
            return sent
        return replace(sent, content_type=JSON_TYPE, body=json.dumps(sent.body.decode()).encode())


class _AnswersNothing(OperationFault):
    """Answers `operation_id` with 200, no content type and no body."""

    operation_id: ClassVar[str]

    def change(self, operation_id: str, sent: Sent) -> Sent:
        if operation_id != self.operation_id or not sent.is_success:
            return sent
        return replace(sent, content_type="", body=b"")


@is_base
class AbortAnswersNothing(_AnswersNothing):
    """Answers an abort with 200, no content type and no body."""

    operation_id = "abortWorkflow"


@is_base
class RetriggerAnswersNothing(_AnswersNothing):
    """Answers a retrigger with 200, no content type and no body."""

    operation_id = "retriggerInstance"


@is_base
class StartsAreCreated(OperationFault):
    """Answers 201 in place of 200 after it has started a run."""

    def change(self, operation_id: str, sent: Sent) -> Sent:
        if operation_id != "executeWorkflow" or not sent.is_success:
            return sent
        return replace(sent, status=HTTPStatus.CREATED)


@is_base
class JsonAsText(OperationFault):
    """Sends JSON with the content type text/plain."""

    def change(self, operation_id: str, sent: Sent) -> Sent:
        is_json = sent.content_type.startswith(JSON_TYPE)
        return replace(sent, content_type="text/plain; charset=utf-8") if is_json else sent


@is_base
class ByteOrderMarks(OperationFault):
    """Sends a byte order mark before JSON."""

    def change(self, operation_id: str, sent: Sent) -> Sent:
        is_json = sent.content_type.startswith(JSON_TYPE)
        return replace(sent, body=codecs.BOM_UTF8 + sent.body) if is_json else sent
