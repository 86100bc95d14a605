"""A room that is open: its addresses, its record, and what serves it."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from ipaddress import IPv4Address
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from psasim.classroom.server.app import guarded_app, page_response, page_routes
from psasim.classroom.server.log import Log
from psasim.classroom.server.pages import facilitator_page, player_page, scenario_digests
from psasim.classroom.server.room import Room
from psasim.classroom.server.routes import check_local, room_routes
from psasim.classroom.server.serve import LOOPBACK, authorities, listen, serve
from psasim.errors import InputError, shown
from psasim.fingerprint import model_digest
from psasim.scenario.schema import Scenario


@dataclass
class Hosted:
    """A room and where it is."""

    room: Room
    log: Log
    sockets: list[socket.socket]
    join: str
    facilitator: str
    pages: list[Route]
    names: list[str]

    def run(self) -> None:
        """Answer until Ctrl-C, then close sockets and record."""
        app = guarded_app([*self.pages, *room_routes(self.room)], self.names)
        try:
            serve(app, self.sockets)
        finally:
            self.log.close()


def open_room(scenarios: Mapping[str, Scenario], folder: Path, host: str, port: int) -> Hosted:
    """A room on a record, new or gone on with, that listens on this machine and on `host`.

    Raises `psasim.InputError` where it cannot listen or write, and `psasim.StoreError` where the
    record is damaged, of another model or in use.
    """
    with ExitStack() as undone:
        sockets = [undone.enter_context(listen(host, port))]
        port = sockets[0].getsockname()[1]
        if host != LOOPBACK:
            sockets.append(undone.enter_context(listen(LOOPBACK, port)))
        log = Log(folder)
        undone.callback(log.close)
        room = Room(log, model_digest(), scenario_digests(scenarios))
        join = f"http://{host}:{port}/"
        pages = [*page_routes({"/": player_page()}),
                 _local_page("/room", facilitator_page(scenarios, join))]
        undone.pop_all()
    return Hosted(room, log, sockets, join, f"http://{LOOPBACK}:{port}/room#{room.host_token}",
                  pages, authorities([LOOPBACK, "localhost", host], port))


def address(given: str) -> str:
    """An address of this machine as players reach it; raises `InputError`."""
    try:
        found = IPv4Address(given)
    except ValueError:
        raise InputError(f"--host {shown(given)}: give one address of this machine in the "
                         "players' network, as 192.168.1.20; `ipconfig` (Windows) or `ip address` "
                         "shows it") from None
    if found.is_unspecified or found.is_multicast or found.is_reserved:
        raise InputError(f"--host {found}: is no one network; give the address of this machine in "
                         "the players' network, as 192.168.1.20")
    return LOOPBACK if found.is_loopback else str(found)


def _local_page(path: str, text: str) -> Route:
    """A page for this machine alone."""
    async def page(request: Request) -> Response:
        check_local(request)
        return page_response(text)

    return Route(path, page, methods=["GET"])
