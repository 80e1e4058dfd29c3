"""The clients without their operations: what they are given, and how the steps of a call are taken."""

from __future__ import annotations

import inspect
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from copy import copy
from types import TracebackType
from typing import Any, Generic, NoReturn, ParamSpec, Self, TypeAlias, TypeVar, cast

import httpx

from ._credential import Credential
from ._exchange import ACCEPT, Target, build_request, read_answer
from ._flows import Ask, Call, Flow, Pause, Send, Step, exchange
from ._operation import Operation
from ._options import (
    AsyncHttpClient,
    Auth,
    BaseUrl,
    HttpClient,
    Timeout,
    check_http_client,
    read_timeout,
    read_tokens,
)
from ._paging import Pages
from ._retry import Retry

T = TypeVar("T")
P = ParamSpec("P")

EventHooks: TypeAlias = Mapping[str, Sequence[Callable[..., Any]]]


class RawResponse(Generic[T]):
    """An answer as it came: `status`, `headers`, `body`, the HTTP library's own `response`, and the `operation`."""

    def __init__(self, operation: Operation[T], response: httpx.Response) -> None:
        self.operation = operation
        self.response = response
        self.status = response.status_code
        self.headers = response.headers
        self.body = response.content

    def __repr__(self) -> str:
        return f"RawResponse({self.operation.id}, {self.status})"

    def parse(self) -> T:
        """Return what the method would have returned, or raise what it would have raised."""
        return read_answer(self.operation, self.response)


class _Base:
    _http: Any
    _owns_http: bool
    _is_raw = False
    _credential = Credential()

    def __init__(
        self,
        base_url: BaseUrl,
        auth: Auth | None,
        headers: Mapping[str, str] | None,
        timeout: Timeout | None,
        retry: Retry | None,
        *,
        owns_http: bool,
    ) -> None:
        self._choose = read_tokens(auth, self._credential)
        self._seconds = read_timeout(timeout)
        self._target = Target.read(base_url, headers, auth, self._credential, owns_http=owns_http)
        self._owns_http = owns_http
        # A redirect is an answer, whatever the HTTP client would do: it may lead the credentials to another host.
        self._sending: dict[str, Any] = {"follow_redirects": False}
        if hasattr(auth, "auth_flow"):
            self._sending["auth"] = auth
        self._retry = Retry() if retry is None else retry

    def __repr__(self) -> str:
        return f"{type(self).__name__}({httpx.URL(self._target.base_url)!r})"

    def __copy__(self) -> Self:
        """Return a client with the same connections, which it does not close."""
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__, _owns_http=False)
        return twin

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"{type(self).__name__} can neither be pickled nor copied deep: it holds connections and credentials"
        )

    def _begin(
        self,
        operation: Operation[Any],
        arguments: Mapping[str, object],
        body: object,
        timeout: Timeout | None,
    ) -> Flow[Any]:
        seconds = self._seconds if timeout is None else read_timeout(timeout)
        request = build_request(self._http, self._target, operation, arguments, body, seconds)
        return exchange(operation, request, self._retry, self._choose(operation))

    def _end(self, operation: Operation[T], response: Any) -> T:
        # `with_raw_response` gives the method's caller another type, and knows.
        return (
            cast("T", RawResponse(operation, response)) if self._is_raw else read_answer(operation, response)
        )

    def _find_raw(self, method: Callable[..., Any]) -> Any:
        if getattr(method, "__self__", None) is not self:
            raise ValueError("with_raw_response takes a method of the client that it is called on")
        raw = copy(self)
        raw._is_raw = True
        return getattr(raw, method.__name__)

    def _check_one(self) -> None:
        """Raise `ValueError` where answers are wanted as they came, and what is called makes several calls."""
        if self._is_raw:
            raise ValueError(
                "with_raw_response takes a method that calls one operation once, not one that repeats it"
            )


