"""What every request must pass before anything of ours sees it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 1_000_000
"""Bytes that the body of a request may have."""

PATIENCE = 10.0
"""Seconds that a body may take to arrive."""

ALWAYS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Headers of every answer; one that names no policy of its own lets nothing load."""

NOTHING = "default-src 'none'; frame-ancestors 'none'"

_LENGTH = re.compile(r"[0-9]{1,12}", re.ASCII)


class Refused(Exception):
    """A request that is not answered: its status, and why in words."""

    def __init__(self, status: int, told: str) -> None:
        super().__init__(told)
        self.status = status
        self.told = told


class Guarded:
    """An application behind its guards.

    Only requests that name this server pass: a page of another site, or a name that its owner
    has turned to this machine (DNS rebinding), gets a 403.  Bodies have a largest size.
    """

    def __init__(self, app: ASGIApp, authorities: Iterable[str]) -> None:
        """authorities: what browsers name this server by, host and port, as "127.0.0.1:8007"."""
        self.app = app
        self.authorities = frozenset(authorities)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise RuntimeError(f"no {scope['type']} is served")

        async def guarded_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ALWAYS.items():
                    headers[name] = value
                headers.setdefault("Content-Security-Policy", NOTHING)
            await send(message)

        try:
            headers = Headers(scope=scope)
            self._check_host(headers)
            self._check_origin(headers)
            body = await _body(headers, receive)
        except Refused as refused:
            await refusal(refused.status, refused.told)(scope, receive, guarded_send)
            return
        await self.app(scope, _given_again(body, receive), guarded_send)

    def _check_host(self, headers: Headers) -> None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self.authorities:
            raise Refused(403, "this server answers to its own address only, as psasim printed it")

    def _check_origin(self, headers: Headers) -> None:
        for origin in headers.getlist("origin"):
            if not self._ours(origin):
                raise Refused(403, "a page of another site may ask nothing here")

    def _ours(self, origin: str) -> bool:
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        return origin.lower() == f"http://{parts.netloc.lower()}" and (
            parts.netloc.lower() in self.authorities)


def refusal(status: int, told: str) -> Response:
    """An answer in words, which ends the connection where a body may still be on its way."""
    headers = {"Connection": "close"} if status in (408, 413) else {}
    return PlainTextResponse(f"{told}\n", status, headers)


async def _body(headers: Headers, receive: Receive) -> bytes:
    """The whole body, or a refusal where it is too large or too slow."""
    told = headers.get("content-length", "0")
    if not _LENGTH.fullmatch(told) or int(told) > LARGEST:
        raise Refused(413, f"no more than {LARGEST} bytes are taken")
    try:
        async with asyncio.timeout(PATIENCE):
            return await _read(receive)
    except TimeoutError:
        raise Refused(408, f"the request did not arrive within {PATIENCE:g} seconds") from None


async def _read(receive: Receive) -> bytes:
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(400, "the request broke off")
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > LARGEST:
            raise Refused(413, f"no more than {LARGEST} bytes are taken")
        more = message.get("more_body", False)
    return b"".join(parts)


def _given_again(body: bytes, receive: Receive) -> Receive:
    """What an application receives: the body that was read, then whatever follows."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
