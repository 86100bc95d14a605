"""`psasim classroom`: the model and its scenarios in a page, as one file or from this machine."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib.util import find_spec

from psasim.classroom.export import page
from psasim.cli.terminal import tell
from psasim.errors import InputError, short, shown
from psasim.reading.text import user_path
from psasim.scenario import load_scenario, scenario_names
from psasim.scenario.schema import Scenario

EXPORT = "export"
SCENARIO = "scenario="
NEEDED = ("starlette", "uvicorn")
LARGEST_PORT = 65535

SCENARIOS = "names or files, with commas between; all shipped ones if left out"


def main(arguments: Sequence[str]) -> None:
    """Write the page, or serve it; raises `psasim.InputError`."""
    if arguments[:1] == [EXPORT]:
        _export(arguments[1:])
    else:
        _serve(arguments)


def _export(arguments: Sequence[str]) -> None:
    """Write the page; raises `psasim.InputError`, also where a file stands already."""
    parser = argparse.ArgumentParser(
        prog="psasim classroom export", description="Write one HTML file with the model in it, "
        "which opens by a double click, without Python, a server or a network. Its numbers are "
        "those of psasim run, to the bit. Nothing is ever overwritten.",
    )
    parser.add_argument("file", metavar="FILE.html", help="the file to write")
    parser.add_argument("scenarios", metavar="scenario=...", nargs="*", help=SCENARIOS)
    given = parser.parse_args(list(arguments))
    path = user_path(given.file)
    if path.suffix.lower() not in (".html", ".htm"):
        raise InputError(f"classroom export {given.file}: name an .html file, which browsers open")
    if path.exists() or path.is_symlink():
        raise InputError(f"{path} is there already, and nothing is overwritten; choose another "
                         "name")
    text = page(_scenarios(given.scenarios))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    print(f"wrote {path} ({len(text.encode()) / 1000:.0f} kB); open it in a browser")


def _serve(arguments: Sequence[str]) -> None:
    """Serve the page on this machine until Ctrl-C."""
    parser = argparse.ArgumentParser(
        prog="psasim classroom", description="Show the page that `psasim classroom export "
        "FILE.html` writes in this machine's browser, until Ctrl-C. Only this machine sees it.",
    )
    parser.add_argument("scenarios", metavar="scenario=...", nargs="*", help=SCENARIOS)
    parser.add_argument("--port", type=int, help="where to listen (default: 8007; 0: any that is "
                        "free)")
    parser.add_argument("--no-browser", action="store_true", help="print the address and open "
                        "nothing")
    room = parser.add_argument_group("the game on a network")
    room.add_argument("--room", action="store_true", help="open a room in which people play the "
                      "departments, each in a browser of their own; the same command goes on with "
                      "it after a stop")
    room.add_argument("--host", metavar="ADDRESS", help="the address of this machine in the "
                      "players' network, as 192.168.1.20; without it only this machine joins")
    room.add_argument("--folder", metavar="DIR", help="where the record of the room is kept "
                      "(default: outputs/room)")
    given = parser.parse_args(list(arguments))
    if not given.room and (given.host or given.folder):
        raise InputError(f"{'--host' if given.host else '--folder'} goes with --room; the page "
                         "alone is for this machine")
    if given.port is not None and not 0 <= given.port <= LARGEST_PORT:
        raise InputError(f"--port {shown(given.port)}: ports go from 1 to {LARGEST_PORT}; 0 takes "
                         "any that is free")
    scenarios = _scenarios(given.scenarios)
    _check_extra()
    (_open_room if given.room else _show_page)(scenarios, given)


def _show_page(scenarios: dict[str, Scenario], given: argparse.Namespace) -> None:
    from psasim.classroom.server import serve
    from psasim.classroom.server.app import pages_app

    text, host = page(scenarios), serve.LOOPBACK
    bound = serve.listen(host, serve.PORT if given.port is None else given.port)
    port = bound.getsockname()[1]
    app = pages_app({"/": text}, serve.authorities([host, "localhost"], port))
    address = f"http://{host}:{port}/"
    print(f"classroom: {address} (Ctrl-C ends it)", flush=True)
    if not given.no_browser and serve.has_screen():
        serve.open_browser(address)
    serve.serve(app, [bound])


def _open_room(scenarios: dict[str, Scenario], given: argparse.Namespace) -> None:
    from psasim.classroom.server import hosting, serve
    from psasim.classroom.server.log import FOLDER

    host = hosting.address(given.host) if given.host else serve.LOOPBACK
    port = serve.PORT if given.port is None else given.port
    hosted = hosting.open_room(scenarios, user_path(given.folder or FOLDER), host, port)
    stands = "gone on with where it stood" if hosted.room.resumed else "new"
    print(f"facilitator: {hosted.facilitator}\n"
          "             on this machine only; show nobody this line\n"
          f"players:     {hosted.join} with the code {hosted.room.code.upper()}\n"
          f"record:      {hosted.log.path}, {stands} (Ctrl-C ends it)", flush=True)
    if hosted.log.cut_off:
        tell("the record's last entry was cut off as it was written, and is left out")
    if host != serve.LOOPBACK:
        tell(f"warning: whoever is in the network of {host} and has the code can take a seat, and "
             "what is sent there is not encrypted; open no room in a network you do not trust")
    if not given.no_browser and serve.has_screen():
        serve.open_browser(hosted.facilitator)
    hosted.run()


def _check_extra() -> None:
    """Raise `InputError` where the server's packages are not installed."""
    if any(find_spec(name) is None for name in NEEDED):
        raise InputError(
            "psasim classroom needs packages that are not installed; pip install -e "
            "'.[classroom]' -c constraints.txt in a clone, or write the same page as a file: "
            "psasim classroom export FILE.html")


def _scenarios(given: Sequence[str]) -> dict[str, Scenario]:
    """The scenarios that are asked for, by how they were given."""
    for setting in given:
        if not setting.startswith(SCENARIO):
            raise InputError(f"classroom {short(setting)}: not known; write psasim classroom, or "
                             "psasim classroom export FILE.html, and scenario=teaching, or names "
                             "and files with commas between")
    if len(given) > 1:
        raise InputError("classroom: scenario= is there more than once; put commas between")
    asked = given[0].removeprefix(SCENARIO).split(",") if given else list(scenario_names())
    found = {name: load_scenario(name) for name in asked}
    names = [scenario.name for scenario in found.values()]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"classroom: two scenarios are called {name}; rename one")
    return found
