"""The base classes of the clients: their options, and the execution of the steps of a call."""

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
    """An unparsed response: `status`, `headers`, `body`, the `response` of the HTTP library, and the `operation`."""

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
        # Redirects are never followed, even by a caller's HTTP client: they could send credentials to another host.
        self._sending: dict[str, Any] = {"follow_redirects": False}
        if hasattr(auth, "auth_flow"):
            self._sending["auth"] = auth
        self._retry = Retry() if retry is None else retry

    def __repr__(self) -> str:
        return f"{type(self).__name__}({httpx.URL(self._target.base_url)!r})"

    def __copy__(self) -> Self:
        """Return a client with the same connections, which it does not close."""
        duplicate = object.__new__(type(self))
        duplicate.__dict__.update(self.__dict__, _owns_http=False)
        return duplicate

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"{type(self).__name__} cannot be pickled or deep-copied, because it holds connections and credentials"
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
        # `with_raw_response` gives the method its other return type, so the cast is safe.
        return (
            cast("T", RawResponse(operation, response)) if self._is_raw else read_answer(operation, response)
        )

    def _find_raw(self, method: Callable[..., Any]) -> Any:
        if getattr(method, "__self__", None) is not self:
            raise ValueError(
                "with_raw_response takes a method of the client that it is called on, as in "
                "client.with_raw_response(client.METHOD)"
            )
        raw = copy(self)
        raw._is_raw = True
        return getattr(raw, method.__name__)

    def _refuse_raw(self) -> None:
        """Raise `ValueError` on a raw client, because a method with several calls has no single response."""
        if self._is_raw:
            raise ValueError(
                "with_raw_response takes a method that makes one call, not one that pages or waits"
            )


class SyncBase(_Base):
    """A client for the API at `base_url`; the paths of the document are appended to the path of that URL.

    `auth` is a token, sent as the document's security scheme requires; a function that returns a token, called for
    each request and again after a 401; or an `httpx.Auth`. `headers` are sent with every request. `repr` shows
    neither `auth` nor `headers`.
    `timeout` is in seconds, or an `httpx.Timeout`. `None` uses the default of the HTTP client (5 seconds in httpx),
    and `httpx.Timeout(None)` disables the timeout.
    `retry` defines which calls are repeated and how often, see `Retry`; `Retry(attempts=1)` repeats none.
    `event_hooks` are those of httpx: `{"request": [function], "response": [function]}`, called for every attempt.
    `transport` replaces the network, for example in tests. `http_client` is an existing client of httpx or httpx2,
    with its own hooks and transport; the caller closes it. Redirects are never followed, even if `http_client`
    follows them by default.
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
        """Close the connections, except those of an `http_client` of the caller."""
        if self._owns_http:
            self._http.close()

    def with_raw_response(self, method: Callable[P, T]) -> Callable[P, RawResponse[T]]:
        """Return a variant of `method`, which calls an operation, that returns the raw response with any status.

        `client.with_raw_response(client.METHOD)(...)` has the same arguments as `client.METHOD(...)`.
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
        self._refuse_raw()
        return self._iterate_pages(pages, arguments, timeout)

    def _iterate_pages(
        self, pages: Pages[T], arguments: Mapping[str, object], timeout: Timeout | None
    ) -> Iterator[T]:
        while not pages.is_over:
            yield from pages.take(self._call(pages.operation, arguments, pages.next_body(), timeout))

    def _run(self, flow: Flow[T]) -> T:
        try:
            step = next(flow)
            while True:
                result: Any = None
                failed: list[Exception] = []
                try:
                    result = self._execute(step)
                except Exception as error:
                    failed.append(error)
                # Outside the `except` block, or the error would become the context of what the flow raises. It is
                # removed from the list, so that no local variable keeps it.
                step = flow.throw(failed.pop()) if failed else flow.send(result)
        except StopIteration as end:
            value: T = end.value
            return value

    def _execute(self, step: Step) -> Any:
        match step:
            case Send(request):
                return self._http.send(request, **self._sending)
            case Ask(source):
                return _require_token(source())
            case Pause(seconds):
                return time.sleep(seconds)
            case Call(operation, arguments):
                self._refuse_raw()
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
        """Close the connections, except those of an `http_client` of the caller."""
        if self._owns_http:
            await self._http.aclose()

    def with_raw_response(
        self, method: Callable[P, Coroutine[Any, Any, T]]
    ) -> Callable[P, Coroutine[Any, Any, RawResponse[T]]]:
        """Return a variant of `method`, which calls an operation, that returns the raw response with any status.

        `await client.with_raw_response(client.METHOD)(...)` has the same arguments as `client.METHOD(...)`.
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
        self._refuse_raw()
        return self._iterate_pages(pages, arguments, timeout)

    async def _iterate_pages(
        self, pages: Pages[T], arguments: Mapping[str, object], timeout: Timeout | None
    ) -> AsyncIterator[T]:
        while not pages.is_over:
            for row in pages.take(await self._call(pages.operation, arguments, pages.next_body(), timeout)):
                yield row

    async def _run(self, flow: Flow[T]) -> T:
        try:
            step = next(flow)
            while True:
                result: Any = None
                failed: list[Exception] = []
                try:
                    result = await self._execute(step)
                except Exception as error:
                    failed.append(error)
                # Outside the `except` block, or the error would become the context of what the flow raises. It is
                # removed from the list, so that no local variable keeps it.
                step = flow.throw(failed.pop()) if failed else flow.send(result)
        except StopIteration as end:
            value: T = end.value
            return value

    async def _execute(self, step: Step) -> Any:
        match step:
            case Send(request):
                return await self._http.send(request, **self._sending)
            case Ask(source):
                token = source()
                return await token if inspect.isawaitable(token) else token
            case Pause(seconds):
                import anyio  # imported lazily: few calls pause. httpx depends on it; it works in asyncio and trio

                return await anyio.sleep(seconds)
            case Call(operation, arguments):
                self._refuse_raw()
                return await self._call(operation, arguments, None, None)


def _copy_hooks(event_hooks: EventHooks | None) -> dict[str, list[Callable[..., Any]]]:
    return {event: [*hooks] for event, hooks in (event_hooks or {}).items()}


def _require_token(token: Any) -> str:
    if inspect.iscoroutine(token):
        token.close()  # or Python warns that it was never awaited
    if not isinstance(token, str):
        raise TypeError(
            f"the auth function must return a token as a str, got {type(token).__name__}; "
            "only AsyncClient accepts an async function"
        )
    return token