class SyncBase(_Base):
    """`base_url` is the URL below which the paths of the document lie; its own path is kept.

    `auth` is a token, sent as the document's security scheme says; a function that returns one, called for each
    request and again where one is refused with 401; or an `httpx.Auth`. Neither it nor `headers`, sent with every
    request, appear in `repr`.
    `timeout` is in seconds, or an `httpx.Timeout`; `None` leaves it to the HTTP client (5 seconds in httpx), and
    `httpx.Timeout(None)` waits for ever.
    `retry` says which calls are repeated and how often, see `Retry`; `Retry(attempts=1)` repeats none.
    `event_hooks` are httpx's: `{"request": [function], "response": [function]}`, called for every attempt.
    `transport` replaces the network, as in tests. `http_client` is a client of the caller's, of httpx or httpx2, with
    hooks and a transport of its own; the caller also closes it. Redirects are not followed, whatever it is set to.
    """

    def __init__(
        self,
        base_url: BaseUrl,
        *,
        auth: Auth | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: Timeout | None = None,
        retry: Retry | None = None,
        event_hooks: EventHooks | None = None,
        transport: httpx.BaseTransport | None = None,
        http_client: HttpClient | None = None,
    ) -> None:
        super().__init__(base_url, auth, headers, timeout, retry, owns_http=http_client is None)
        check_http_client(http_client, "close", transport, event_hooks)
        self._http = http_client
        if http_client is None:
            hooks = _copy_hooks(event_hooks)
            self._http = httpx.Client(headers={"accept": ACCEPT}, transport=transport, event_hooks=hooks)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections, unless they are those of the caller's own HTTP client."""
        if self._owns_http:
            self._http.close()

    def with_raw_response(self, method: Callable[P, T]) -> Callable[P, RawResponse[T]]:
        """Return `method`, one that calls an operation, as one that returns the answer as it came, whatever it is.

        `client.with_raw_response(client.METHOD)(...)` takes what `client.METHOD(...)` takes.
        """
        raw: Callable[P, RawResponse[T]] = self._find_raw(method)
        return raw

    def _call(
        self, operation: Operation[T], arguments: Mapping[str, object], body: object, timeout: Timeout | None
    ) -> T:
        return self._end(operation, self._run(self._begin(operation, arguments, body, timeout)))

    def _iterate(
        self, pages: Pages[T], arguments: Mapping[str, object], timeout: Timeout | None
    ) -> Iterator[T]:
        self._check_one()
        return self._go_through(pages, arguments, timeout)

    def _go_through(
        self, pages: Pages[T], arguments: Mapping[str, object], timeout: Timeout | None
    ) -> Iterator[T]:
        while not pages.is_over:
            yield from pages.take(self._call(pages.operation, arguments, pages.next_body(), timeout))

    def _run(self, flow: Flow[T]) -> T:
        try:
            step = next(flow)
            while True:
                came: Any = None
                failed: list[Exception] = []
                try:
                    came = self._take(step)
                except Exception as error:
                    failed.append(error)
                # Not while it is handled, or it would be the context of what the flow raises, and not kept here.
                step = flow.throw(failed.pop()) if failed else flow.send(came)
        except StopIteration as end:
            value: T = end.value
            return value

    def _take(self, step: Step) -> Any:
        match step:
            case Send(request):
                return self._http.send(request, **self._sending)
            case Ask(source):
                return _require_token(source())
            case Pause(seconds):
                return time.sleep(seconds)
            case Call(operation, arguments):
                self._check_one()
                return self._call(operation, arguments, None, None)


class AsyncBase(_Base):
    __doc__ = SyncBase.__doc__

    def __init__(
        self,
        base_url: BaseUrl,
        *,
        auth: Auth | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: Timeout | None = None,
        retry: Retry | None = None,
        event_hooks: EventHooks | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        http_client: AsyncHttpClient | None = None,
    ) -> None:
        super().__init__(base_url, auth, headers, timeout, retry, owns_http=http_client is None)
        check_http_client(http_client, "aclose", transport, event_hooks)
        self._http = http_client
        if http_client is None:
            hooks = _copy_hooks(event_hooks)
            self._http = httpx.AsyncClient(headers={"accept": ACCEPT}, transport=transport, event_hooks=hooks)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections, unless they are those of the caller's own HTTP client."""
        if self._owns_http:
            await self._http.aclose()

    def with_raw_response(
        self, method: Callable[P, Coroutine[Any, Any, T]]
    ) -> Callable[P, Coroutine[Any, Any, RawResponse[T]]]:
        """Return `method`, one that calls an operation, as one that returns the answer as it came, whatever it is.

        `await client.with_raw_response(client.METHOD)(...)` takes what `client.METHOD(...)` takes.
        """
        raw: Callable[P, Coroutine[Any, Any, RawResponse[T]]] = self._find_raw(method)
        return raw

    async def _call(
        self, operation: Operation[T], arguments: Mapping[str, object], body: object, timeout: Timeout | None
    ) -> T:
        return self._end(operation, await self._run(self._begin(operation, arguments, body, timeout)))

    def _iterate(
        self, pages: Pages[T], arguments: Mapping[str, object], timeout: Timeout | None
    ) -> AsyncIterator[T]:
        self._check_one()
        return self._go_through(pages, arguments, timeout)

    async def _go_through(
        self, pages: Pages[T], arguments: Mapping[str, object], timeout: Timeout | None
    ) -> AsyncIterator[T]:
        while not pages.is_over:
            for row in pages.take(await self._call(pages.operation, arguments, pages.next_body(), timeout)):
                yield row

    async def _run(self, flow: Flow[T]) -> T:
        try:
            step = next(flow)
            while True:
                came: Any = None
                failed: list[Exception] = []
                try:
                    came = await self._take(step)
                except Exception as error:
                    failed.append(error)
                # Not while it is handled, or it would be the context of what the flow raises, and not kept here.
                step = flow.throw(failed.pop()) if failed else flow.send(came)
        except StopIteration as end:
            value: T = end.value
            return value

    async def _take(self, step: Step) -> Any:
        match step:
            case Send(request):
                return await self._http.send(request, **self._sending)
            case Ask(source):
                token = source()
                return await token if inspect.isawaitable(token) else token
            case Pause(seconds):
                import anyio  # only here: few calls pause. httpx brings it, and it serves asyncio and trio alike

                return await anyio.sleep(seconds)
            case Call(operation, arguments):
                self._check_one()
                return await self._call(operation, arguments, None, None)


def _copy_hooks(event_hooks: EventHooks | None) -> dict[str, list[Callable[..., Any]]]:
    return {event: [*hooks] for event, hooks in (event_hooks or {}).items()}


def _require_token(token: Any) -> str:
    if inspect.iscoroutine(token):
        token.close()  # or Python warns that nobody awaited it
    if not isinstance(token, str):
        raise TypeError(
            f"auth must return a token, a str, got {type(token).__name__}; only AsyncClient can await one"
        )
    return token
