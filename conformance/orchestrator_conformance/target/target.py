"""The backend under test: sends requests to it, and checks that it can be reached."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

import httpx

from ..contract.cannot_run import CannotRun
from ..contract.contract import Contract, Operation
from .exchange import Headers, Request, Response
from .network import BoundedTransport, Clock
from .receiving import ACCEPTED, MAX_SIZE, TIMEOUT, Limits, receive

# Shorter header values are not redacted: they are hardly secret, and occur in ordinary text.
_SECRET: Final = 6
_PROBES: Final = ("getWorkflowStatuses", "getWorkflowsOverview", "getInstances")


class TargetLost(CannotRun):
    """The target stopped answering during the run."""


@dataclass(frozen=True, slots=True)
class _Connection:
    """A client, and the clock of its transport."""

    client: httpx.Client
    clock: Clock


class Target:
    """A backend at a base URL. `headers` are sent with every request and are secret."""

    def __init__(
        self,
        base_url: str,
        headers: Mapping[str, str] | None = None,
        timeout: float = TIMEOUT,
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

    def send(self, request: Request, *, may_repeat: bool) -> Response:
        """Send `request` and return the response.

        If no response arrives, a request that may be repeated is sent once more. Raises `TargetLost`.
        """
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
            self.send(_harmless(contract)[1], may_repeat=True)
        except TargetLost:
            return False
        return True

    def probe(self, contract: Contract) -> None:
        """Send one harmless request. Raises `CannotRun` if no orchestrator answers, or if it denies access."""
        operation, request = _harmless(contract)
        try:
            response = self.send(request, may_repeat=True)
        except TargetLost as problem:
            raise CannotRun(
                f"cannot reach {self.base_url}: {str(problem).rpartition(': ')[2]}; is it running?"
            ) from None
        where = f"{operation.method} {self.base_url}{operation.path}"
        if not response.status:
            raise CannotRun(f"{where} has no usable answer: {response.problem}; is it an HTTP server?")
        if 300 <= response.status <= 399:
            raise CannotRun(
                f"{where} answers with a redirect ({response.status}), as a login page does: {_ADVICE}"
            )
        if response.status in (401, 403):
            raise CannotRun(f"{where} requires authentication ({response.status}): {_ADVICE}")
        if response.content_type in ("text/html", "application/xhtml+xml"):
            raise CannotRun(
                f"{where} answers HTML (status {response.status}), not the API: give the base URL up to the base "
                "path, such as https://host/api/orchestrator, and a token if this is a login page"
            )
        if response.status == 404:
            raise CannotRun(
                f"{where} does not exist (404): give the base URL up to the base path, such as https://host/api/orchestrator"
            )


def _harmless(contract: Contract) -> tuple[Operation, Request]:
    operation = next(
        (contract.operations[each] for each in _PROBES if each in contract.operations),
        next(iter(contract.operations.values())),
    )
    body = b"{}" if operation.body else b""
    headers: Headers = (("Content-Type", "application/json"),) if body else ()
    return operation, Request(operation.method, operation.path, headers, body)


_ADVICE: Final = "put a token into an environment variable and name it with --token-env"


def _explain(problem: httpx.TransportError) -> str:
    kind = type(problem).__name__
    text = str(problem).strip()
    return f"{kind} ({text})" if text else kind
