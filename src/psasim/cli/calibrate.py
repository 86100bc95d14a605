"""`psasim calibrate`: which parameter sets the evidence does not rule out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tqdm import tqdm

from psasim.calibration.bands import NO_DATA
from psasim.calibration.outcome import Asked, report, texts
from psasim.calibration.runs import Report
from psasim.calibration.waves import Wave, match
from psasim.cli.bar import bar
from psasim.cli.table import terminal_width, text_table
from psasim.errors import InputError
from psasim.experiment.computing.backends import Backend
from psasim.experiment.folder.durable import write_whole

SETS, KEEP, SEED = 2048, 100, 2007


def main(arguments: Sequence[str]) -> None:
    """Calibrate, write the report and the ensemble, and print what was constrained."""
    parser = argparse.ArgumentParser(prog="psasim calibrate", description=__doc__)
    parser.add_argument("--sets", type=int, default=SETS,
                        help=f"parameter sets drawn from the prior ({SETS})")
    parser.add_argument("--keep", type=int, default=KEEP,
                        help=f"sets of the ensemble, of those left ({KEEP})")
    parser.add_argument("--seed", type=int, default=SEED, help=f"of sets and worlds ({SEED})")
    parser.add_argument("--backend", choices=("processes", "serial"), default="processes")
    parser.add_argument("--folder", type=Path, help="where to write (outputs/calibration-HASH); "
                        "what is there already is not computed again")
    given = parser.parse_args(list(arguments))
    _check(given)
    asked = Asked(given.sets, given.keep, given.seed)
    folder = given.folder or Path("outputs") / f"calibration-{asked.key[:8]}"
    asked.claim(folder)
    made = _made(asked)
    waves = _match(asked, folder, Backend(given.backend))
    if not waves[-1].left.any():
        raise InputError("every parameter set is ruled out: more --sets may find some that are "
                         f"not; the blocks in {folder} are kept")
    for name, text in texts(asked, waves, made).items():
        write_whole(folder / name, text.encode())
    print(summary(report(asked, waves, made)))
    print(f"results: {folder}")


def summary(found: dict[str, Any]) -> str:
    """The report in words: waves, bands, what is constrained and what is not."""
    waves = [f"wave {number}: {wave['sets']:,} sets, {wave['left']:,} not ruled out"
             for number, wave in enumerate(found["waves"], start=1)]
    rows = [
        (band["key"], " ".join(band["sources"]), _ends(band), *map(_three, (
            band["prior"], band["plausible"])), f"{band['default']:.2f}",
         "missed, rules out none" if band["missed"] else f"{band['ruled_out']:.0%}")
        for band in found["bands"]
    ]
    heads = ("band", "sources", "seen", "prior 5/50/95 %", "plausible", "default", "ruled out")
    fits = [
        (fit["name"], "{:.2f} ({:.2f} to {:.2f})".format(*fit["ratio"]),
         "{:+.2f} ({:+.2f} to {:+.2f})".format(*fit["shift"]))
        for fit in found["parameters"] if fit["constrained"]
    ]
    table = text_table(("constrained", "sd over prior sd (95 %)", "shift in prior sd (95 %)"),
                       fits, terminal_width()) if fits else "no parameter is constrained by itself"
    return "\n\n".join([
        "\n".join(waves), text_table(heads, rows, terminal_width()), table,
        f"UNCALIBRATED: {len(found['at_prior'])} of {len(found['parameters'])} parameters stay "
        f"where the prior has them: {', '.join(found['at_prior'])}",
        "No usable number: " + "; ".join(gap.what.lower() for gap in NO_DATA) + ".",
    ])


def _ends(band: dict[str, Any]) -> str:
    low, high = (band["low"], band["high"])
    return f"{low:.2f} or more" if high is None else f"{low:.2f} to {high:.2f}"


def _three(values: Sequence[float]) -> str:
    return " / ".join(f"{value:.2f}" for value in values)


def _check(given: argparse.Namespace) -> None:
    for name, low, high in (("sets", 16, 2**20), ("keep", 1, 10_000), ("seed", 0, 2**32 - 1)):
        value = getattr(given, name)
        if not low <= value <= high:
            raise InputError(f"--{name} = {value} is outside {low:,} to {high:,}; choose between")


def _match(asked: Asked, folder: Path, backend: Backend) -> list[Wave]:
    bars: list[tqdm] = []

    def begin(number: int, runs: int) -> Report:
        for earlier in bars:
            earlier.close()
        bars.append(bar(f"wave {number}", runs))
        return bars[-1].update

    try:
        return match(asked.sets, asked.seed, folder, backend, begin)
    except KeyboardInterrupt:
        print(f"psasim: what was run is kept in {folder}; the same command goes on from there",
              file=sys.stderr)
        raise
    finally:
        for shown in bars:
            shown.close()


def _made(asked: Asked) -> dict[str, Any]:
    from psasim.report.record import commit, versions

    return {
        "command": f"psasim calibrate --sets {asked.sets} --keep {asked.keep} "
        f"--seed {asked.seed}",
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit(),
        "versions": versions(),
    }
