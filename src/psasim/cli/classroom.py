"""`psasim classroom export FILE.html`: the model and its scenarios in a page that needs nothing."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from psasim.classroom.export import page
from psasim.errors import InputError
from psasim.reading.text import user_path
from psasim.scenario import load_scenario, scenario_names
from psasim.scenario.schema import Scenario

WHAT = ("export",)
SCENARIO = "scenario="


def main(arguments: Sequence[str]) -> None:
    """Write the page; raises `psasim.InputError`, also where a file stands already."""
    parser = argparse.ArgumentParser(
        prog="psasim classroom", description="Write one HTML file with the model in it, which "
        "opens by a double click, without Python, a server or a network. Its numbers are those "
        "of psasim run, to the bit. Nothing is ever overwritten.",
    )
    parser.add_argument("what", metavar="export", help="what to do")
    parser.add_argument("file", metavar="FILE.html", help="the file to write")
    parser.add_argument("scenarios", metavar="scenario=...", nargs="?", default="",
                        help="names or files, with commas between; all shipped ones if left out")
    given = parser.parse_args(list(arguments))
    if given.what not in WHAT:
        raise InputError(f"classroom {given.what}: not known; write psasim classroom export "
                         "FILE.html")
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


def _scenarios(given: str) -> dict[str, Scenario]:
    """The scenarios that are asked for, by how they were given."""
    if given and not given.startswith(SCENARIO):
        raise InputError(f"classroom export: {given!r} is no setting; write scenario=teaching, or "
                         "names and files with commas between")
    asked = given.removeprefix(SCENARIO).split(",") if given else list(scenario_names())
    found = {name: load_scenario(name) for name in asked}
    names = [scenario.name for scenario in found.values()]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"classroom export: two scenarios are called {name}; rename one")
    return found
