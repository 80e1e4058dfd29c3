"""The backend under test: sends requests to it, and checks that it can be reached."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

import httpx

from ..contract.cannot_run import CannotRun
from ..contract.contract import Contract
from .exchange import Request, Response
from .network import BoundedTransport, Clock
from .outage import Symptom, TargetDown, describe_outage, find_symptom, list_probes
from .pacing import Pacing
from .reading import describe_answer
from .receiving import ACCEPTED, MAX_SIZE, TIMEOUT, Limits, receive

# Shorter header values are not redacted: they are hardly secret, and occur in ordinary text.
_SECRET: Final = 6
# Seconds during which a target that is down may recover, and between two looks at it.
_RECOVERY: Final = 30.0
_LOOK: Final = 3.0


class TargetLost(CannotRun):
    """The target stopped answering during the run."""


@dataclass(frozen=True, slots=True)
class _Connection:
    """A client, and the clock of its transport."""

    client: httpx.Client
    clock: Clock


class Target:
    """A backend at a base URL. `headers` are sent with every request and are secret.

    The targets of all users of a run share one `pacing`.
    """

    def __init__(
        self,
        base_url: str,
        headers: Mapping[str, str] | None = None,
        timeout: float = TIMEOUT,
        pacing: Pacing | None = None,
        max_size: int = MAX_SIZE,
    ) -> None:
        try:
            url = httpx.URL(base_url)
        except httpx.InvalidURL as problem:
            raise CannotRun(f"{base_url!r} is not a URL: {problem}") from None
        if url.scheme not in ("http", "https") or not url.host:
            raise CannotRun(f"{base_url!r} is not a URL of a backend: it must start with http:// or https://")
        if url.userinfo:
            raise CannotRun("the URL contains credentials: pass them with --token-env or --header instead")
        self.base_url = str(url.copy_with(query=None, fragment=None)).rstrip("/")
        self.headers = dict(headers or {})
        self.timeout = timeout
        self.limits = Limits(max_size, timeout)
        self.pacing = pacing or Pacing()
        self._ssl = httpx.create_ssl_context(trust_env=False)
        self._clients: list[httpx.Client] = []
        self._own = threading.local()

    def __repr__(self) -> str:
        return f"Target({self.base_url!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for client in self._clients:
            client.close()

    @property
    def _http(self) -> _Connection:
        # One client per thread: in a shared pool, one thread may close the idle connection that another has just taken.
        return self._connection("kept", keeps_connections=True)

    @property
    def _afresh(self) -> _Connection:
        # Requests that change data are not repeated, so they do not use idle connections, which may already be closed.
        return self._connection("afresh", keeps_connections=False)

    def _connection(self, name: str, *, keeps_connections: bool) -> _Connection:
        connection: _Connection | None = getattr(self._own, name, None)
        if connection is None:
            transport = BoundedTransport(self._ssl, keeps_connections=keeps_connections)
            client = httpx.Client(
                headers={"Accept-Encoding": ACCEPTED} | self.headers,
                timeout=self.timeout,
                trust_env=False,
                transport=transport,
            )
            connection = _Connection(client, transport.clock)
            setattr(self._own, name, connection)
            self._clients.append(client)
        return connection

    def _exchange(self, connection: _Connection, request: Request) -> Response:
        """Send `request` once, and return the answer, see `receive`. Raises `httpx.TransportError`."""
        try:
            built = connection.client.build_request(
                request.method,
                self.base_url + request.path,
                content=request.body or None,
                headers=[*request.headers],
            )
        except (httpx.InvalidURL, ValueError) as problem:
            # The path has an id of the target.
            reason = f"the URL of the request cannot be sent ({len(request.path)} characters): {problem}"
            return Response(0, (), b"", reason)
        return receive(lambda: connection.client.send(built, stream=True), connection.clock, self.limits)

    @property
    def has_token(self) -> bool:
        """Whether requests have an `Authorization` header."""
        return any(name.lower() == "authorization" for name in self.headers)

    def redact(self, text: str) -> str:
        """Return `text` with the values of the target's headers masked. A response may echo them."""
        for value in self.headers.values():
            for secret in {value, value.rpartition(" ")[2]}:
                if len(secret) >= _SECRET:
                    text = text.replace(secret, "**********")
        return text

    def send(self, request: Request, *, may_repeat: bool, operation_id: str = "") -> Response:
        """Send `request` and return the response.

        If no response arrives, a request that may be repeated is sent once more. If a gateway answers, the request is
        repeated as `Pacing` allows, for each operation separately. Raises `TargetLost`.
        """
        key, attempt = operation_id or f"{request.method} {request.path}", 0
        while True:
            self.pacing.await_turn()
            response = self._send(request, may_repeat=may_repeat)
            if not self.pacing.await_repetition(key, response, attempt, is_safe=may_repeat):
                return response
            attempt += 1

    def _send(self, request: Request, *, may_repeat: bool) -> Response:
        for attempt in range(2 if may_repeat else 1):
            try:
                return self._exchange(self._http if may_repeat else self._afresh, request)
            except httpx.TransportError as problem:
                reason = _explain(problem)
                if attempt or not may_repeat:
                    raise TargetLost(
                        f"{self.base_url} stopped answering at {request.method} {request.path}: {reason}"
                    ) from None
        raise TargetLost(f"{self.base_url} stopped answering at {request.method} {request.path}: {reason}")

    def answers(self, contract: Contract) -> bool:
        """Whether the target answers a harmless request, with any status."""
        try:
            self._send(list_probes(contract)[0].request, may_repeat=True)
        except TargetLost:
            return False
        return True

    def probe(self, contract: Contract) -> None:
        """Send a few harmless requests.

        Raises `CannotRun` if no orchestrator answers or if it denies access, and `TargetDown` if every answer is an
        error of the server or of a gateway.
        """
        first = list_probes(contract)[0]
        try:
            response = self.send(first.request, may_repeat=True)
        except TargetLost as problem:
            if self._answers_elsewhere(contract):
                return
            raise CannotRun(
                f"cannot reach {self.base_url}: {str(problem).rpartition(': ')[2]}; is it running?"
            ) from None
        where = f"{first.operation.method} {self.base_url}{first.operation.path}"
        if not response.status:
            if self._answers_elsewhere(contract):
                return
            raise CannotRun(f"{where} has no usable answer: {response.problem}; is it an HTTP server?")
        if find_symptom(response) in ("down", "limited") and (outage := self.find_outage(contract)):
            raise TargetDown(describe_outage(self.base_url, outage))
        if 300 <= response.status <= 399:
            raise CannotRun(
                f"{where} answers with a redirect ({response.status}), as a login page does: {_ADVICE}"
            )
        if response.status in (401, 403):
            raise CannotRun(f"{where} requires authentication ({response.status}): {_ADVICE}")
        if response.content_type in ("text/html", "application/xhtml+xml") and response.status < 500:
            raise CannotRun(
                f"{where} answers HTML (status {response.status}), not the API: give the base URL up to the base "
                "path, such as https://host/api/orchestrator, and a token if this is a login page"
            )
        if response.status == 404:
            raise CannotRun(
                f"{where} does not exist (404): give the base URL up to the base path, such as https://host/api/orchestrator"
            )

    def _answers_elsewhere(self, contract: Contract) -> bool:
        """Whether a harmless request to another operation than the first succeeds."""
        first, *others = list_probes(contract)
        for probe in {
            each.operation.id: each for each in others if each.operation is not first.operation
        }.values():
            try:
                if self._send(probe.request, may_repeat=True).is_success:
                    return True
            except TargetLost:
                continue
        return False

    def find_outage(self, contract: Contract) -> dict[Symptom, str]:
        """Return the symptoms of an outage, with an example of each, or nothing if a harmless request succeeds."""
        symptoms: dict[Symptom, str] = {}
        for probe in list_probes(contract):
            self.pacing.await_turn()
            response = self._send(probe.request, may_repeat=True)
            symptom = find_symptom(response)
            if symptom is None:
                return {}
            symptoms.setdefault(symptom, f"{probe.name} has {describe_answer(response)}")
        return symptoms

    def require_presence(self, contract: Contract) -> None:
        """Raise `TargetDown` if no harmless request succeeds for a while. A restart of the backend is shorter."""
        for _ in range(round(_RECOVERY / _LOOK)):
            outage = self.find_outage(contract)
            if not outage:
                return
            if "denied" in outage:
                break
            self.pacing.pause(_LOOK)
        raise TargetDown(describe_outage(self.base_url, outage))


_ADVICE: Final = "put a token into an environment variable and name it with --token-env"


def _explain(problem: httpx.TransportError) -> str:
    kind = type(problem).__name__
    text = str(problem).strip()
    return f"{kind} ({text})" if text else kind
