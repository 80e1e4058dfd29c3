"""The cost of a call of the client, compared with plain httpx and with the clients of other generators."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass
from typing import Any, Final

import httpx
import httpx2
from orchestrator_v2 import AsyncClient, Client, models
from pydantic import TypeAdapter

from .. import samples
from ..measuring import peers
from ..measuring.turns import Effort, Result, Target, Turn, alternate, repeat
from ..servers import canned, child

SUBJECT: Final = "client"
TARGETS: Final = (
    Target("httpx by hand", 1.10),
    Target("openapi-python-client", 1.0),
    Target("datamodel-code-generator", 1.0),
)
_WORKFLOW: Final = "create-service"


@dataclass(frozen=True, slots=True)
class ByHand:
    """A request with plain httpx. Pydantic serializes the models that are sent, and parses those that are received."""

    method: str
    path: str
    sent: TypeAdapter[Any] | None
    got: TypeAdapter[Any]

    def options(self, body: object) -> dict[str, Any]:
        if self.sent is None:
            return {}
        content = self.sent.dump_json(body, by_alias=True, exclude_unset=True)
        return {"content": content, "headers": {"content-type": "application/json"}}

    def read(self, response: httpx.Response) -> Any:
        response.raise_for_status()
        return self.got.validate_json(response.content, strict=True)


@dataclass(frozen=True, slots=True)
class Call:
    """One operation as each contender calls it. `method` is the name of our method, `tag` the peers' module for it."""

    method: str
    arguments: dict[str, Any]
    body: Any
    by_hand: ByHand
    tag: str


def list_calls() -> dict[str, Call]:
    """Return the calls to measure: a search with ten results, a small POST, a small GET."""
    search, run = TypeAdapter(models.SearchRequest), TypeAdapter(models.ExecuteWorkflowRequestDTO)
    page, started = (
        TypeAdapter(models.ProcessInstanceListResultDTO),
        TypeAdapter(models.ExecuteWorkflowResponseDTO),
    )
    overview = TypeAdapter(models.WorkflowOverviewDTO)
    one = {"workflow_id": _WORKFLOW}
    return {
        "search of ten": Call(
            "get_instances",
            {},
            samples.read_search(),
            ByHand("POST", "/v2/workflows/instances", search, page),
            "instances",
        ),
        "execute": Call(
            "execute_workflow",
            one,
            samples.read_execute(),
            ByHand("POST", f"/v2/workflows/{_WORKFLOW}/execute", run, started),
            "runs",
        ),
        "one overview": Call(
            "get_workflow_overview_by_id",
            one,
            None,
            ByHand("GET", f"/v2/workflows/{_WORKFLOW}/overview", None, overview),
            "workflows",
        ),
    }


def measure(effort: Effort) -> Iterator[Result]:
    """Measure each call in process and over a socket, with the synchronous and the asynchronous client."""
    peers.generate()
    with child.start("canned") as server:
        for base_url, wire in (
            ("http://backend.test", "in process"),
            (f"http://127.0.0.1:{server.port}", "socket"),
        ):
            for what, call in list_calls().items():
                with ExitStack() as stack:
                    figures = alternate(_sync(call, base_url, stack), 60, effort)
                yield Result(SUBJECT, f"{what}, {wire}, sync", "us", figures, TARGETS)
            yield from asyncio.run(_measure_async(base_url, wire, effort))


def _respond(library: Any) -> Callable[[Any], Any]:
    def respond(request: Any) -> Any:
        name = request.url.path.rpartition("/")[2]
        return library.Response(
            200, headers={"content-type": "application/json"}, content=canned.ANSWERS[name]
        )

    return respond


def _options(library: Any, base_url: str) -> dict[str, Any]:
    """Return the options for a client of `library` that stays in process, or none for a real `base_url`."""
    return {"transport": library.MockTransport(_respond(library))} if base_url.endswith(".test") else {}


