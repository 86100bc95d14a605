"""The command that opens a room: what it prints, refuses, resumes and leaves."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from psasim.classroom.server import guards, hosting, log, messages, room, routes, serve
from psasim.classroom.server.app import guarded_app
from psasim.classroom.server.pages import facilitator_page, player_page
from psasim.cli import main
from psasim.errors import InputError
from psasim.scenario import load_scenario
from tests.classroom.server.asking import asked
from tests.classroom.server.table import BEGIN, Table

TEACHING = {"teaching": load_scenario("teaching")}


@contextmanager
def opened(folder: Path, *more: str) -> Iterator[tuple[str, str, str, subprocess.Popen[str]]]:
    """The facilitator's link, the players' address, the code, and the process."""
    arguments = ["classroom", "--room", "scenario=teaching", "--port", "0", "--no-browser",
                 "--folder", str(folder), *more]
    running = subprocess.Popen([sys.executable, "-m", "psasim", *arguments], encoding="utf-8",
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        assert running.stdout is not None
        told = "".join(running.stdout.readline() for _ in range(4))
        link = re.search(r"facilitator: (\S+)", told)
        players = re.search(r"players: +(\S+) with the code (\S+)", told)
        assert link and players, told
        yield link[1], players[1], players[2], running
    finally:
        running.kill()
        running.communicate()


def test_a_room_is_stopped_and_gone_on_with_by_the_same_command(tmp_path: Path) -> None:
    folder = tmp_path / "room"
    with opened(folder) as (link, players, code, running):
        address, _, token = link.partition("/room#")
        host = {"Authorization": f"Bearer {token}"}
        assert httpx.post(f"{address}/host", json=BEGIN, headers=host).status_code == 200
        taken = httpx.post(f"{players}take", json={"code": code, "room": 0, "seat": "Councils"})
        mine = {"Authorization": f"Bearer {taken.json()['token']}"}
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
        assert (running.returncode, out, err) == (0, "", "")
    with opened(folder) as (link, players, same, running):
        assert same == code
        assert httpx.get(f"{players}seat", headers=mine).json()["seat"] == "Councils"
        said = httpx.get(f"{players}host", headers=host).json()["said"]
        assert [one["message"]["kind"] for one in said] == ["begin"]


@pytest.mark.parametrize("arguments, told", [
    (["--host", "192.168.1.20"], "--host goes with --room"),
    (["--folder", "x"], "--folder goes with --room"),
    (["--room", "--host", "0.0.0.0"], "--host 0.0.0.0: is no one network"),
    (["--room", "--host", "255.255.255.255"], "is no one network"),
    (["--room", "--host", "everywhere"], "give one address of this machine"),
    (["--room", "--host", "::1"], "give one address of this machine"),
    (["--room", "--host", "192.0.2.77"], "is no address of this machine"),
    (["--room", "--port", "65536"], "ports go from 1 to 65535"),
])
def test_wrong_input_is_told_and_leaves_nothing(
    arguments: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["classroom", "scenario=teaching", *arguments]) == 2
    assert told in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_damaged_record_is_told_with_code_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "room.jsonl").write_text("nonsense\n", encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = ["classroom", "--room", "scenario=teaching", "--folder", str(tmp_path),
                 "--port", str(port)]
    assert main(arguments) == 3
    assert "room.jsonl line 1 is no entry" in capsys.readouterr().err
    assert main(arguments) == 3  # neither port nor lock is held on to


def test_a_folder_of_others_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    assert main(["classroom", "--room", "scenario=teaching", "--folder", str(tmp_path), "--port",
                 "0"]) == 2
    assert "not psasim's" in capsys.readouterr().err


def test_loopback_given_is_loopback() -> None:
    assert hosting.address("127.0.0.1") == hosting.address("127.0.0.2") == "127.0.0.1"
    assert hosting.address("10.0.0.7") == "10.0.0.7"
    with pytest.raises(InputError, match="224"):
        hosting.address("224.0.0.1")


def test_the_facilitator_s_page_is_for_this_machine(tmp_path: Path) -> None:
    text = facilitator_page(TEACHING, "http://192.168.1.20:8007/")
    app = guarded_app([hosting._local_page("/room", text)], ["127.0.0.1:8007"])
    assert asked(app, "GET", "/room").text == text
    refused = asked(app, "GET", "/room", client="192.168.1.7")
    assert refused.status_code == 403 and "HealthyChildren" not in refused.text


def test_the_players_page_knows_no_scenario_and_no_model() -> None:
    text = player_page()
    for name in ("HealthyChildren", "drawWorlds", "elementary"):
        assert name not in text
        assert name in facilitator_page(TEACHING, "http://x/")
    assert "connect-src 'self'" in text and len(text) < 120_000


def test_the_bounds_that_are_told_are_those_that_hold() -> None:
    page = Path(__file__).parents[3].joinpath("docs", "classroom.md").read_text(encoding="utf-8")
    words = " ".join(page.split())
    for told in (f"a player's {room.FROM_SEAT + 1}st message",
                 f"{routes.FROM_SEAT // 1000} kB at once",
                 f"more than {messages.DEEPEST} tables", f"full ({log.LARGEST // 1_000_000} MB)",
                 f"a body beyond {guards.LARGEST // 1_000_000} MB", f"`http://127.0.0.1:{serve.PORT}/`"):
        assert told in words
    assert (routes.TRIES, routes.WITHIN) == (30, 60.0) and "the thirtieth in a minute" in words


def test_it_stays_up_under_ten_thousand_requests(tmp_path: Path) -> None:
    import asyncio

    table = Table(tmp_path / "room")
    table.host("POST", given=BEGIN)
    token = table.take()
    paths = [("POST", "/seats", {"code": "wrong1"}), ("GET", "/seat", None),
             ("POST", "/take", {"code": "wrong2", "room": 0, "seat": "Councils"}),
             ("POST", "/seat", {"kind": "choose"}), ("GET", "/../etc", None),
             ("DELETE", "/host", None), ("POST", "/host", {"kind": "turn"}), ("PUT", "/", None)]

    async def flood() -> set[int]:
        transport = httpx.ASGITransport(table.app, client=("192.168.1.9", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8007") as one:
            return {(await one.request(method, path, json=given)).status_code
                    for _ in range(1250) for method, path, given in paths}

    before = table.log.path.stat().st_size
    assert asyncio.run(flood()) <= {401, 403, 404, 405, 415, 422, 429}
    assert table.log.path.stat().st_size == before
    assert table.ask("GET", "/seat", token=token)[0] == 200
