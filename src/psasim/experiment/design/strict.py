"""Tables that come from outside: every key known, every value of its type."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from psasim.declared.names import unknown
from psasim.errors import InputError, shown


class Strict(BaseModel):
    """A table of settings; refuses unknown keys and values of another type."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


Table = TypeVar("Table", bound=Strict)


def read(
    model: type[Table], given: Mapping[str, Any], path: str, also: Collection[str] = ()
) -> Table:
    """The table at configuration `path`, checked; raises `InputError` in psasim's words.

    also: names of the table that are read elsewhere.
    """
    try:
        return model.model_validate(dict(given))
    except ValidationError as error:
        first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        raise unknown(name, {*model.model_fields, *also}, path)
    if first["type"] == "missing":
        raise InputError(f"{path}.{name} is missing")
    raise InputError(f"{path}.{name} = {shown(first['input'])}: {_words(first['msg'])}")


def _words(message: str) -> str:
    """pydantic's sentence as the end of one of ours."""
    message = message.removeprefix("Value error, ")
    return message[0].lower() + message[1:]
