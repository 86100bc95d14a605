"""The files of a run: everything is written aside first, then moved into place one by one."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from psasim.experiment.computing.parquet import write_parquet
from psasim.experiment.folder.bands import (
    FEW_POINTS,
    TRAJECTORIES,
    band_worlds,
    has_bands,
    made_of,
    stored_bands,
)
from psasim.experiment.folder.causes import causes
from psasim.experiment.folder.claim import check_ours
from psasim.experiment.folder.look import RECORD
from psasim.experiment.folder.publish import FILES, digests, published, recorded
from psasim.experiment.folder.reader import StoredResults
from psasim.experiment.folder.spread import spread
from psasim.experiment.folder.store import Store
from psasim.report.plotting import loading
from psasim.report.record import record
from psasim.results.results import Comparison, Results

PART_RUNS = 5_000
"""Runs in a part of `runs.parquet`."""


def write(
    results: Results,
    folder: Path,
    *,
    settings: Mapping[str, Any] | None = None,
    command: str = "",
) -> None:
    """Write runs, tables, figures and record of a comparison into `folder`.

    settings: the configuration for the record (None: what the results know of it);
    command: what reproduces the run.  A record in the folder means that all else is
    there: it goes first and comes last.  Warns of a figure that could not be drawn.
    Raises `InputError` where the folder holds files of somebody else or of an experiment,
    and `OSError` if it cannot be written.
    """
    folder = Path(folder)
    check_ours(folder, RECORD, _closes_all)
    with published(folder, RECORD) as stage:
        _write_runs(results, stage / "runs.parquet")
        paths = results.trajectories()
        write_parquet(paths, stage / TRAJECTORIES)
        said = _write_report(results, paths, stage)
        _write_record(record(results, settings, command), stage)
    for message in said:
        warnings.warn(message, stacklevel=2)


def write_stored(
    store: Store, results: StoredResults, *, settings: Mapping[str, Any], command: str
) -> list[str]:
    """Write everything but the runs, which are there, into the folder of a store.

    Returns what is to be said of the figures, one that could not be drawn among it.  Monthly
    paths are let go of once their bands are written.
    """
    bands = band_worlds(store.design, results.worlds)
    with published(store.folder, RECORD) as stage:
        paths = None
        if bands:
            kept = has_bands(store.folder, store.design, bands)
            paths = results.trajectories() if kept else stored_bands(store, bands)
            write_parquet(paths, stage / TRAJECTORIES, made_of(store.design, bands))
        said = _write_report(results, paths, stage)
        _write_spread(results, stage)
        _write_failures(results, stage)
        _write_record(record(results, settings, command), stage)
    store.drop_paths()
    return said


def _write_report(
    results: Comparison, paths: pd.DataFrame | None, stage: Path
) -> list[str]:
    """Tables, and figures of few packages; what is to be said of the figures."""
    _ledger(results).to_csv(stage / "ledger.csv", index=False, lineterminator="\n")
    if len(results.packages) > 1:
        results.contrasts().to_csv(stage / "contrasts.csv", index=False, lineterminator="\n")
    few = 1 < len(results.packages) <= FEW_POINTS  # several scenarios or futures have no paths
    if few if paths is None else not paths.empty:
        return _write_figures(results, paths, stage / "figures")
    return []


def _ledger(results: Comparison) -> pd.DataFrame:
    """Shares of the ledger; several scenarios one after the other, with a column first."""
    if not isinstance(results, StoredResults) or len(results.design.scenarios) == 1:
        return results.ledger_shares()
    parts = {part.scenario.name: part.ledger_shares() for part in results.by_scenario()}
    return pd.concat(parts, names=["scenario"]).reset_index(level=0)


def _write_figures(results: Comparison, paths: pd.DataFrame | None, folder: Path) -> list[str]:
    """Figures, unless they cannot be drawn: runs, tables and record do not hang on them."""
    try:
        with loading():
            from psasim.report.figures import write_figures
    except Exception as error:
        return [f"no figure was drawn, as matplotlib cannot be loaded: {error}; all "
                "else is written"]
    return write_figures(results, paths, folder)


def _write_spread(results: StoredResults, stage: Path) -> None:
    """What hangs on worlds and what on parameters, where there are several sets of them."""
    if results.futures > 1 and len(results.packages) > 1:
        parts = {part.scenario.name: spread(part) for part in results.by_scenario()}
        frame = pd.concat(parts, names=["scenario"]).reset_index(level=0)
        frame.to_csv(stage / "spread.csv", index=False, lineterminator="\n")


def _write_failures(results: StoredResults, stage: Path) -> None:
    """Why runs failed or were refused, a cause a line; no file where none was."""
    if any(results.failed().values()) or results.refused:
        with (stage / "failures.jsonl").open("w", encoding="utf-8", newline="\n") as file:
            for cause in causes(results):
                file.write(json.dumps(cause, ensure_ascii=False) + "\n")


def _closes_all(path: Path) -> bool:
    """Whether a record closes a comparison, and not an experiment that keeps its own runs."""
    return any(name.startswith("runs.parquet/") for name in recorded(path))


def _write_record(content: Mapping[str, Any], stage: Path) -> None:
    """The record, with the digests of all files it closes."""
    text = json.dumps({**content, FILES: digests(stage)}, indent=2, ensure_ascii=False) + "\n"
    (stage / RECORD).write_text(text, encoding="utf-8", newline="\n")


def _write_runs(results: Results, folder: Path) -> None:
    """Parts of a fixed number of runs, world by world, so that more worlds add parts."""
    folder.mkdir()
    runs = results.to_frame()
    runs = runs.sort_values("world", kind="stable", ignore_index=True)
    for number, first in enumerate(range(0, len(runs), PART_RUNS)):
        part = runs.iloc[first : first + PART_RUNS]
        write_parquet(part, folder / f"part-{number:05d}.parquet")
