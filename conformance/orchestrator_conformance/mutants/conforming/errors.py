"""Variants that reject other requests, or with other answers."""

from __future__ import annotations

import json
from dataclasses import replace

from orchestrator_v2 import models
from orchestrator_v2.server import HTTPError

from ...reference.backend import refusals_as_errors
from ...reference.isolation import SeparatedBackend
from ...reference.overviews.catalogue import find_workflow
from ...reference.settings import ReferenceSettings
from ..mutant import Tamper
from .variant import conforms


@conforms()
class DocumentedErrors(SeparatedBackend):
    """Rejects every request with 500, the only error status that the document has."""

    def __init__(self, settings: ReferenceSettings) -> None:
        super().__init__(replace(settings, error_style="documented"))


@conforms()
class UndocumentedErrorBodies(Tamper):
    """Sends 4xx bodies that are not an ErrorResponse, since the contract does not define their shape."""

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        answer: object
        match status:
            case 400:
                answer = {"err": [{"instancePath": "/filters", "keyword": "oneOf", "message": "must match"}]}
            case 404:
                answer = {
                    "error": {"name": "NotFoundError", "message": ""},
                    "request": {"method": method, "url": path},
                    "response": {"statusCode": status},
                }
            case _ if 401 <= status <= 499:
                answer = {"err": "refused"}
            case _:
                return status, content_type, body
        return status, "application/json; charset=utf-8", json.dumps(answer).encode()


@conforms()
class ErrorsInHtml(Tamper):
    """Sends 4xx bodies that are HTML or empty, since the contract does not define their shape."""

    def tamper(
        self, method: str, path: str, status: int, content_type: str, body: bytes
    ) -> tuple[int, str, bytes]:
        if not 400 <= status <= 499:
            return status, content_type, body
        return status, "text/html", b"" if status == 404 else b"<h1>Bad Request</h1>"


@conforms()
class UnknownWorkflowsAreRejected(SeparatedBackend):
    """Rejects a list of the instances of an unknown workflow, which may be an error or an empty list."""

    async def get_workflow_instances(
        self, workflow_id: str, body: models.SearchRequest | None = None
    ) -> models.ProcessInstanceListResultDTO:
        with refusals_as_errors():
            find_workflow(self.catalogue, workflow_id)
        return await super().get_workflow_instances(workflow_id, body)


@conforms()
class NoLogProvider(SeparatedBackend):
    """Answers 500 to every request for a log, since a deployment may have no log provider."""

    async def get_workflow_log_by_id(
        self, instance_id: str, *, rawlog: bool = False
    ) -> models.WorkflowLogsResponse:
        raise HTTPError(500, "there is no log provider")
