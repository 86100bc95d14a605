"""Results held against others: what the baseline is called, and which worlds have paths."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import psasim as ps
from psasim.declared.parameters import Parameters
from psasim.declared.presets import preset
from psasim.errors import StoreError
from psasim.experiment.computing.backends import Backend
from psasim.experiment.design.points import Design, Point
from psasim.experiment.folder import bands, reader
from psasim.experiment.folder.manifest import Manifest
from psasim.experiment.folder.reader import open_results
from psasim.experiment.folder.store import Store
from psasim.experiment.runner import fill
from psasim.report.figures import trajectories_chart
from psasim.results.measures import MEASURES
from psasim.scenario import load_scenario

SMALL = {"scenario": "teaching", "worlds": 3, "months": 6}


class EvenHanded(ps.Department):
    def allocate(self, view):
        return view.usable * view.size / view.size.sum()


def called(results: ps.Results, other: ps.Results) -> str:
    (name,) = results.contrasts(other)["baseline"].unique()
    return name


def test_a_baseline_of_the_same_name_is_told_apart_by_what_differs() -> None:
    usual = ps.simulate(**SMALL)
    own = ps.simulate(**SMALL, agents=ps.Agents(department=EvenHanded))
    assert called(own, usual) == "departmental (no extensions)"
    assert called(usual, own) == "departmental (agents department)"
    other = ps.simulate(**SMALL, parameters={"inertia": 0.1})
    assert called(usual, other) == "departmental (other parameters)"
    assert called(own, other) == "departmental (other parameters, no extensions)"
    first, second = (ps.simulate(**SMALL, governance={name: 1}) for name in ("lead", "sanctions"))
    assert called(first, second) == "custom (other levers)"
    assert called(usual, ps.simulate(**SMALL, engine="mesa")) == "departmental (engine mesa)"
    assert called(first, usual) == "departmental"


@pytest.mark.parametrize("failed", ["departmental", "new_psa"])
def test_a_world_counts_where_both_of_a_pair_are_finite(
    results: ps.Results, fail: Callable[[ps.Results, str, int], ps.Results], failed: str
) -> None:
    broken = fail(results, failed, 3).contrasts().set_index(["package", "measure"])
    row = broken.loc["new_psa", "attainment"]
    gain = (results.parts["new_psa"].measures["attainment"]
            - results.parts["departmental"].measures["attainment"])
    assert row["worlds"] == results.worlds - 1
    assert row["mean"] == pytest.approx(np.delete(gain, 3).mean(), rel=1e-12)


def test_runs_without_a_declared_measure_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    design = Design(
        "d", {"teaching": load_scenario("teaching")},
        [Point(0, "teaching", "departmental", preset("departmental"), Parameters(), {})],
        "departmental",
    )
    with Store(tmp_path, design, seed=1, months=6) as store:
        fill(store, range(2), backend=Backend("serial"), engine="ensemble", bands=0)
    assert open_results(tmp_path).worlds == 2
    monkeypatch.setattr(Manifest, "measures", (*MEASURES.shipped, "morale"))
    with pytest.raises(StoreError, match="another psasim and lacks morale; run the command of"):
        open_results(tmp_path)


def test_stored_results_are_shown_over_the_worlds_of_their_bands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bands, "BAND_WORLDS", 5)
    points = [Point(i, "teaching", name, preset(name), Parameters(), {})
              for i, name in enumerate(("departmental", "new_psa"))]
    design = Design("d", {"teaching": load_scenario("teaching")}, points, "departmental")
    with Store(tmp_path, design, seed=1, months=6) as store:
        fill(store, range(8), backend=Backend("serial"), engine="ensemble", bands=5)
        paths = bands.stored_bands(store, 5)
    results = open_results(tmp_path)
    assert isinstance(results, reader.StoredResults)
    memory = ps.compare(["new_psa"], scenario="teaching", worlds=5, months=6, seed=1)
    assert results.banded().worlds == 5
    pd.testing.assert_frame_equal(results.banded().levels(), memory.levels())
    chart = trajectories_chart(results, paths)
    text = chart.figure._supxlabel.get_text().replace("\n", " ")
    assert "both over the first 5 of 8 worlds" in text
    pd.testing.assert_frame_equal(chart.data, trajectories_chart(memory).data)
