"""A room and who sits in it, asked as over a network but without one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.types import ASGIApp

from psasim.classroom.server import serve
from psasim.classroom.server.app import guarded_app
from psasim.classroom.server.log import Log
from psasim.classroom.server.room import Room
from psasim.classroom.server.routes import room_routes
from tests.classroom.server.asking import asked

SEATS = ["Wellbeing", "Learning", "Councils"]
BEGIN = {"kind": "begin", "settings": {"scenario": "teaching", "rooms": 2, "seats": SEATS,
                                       "seed": 2007}}
CHOICE = {"kind": "choose", "play": 1, "turn": 1, "choice": {"own": 0.5}}
MADE = ("model", {"teaching": "digest"})
"""Digests of the model and the scenarios."""
NETWORK = "192.168.1.7"
"""Where players ask from."""


class Clock:
    """Seconds, which go on when they are told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


class Table:
    """A room and who sits in it, each request as it would come over the network."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.log = Log(folder)
        self.room = Room(self.log, *MADE, clock=self.clock)
        self.app: ASGIApp = guarded_app(room_routes(self.room, self.clock),
                                        serve.authorities(["127.0.0.1"], 8007))

    def ask(self, method: str, path: str, given: Any = None, token: str | None = None,
            client: str = NETWORK) -> tuple[int, Any]:
        """Status and what was answered: JSON, words, or None."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        more = {} if given is None else {"json": given}
        answer = asked(self.app, method, path, headers=headers, client=client, **more)
        if answer.status_code == 204:
            return 204, None
        told = answer.json() if answer.status_code == 200 else answer.text
        return answer.status_code, told

    def host(self, method: str, path: str = "/host", given: Any = None) -> Any:
        status, told = self.ask(method, path, given, self.room.host_token, "127.0.0.1")
        assert status in (200, 204), told
        return told

    def take(self, seat: str = "Wellbeing", room: int = 0) -> str:
        status, told = self.ask("POST", "/take", {"code": self.room.code, "room": room,
                                                  "seat": seat})
        assert status == 200, told
        return told["token"]


def again(table: Table) -> Table:
    """The room of a server that was ended and started anew on the same folder."""
    table.log.close()
    return Table(table.log.path.parent)
