"""A room: who sits where, what was said, and what each seat may see.

The game itself runs in the facilitator's page, which works it out anew from what was said.  So
the server keeps that, in order, and hands on: to the facilitator's page what everybody said, to a
seat the sheet that the page made for it.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from psasim.classroom.server.guards import Refused
from psasim.classroom.server.log import Log, damaged
from psasim.classroom.server.messages import (
    Choice,
    Entry,
    Freed,
    Opened,
    Place,
    Said,
    Settings,
    Sheets,
    Took,
    checked,
)
from psasim.errors import StoreError

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of a code: none that is read for another."""
LENGTH = 6

FROM_SEAT = 300
"""Messages of a seat in one game, of eighteen turns."""
FROM_FACILITATOR = 5_000
"""Messages of the facilitator's page in one record."""

HERE = 10.0
"""Seconds since somebody last asked, within which they are there."""

Seat = tuple[int, str]


@dataclass
class _Seated:
    """A seat: the hash of the token of who sits there, and when they last asked."""

    token: str | None = None
    asked: float = -HERE
    said: int = 0
    sheet: Any = None
    version: int = 0


@dataclass
class _Game:
    """What follows from the entries of a record."""

    code: str = ""
    hosts: set[str] = field(default_factory=set)
    seats: dict[Seat, _Seated] = field(default_factory=dict)
    said: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    from_facilitator: int = 0


