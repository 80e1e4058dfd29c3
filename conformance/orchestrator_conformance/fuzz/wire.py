"""The one way out: a generated case becomes a request here, is guarded, sent, and recorded as it was on the wire."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from threading import Event
from typing import Any, Final

import httpx
import requests
from schemathesis.core.transport import Response
from schemathesis.generation.case import Case
from schemathesis.transport.requests import REQUESTS_TRANSPORT, RequestsTransport

from ..contract.requirements import CHANGING
from ..target.exchange import NotJson, read_json
from .guard import find_permitted
from .plan import FuzzedCase, FuzzPlan, TargetSilent
from .steering import Steering
from .thinning import Thinning

_OF_THE_CONNECTION: Final = frozenset({"host", "content-length", "transfer-encoding", "connection"})
# What the engine adds to every request: its name, and an id that differs from run to run.
_OF_THE_ENGINE: Final = frozenset({"user-agent", "accept", "accept-encoding", "x-schemathesis-testcaseid"})
_MOST_UNANSWERED: Final = 2
# An operation that leaves so many requests without an answer is left alone.
_ENOUGH: Final = 3


class Wire(RequestsTransport):
    """The transport that the engine is given. Nothing but `_ask`, behind the guard, sends anything.

    For what is dropped the engine gets an empty 404, which leads it nowhere. Once the target has fallen `silent`,
    nothing is sent any more. Redirects, cookies and the environment's proxies play no part.
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
        self._http = httpx.HTTPTransport(trust_env=False)
        self._cases: deque[FuzzedCase] = deque()
        self._is_stopped = Event()
        self._unanswered = 0
        self._without_answer: Counter[str] = Counter()

    def take(self) -> Iterator[FuzzedCase]:
        """Hand over the exchanges that nobody has taken yet, in the order in which they were sent."""
        while self._cases:
            yield self._cases.popleft()

    def stop(self) -> None:
        """Send nothing from now on."""
        self._is_stopped.set()

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def send(self, case: Case[Any], *, session: object = None, **kwargs: Any) -> Response:
        """Send `case`, or drop it. Raises `KeyboardInterrupt`, which the engine ends by, where no more may be sent."""
        operation = self._plan.contract.operations[case.operation.definition.raw["operationId"]]
        is_kept = self._thinning.keeps(case, operation.id)
        self._steering.steer(case, operation)
        request = self._build(case) if is_kept else None
        sent = None if request is None else self._exchange(request)
        prepared = requests.Request(case.method, self._plan.base_url).prepare()
        if sent is None:
            return Response(404, {}, b"", prepared, 0.0, True)
        headers: dict[str, list[str]] = {}
        for name, value in sent.response_headers:
            headers.setdefault(name, []).append(value)
        return Response(sent.status, headers, sent.response_body, prepared, 0.0, True)

    def _build(self, case: Case[Any]) -> httpx.Request | None:
        """Return the request, with the plan's headers, or None where no client could send it."""
        try:
            prepared = requests.Request(**self.serialize_case(case, base_url=self._plan.base_url)).prepare()
            request = httpx.Request(
                prepared.method or "",
                prepared.url or "",
                headers=_as_text(prepared.headers),
                content=_as_bytes(prepared.body),
                extensions={"timeout": httpx.Timeout(self._plan.timeout).as_dict()},
            )
        except (requests.RequestException, httpx.InvalidURL, UnicodeError):
            return None
        request.headers.update(self._plan.headers)
        return request

    def _exchange(self, request: httpx.Request) -> FuzzedCase | None:
        """Send `request` and return the exchange, or None where it may not be sent or no answer came."""
        url = request.url
        target = url.raw_path.decode("ascii")
        if (url.scheme, url.netloc) != (self._base.scheme, self._base.netloc):
            return None
        if not target.startswith(f"{self._base_path}/"):
            return None
        path = target.removeprefix(self._base_path)
        operation = find_permitted(self._plan, request.method, path)
        if operation is None or self._without_answer[operation.id] >= _ENOUGH:
            return None
        answer = self._ask(request, path, may_repeat=operation.id not in CHANGING)
        if answer is None:
            return None
        if not answer.status_code:
            self._without_answer[operation.id] += 1
        hidden = {name.lower() for name in self._plan.headers} | _OF_THE_CONNECTION
        case = FuzzedCase(
            operation.id,
            request.method,
            path,
            tuple((name, value) for name, value in request.headers.items() if name.lower() not in hidden),
            request.content,
            answer.status_code,
            tuple((name, value) for name, value in answer.headers.items() if name.lower() != "set-cookie"),
            answer.content,
        )
        self._plan.on_sent(case)
        self._learn(case)
        self._cases.append(case)
        return case

    def _ask(self, request: httpx.Request, path: str, *, may_repeat: bool) -> httpx.Response | None:
        """Return the answer, or None where none came to a request that must not be repeated.

        The target is silent once two requests in a row had no answer, a repetition or the next one, and it answers
        nothing else either; where it does, an answer of status 0 stands for none.
        """
        while not self._is_stopped.is_set() and self.silent is None:
            try:
                answer = self._http.handle_request(request)
                try:
                    answer.read()
                finally:
                    answer.close()
            except httpx.LocalProtocolError:
                return None
            except (httpx.TransportError, httpx.DecodingError) as problem:
                self._unanswered += 1
                if self._unanswered >= _MOST_UNANSWERED and self._plan.is_alive():
                    self._unanswered = 0
                    return httpx.Response(0)
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
        if 200 <= case.status <= 299:
            try:
                self._steering.learn(read_json(case.response_body))
            except NotJson:
                return


def _explain(problem: httpx.RequestError) -> str:
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
