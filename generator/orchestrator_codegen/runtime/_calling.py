"""Calls synchronous and asynchronous functions of the user from the event loop."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from inspect import isawaitable, iscoroutinefunction
from typing import Any

from starlette.concurrency import run_in_threadpool


def make_async(function: Callable[..., Any]) -> Callable[..., Awaitable[Any]]:
    """Return `function` if it is asynchronous, otherwise a coroutine function that calls it in a worker thread.

    The thread has the context variables of the caller.
    """
    if iscoroutinefunction(function) or iscoroutinefunction(getattr(function, "__call__", None)):  # noqa: B004
        return function

    async def call(*args: object, **kwargs: object) -> Any:
        result = await run_in_threadpool(partial(function, *args, **kwargs))
        return await result if isawaitable(result) else result

    return call
