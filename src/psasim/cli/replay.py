"""`psasim replay DIR RUN_ID`: runs one stored run again and prints what happened."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import numpy as np

from psasim.cli.extended import from_texts
from psasim.experiment.folder.reader import open_results
from psasim.experiment.replay import Month, Replay

FEW = 6
"""Outcomes that are shown one by one; of more, the mean and the lowest."""


def main(arguments: Sequence[str]) -> None:
    """Replay a run; raises psasim's errors."""
    parser = argparse.ArgumentParser(prog="psasim replay", description=__doc__)
    parser.add_argument("folder", metavar="DIR", help="a results folder")
    parser.add_argument("run_id", metavar="RUN_ID", help="package/point/world, as in run_id")
    parser.add_argument("--engine", default="ensemble", choices=("ensemble", "mesa"),
                        help="which engine runs it (ensemble)")
    parser.add_argument("--extensions", action="append", default=[], metavar="FILE.py",
                        help="those the run was made with (FILE.py, FILE.py:NAME or a package)")
    given = parser.parse_args(list(arguments))
    own = from_texts(given.extensions)
    replay = Replay(open_results(given.folder), given.run_id, given.engine, own)
    print(_title(replay))
    print(_heads(replay))
    for month in replay:
        print(_line(month))
    if replay.failure is None:
        _check(replay)
    if replay.failure is not None:
        print(f"the run failed at {replay.failure.origin}: {replay.failure.error}\n"
              f"{replay.failure.traceback}".rstrip())


def _title(replay: Replay) -> str:
    set_apart = ", ".join(f"{path}={value}" for path, value in replay.point.factors.items())
    return (f"{replay.layout.scenario.title}: {replay.point.package}, world {replay.world}, "
            f"engine {replay.engine}\n{set_apart or 'every lever off, every parameter at default'}")


def _heads(replay: Replay) -> str:
    keys = [outcome.key for outcome in replay.layout.scenario.outcomes]
    names = keys if len(keys) <= FEW else ["mean", "lowest"]
    real = "".join(f"{name[:12]:>14}" for name in names)
    return (f"{'':>5}{'real / last reported, of target':>{len(real)}}\n"
            f"month{real}   met mobilised undetected escalated moved  trust realised")


def _line(month: Month) -> str:
    pairs = list(zip(month.real, month.reported, strict=True))
    if len(pairs) > FEW:
        pairs = [(month.real.mean(), _out(month.reported).mean()),
                 (month.real.min(), _out(month.reported).min())]
    cells = "".join(f"{real:>7.3f}/{reported:<6.3f}" for real, reported in pairs)
    return (f"{month.number:>5}{cells}{(month.real >= 1.0).sum():>6}{month.mobilised:>10}"
            f"{month.undetected:>11}{month.escalated:>10}{month.moved:>6}{month.trust:>7.3f}"
            f"{month.realised:>9.1%}")


def _out(reported: np.ndarray) -> np.ndarray:
    """Figures of the outcomes of which one is out; not a number where none is."""
    some = reported[np.isfinite(reported)]
    return some if some.size else np.array([np.nan])


def _check(replay: Replay) -> None:
    """Whether the run gave what is stored."""
    check = replay.check()
    if check.same:
        print("every measure equals the stored one, to the bit"
              + ("; so does every detail of outcomes and departments" if check.details else ""))
    for name, (now, stored) in check.differs.items():
        print(f"{name}: {now!r} now, {stored!r} stored")
