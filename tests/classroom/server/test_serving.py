"""The page from this machine: the same as the file, to nobody else, in words where it cannot."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection
from importlib.machinery import PathFinder
from pathlib import Path
from queue import Queue

import httpx
import pytest

from psasim.classroom.export import page
from psasim.classroom.server import serve
from psasim.classroom.server.app import pages_app
from psasim.classroom.server.guards import LARGEST
from psasim.cli import classroom, main
from psasim.scenario import load_scenario
from tests.classroom.server.asking import ADDRESS, HOST, asked, in_parts, served

PAGE = page({"teaching": load_scenario("teaching")})
APP = pages_app({"/": PAGE}, serve.authorities(["127.0.0.1", "localhost"], 8007))


def test_it_is_the_file_under_the_file_s_policy() -> None:
    answer = asked(APP, "GET", "/?what=ever")
    assert answer.status_code == 200 and answer.text == PAGE
    policy, framed, _ = answer.headers["content-security-policy"].partition("; frame-ancestors")
    assert framed and policy.startswith("default-src 'none'") and f'content="{policy}"' in PAGE
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert asked(APP, "GET", "/", headers={"Host": "LOCALHOST:8007"}).status_code == 200


@pytest.mark.parametrize("host", [
    "evil.example", "evil.example:8007", "127.0.0.1", "127.0.0.1:80", "127.0.0.2:8007", "",
    "127.0.0.1:8007.evil.example", "localhost:8007@evil.example", "127.0.0.1:8007 ", "[::1]:8007",
    "\x80:8007",
])
def test_another_host_is_refused(host: str) -> None:
    answer = asked(APP, "GET", "/", headers={"Host": host.encode("latin-1")})
    assert answer.status_code == 403 and "its own address only" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_two_hosts_are_refused() -> None:
    headers = [("Host", HOST), ("Host", "evil.example")]
    assert asked(APP, "GET", "/", headers=headers).status_code == 403


@pytest.mark.parametrize("origin", [
    "http://evil.example", "null", "https://127.0.0.1:8007", "http://127.0.0.1",
    "http://127.0.0.1:8007.evil.example", "http://127.0.0.1:8007/", "http://[", "", "file://",
    "http://evil@127.0.0.1:8007",
])
def test_another_origin_is_refused(origin: str) -> None:
    answer = asked(APP, "GET", "/", headers={"Origin": origin})
    assert answer.status_code == 403 and "another site" in answer.text
    assert asked(APP, "GET", "/", headers={"Origin": ADDRESS}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_only_get_is_answered(method: str) -> None:
    answer = asked(APP, method, "/")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    assert "access-control-allow-origin" not in answer.headers


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with served(APP) as found:
        yield found


@pytest.mark.parametrize("path", [
    "/index.html", "//", "/../", "/..%2f..%2fetc/passwd", "/%2e%2e/pyproject.toml", "/.", "/\\..",
    "/%00", "/page.html", "/classroom/", "/" + "a" * 5000, "/static/", "/%ff%fe", "/favicon.ico/",
    "*", "http://127.0.0.1:8007/", "file:///etc/passwd", "../pyproject.toml",
])
def test_there_is_no_folder_to_walk(path: str, port: int) -> None:
    with closing(HTTPConnection("127.0.0.1", port)) as connection:
        connection.request("GET", path, headers={"Host": HOST})  # as it is, which httpx would mend
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (404, b"there is nothing here\n")


def test_large_bodies_are_refused() -> None:
    assert asked(APP, "GET", "/", content=b"x" * LARGEST).status_code == 200
    for content in (b"x" * (LARGEST + 1), in_parts(LARGEST // 4, 5)):
        answer = asked(APP, "POST", "/", content=content)
        assert answer.status_code == 413 and "are taken" in answer.text
        assert answer.headers["connection"] == "close"
    for length in ("1e3", "-1", "9" * 5000):
        answer = asked(APP, "POST", "/", content=b"x", headers={"Content-Length": length})
        assert answer.status_code == 413


def test_a_body_that_does_not_arrive_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("psasim.classroom.server.guards.PATIENCE", 0.01)

    async def body() -> AsyncIterator[bytes]:
        yield b"x"
        await asyncio.sleep(60)

    answer = asked(APP, "POST", "/", content=body())
    assert answer.status_code == 408


def test_the_command_serves_until_it_is_interrupted() -> None:
    arguments = ["classroom", "scenario=teaching", "--port", "0", "--no-browser"]
    running = subprocess.Popen([sys.executable, "-m", "psasim", *arguments], encoding="utf-8",
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        assert running.stdout is not None
        told = running.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", told)
        assert found, told
        assert httpx.get(found[0]).text == PAGE
        taken = subprocess.run(
            [sys.executable, "-m", "psasim", *arguments[:3], found[0].split(":")[-1].strip("/")],
            capture_output=True, encoding="utf-8")
        assert taken.returncode == 2 and "another program listens there" in taken.stderr
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
        assert (running.returncode, out, err) == (0, "", "")
    finally:
        running.kill()
        running.communicate()


@pytest.mark.parametrize("rubbish", [
    b"\x00\xff" * 1000 + b"\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET /" + b"a" * 100_000,
    b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 50_000, b"GET / HTTP/1.0\r\n\r\n",
    b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
])
def test_what_is_no_request_leaves_it_standing(
    rubbish: bytes, port: int, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as one:
        with suppress(OSError):
            one.sendall(rubbish)
            one.shutdown(socket.SHUT_WR)
        with suppress(OSError):
            assert re.match(rb"HTTP/1\.1 4|$", one.recv(100))
        with socket.create_connection(("127.0.0.1", port), timeout=10) as other:
            other.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1:8007\r\n\r\n")
            assert other.recv(100).startswith(b"HTTP/1.1 200")
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("arguments, told", [
    (["--port", "70000"], "--port 70000: ports go from 1 to 65535"),
    (["--port", "-1"], "--port -1: ports go"),
    (["send", "page.html"], "classroom send: not known"),
    (["scenario=teachin"], "did you mean 'teaching'?"),
])
def test_wrong_input_is_told(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["classroom", *arguments]) == 2
    assert told in capsys.readouterr().err


def test_without_the_extra_the_file_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    found = PathFinder.find_spec
    monkeypatch.setattr(classroom, "find_spec",
                        lambda name: None if name == "uvicorn" else found(name))
    assert main(["classroom", "scenario=teaching"]) == 2
    told = capsys.readouterr().err
    assert "[classroom]" in told and "psasim classroom export FILE.html" in told
    assert main(["classroom", "export", str(tmp_path / "page.html"), "scenario=teaching"]) == 0


@pytest.mark.parametrize("platform, screens, there", [
    ("linux", [], False), ("linux", ["DISPLAY"], True), ("linux", ["WAYLAND_DISPLAY"], True),
    ("win32", [], True), ("darwin", [], True),
])
def test_a_browser_is_opened_where_there_is_a_screen(
    platform: str, screens: list[str], there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name in screens:
        monkeypatch.setenv(name, ":0")
    assert serve.has_screen() is there


def test_the_browser_gets_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: Queue[str] = Queue()
    monkeypatch.setattr(serve.webbrowser, "open", opened.put)
    serve.open_browser("http://here/")
    assert opened.get(timeout=10) == "http://here/"
