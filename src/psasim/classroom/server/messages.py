"""What players, the facilitator's page and the record on disk may hold, checked where it comes in.

What a message of the game means, only the game in the facilitator's page knows; here it is JSON
of a bounded size.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal, NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from psasim.classroom.server.guards import Refused
from psasim.errors import short

DEEPEST = 12
"""Tables within tables that a message may have."""

DIGITS = 17
"""Digits of a whole number that a browser keeps."""

SEATS, ROOMS = 40, 4
"""Most seats of a room, and rooms of a game."""

Key = Annotated[str, Field(min_length=1, max_length=80)]
Room = Annotated[int, Field(ge=0, lt=ROOMS)]
Count = Annotated[int, Field(ge=0, le=10_000)]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Code = Annotated[str, Field(max_length=40)]


class Checked(BaseModel):
    """Strict: no part that is not named, no value of another kind."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Joining(Checked):
    """Somebody with the code asks which seats there are."""

    code: Code


class Taking(Checked):
    """Somebody with the code takes a seat."""

    code: Code
    room: Room
    seat: Key


class Place(Checked):
    """A seat of a room."""

    room: Room
    seat: Key


class Choice(Checked):
    """What a seat sends: the game in the facilitator's page takes it or says why not."""

    kind: Literal["choose", "vote"]
    play: Count
    turn: Count = 0
    choice: dict[str, Any] | None


class Settings(BaseModel):
    """Of a game's first message, what the server needs: which seats there are."""

    model_config = ConfigDict(strict=True, extra="allow", frozen=True)
    scenario: Key
    rooms: Annotated[int, Field(ge=1, le=ROOMS)]
    seats: Annotated[list[Key], Field(min_length=1, max_length=SEATS)]


class Sheets(Checked):
    """What the facilitator's page has for the seats: all may see `table`, a seat its sheet."""

    table: dict[str, Any]
    sheets: Annotated[dict[Key, Any], Field(max_length=SEATS * ROOMS)]


class Opened(Checked):
    """A server began on this record: its code, the hash of the facilitator's token, and of what
    the page was made: digests of the model and the scenarios."""

    kind: Literal["opened"]
    code: Code
    host: Hash
    model: str
    scenarios: dict[str, str]


class Took(Checked):
    """A seat was taken; token: its hash."""

    kind: Literal["took"]
    room: Room
    seat: Key
    token: Hash


class Freed(Checked):
    """A seat was freed, by the facilitator or by who sat there."""

    kind: Literal["freed"]
    room: Room
    seat: Key


class Said(Checked):
    """A message of the game."""

    kind: Literal["said"]
    by: Literal["facilitator", "seat"]
    message: dict[str, Any]


Entry = Annotated[Opened | Took | Freed | Said, Field(discriminator="kind")]


class Line(Checked):
    """A line of the record; n counts from 1."""

    n: int
    entry: Entry


Model = TypeVar("Model", bound=BaseModel)


def checked(kind: type[Model], value: object) -> Model:
    """A value as what it should be, or a refusal that names the part that is wrong."""
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        raise Refused(422, told(error)) from None


def told(error: ValidationError) -> str:
    """The first fault, in words."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(map(str, first["loc"])) or "what was sent"
    return f"{short(place)}: {short(first['msg'])}"


def decoded(content: bytes | str, deepest: int = DEEPEST) -> Any:
    """JSON as it is, or a refusal: no numbers that a browser cannot keep, no endless depth."""
    try:
        value = json.loads(content, parse_constant=_no_number, parse_float=_number,
                           parse_int=_whole_number)
    except (ValueError, RecursionError):
        raise Refused(400, "what was sent is no JSON that is taken here") from None
    if not _within(value, deepest):
        raise Refused(400, f"tables within tables, deeper than {deepest}")
    return value


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _number(text: str) -> float:
    value = float(text)
    return value if abs(value) < 1e300 else _no_number(text)


def _whole_number(text: str) -> int:
    return int(text) if len(text) <= DIGITS else _no_number(text)


def _within(value: object, levels: int) -> bool:
    """Whether tables and lists are within each other so many levels deep, and no deeper."""
    if not isinstance(value, dict | list):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return levels > 0 and all(_within(one, levels - 1) for one in inner)
