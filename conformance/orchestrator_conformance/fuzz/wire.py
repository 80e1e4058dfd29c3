"""The transport of the engine: builds, checks, sends and records every generated request."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from threading import Event
from typing import Any, Final

import httpx
import requests
from schemathesis.core.transport import Response as EngineResponse
from schemathesis.generation.case import Case
from schemathesis.transport.requests import REQUESTS_TRANSPORT, RequestsTransport

from ..contract.contract import Operation
from ..contract.requirements import CHANGING
from ..target.exchange import NO_ANSWER, NotJson, Response, read_json
from ..target.network import BoundedTransport
from ..target.receiving import receive
from .guard import find_permitted
from .plan import FuzzedCase, FuzzPlan, TargetSilent
from .steering import Steering
from .thinning import Thinning

_OF_THE_CONNECTION: Final = frozenset({"host", "content-length", "transfer-encoding", "connection"})
# Headers that the engine adds to every request: its name, and an id that differs from run to run.
_OF_THE_ENGINE: Final = frozenset({"user-agent", "accept", "accept-encoding", "x-schemathesis-testcaseid"})
_MOST_UNANSWERED: Final = 2
# After this number of requests without an answer, no further requests are sent to an operation.
_ENOUGH: Final = 3
# The share of the time limit after which an incomplete answer counts as none.
_LATE: Final = 0.9
# The longest body that is searched for ids, and how many bytes of answers are kept until they are taken.
_LEARNT: Final = 1 << 20
_MUCH: Final = 1 << 26


class Wire(RequestsTransport):
    """The transport of the engine. Only `_ask` sends requests, after the guard has permitted them.

    For a dropped request, the engine gets an empty 404, which has no links to follow. No request is sent after the
    target became `silent`. Redirects, cookies and the proxies of the environment are ignored.
    """

    def __init__(self, plan: FuzzPlan) -> None:
        super().__init__()
        self._copy_serializers_from(REQUESTS_TRANSPORT)
        self.silent: TargetSilent | None = None
        self._plan = plan
        self._steering = Steering(plan)
        self._thinning = Thinning(plan)
        self._base = httpx.URL(plan.base_url)
        self._base_path = self._base.raw_path.decode("ascii").rstrip("/")
        self._http = BoundedTransport(httpx.create_ssl_context(trust_env=False))
        self._cases: deque[FuzzedCase] = deque()
        self._is_stopped = Event()
        self._unanswered = 0
        self._without_answer: Counter[str] = Counter()

    def take(self) -> Iterator[FuzzedCase]:
        """Yield the new cases since the last call, in the order in which they were sent."""
        while self._cases:
            yield self._cases.popleft()

    def stop(self) -> None:
        """Send no more requests."""
        self._is_stopped.set()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def send(self, case: Case[Any], *, session: object = None, **kwargs: Any) -> EngineResponse:
        """Send `case`, or drop it. Raises `KeyboardInterrupt`, which stops the engine, if nothing more may be sent."""
        operation = self._plan.contract.operations[case.operation.definition.raw["operationId"]]
        is_kept = self._thinning.keeps(case, operation.id)
        self._steering.steer(case, operation)
        request = self._build(case) if is_kept else None
        sent = None if request is None else self._exchange(request)
        prepared = requests.Request(case.method, self._plan.base_url).prepare()
        if sent is None:
            return EngineResponse(404, {}, b"", prepared, 0.0, True)
        headers: dict[str, list[str]] = {}
        answer = sent.response
        for name, value in answer.headers:
            headers.setdefault(name, []).append(value)
        # The engine follows links in the answer, for which a long list is not needed.
        body = answer.body if len(answer.body) <= _LEARNT else b""
        return EngineResponse(answer.status, headers, body, prepared, 0.0, True)

    def _build(self, case: Case[Any]) -> httpx.Request | None:
        """Return the request with the headers of the plan, or None if no client could send it."""
        try:
            prepared = requests.Request(**self.serialize_case(case, base_url=self._plan.base_url)).prepare()
            request = httpx.Request(
                prepared.method or "",
                prepared.url or "",
                headers=_as_text(prepared.headers),
                content=_as_bytes(prepared.body),
                extensions={"timeout": httpx.Timeout(self._plan.limits.seconds).as_dict()},
            )
        except (requests.RequestException, httpx.InvalidURL, UnicodeError):
            return None
        request.headers.update(self._plan.headers)
        return request

    def _exchange(self, request: httpx.Request) -> FuzzedCase | None:
        """Send `request` and return the case, or None if it is not permitted or got no answer."""
        url = request.url
        target = url.raw_path.decode("ascii")
        if (url.scheme, url.netloc) != (self._base.scheme, self._base.netloc):
            return None
        if not target.startswith(f"{self._base_path}/"):
            return None
        path = target.removeprefix(self._base_path)
        operation = find_permitted(self._plan, request.method, path)
        if operation is None or self._without_answer[operation.id] >= _ENOUGH or self._holds_much():
            return None
        begun = time.monotonic()
        answer = self._ask_backend(request, path, operation)
        if answer is None:
            return None
        if not answer.status or (
            answer.problem and time.monotonic() - begun >= _LATE * self._plan.limits.seconds
        ):
            self._without_answer[operation.id] += 1
        hidden = {name.lower() for name in self._plan.headers} | _OF_THE_CONNECTION
        case = FuzzedCase(
            operation.id,
            request.method,
            path,
            tuple((name, value) for name, value in request.headers.items() if name.lower() not in hidden),
            request.content,
            answer,
        )
        self._plan.on_sent(case)
        self._learn(case)
        self._cases.append(case)
        return case

    def _holds_much(self) -> bool:
        # The engine runs ahead of those who take the cases, in another thread: a copy does not change meanwhile.
        return sum(len(case.response.body) for case in tuple(self._cases)) > _MUCH

    def _ask_backend(self, request: httpx.Request, path: str, operation: Operation) -> Response | None:
        """Return the answer, see `_ask`. If a gateway answers, the request is repeated as the plan's pacing allows."""
        may_repeat, attempt, is_stopped = operation.id not in CHANGING, 0, self._is_stopped.is_set
        while True:
            self._plan.pacing.await_turn(is_stopped)
            answer = self._ask(request, path, may_repeat=may_repeat)
            if answer is None or not answer.status:
                return answer
            if not self._plan.pacing.await_repetition(
                operation.id, answer, attempt, is_safe=may_repeat, is_stopped=is_stopped
            ):
                return answer
            attempt += 1

    def _ask(self, request: httpx.Request, path: str, *, may_repeat: bool) -> Response | None:
        """Return the answer, or None if a request that must not be repeated got none.

        After two requests in a row without an answer, the target is marked as silent, unless it answers other requests.
        In that case, the result is an answer with status 0.
        """
        while not self._is_stopped.is_set() and self.silent is None:
            try:
                answer = receive(
                    lambda: self._http.handle_request(request), self._http.clock, self._plan.limits
                )
            except httpx.LocalProtocolError:
                return None
            except httpx.TransportError as problem:
                self._unanswered += 1
                if self._unanswered >= _MOST_UNANSWERED and self._plan.is_alive():
                    self._unanswered = 0
                    return NO_ANSWER
                if self._unanswered >= _MOST_UNANSWERED:
                    self.silent = TargetSilent(
                        f"{self._plan.base_url} stopped answering at {request.method} {path}: {_explain(problem)}"
                    )
                elif not may_repeat:
                    return None
            else:
                self._unanswered = 0
                return answer
        raise KeyboardInterrupt

    def _learn(self, case: FuzzedCase) -> None:
        if case.response.is_success and len(case.response.body) <= _LEARNT:
            try:
                self._steering.learn(read_json(case.response.body))
            except NotJson:
                return


def _explain(problem: httpx.TransportError) -> str:
    return f"{type(problem).__name__} ({problem})" if str(problem) else type(problem).__name__


def _as_text(headers: Mapping[str, str | bytes]) -> dict[str, str]:
    return {
        name: value.decode("latin-1") if isinstance(value, bytes) else value
        for name, value in headers.items()
        if name.lower() not in _OF_THE_ENGINE | _OF_THE_CONNECTION
    }


def _as_bytes(body: object) -> bytes | None:
    match body:
        case str():
            return body.encode()
        case bytes():
            return body or None
        case _:
            return None
