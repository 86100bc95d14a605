"""`python -m tests.classroom.follows`: which Python sources the page's model was made from.

Writes their hashes, once the page gives Python's bits in every shipped scenario, so that a
source that moves without the page is told even where Node is missing.
"""

from __future__ import annotations

import sys
from pathlib import Path

from psasim.declared.parameters import Parameters
from psasim.declared.presets import preset, preset_names
from psasim.fingerprint import source_hashes
from psasim.scenario import load_scenario, scenario_names
from tests.classroom.cases import Case, differences

COMMITTED = Path(__file__).with_name("follows.txt")
SOURCES = ("coefficients/*.py", "engines/trajectory.py", "mechanisms/*.py", "month/*.py",
           "results/digest.py", "results/measures.py")
APART = {"coefficients/idle.py"}
"""What no number of a run comes from."""


def hashes() -> dict[str, str]:
    """Hash of each source by its path."""
    found = source_hashes(SOURCES)
    return {name: value for name, value in found.items() if name not in APART}


def committed() -> dict[str, str]:
    """The hashes of the sources that the page was made from."""
    lines = COMMITTED.read_text(encoding="utf-8").splitlines()
    return {name: value for value, name in (line.split() for line in lines)}


def moved(now: dict[str, str], then: dict[str, str]) -> str:
    """Words on what moved and what to do; empty where nothing did."""
    names = sorted(name for name in now.keys() | then.keys() if now.get(name) != then.get(name))
    if not names:
        return ""
    return (
        f"{', '.join(names)} moved since the page's model was made from them. Bring the file of "
        "the same name in src/psasim/classroom/page/model along, run `python -m pytest -m browser "
        "tests/classroom` (it needs Node), then `python -m tests.classroom.follows`."
    )


def main() -> int:
    """0 where the page gives Python's bits and the hashes are written, 1 where it does not."""
    cases = [
        Case(load_scenario(name), preset(package), Parameters(), 36, 2007, 5)
        for name in scenario_names() for package in preset_names()
    ]
    found = differences(cases)
    if found:
        print("\n".join(found))
        return 1
    text = "".join(f"{value} {name}\n" for name, value in hashes().items())
    COMMITTED.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
