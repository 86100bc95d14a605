"""`psasim validate`: which observed patterns the model reproduces, and which it misses."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from psasim.cli.bar import bar
from psasim.cli.table import terminal_width, text_table
from psasim.declared.names import unknown
from psasim.declared.parameters import Parameters
from psasim.errors import InputError
from psasim.experiment.computing.backends import Backend
from psasim.experiment.runner import Progress
from psasim.validation.carry_out import ask, runs_of
from psasim.validation.ensemble import ENSEMBLES, PRIOR_SETS
from psasim.validation.pattern import Pattern
from psasim.validation.patterns import PATTERNS
from psasim.validation.verdict import Finding

WORLDS = 16
FOLDER = Path("outputs/validation")
DOCS = Path("docs")


def main(arguments: Sequence[str]) -> None:
    """Ask the patterns, write what was found, print the table; raises psasim's errors."""
    given = _parse(arguments)
    patterns = [_pattern(name) for name in given.patterns] or list(PATTERNS.values())
    sets = ENSEMBLES[given.parameters](given.sets)

    from psasim.report.plotting import loading

    with loading():
        from psasim.report.validation import (
            PAGE,
            claim,
            content,
            headline,
            is_page,
            update_page,
            write_validation,
        )

    claim(given.folder)
    findings = _asked(patterns, sets, given)
    made = content(findings, ensemble=given.parameters, sets=sets, worlds=given.worlds)
    for name, cause in write_validation(given.folder, findings, made).items():
        print(f"psasim: the figure of {name} was not drawn: {cause}; all else is written, and "
              "the same again tries again", file=sys.stderr)
    print(f"{_table(made['patterns'])}\n\n{headline(made)}")
    if not given.patterns and is_page(given.docs):
        update_page(given.folder, given.docs, made)
        print(f"page: {given.docs / PAGE}")
    print(f"results: {given.folder}")


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="psasim validate", description=__doc__)
    parser.add_argument("patterns", nargs="*", metavar="PATTERN",
                        help="ids such as P4; all if none is named")
    parser.add_argument("--parameters", choices=list(ENSEMBLES), default="plausible",
                        help="ensemble of parameter sets (default: %(default)s)")
    parser.add_argument("--sets", type=int,
                        help=f"the first so many sets (default: all; {PRIOR_SETS} of the prior)")
    parser.add_argument("--worlds", type=int, default=WORLDS,
                        help="worlds, the same for all sets (default: %(default)s)")
    parser.add_argument("--folder", type=Path, default=FOLDER,
                        help="where results go, and runs are found again (default: %(default)s)")
    parser.add_argument("--docs", type=Path, default=DOCS,
                        help="documents whose validation.md is brought up to date, if it is there "
                             "and all patterns were asked (default: %(default)s)")
    parser.add_argument("--backend", choices=("processes", "serial"), default="processes",
                        help="a process a core, or one after another (default: %(default)s)")
    given = parser.parse_args(list(arguments))
    for name, value in (("sets", given.sets), ("worlds", given.worlds)):
        if value is not None and value < 2:
            raise InputError(f"--{name} {value} is below 2, which an interval needs")
    return given


def _pattern(name: str) -> Pattern:
    if name not in PATTERNS:
        raise unknown(name, PATTERNS, "validate")
    return PATTERNS[name]


def _asked(
    patterns: Sequence[Pattern], sets: Sequence[Parameters], given: argparse.Namespace
) -> list[Finding]:
    """Every pattern's finding, with a bar over all their runs on a terminal."""
    total = sum(runs_of(pattern, len(sets), given.worlds) for pattern in patterns)
    findings = []
    before = 0
    try:
        with bar("patterns", total) as shown:
            for pattern in patterns:
                shown.set_description(f"{pattern.id:<4}")

                def report(progress: Progress, before: int = before) -> None:
                    shown.update(before + progress.done - shown.n)

                findings.append(ask(pattern, sets, given.worlds, given.folder / "runs",
                                    backend=Backend(given.backend), report=report))
                before += runs_of(pattern, len(sets), given.worlds)
    except KeyboardInterrupt:
        print(f"psasim: runs so far are kept in {given.folder}; the same command goes on from "
              "there", file=sys.stderr)
        raise
    return findings


def _table(patterns: Sequence[Mapping[str, Any]]) -> str:
    from psasim.report.validation.page import share, statistic

    rows = [
        (p["id"], p["verdict"], share(p), statistic(p), p["title"]) for p in patterns
    ]
    return text_table(("id", "verdict", "share", "weakest claim (95 %)", "pattern"), rows,
                      terminal_width())
