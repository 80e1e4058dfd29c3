"""A client of a reference backend that calls it over ASGI, without a socket."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from orchestrator_conformance.reference import ReferenceBackend, ReferenceSettings, create_reference_app
from starlette.types import ASGIApp

NOW = datetime(2025, 3, 15, 12, tzinfo=UTC)

# Inputs that each workflow accepts.
INPUTS: dict[str, dict[str, Any]] = {
    "create-service": {"name": "search", "language": "go"},
    "request-access": {"system": "orders", "role": "viewer", "days": 2},
    "provision-database": {"engine": "mysql", "storageGb": 10},
    "refresh-search-index": {},
    "migrate-repository": {"repository": "docs", "targetHost": "gitea"},
}


class HandClock:
    """A clock that only moves when told to."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_time(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Api:
    """Sends one request at a time to an application and returns the answer."""

    def __init__(self, app: ASGIApp, base_path: str = "/api/orchestrator") -> None:
        self.app = app
        self.base_path = base_path

    def send(self, method: str, path: str, **request: Any) -> httpx.Response:
        async def exchange() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://reference") as client:
                return await client.request(method, self.base_path + path, **request)

        return asyncio.run(exchange())

    def get(self, path: str, **request: Any) -> Any:
        return self._read(self.send("GET", path, **request))

    def post(self, path: str, body: object = None) -> Any:
        return self._read(self.send("POST", path, **({} if body is None else {"json": body})))

    def execute(self, workflow_id: str, inputs: dict[str, Any] | None = None, **body: Any) -> str:
        chosen = INPUTS[workflow_id] if inputs is None else inputs
        started = self.post(f"/v2/workflows/{workflow_id}/execute", {"inputData": chosen, **body})
        instance_id: str = started["id"]
        return instance_id

    def instance(self, instance_id: str) -> Any:
        return self.get(f"/v2/workflows/instances/{instance_id}")

    def instances(self, **search: Any) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.post("/v2/workflows/instances", search)["items"]
        return items

    def overview(self, workflow_id: str) -> Any:
        return self.get(f"/v2/workflows/{workflow_id}/overview")

    @staticmethod
    def _read(response: httpx.Response) -> Any:
        assert response.status_code == 200, response.text
        return response.json() if "json" in response.headers["content-type"] else response.text


def make_api(backend: ReferenceBackend | None = None, **settings: Any) -> Api:
    """Return a client of a new backend, by default with a stopped clock."""
    if backend is not None:
        return Api(create_reference_app(backend=backend), backend.settings.base_path)
    chosen = ReferenceSettings(**{"clock": HandClock(), **settings})
    return Api(create_reference_app(chosen), chosen.base_path)