def _sync(call: Call, base_url: str, stack: ExitStack) -> dict[str, Turn]:
    ours = stack.enter_context(Client(base_url, **_options(httpx, base_url)))
    http = stack.enter_context(
        httpx.Client(headers={"accept": "application/json"}, **_options(httpx, base_url))
    )
    newer = stack.enter_context(httpx2.Client(**_options(httpx2, base_url)))
    opc = stack.enter_context(_openapi_python_client(base_url))
    dcg = stack.enter_context(_datamodel_client("Client", httpx2.Client, base_url))
    hand, url = call.by_hand, base_url + call.by_hand.path

    def by_hand() -> Any:
        return hand.read(http.request(hand.method, url, **hand.options(call.body)))

    return {
        "ours": repeat(_bind(call, getattr(ours, call.method))),
        "httpx by hand": repeat(by_hand),
        "ours on httpx2": repeat(_bind(call, getattr(Client(base_url, http_client=newer), call.method))),
        "openapi-python-client": repeat(_bind_openapi_python_client(call, opc, "sync")),
        "datamodel-code-generator": repeat(_bind_datamodel_client(call, dcg)),
    }


async def _measure_async(base_url: str, wire: str, effort: Effort) -> list[Result]:
    results: list[Result] = []
    for what, call in list_calls().items():
        async with AsyncExitStack() as stack:
            contenders = await _asynchronous(call, base_url, stack)
            figures = await _alternate_async(contenders, 60, effort)
        results.append(Result(SUBJECT, f"{what}, {wire}, async", "us", figures, TARGETS))
    return results


async def _alternate_async(
    contenders: dict[str, Callable[[], Awaitable[Any]]], repetitions: int, effort: Effort
) -> dict[str, list[float]]:
    count = effort.count(repetitions)
    figures: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(effort.rounds + 1):
        for name, function in contenders.items():
            started = time.process_time()
            for _ in range(count):
                await function()
            if number:  # the first calls fill the caches
                figures[name].append((time.process_time() - started) / count * 1e6)
    return figures


async def _asynchronous(
    call: Call, base_url: str, stack: AsyncExitStack
) -> dict[str, Callable[[], Awaitable[Any]]]:
    ours = await stack.enter_async_context(AsyncClient(base_url, **_options(httpx, base_url)))
    http = await stack.enter_async_context(
        httpx.AsyncClient(headers={"accept": "application/json"}, **_options(httpx, base_url))
    )
    newer = await stack.enter_async_context(httpx2.AsyncClient(**_options(httpx2, base_url)))
    opc = await stack.enter_async_context(_openapi_python_client(base_url))
    dcg = await stack.enter_async_context(_datamodel_client("AsyncClient", httpx2.AsyncClient, base_url))
    hand, url = call.by_hand, base_url + call.by_hand.path

    async def by_hand() -> Any:
        return hand.read(await http.request(hand.method, url, **hand.options(call.body)))

    return {
        "ours": _bind(call, getattr(ours, call.method)),
        "httpx by hand": by_hand,
        "ours on httpx2": _bind(call, getattr(AsyncClient(base_url, http_client=newer), call.method)),
        "openapi-python-client": _bind_openapi_python_client(call, opc, "asyncio"),
        "datamodel-code-generator": _bind_datamodel_client(call, dcg),
    }


def _bind(call: Call, method: Callable[..., Any]) -> Callable[[], Any]:
    arguments = call.arguments if call.body is None else {**call.arguments, "body": call.body}
    return lambda: method(**arguments)


def _openapi_python_client(base_url: str) -> Any:
    from opc import Client as Peer

    return Peer(base_url=base_url, httpx_args=_options(httpx, base_url), raise_on_unexpected_status=True)


def _bind_openapi_python_client(call: Call, client: Any, function: str) -> Callable[[], Any]:
    from importlib import import_module

    import opc.models

    send = getattr(import_module(f"opc.api.{call.tag}.{call.method}"), function)
    arguments = dict(call.arguments)
    if call.body is not None:
        model = getattr(opc.models, type(call.body).__name__)
        arguments["body"] = model.from_dict(call.body.model_dump(by_alias=True, exclude_unset=True))
    return lambda: send(client=client, **arguments)


def _datamodel_client(kind: str, http: Any, base_url: str) -> Any:
    from dcg_client import client

    options = _options(httpx2, base_url)
    return getattr(client, kind)(base_url=base_url, **({"http_client": http(**options)} if options else {}))


def _bind_datamodel_client(call: Call, client: Any) -> Callable[[], Any]:
    import dcg_client.models

    send = getattr(getattr(client, call.tag), call.method)
    arguments = {
        "workflowId" if name == "workflow_id" else name: value for name, value in call.arguments.items()
    }
    if call.body is not None:
        model = getattr(dcg_client.models, type(call.body).__name__)
        arguments["body"] = model.model_validate(call.body.model_dump(by_alias=True, exclude_unset=True))
    return lambda: send(**arguments)