class Room:
    """The room on a record, new or gone on with."""

    def __init__(self, log: Log, model: str, scenarios: Mapping[str, str],
                 clock: Callable[[], float] = time.monotonic) -> None:
        """model, scenarios: digests of what the facilitator's page is made of.

        Raises `psasim.StoreError` where the record was played on something else.
        """
        self._log = log
        self._model, self._scenarios = model, dict(scenarios)
        self._clock = clock
        self._host = secrets.token_urlsafe(24)
        self.boot = secrets.token_urlsafe(6)
        self._begin()
        _check_made_of(log, model, scenarios)

    def _begin(self) -> None:
        """The state that the record says, and a new token of the facilitator's."""
        self._game = _Game()
        self._table: dict[str, Any] = {}
        self._shown = False
        self._facilitated = -HERE
        for number, entry in enumerate(self._log.entries, 1):
            try:
                self._follow(number, entry)
            except (KeyError, TypeError, ValidationError):
                raise damaged(self._log.path, f"line {number} is of a seat or a game that is not "
                              "there") from None
        self._opened = Opened(kind="opened", code=self._game.code or new_code(),
                              host=_hash(self._host), model=self._model,
                              scenarios=self._scenarios)
        self._kept = False
        self._follow(0, self._opened)

    @property
    def code(self) -> str:
        """What players join with."""
        return self._game.code

    @property
    def host_token(self) -> str:
        """What the facilitator's page shows that it is."""
        return self._host

    @property
    def resumed(self) -> bool:
        """Whether a game was begun."""
        return bool(self._game.said)

    # --- players -------------------------------------------------------------------------------

    def fits(self, code: str) -> bool:
        """Whether a code is this room's, as people type it."""
        typed = "".join(code.split()).lower()
        return secrets.compare_digest(typed.encode(), self.code.encode())

    def table(self) -> dict[str, Any]:
        """What everybody with the code may see: seats, and whether they are free."""
        return {"table": self._table, "seats": self._places()}

    def take(self, place: Place) -> str:
        """Take a free seat; returns the token that holds it."""
        seat = self._seat(place)
        if seat.token is not None:
            raise Refused(409, "somebody sits there; choose another seat, or ask the facilitator "
                          "to free it")
        token = secrets.token_urlsafe(24)
        self._keep(Took(kind="took", room=place.room, seat=place.seat, token=_hash(token)))
        seat.asked = self._clock()
        return token

    def holder(self, token: str) -> Seat:
        """The seat that a token holds; raises `Refused`."""
        digest = _hash(token)
        for seat, seated in self._game.seats.items():
            if seated.token == digest:
                return seat
        raise Refused(401, "this seat is no longer yours; choose a seat again")

    def sheet(self, seat: Seat, seen: str) -> dict[str, Any] | None:
        """What a seat may see; None where it has it, in version `seen`."""
        seated = self._game.seats[seat]
        seated.asked = self._clock()
        here = self._is_here(self._facilitated)
        version = f"{self.boot}-{seated.version}-{here:d}"
        if version == seen:
            return None
        return {"version": version, "room": seat[0], "seat": seat[1], "facilitator": here,
                "sheet": seated.sheet}

    def choose(self, seat: Seat, choice: Choice) -> int:
        """Keep what a seat sends; returns its number in the record."""
        if self._game.seats[seat].said >= FROM_SEAT:
            raise Refused(429, f"this seat has sent {FROM_SEAT} messages in this game, which is "
                          "all that are taken")
        message = {**choice.model_dump(), "room": seat[0], "seat": seat[1]}
        return self._keep(Said(kind="said", by="seat", message=message))

    def free(self, place: Place) -> None:
        """Free a seat for somebody else; whoever held it must choose again."""
        if self._seat(place).token is not None:
            self._keep(Freed(kind="freed", room=place.room, seat=place.seat))

    # --- the facilitator -----------------------------------------------------------------------

    def check_host(self, token: str) -> None:
        """Raise `Refused` unless a token is the facilitator's."""
        if _hash(token) not in self._game.hosts:
            raise Refused(401, "only the facilitator's page may do this; open it by the link that "
                          "psasim printed")

    def heard(self, after: int) -> dict[str, Any]:
        """What was said after an entry, and how the room stands."""
        self._facilitated = self._clock()
        return {
            "boot": self.boot, "code": self.code, "upto": len(self._log.entries),
            "shown": self._shown, "seats": self._places(),
            "said": [{"n": n, "message": message} for n, message in self._game.said if n > after],
        }

    def say(self, message: dict[str, Any]) -> int:
        """Keep a message of the facilitator's; returns its number in the record."""
        if self._game.from_facilitator >= FROM_FACILITATOR:
            raise Refused(429, f"{FROM_FACILITATOR} messages are kept, which is all that are "
                          "taken; delete the record and begin again")
        if message.get("kind") == "begin":
            checked(Settings, message.get("settings"))
        return self._keep(Said(kind="said", by="facilitator", message=message))

    def show(self, sheets: Sheets) -> None:
        """Take the sheets of all seats; a seat that has none is shown nothing."""
        self._table, self._shown = sheets.table, True
        for (room, name), seated in self._game.seats.items():
            sheet = sheets.sheets.get(f"{room}/{name}")
            if sheet != seated.sheet:
                seated.sheet = sheet
                seated.version += 1

    def delete(self) -> None:
        """Take the record away and begin an empty room, with a new code."""
        self._log.delete()
        self.boot = secrets.token_urlsafe(6)
        hosts = self._game.hosts
        self._begin()
        self._game.hosts |= hosts

    # --- what follows from entries -------------------------------------------------------------

    def _keep(self, entry: Entry) -> int:
        """Keep an entry, after the one that says who began: a room nobody used leaves nothing."""
        if not self._kept:
            self._log.append(self._opened)
            self._kept = True
        number = self._log.append(entry)
        self._follow(number, entry)
        return number

    def _follow(self, number: int, entry: Entry) -> None:
        game = self._game
        if isinstance(entry, Opened):
            game.code = entry.code
            game.hosts.add(entry.host)
        elif isinstance(entry, Said):
            game.said.append((number, entry.message))
            if entry.by == "facilitator":
                game.from_facilitator += 1
            else:
                game.seats[entry.message["room"], entry.message["seat"]].said += 1
            if entry.message.get("kind") == "begin":
                self._seat_anew(Settings.model_validate(entry.message["settings"]))
        else:
            seated = game.seats[entry.room, entry.seat]
            seated.token = entry.token if isinstance(entry, Took) else None

    def _seat_anew(self, settings: Settings) -> None:
        """The seats of a game that begins; who sat in one that is there again sits there still."""
        before = self._game.seats
        places = [(room, seat) for room in range(settings.rooms) for seat in settings.seats]
        self._game.seats = {
            place: _Seated(was.token, was.asked) if (was := before.get(place)) else _Seated()
            for place in places
        }

    def _seat(self, place: Place) -> _Seated:
        found = self._game.seats.get((place.room, place.seat))
        if found is None:
            raise Refused(404, "there is no such seat in this game")
        return found

    def _places(self) -> list[dict[str, Any]]:
        return [{"room": room, "seat": name, "taken": seated.token is not None,
                 "here": seated.token is not None and self._is_here(seated.asked)}
                for (room, name), seated in self._game.seats.items()]

    def _is_here(self, asked: float) -> bool:
        return self._clock() - asked < HERE


def new_code() -> str:
    """A code that is read out and typed."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _check_made_of(log: Log, model: str, scenarios: Mapping[str, str]) -> None:
    """Raise `StoreError` where a record was played on another model or another scenario."""
    made = [entry for entry in log.entries if isinstance(entry, Opened)]
    played = {entry.message["settings"]["scenario"] for entry in log.entries
              if isinstance(entry, Said) and entry.message.get("kind") == "begin"}
    if not made or not played:
        return
    other = "the model" if made[-1].model != model else next(
        (f"scenario {name}" for name in sorted(played)
         if made[-1].scenarios.get(name) != scenarios.get(name)), None)
    if other:
        raise StoreError(f"{log.path} was played on {other} as it was, or which is not given now, "
                         "so that it cannot be gone on with; give the command as it was, with the "
                         "same psasim, or choose another folder with --folder")
