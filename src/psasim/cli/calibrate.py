"""`psasim calibrate`: which parameter sets the evidence, or one's own data, does not rule out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm

from psasim.calibration.bands import NO_DATA, SHIPPED
from psasim.calibration.outcome import TABLE, Asked, ensemble, report, texts
from psasim.calibration.own import own_evidence
from psasim.calibration.planted import planted
from psasim.calibration.runs import Report
from psasim.calibration.waves import Wave, match
from psasim.cli.bar import bar
from psasim.cli.command import joined
from psasim.cli.table import terminal_width, text_table
from psasim.errors import InputError
from psasim.experiment.computing.backends import Backend
from psasim.experiment.folder.durable import write_whole

SETS, KEEP, SEED = 2048, 100, 2007


def main(arguments: Sequence[str]) -> None:
    """Calibrate, write the report and the ensemble, and print what was constrained."""
    parser = argparse.ArgumentParser(prog="psasim calibrate", description=__doc__)
    parser.add_argument("data", nargs="?", help="YAML file of statistics, bands and sources "
                        "(docs/own_data.md); what psasim is shipped with, unless given")
    parser.add_argument("--sets", type=int, default=SETS,
                        help=f"parameter sets drawn from the prior ({SETS})")
    parser.add_argument("--keep", type=int, default=KEEP,
                        help=f"sets of the ensemble, of those left ({KEEP})")
    parser.add_argument("--seed", type=int, default=SEED, help=f"of sets and worlds ({SEED})")
    parser.add_argument("--backend", choices=("processes", "serial"), default="processes")
    parser.add_argument("--folder", type=Path, help="where to write (outputs/calibration-HASH); "
                        "what is there already is not computed again")
    made = calibrate(**vars(parser.parse_args(list(arguments))))
    print(made)
    print(f"results: {made.folder}")


@dataclass(frozen=True, slots=True, repr=False)
class Calibration:
    """report: what `calibration.json` holds; sets: those kept of the sets not ruled out, a frame
    with a column a parameter, as `psasim.evaluate` takes it; folder: where both are."""

    report: dict[str, Any]
    sets: pd.DataFrame
    folder: Path

    def __repr__(self) -> str:
        return summary(self.report)


def calibrate(
    data: str | Path | Mapping[str, Any] | None = None,
    folder: str | Path | None = None,
    *,
    sets: int = SETS,
    keep: int = KEEP,
    seed: int = SEED,
    backend: str = "processes",
) -> Calibration:
    """Rule out parameter sets by what was seen, as `psasim calibrate` does.

    data: a file of statistics, bands and sources, or its content (docs/own_data.md), None for
    the evidence psasim is shipped with; folder: where to write, `outputs/calibration-HASH`, and to
    go on from; sets: drawn from the prior; keep: of those left; backend: processes or serial.
    Raises `psasim.errors.InputError` for bad input, and where every set is ruled out.
    """
    _check(sets=sets, keep=keep, seed=seed)
    evidence = SHIPPED if data is None else own_evidence(data)
    asked = Asked(sets, keep, seed, evidence)
    place = Path("outputs") / f"calibration-{asked.key[:8]}" if folder is None else Path(folder)
    asked.claim(place)
    made, backing = _made(asked, data), Backend(backend)
    waves = _match(asked, place, backing)
    if not waves[-1].left.any():
        raise InputError("every parameter set is ruled out: more --sets may find some that are "
                         f"not; the blocks in {place} are kept")
    found = report(asked, waves, made)
    if data is not None:
        found["planted"] = planted(evidence, waves[0], seed, place, backing)
    written = texts(found, ensemble(asked, waves, made))
    for name, text in written.items():
        write_whole(place / name, text.encode())
    return Calibration(found, pd.read_csv(StringIO(written[TABLE])), place)


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
        "\n".join(waves), text_table(heads, rows, terminal_width()), table, *_together(found),
        *_planted(found),
        f"UNCALIBRATED: {len(found['at_prior'])} of {len(found['parameters'])} parameters stay "
        f"where the prior has them: {', '.join(found['at_prior']) or 'none'}",
        *(["No usable number: " + "; ".join(gap.what.lower() for gap in NO_DATA) + "."]
          if found["no_data"] else []),
    ])


def _together(found: dict[str, Any]) -> list[str]:
    """Parameters that only a combination of is told."""
    told = [f"{p['one']} and {p['other']} ({p['rank']:+.2f})" for p in found["together"][:5]]
    return [f"Told only together (rank correlation): {', '.join(told)}"] if told else []


def _planted(found: dict[str, Any]) -> list[str]:
    """What such data could tell, where truths were planted."""
    if "planted" not in found or found["planted"]["kept"] is None:
        return []
    tried = found["planted"]
    told = {name: ratio for name, ratio in tried["ratio"].items() if ratio is not None}
    best = sorted(told, key=lambda name: told[name])[:5]
    return [f"Planted: of {tried['truths']} known sets {tried['kept']:.0%} are not ruled out by "
            f"data they made, which leave {tried['left']:.0%} of the others; least sd over prior: "
            + ", ".join(f"{name} {told[name]:.2f}" for name in best)]


def _ends(band: dict[str, Any]) -> str:
    low, high = (band["low"], band["high"])
    return f"{low:.2f} or more" if high is None else f"{low:.2f} to {high:.2f}"


def _three(values: Sequence[float]) -> str:
    return " / ".join(f"{value:.2f}" for value in values)


def _check(**given: int) -> None:
    for name, low, high in (("sets", 16, 2**20), ("keep", 1, 10_000), ("seed", 0, 2**32 - 1)):
        value = given[name]
        if not isinstance(value, int) or not low <= value <= high:
            raise InputError(f"--{name} = {value} is outside {low:,} to {high:,}; choose between")


def _match(asked: Asked, folder: Path, backend: Backend) -> list[Wave]:
    bars: list[tqdm] = []

    def begin(number: int, runs: int) -> Report:
        for earlier in bars:
            earlier.close()
        bars.append(bar(f"wave {number}", runs))
        return bars[-1].update

    try:
        return match(asked.sets, asked.seed, folder, backend, begin, asked.evidence)
    except KeyboardInterrupt:
        print(f"psasim: what was run is kept in {folder}; the same command goes on from there",
              file=sys.stderr)
        raise
    finally:
        for shown in bars:
            shown.close()


def _made(asked: Asked, data: str | Path | Mapping[str, Any] | None) -> dict[str, Any]:
    from psasim.report.record import commit, versions

    content = [] if data is None else ["data.yaml" if isinstance(data, Mapping) else str(data)]
    return {
        "command": joined(["psasim", "calibrate", *content, "--sets", str(asked.sets), "--keep",
                           str(asked.keep), "--seed", str(asked.seed)]),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit(),
        "versions": versions(),
    }
