"""Whatever is asked of a room, it answers in words and stands."""

from __future__ import annotations

import json
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psasim.errors import PsasimError
from tests.classroom.server.asking import HOST, asked
from tests.classroom.server.table import BEGIN, CHOICE, NETWORK, SEATS, Table, again

PATHS = ("/", "/seats", "/take", "/seat", "/host", "/host/sheets", "/host/free", "/room")
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")
KEYS = ("code", "room", "seat", "kind", "play", "turn", "choice", "settings", "rooms", "seats",
        "table", "sheets", "scenario", "lever", "__proto__")
TEXTS = st.one_of(st.sampled_from([*SEATS, "begin", "choose", "vote", "0/Wellbeing", "teaching"]),
                  st.text(max_size=100))
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS)
NAMES = st.one_of(st.sampled_from(KEYS), st.text(max_size=20))
JSON = st.recursive(LEAVES, lambda inner: st.one_of(
    st.lists(inner, max_size=5), st.dictionaries(NAMES, inner, max_size=6)), max_leaves=20)
NEAR = st.fixed_dictionaries({}, optional={
    "code": TEXTS, "room": st.integers(-1, 4), "seat": TEXTS, "kind": TEXTS, "play": st.integers(),
    "turn": st.integers(), "choice": JSON, "table": JSON, "sheets": JSON, "settings": JSON})
QUERIES = st.sampled_from(["", "?after=", "?after=3", "?after=-1", "?after=%00", "?seen=x",
                           "?after=99999999999999999999", "?after=٣", "?seen=%ff&seen=2"])


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Table]]:
    """One room, in a list so that it can be restarted."""
    table = Table(tmp_path_factory.mktemp("fuzz") / "room")
    table.host("POST", given=BEGIN)
    yield [table]
    table.log.close()


def body(value: Any) -> bytes:
    """JSON as a browser would write it, with numbers that none has too."""
    return json.dumps(value).encode("ascii")


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(method=st.sampled_from(METHODS), path=st.sampled_from(PATHS), query=QUERIES,
       content=st.one_of(JSON.map(body), NEAR.map(body), st.binary(max_size=300)),
       kind=st.sampled_from(["application/json", "application/json", "text/html", ""]),
       token=st.sampled_from(["host", "seat", "other", "none", "Basic"]),
       local=st.booleans())
def test_any_request_is_answered_and_the_room_stands(
    tables: list[Table], method: str, path: str, query: str, content: bytes, kind: str, token: str,
    local: bool,
) -> None:
    table = tables[0]
    if (method, path, token, local) == ("DELETE", "/host", "host", True):
        return  # which deletes the room, as it should
    free = next((one for one in table.host("GET")["seats"] if not one["taken"]), None)
    tokens = {"host": table.room.host_token, "other": "x" * 32,
              "seat": table.take(free["seat"], free["room"]) if free else ""}
    headers = {"Content-Type": kind, "Authorization": f"Bearer {tokens.get(token, '')}"}
    if token == "Basic":
        headers["Authorization"] = "Basic eDp5"
    answer = asked(table.app, method, f"{path}{query}", content=content, headers=headers,
                   client="127.0.0.1" if local else NETWORK)
    assert answer.status_code in (200, 204) or 400 <= answer.status_code < 500
    assert len(answer.text) < 500 or answer.status_code == 200
    assert "Traceback" not in answer.text
    for one in table.host("GET")["seats"]:
        if one["taken"]:
            table.host("POST", "/host/free", {"room": one["room"], "seat": one["seat"]})


@settings(max_examples=60, deadline=None)
@given(path=st.text(string.printable, max_size=60), host=st.text(max_size=40),
       origin=st.text(max_size=40))
def test_any_path_and_header_is_answered(
    tables: list[Table], path: str, host: str, origin: str
) -> None:
    scope_path = "/" + path
    headers = {"Host": host.encode("utf-8"), "Origin": origin.encode("utf-8")}
    for given_headers in ({}, headers):
        answer = asked(tables[0].app, "GET", httpx_path(scope_path), headers=given_headers)
        assert 400 <= answer.status_code < 500
    assert asked(tables[0].app, "GET", "/seat", headers={"Host": HOST}).status_code == 401


def httpx_path(path: str) -> str:
    """A path in which every character is quoted."""
    return "".join(f"%{byte:02x}" if index else "/" for index, byte in enumerate(path.encode()))


def test_what_the_fuzz_left_is_gone_on_with(tables: list[Table]) -> None:
    before = tables[0].host("GET")["said"]
    tables[0] = again(tables[0])
    assert tables[0].host("GET")["said"] == before


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_damage_to_the_record_is_told_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    table = Table(tmp_path_factory.mktemp("damage") / "room")
    table.host("POST", given=BEGIN)
    token = table.take()
    table.ask("POST", "/seat", CHOICE, token)
    table.log.close()
    path: Path = table.log.path
    content = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    change = data.draw(st.sampled_from(["byte", "cut", "double", "insert"]))
    if change == "byte":
        content[at] = data.draw(st.integers(0, 255))
    elif change == "cut":
        del content[at:at + data.draw(st.integers(1, 200))]
    elif change == "double":
        content[at:at] = content[at:at + 100]
    else:
        content[at:at] = data.draw(st.binary(min_size=1, max_size=20))
    path.write_bytes(content)
    told = ""
    try:
        after = Table(path.parent)
        after.host("GET")
        after.log.close()
    except PsasimError as error:
        told = str(error)
    assert told == "" or (str(path) in told and len(told) < 600)
