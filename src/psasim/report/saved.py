"""Results in memory, saved with all that a reader of them may ask for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from psasim.declared.levers import LEVERS
from psasim.experiment.folder.durable import make_folder, write_whole
from psasim.extensions.text import text_of
from psasim.reading.text import user_path
from psasim.report.citing import cite
from psasim.report.files import write
from psasim.report.record import settings_of
from psasim.results.results import Results

ASIDE = "beside"
"""Folder of what stands beside the runs."""


def save(results: Results, folder: str | Path, command: str = "") -> Path:
    """Write results and all that they rest on into a folder; where they are.

    runs.parquet, trajectories.parquet, ledger.csv, contrasts.csv, figures and record.json as
    `psasim run` has them (settings, seed, versions, commit, digest, sources); in `beside` the
    scenario as it was (`scenario.json`), BibTeX of what is cited (`sources.bib`), what one's own
    rule remembered (`memory.npz`), and the text of own extensions, where it is as it was when
    they ran (`extensions.txt`).  It is read with pandas; `psasim.run_experiment` makes folders that
    `psasim.open_results` reads.  command: what gives the results again, for the record.  Raises
    `psasim.errors.InputError` where the folder holds files of somebody else.
    """
    place = user_path(folder)
    write(results, place, settings=settings_of(results), command=command)
    aside = place / ASIDE
    make_folder(aside)
    write_whole(aside / "scenario.json", _json(asdict(results.scenario)))
    if not any(lever in LEVERS.own for p in results.packages.values() for lever in p.settings()):
        write_whole(aside / "sources.bib", cite(results).encode())
    if results.extensions:
        write_whole(aside / "extensions.txt", _texts(results).encode())
    memory = {f"{package}/{name}": values for package, part in results.parts.items()
              for name, values in part.memory.items()}
    if memory:
        np.savez(aside / "memory.npz", allow_pickle=False, **memory)
    return place


def _texts(results: Results) -> str:
    """Every extension's own text, or why it is not there."""
    lacking = "its text is not what it was when it ran, or is nowhere to be found"
    return "\n\n".join(
        f"# {origin}\n{text_of(origin) or f'# {lacking}'}".rstrip() for origin in results.extensions
    ) + "\n"


def _json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()
