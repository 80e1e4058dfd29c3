"""Runs an application on a real socket."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress

import uvicorn
from starlette.types import ASGIApp

from .settings import DEFAULT_BASE_PATH


class _AnnouncingServer(uvicorn.Server):
    """A server that calls `on_started` once it accepts requests."""

    def __init__(self, config: uvicorn.Config, on_started: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_started = on_started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_started()


def serve(app: ASGIApp, host: str, port: int, *, on_started: Callable[[str], None] | None = None) -> None:
    """Serve `app` until the process is interrupted. Port 0 selects a free port.

    `on_started` is called with the origin, such as `http://127.0.0.1:8080`, once the server accepts requests. Raises
    `OSError` if the address cannot be bound.
    """
    with closing(_bind(host, port)) as listener:
        origin = _origin(listener)
        server = _AnnouncingServer(_configure(app), lambda: on_started(origin) if on_started else None)
        # The server raises Ctrl-C again after it has stopped cleanly.
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


@contextmanager
def running_server(app: ASGIApp, base_path: str = DEFAULT_BASE_PATH) -> Iterator[str]:
    """Serve `app` on a free port of 127.0.0.1 while the block runs, and yield its base URL.

    `base_path` is the path of the API in the application, and becomes part of the URL. Raises `RuntimeError` if the
    application does not start.
    """
    settled = threading.Event()
    with closing(_bind("127.0.0.1", 0)) as listener:
        server = _AnnouncingServer(_configure(app), settled.set)

        def run() -> None:
            # The server raises SystemExit if the application does not start. It has logged the reason.
            try:
                with suppress(SystemExit):
                    server.run(sockets=[listener])
            finally:
                settled.set()

        thread = threading.Thread(target=run, name="reference-backend", daemon=True)
        thread.start()
        settled.wait()
        try:
            if not server.started:
                raise RuntimeError("the application did not start")
            yield _origin(listener) + base_path.rstrip("/")
        finally:
            server.should_exit = True
            thread.join()


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The event loop disables Nagle's algorithm only for explicit TCP sockets. With it, a response takes 40 ms longer.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


def _origin(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _configure(app: ASGIApp) -> uvicorn.Config:
    # No logging: callers report the start themselves, and requests may contain secrets.
    return uvicorn.Config(
        app, log_config=None, log_level="error", access_log=False, ws="none", timeout_graceful_shutdown=5
    )
