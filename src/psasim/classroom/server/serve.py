"""Listening on this machine until Ctrl-C."""

from __future__ import annotations

import errno
import os
import socket
import sys
import webbrowser
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from threading import Thread

import uvicorn
from starlette.types import ASGIApp

from psasim.errors import InputError

LOOPBACK = "127.0.0.1"
PORT = 8007
"""Where the page is, unless another port is asked for."""

MOST = 200
"""Connections at one time; twenty players need forty or so."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port: 0 for any that is free.  Raises `InputError`."""
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)  # Windows: nobody else may share it
    bound.setsockopt(socket.SOL_SOCKET, exclusive or socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
        bound.listen(MOST)
    except OSError as error:
        bound.close()
        raise InputError(_why(error, host, port)) from None
    return bound


def serve(app: ASGIApp, sockets: Sequence[socket.socket]) -> None:
    """Answer on the sockets until Ctrl-C, then close them."""
    with ExitStack() as open_ones, suppress(KeyboardInterrupt):
        for one in sockets:
            open_ones.enter_context(one)
        server(app).run(list(sockets))


def server(app: ASGIApp) -> uvicorn.Server:
    """What answers, and is silent on whatever strangers send it."""
    return uvicorn.Server(uvicorn.Config(
        app, loop="asyncio", http="h11", ws="none", lifespan="off", log_config=None,
        log_level="error", access_log=False, proxy_headers=False, server_header=False,
        limit_concurrency=MOST, timeout_keep_alive=30, timeout_graceful_shutdown=1))


def authorities(hosts: Sequence[str], port: int) -> list[str]:
    """What browsers name a server by; they leave out port 80."""
    return [name for host in hosts
            for name in ([f"{host}:{port}", host] if port == 80 else [f"{host}:{port}"])]


def open_browser(address: str) -> None:
    """Show the address in a browser, which may take its time."""
    Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def has_screen() -> bool:
    """Whether a browser would have a window, not the terminal, to open in."""
    return (sys.platform in ("win32", "darwin")
            or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()))


def _why(error: OSError, host: str, port: int) -> str:
    """Why nothing can listen there, and what to do."""
    if error.errno == errno.EADDRINUSE:
        return (f"--port {port}: another program listens there, perhaps a psasim classroom; end "
                "it, or give another --port (0: any that is free)")
    if error.errno in (errno.EACCES, errno.EPERM):
        return (f"--port {port}: this system does not let psasim listen there; give another "
                "--port, of 1024 or more")
    if error.errno == errno.EADDRNOTAVAIL:
        return (f"--host {host}: is no address of this machine; `ipconfig` (Windows) or "
                "`ip address` shows which it has")
    return f"{host} port {port}: cannot listen ({error.strerror})"
