"""The backend on a real socket."""

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
    """A server that says when it has started."""

    def __init__(self, config: uvicorn.Config, on_started: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_started = on_started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_started()


def serve(app: ASGIApp, host: str, port: int, *, on_started: Callable[[str], None] | None = None) -> None:
    """Serve `app` until the process is told to stop; port 0 takes a free one.

    `on_started` is called with the origin, such as `http://127.0.0.1:8080`, once requests are answered. Raises
    `OSError` where the address cannot be bound.
    """
    with closing(_bind(host, port)) as listener:
        origin = _origin(listener)
        server = _AnnouncingServer(_configure(app), lambda: on_started(origin) if on_started else None)
        # The server has stopped cleanly by the time it passes Ctrl-C on.
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


@contextmanager
def running_server(app: ASGIApp, base_path: str = DEFAULT_BASE_PATH) -> Iterator[str]:
    """Serve `app` on a free port of 127.0.0.1 while the block runs, and yield its base URL.

    `base_path` is where the application has the API: it ends the URL. Raises `RuntimeError` where the
    application does not start.
    """
    settled = threading.Event()
    with closing(_bind("127.0.0.1", 0)) as listener:
        server = _AnnouncingServer(_configure(app), settled.set)

        def run() -> None:
            # The server leaves by SystemExit where the application does not start; it has logged why.
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
    # Named as TCP, because the event loop turns Nagle's algorithm off for no other: each answer took 40 ms longer.
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
    # Quiet: whoever starts the server says so, and no request, with whatever secrets it holds, is logged.
    return uvicorn.Config(
        app, log_config=None, log_level="error", access_log=False, ws="none", timeout_graceful_shutdown=5
    )
