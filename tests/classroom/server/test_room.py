"""A room: seats, tokens, what is kept, and what each may see."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from psasim.classroom.server import room as rooms
from psasim.classroom.server.log import Log
from psasim.classroom.server.room import Room
from psasim.classroom.server.routes import TRIES
from psasim.errors import InputError, StoreError
from tests.classroom.server.asking import asked
from tests.classroom.server.table import BEGIN, CHOICE, MADE, NETWORK, SEATS, Table, again


@pytest.fixture
def table(tmp_path: Path) -> Table:
    found = Table(tmp_path / "room")
    found.host("POST", given=BEGIN)
    return found


def test_who_has_the_code_sees_the_seats_and_takes_a_free_one(table: Table) -> None:
    table.host("PUT", "/host/sheets", {"table": {"title": "Room"}, "sheets": {}})
    typed = f" {table.room.code[:3].upper()} {table.room.code[3:]} "
    status, told = table.ask("POST", "/seats", {"code": typed})
    assert status == 200 and told["table"] == {"title": "Room"}
    assert [(one["room"], one["seat"]) for one in told["seats"]] == [
        (room, seat) for room in (0, 1) for seat in SEATS]
    assert not any(one["taken"] for one in told["seats"])
    table.take("Councils", 1)
    _, told = table.ask("POST", "/seats", {"code": typed})
    taken = [(one["room"], one["seat"]) for one in told["seats"] if one["taken"]]
    assert taken == [(1, "Councils")]
    assert table.ask("POST", "/take", {"code": typed, "room": 1, "seat": "Councils"})[0] == 409
    assert table.ask("POST", "/take", {"code": typed, "room": 1, "seat": "Treasury"})[0] == 404
    assert table.ask("POST", "/take", {"code": typed, "room": 3, "seat": "Councils"})[0] == 404


def test_a_seat_sees_its_sheet_and_no_other(table: Table) -> None:
    one, other = table.take("Wellbeing"), table.take("Wellbeing", 1)
    table.host("PUT", "/host/sheets", {
        "table": {}, "sheets": {"0/Wellbeing": {"mine": "first"}, "1/Wellbeing": {"mine": "second"},
                                "0/Nobody": {"mine": "lost"}}})
    status, told = table.ask("GET", "/seat", token=one)
    assert status == 200 and told["sheet"] == {"mine": "first"}
    assert (told["room"], told["seat"]) == (0, "Wellbeing")
    assert "second" not in json.dumps(told) and "lost" not in json.dumps(told)
    assert table.ask("GET", f"/seat?seen={told['version']}", token=one) == (204, None)
    assert table.ask("GET", "/seat", token=other)[1]["sheet"] == {"mine": "second"}
    table.host("PUT", "/host/sheets", {"table": {}, "sheets": {"0/Wellbeing": {"mine": "next"}}})
    assert table.ask("GET", f"/seat?seen={told['version']}", token=one)[1]["sheet"] == {
        "mine": "next"}
    assert table.ask("GET", "/seat", token=other)[1]["sheet"] is None


def test_a_choice_goes_out_under_the_seat_it_came_from(table: Table) -> None:
    token = table.take("Learning", 1)
    status, told = table.ask("POST", "/seat", CHOICE, token)
    assert status == 200
    last = table.host("GET")["said"][-1]
    assert last == {"n": told["n"], "message": {**CHOICE, "room": 1, "seat": "Learning"}}
    assert table.host("GET", f"/host?after={told['n']}")["said"] == []


@pytest.mark.parametrize("given", [
    {**CHOICE, "seat": "Wellbeing"}, {**CHOICE, "room": 0}, {**CHOICE, "kind": "turn"},
    {**CHOICE, "kind": "begin"}, {**CHOICE, "play": "1"}, {**CHOICE, "play": -1},
    {**CHOICE, "turn": 10**9}, {**CHOICE, "turn": True}, {**CHOICE, "choice": [1]},
    {"kind": "vote"}, [], 3, "x",
])
def test_what_a_seat_may_not_say_is_refused_in_words(table: Table, given: Any) -> None:
    token = table.take()
    status, told = table.ask("POST", "/seat", given, token)
    assert status == 422 and 5 < len(told) < 300
    assert len(table.host("GET")["said"]) == 1


@pytest.mark.parametrize("content", [
    b"", b"{", b"\xff\xfe", b"nul", b"[" * 100_000, b'{"a":' * 100_000, b"NaN",
    b'{"kind":Infinity}', b'{"play":1e999}', b'{"play":' + b"9" * 5000 + b"}",
    b'{"play":123456789012345678}',
    b'{"a":[[[[[[[[[[[[[1]]]]]]]]]]]]]}',
])
def test_bad_json_is_a_400(table: Table, content: bytes) -> None:
    headers = {"Authorization": f"Bearer {table.take()}", "Content-Type": "application/json"}
    answer = asked(table.app, "POST", "/seat", content=content, headers=headers)
    assert answer.status_code in (400, 413) and len(answer.text) < 200
    headers["Authorization"] = f"Bearer {table.room.host_token}"
    answer = asked(table.app, "POST", "/host", content=content, headers=headers)
    assert answer.status_code == 400 and len(answer.text) < 200


def test_only_json_is_taken(table: Table) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        headers = {"Authorization": f"Bearer {table.take('Councils', 1)}", "Content-Type": kind}
        answer = asked(table.app, "POST", "/seat", content=b"{}", headers=headers)
        assert answer.status_code == 415
        table.host("POST", "/host/free", {"room": 1, "seat": "Councils"})


def test_halves_of_a_pair_of_characters_pass_and_come_back(table: Table) -> None:
    token = table.take()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    content = json.dumps({**CHOICE, "choice": {"\ud800": "\udfff\x00\u2028"}}).encode("ascii")
    assert asked(table.app, "POST", "/seat", content=content, headers=headers).status_code == 200
    assert table.host("GET")["said"][-1]["message"]["choice"] == {"\ud800": "\udfff\x00\u2028"}
    content = json.dumps({"code": "\ud800"}).encode("ascii")
    assert asked(table.app, "POST", "/seats", content=content, headers=headers).status_code == 422
    table = again(table)
    assert table.host("GET")["said"][-1]["message"]["choice"] == {"\ud800": "\udfff\x00\u2028"}


@pytest.mark.parametrize("method, path, given", [
    ("GET", "/seat", None), ("POST", "/seat", CHOICE), ("DELETE", "/seat", None),
])
def test_a_seat_needs_its_token(table: Table, method: str, path: str, given: Any) -> None:
    table.take()
    for token in (None, "x", "", table.room.code, table.room.host_token, "a" * 5000):
        assert table.ask(method, path, given, token)[0] == 401


HOST = [("GET", "/host", None), ("POST", "/host", BEGIN), ("DELETE", "/host", None),
        ("PUT", "/host/sheets", {"table": {}, "sheets": {}}),
        ("POST", "/host/free", {"room": 0, "seat": "Wellbeing"})]


@pytest.mark.parametrize("method, path, given", HOST)
def test_the_facilitator_s_paths_need_the_token_and_this_machine(
    table: Table, method: str, path: str, given: Any
) -> None:
    for token in (None, "x", table.take("Councils"), table.room.code):
        assert table.ask(method, path, given, token, "127.0.0.1")[0] == 401
    status, told = table.ask(method, path, given, table.room.host_token, NETWORK)
    assert status == 403 and "this machine" not in told and "machine that psasim runs on" in told
    assert len(table.host("GET")["said"]) == 1


def test_wrong_codes_are_counted_by_address(table: Table) -> None:
    right, wrong = {"code": table.room.code}, {"code": "aaaaaa"}
    for _ in range(TRIES):
        assert table.ask("POST", "/seats", wrong)[0] == 403
    taking = {**right, "room": 0, "seat": "Wellbeing"}
    for path, given in (("/seats", wrong), ("/seats", right), ("/take", taking)):
        assert table.ask("POST", path, given)[0] == 429
    assert table.ask("POST", "/seats", right, client="192.168.1.8")[0] == 200
    table.clock.now += 61
    assert table.ask("POST", "/seats", right)[0] == 200


def test_a_freed_seat_is_for_somebody_else(table: Table) -> None:
    first = table.take()
    table.host("POST", "/host/free", {"room": 0, "seat": "Wellbeing"})
    status, told = table.ask("GET", "/seat", token=first)
    assert status == 401 and "no longer yours" in told
    second = table.take()
    assert table.ask("POST", "/seat", CHOICE, first)[0] == 401
    assert table.ask("POST", "/seat", CHOICE, second)[0] == 200
    assert table.ask("DELETE", "/seat", token=second)[0] == 204
    assert table.ask("GET", "/seat", token=second)[0] == 401
    status, _ = table.ask("POST", "/host/free", {"room": 0, "seat": "Nobody"},
                          table.room.host_token, "127.0.0.1")
    assert status == 404


def test_who_asks_is_here_and_who_does_not_is_gone(table: Table) -> None:
    token = table.take()
    here = lambda: table.host("GET")["seats"][0]  # noqa: E731
    assert (here()["taken"], here()["here"]) == (True, True)
    table.clock.now += 11
    assert (here()["taken"], here()["here"]) == (True, False)
    told = table.ask("GET", "/seat", token=token)[1]
    assert here()["here"] and told["facilitator"]
    table.clock.now += 11
    gone = table.ask("GET", f"/seat?seen={told['version']}", token=token)[1]
    assert not gone["facilitator"]


def test_a_restart_goes_on_with_game_seats_code_and_links(table: Table) -> None:
    token, code, link = table.take("Learning"), table.room.code, table.room.host_token
    table.ask("POST", "/seat", CHOICE, token)
    before = table.host("GET")
    after = again(table)
    assert after.room.resumed and after.room.code == code and after.room.host_token != link
    told = after.host("GET")
    assert told["said"] == before["said"] and told["boot"] != before["boot"]
    assert not told["shown"]
    assert after.ask("GET", "/host", token=link, client="127.0.0.1")[0] == 200
    assert after.ask("GET", "/seat", token=token)[1]["seat"] == "Learning"
    assert after.ask("POST", "/seat", CHOICE, token)[0] == 200
    thrice = again(after)
    assert len(thrice.host("GET")["said"]) == 3
    assert thrice.ask("GET", "/host", token=link, client="127.0.0.1")[0] == 200


def test_no_secret_but_the_code_is_in_the_record(table: Table) -> None:
    token = table.take()
    text = table.log.path.read_text(encoding="ascii")
    assert table.room.code in text
    assert token not in text and table.room.host_token not in text


def test_a_game_that_begins_anew_keeps_who_sits_where(table: Table) -> None:
    stays, goes = table.take("Wellbeing"), table.take("Councils")
    table.host("POST", given={"kind": "begin", "settings": {
        "scenario": "teaching", "rooms": 1, "seats": ["Wellbeing", "Places"]}})
    assert table.ask("GET", "/seat", token=stays)[0] == 200
    assert table.ask("GET", "/seat", token=goes)[0] == 401
    assert len(table.host("GET")["seats"]) == 2


@pytest.mark.parametrize("settings", [
    None, [], {"scenario": "teaching", "rooms": 5, "seats": SEATS},
    {"scenario": "teaching", "rooms": 1, "seats": []},
    {"scenario": "teaching", "rooms": 1, "seats": ["a"] * 41},
    {"scenario": "teaching", "rooms": True, "seats": SEATS},
    {"scenario": "teaching", "rooms": 1, "seats": ["x" * 81]},
])
def test_a_game_without_proper_seats_does_not_begin(table: Table, settings: Any) -> None:
    status, _ = table.ask("POST", "/host", {"kind": "begin", "settings": settings},
                          table.room.host_token, "127.0.0.1")
    assert status == 422 and len(table.host("GET")["seats"]) == 6


def test_messages_of_a_seat_are_counted(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "FROM_SEAT", 3)
    token, other = table.take(), table.take("Learning")
    found = [table.ask("POST", "/seat", CHOICE, token)[0] for _ in range(5)]
    assert found == [200, 200, 200, 429, 429]
    assert table.ask("POST", "/seat", CHOICE, other)[0] == 200
    assert again(table).ask("POST", "/seat", CHOICE, token)[0] == 429
    assert table.ask("POST", "/seat", {**CHOICE, "choice": {"x": "y" * 9000}}, other)[0] == 413


def test_messages_of_the_facilitator_are_counted(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "FROM_FACILITATOR", 2)
    table.host("POST", given={"kind": "turn"})
    token = table.room.host_token
    assert table.ask("POST", "/host", {"kind": "turn"}, token, "127.0.0.1")[0] == 429


def test_deleting_leaves_nothing_and_the_room_goes_on_empty(table: Table) -> None:
    token, code, path = table.take(), table.room.code, table.log.path
    assert path.exists()
    table.host("DELETE")
    assert not path.exists()
    assert table.room.code != code
    assert table.ask("GET", "/seat", token=token)[0] == 401
    assert table.ask("POST", "/seats", {"code": code})[0] == 403
    assert table.host("GET")["said"] == [] and not path.exists()
    table.host("POST", given=BEGIN)
    assert path.exists() and len(again(table).host("GET")["said"]) == 1


def test_a_room_nobody_used_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "room"
    table = Table(folder)
    table.host("GET")
    table.log.close()
    assert not list(tmp_path.iterdir())
    table = Table(folder)
    (tmp_path / "new" / "mine.txt").write_text("mine", encoding="utf-8")
    table.log.close()
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["mine.txt"]


# --- the record on disk -----------------------------------------------------------------------


def damaged(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[bytes], bytes]:
    return lambda content: b"".join(change(content.splitlines(keepends=True)))


@pytest.mark.parametrize("change, told", [
    (damaged(lambda lines: [*lines[:1], b"nonsense\n", *lines[2:]]), "line 2 is no entry"),
    (damaged(lambda lines: [lines[0], *lines[2:]]), "line 2 is entry 3"),
    (damaged(lambda lines: [*lines, lines[-1]]), "lines are missing, or twice there"),
    (lambda content: content.replace(b'"kind":"took"', b'"kind":"gave"'), "line 3 is no entry"),
    (lambda content: content.replace(b'"seat":"Wellbeing"', b'"seat":"Who"'), "line 3 is of a"),
    (lambda content: content.replace(b'"scenario":', b'"scenaro":'), "line 2 is of a seat"),
    (lambda content: content.replace(b'"seats":', b'"seats":7,"s":'), "line 2 is of a seat"),
    (lambda content: b"\x00" * len(content) + b"\n", "line 1 is no entry"),
    (lambda content: b"[" * 10_000 + b"\n", "line 1 is no entry"),
])
def test_a_damaged_record_is_told_and_left(
    table: Table, change: Callable[[bytes], bytes], told: str
) -> None:
    table.take()
    content = change(table.log.path.read_bytes())
    assert content != table.log.path.read_bytes()
    table.log.path.write_bytes(content)
    table.log.close()
    with pytest.raises(StoreError, match=told) as found:
        Room(Log(table.log.path.parent), *MADE)
    assert "--folder" in str(found.value) and str(table.log.path) in str(found.value)
    assert table.log.path.read_bytes() == content


def test_a_last_line_that_was_cut_off_is_left_out(table: Table) -> None:
    table.take()
    content = table.log.path.read_bytes()
    table.log.path.write_bytes(content + b'{"n":4,"entry":{"ki')
    after = again(table)
    assert after.log.cut_off and table.log.path.read_bytes() == content
    after.take("Learning")
    assert len(again(after).log.entries) == 5


def test_a_record_that_others_write_in_is_kept_from_harm(table: Table) -> None:
    token = table.take()
    with table.log.path.open("ab") as file:
        file.write(b"more\n")
    status, told = table.ask("POST", "/seat", CHOICE, token)
    assert status == 507 and "not as psasim left it" in told
    assert table.log.path.read_bytes().endswith(b"}\nmore\n")


def test_a_full_disk_is_told_and_nothing_is_half_kept(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = table.take()
    content = table.log.path.read_bytes()

    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("psasim.classroom.server.log.os.fsync", full)
        status, told = table.ask("POST", "/seat", CHOICE, token)
    assert status == 507 and "No space left" in told
    assert table.log.path.read_bytes() == content
    assert table.ask("POST", "/seat", CHOICE, token)[0] == 200
    assert len(again(table).host("GET")["said"]) == 2


def test_a_full_record_is_told(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    token = table.take()
    monkeypatch.setattr("psasim.classroom.server.log.LARGEST", table.log.path.stat().st_size + 10)
    status, told = table.ask("POST", "/seat", CHOICE, token)
    assert status == 507 and "full" in told


def test_two_servers_do_not_share_a_record(table: Table) -> None:
    with pytest.raises(StoreError, match=r"written by another psasim.*--folder"):
        Log(table.log.path.parent)


def test_somebody_else_s_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="not psasim's"):
        Log(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("made, told", [
    (("other", {"teaching": "digest"}), "the model"),
    (("model", {"teaching": "moved"}), "scenario teaching"), (("model", {}), "scenario teaching"),
])
def test_a_game_is_gone_on_with_on_the_same_model_and_scenario_only(
    table: Table, made: tuple[str, dict[str, str]], told: str
) -> None:
    table.log.close()
    log = Log(table.log.path.parent)
    with pytest.raises(StoreError, match=told):
        Room(log, *made)
    log.close()
