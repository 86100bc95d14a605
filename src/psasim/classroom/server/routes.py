"""Who may ask a room what, by which path."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import ip_address
from time import monotonic
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from psasim.classroom.server.guards import Refused
from psasim.classroom.server.messages import (
    Choice,
    Joining,
    Place,
    Sheets,
    Taking,
    checked,
    decoded,
)
from psasim.classroom.server.room import Room

FROM_SEAT = 8_000
"""Bytes of what a player sends."""

TRIES, WITHIN, ADDRESSES = 30, 60.0, 1_000
"""Wrong codes that an address may give within so many seconds; addresses that are remembered."""


def room_routes(room: Room, clock: Callable[[], float] = monotonic) -> list[Route]:
    """Players ask below /seat, the facilitator's page below /host; all is JSON."""
    tries = Tries(clock)

    def table(request: Request, given: Any) -> object:
        tries.check(request, room.fits(checked(Joining, given).code))
        return room.table()

    def take(request: Request, given: Any) -> object:
        taking = checked(Taking, given)
        tries.check(request, room.fits(taking.code))
        return {"token": room.take(Place(room=taking.room, seat=taking.seat))}

    def sheet(request: Request, given: Any) -> object:
        return room.sheet(room.holder(_token(request)), request.query_params.get("seen", ""))

    def choose(request: Request, given: Any) -> object:
        seat = room.holder(_token(request))
        return {"n": room.choose(seat, checked(Choice, given))}

    def leave(request: Request, given: Any) -> object:
        where, seat = room.holder(_token(request))
        room.free(Place(room=where, seat=seat))
        return None

    def heard(request: Request, given: Any) -> object:
        after = request.query_params.get("after", "0")
        if not (after.isascii() and after.isdigit() and len(after) < 10):
            raise Refused(422, "after: is no number of an entry")
        return room.heard(int(after))

    def say(request: Request, given: Any) -> object:
        if not isinstance(given, dict):
            raise Refused(422, "what was sent is no message of a game")
        return {"n": room.say(given)}

    def show(request: Request, given: Any) -> object:
        room.show(checked(Sheets, given))
        return None

    def free(request: Request, given: Any) -> object:
        room.free(checked(Place, given))
        return None

    def delete(request: Request, given: Any) -> object:
        room.delete()
        return None

    def host(answer: Answer) -> Answer:
        def guarded(request: Request, given: Any) -> object:
            check_local(request)
            room.check_host(_token(request))
            return answer(request, given)
        return guarded

    return [
        _route("/seats", {"POST": table}, FROM_SEAT),
        _route("/take", {"POST": take}, FROM_SEAT),
        _route("/seat", {"GET": sheet, "POST": choose, "DELETE": leave}, FROM_SEAT),
        _route("/host", {"GET": host(heard), "POST": host(say), "DELETE": host(delete)}),
        _route("/host/sheets", {"PUT": host(show)}),
        _route("/host/free", {"POST": host(free)}),
    ]


class Tries:
    """Wrong codes by the address they came from."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._wrong: OrderedDict[str, list[float]] = OrderedDict()

    def check(self, request: Request, fits: bool) -> None:
        """Raise `Refused` where a code is wrong, or too many from there were."""
        address = request.client.host if request.client else ""
        now = self._clock()
        wrong = [at for at in self._wrong.pop(address, []) if now - at < WITHIN]
        if not fits and len(wrong) < TRIES:
            wrong.append(now)
            self._keep(address, wrong)
            raise Refused(403, "this is not the code of the room; the facilitator has it on screen")
        if wrong:
            self._keep(address, wrong)
        if len(wrong) >= TRIES:
            raise Refused(429, f"{TRIES} wrong codes came from here; wait a minute")

    def _keep(self, address: str, wrong: list[float]) -> None:
        self._wrong[address] = wrong
        if len(self._wrong) > ADDRESSES:
            self._wrong.popitem(last=False)


def check_local(request: Request) -> None:
    """Raise `Refused` unless who asks is on this machine."""
    if request.client is None or not ip_address(request.client.host).is_loopback:
        raise Refused(403, "only the machine that psasim runs on may ask this, by the address "
                      "127.0.0.1")


Answer = Callable[[Request, Any], object]


def _route(path: str, answers: dict[str, Answer], largest: int | None = None) -> Route:
    async def respond(request: Request) -> Response:
        given = None
        if request.method in ("POST", "PUT"):
            if request.headers.get("content-type") != "application/json":
                raise Refused(415, "only application/json is taken")
            content = await request.body()
            if largest is not None and len(content) > largest:
                raise Refused(413, f"no more than {largest} bytes are taken")
            given = decoded(content)
        return _json(answers["GET" if request.method == "HEAD" else request.method](request, given))

    return Route(path, respond, methods=list(answers))


def _token(request: Request) -> str:
    """The secret that a request shows, as browsers send no other site's page may."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme != "Bearer" or not token:
        raise Refused(401, "no token was shown; open the page again")
    return token


def _json(value: object) -> Response:
    if value is None:
        return Response(status_code=204)
    return Response(json.dumps(value, separators=(",", ":")), media_type="application/json")
