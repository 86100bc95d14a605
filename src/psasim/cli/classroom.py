"""`psasim classroom`: the model and its scenarios in a page, as one file or from this machine."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib.util import find_spec

from psasim.classroom.export import page
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
    given = parser.parse_args(list(arguments))
    text = page(_scenarios(given.scenarios))
    _check_extra()
    from psasim.classroom.server import serve
    from psasim.classroom.server.app import pages_app

    host = serve.LOOPBACK
    bound = serve.listen(host, _port(given.port, serve.PORT))
    port = bound.getsockname()[1]
    app = pages_app({"/": text}, serve.authorities([host, "localhost"], port))
    address = f"http://{host}:{port}/"
    print(f"classroom: {address} (Ctrl-C ends it)", flush=True)
    if not given.no_browser and serve.has_screen():
        serve.open_browser(address)
    serve.serve(app, [bound])


def _port(given: int | None, otherwise: int) -> int:
    if given is None:
        return otherwise
    if not 0 <= given <= LARGEST_PORT:
        raise InputError(f"--port {shown(given)}: ports go from 1 to {LARGEST_PORT}; 0 takes any "
                         "that is free")
    return given


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
