"""Asks an application without a network, as a browser on this machine would."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import httpx
from starlette.types import ASGIApp

from psasim.classroom.server import serve

HOST = "127.0.0.1:8007"
ADDRESS = f"http://{HOST}"


def asked(
    app: ASGIApp, method: str, path: str, *, client: str = "127.0.0.1", **more: Any
) -> httpx.Response:
    """The answer to one request; more: what `httpx` takes, as headers, json, content."""

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app, client=(client, 50_000))
        async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as one:
            return await one.request(method, path, **more)

    return asyncio.run(ask())


async def in_parts(size: int, count: int) -> AsyncIterator[bytes]:
    """A body that does not tell its length."""
    for _ in range(count):
        yield b"x" * size


@contextmanager
def served(app: ASGIApp) -> Iterator[int]:
    """An application on a port of this machine, which is given."""
    with serve.listen(serve.LOOPBACK, 0) as bound:
        server = serve.server(app)
        thread = Thread(target=server.run, args=([bound],))
        thread.start()
        try:
            yield bound.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()
