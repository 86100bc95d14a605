"""Monthly paths of outcomes, from the worlds whose paths a run keeps until it is whole."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from psasim.experiment.design.points import Design
from psasim.experiment.folder.durable import plain_bytes
from psasim.experiment.folder.look import RECORD
from psasim.experiment.folder.part import read_paths
from psasim.experiment.folder.publish import recorded
from psasim.experiment.folder.store import Store
from psasim.mechanisms.ordered_sum import Floats
from psasim.results.parts import PATHS, whole
from psasim.results.results import bands
from psasim.structure.layout import build_layout

TRAJECTORIES = "trajectories.parquet"
FEW_POINTS = 64
"""Points beyond which a design keeps no monthly bands."""

BAND_WORLDS = 256
"""Worlds whose monthly paths are kept for bands; measures are kept of all."""


def band_worlds(design: Design, worlds: int) -> int:
    """Worlds to keep paths of; none for large designs and for several scenarios or futures."""
    few = len(design.points) <= FEW_POINTS and design.is_by_package
    return min(worlds, BAND_WORLDS) if few else 0


def has_bands(folder: Path, design: Design, worlds: int) -> bool:
    """Whether the folder's bands are those of these packages in so many worlds, as the last
    report wrote them."""
    try:
        content = plain_bytes(folder / TRAJECTORIES)
    except FileNotFoundError:
        return False
    if recorded(folder / RECORD).get(TRAJECTORIES) != hashlib.sha256(content).hexdigest():
        return False
    metadata = pq.read_schema(pa.BufferReader(content)).metadata or {}
    expected = made_of(design, worlds)
    return all(metadata.get(key.encode()) == value.encode() for key, value in expected.items())


def made_of(design: Design, worlds: int) -> dict[str, str]:
    """What bands were made of, as kept in the metadata of their file."""
    names = json.dumps([point.package for point in design.points])
    return {"packages": names, "worlds": str(worlds)}


def stored_bands(store: Store, worlds: int) -> pd.DataFrame:
    """Bands over the first `worlds` worlds: package, outcome, month, quantity, mean, p05 ...

    Packages of which no run is finite are not in it; empty where that is all of them.
    """
    layout = build_layout(store.design.scenario_of(store.design.points[0]))
    frames: list[pd.DataFrame] = []
    for point in store.design.points:
        paths = _paths_of(store, point.number, worlds)
        finite = whole(paths)
        if finite.any():
            frames += [
                bands(layout, point.package, quantity, paths[i][..., finite])
                for i, quantity in enumerate(PATHS)
            ]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def _paths_of(store: Store, number: int, worlds: int) -> Floats:
    """Monthly outcomes of one point, (quantities, months, O, worlds)."""
    pieces = []
    for _, part in sorted(store.paths.items()):
        if number in part.block.points and part.block.worlds.start < worlds:
            kept = read_paths(part)[number - part.block.points.start]
            pieces.append(np.array(kept[..., : worlds - part.block.worlds.start]))
    return np.concatenate(pieces, axis=-1)
