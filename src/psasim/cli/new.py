"""`psasim new scenario FILE`: a scenario to begin with, each fact explained."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from psasim.declared.names import check_name, unknown
from psasim.errors import InputError
from psasim.reading.text import user_path
from psasim.scenario.load import SCENARIO_FILE
from psasim.scenario.tables import KEY_RULE
from psasim.scenario.template import template, template_in_tables

KINDS = ("scenario",)


def main(arguments: Sequence[str]) -> None:
    """Write the template; raises `psasim.InputError`, also where a file stands already."""
    parser = argparse.ArgumentParser(
        prog="psasim new", description="Write a scenario that runs as it stands, with each fact's "
        "unit, bounds and how to come by it, for you to replace. Nothing is ever overwritten.",
        epilog=f"Keys in it: {KEY_RULE}.",
    )
    parser.add_argument("kind", metavar="scenario", help="what to write")
    parser.add_argument("file", metavar="FILE", help="a .yaml file, or a folder for scenario.yaml")
    parser.add_argument("--csv", action="store_true",
                        help="write the tables as CSV files beside it, for a spreadsheet")
    given = parser.parse_args(list(arguments))
    if given.kind not in KINDS:
        raise unknown(given.kind, KINDS, "new")
    path = _path(given.file)
    texts = template_in_tables(path.name) if given.csv else {path.name: template(path.name)}
    _write({path.parent / name: text for name, text in texts.items()})
    print(f"wrote {', '.join(texts)} in {path.parent}" if given.csv else f"wrote {path}")
    print(f"try it: psasim run {_setting(given.file)} worlds=20")


def _setting(file: str) -> str:
    """The setting that takes the file, quoted where need be as every shell and Hydra read it."""
    plain = re.fullmatch(r"[\w./:~-]+", file)
    return f"scenario={file}" if plain else f"\"scenario='{file}'\""


def _path(given: str) -> Path:
    """The file to write; its name, which becomes the scenario's, is one that may be."""
    path = user_path(given)
    if not given or path.suffix.lower() not in ("", ".yaml", ".yml"):
        raise InputError(f"new scenario {given}: name a .yaml file, or a folder for "
                         f"{SCENARIO_FILE}")
    if not path.suffix:
        path /= SCENARIO_FILE
    name = path.resolve().parent.name if path.name == SCENARIO_FILE else path.stem
    check_name(name, "new scenario: the name, from the path,")
    return path


def _write(texts: dict[Path, str]) -> None:
    for path in texts:
        if path.exists() or path.is_symlink():
            raise InputError(f"{path} is there already, and nothing is overwritten; choose another "
                             "name")
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
