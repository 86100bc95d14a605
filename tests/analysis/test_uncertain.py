"""What drives and what breaks an answer, through the whole path: file, run, folder, question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import psasim
from psasim.coefficients import Coefficients
from psasim.errors import Unanswerable
from psasim.experiment.computing import compute
from psasim.results.measures import measure
from tests.analysis.conftest import run

OVER = {"urgency": {"low": 1.0, "high": 2.0}, "inertia": {"low": 0.05, "high": 0.1},
        "trust_start": {"low": 0.2, "high": 0.8}}
Gain = Callable[[dict[str, float]], float]


def _plant(monkeypatch: pytest.MonkeyPatch, gain: Gain) -> None:
    """Have packages that cost money add `gain` of the parameters, each from 0 to 1."""
    def planted(
        trajectory: Any, layout: Any, k: Coefficients, own: Any
    ) -> dict[str, np.ndarray]:
        found = measure(trajectory, layout, k, own)
        runs = found["attainment"].size
        cost = np.broadcast_to(found["cost"], (runs,))
        units = {name: np.broadcast_to((getattr(k, name)[0] - ends["low"])
                                       / (ends["high"] - ends["low"]), (runs,))
                 for name, ends in OVER.items()}
        added = [gain({name: float(unit[i]) for name, unit in units.items()}) if cost[i] else 0.0
                 for i in range(runs)]
        return found | {"attainment": 0.5 + 0.0 * found["attainment"] + np.array(added)}

    monkeypatch.setattr(compute, "measure", planted)


def _box(unit: dict[str, float]) -> float:
    return -0.2 if unit["urgency"] > 0.6 and unit["inertia"] < 0.6 else 0.1 * unit["inertia"] + 0.05


def _noise(unit: dict[str, float]) -> float:
    return 0.1 * np.sin(1e6 * sum(unit.values()))


def _sampled(folder: Path, points: int, **design: Any):
    folder = run(folder, {"presets": ["departmental", "new_psa"], "uncertainties": {
        "design": "latin_hypercube", "points": points, "over": OVER, **design}}, worlds=2, months=1)
    return psasim.open_results(folder)


def test_a_planted_box_is_told_in_words_and_units(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _plant(monkeypatch, _box)
    results = _sampled(tmp_path, 240)
    frame = results.backfire()
    row = frame.iloc[0]
    assert row["package"] == "new_psa" and row["futures"] == 240
    assert row["worse"] == pytest.approx(0.24 * 240, abs=12)
    assert "inertia below 0.0" in row["rule"] and "urgency above 1." in row["rule"]
    assert "trust_start" not in row["rule"]
    assert row["density"] > 0.6 and row["coverage"] > 0.7 and row["judged_on"] == 120
    assert row["density_lo95"] < row["density"] < row["density_hi95"] + 1e-9
    assert row["rule"] in frame.attrs["sentence"]
    assert "futures it was not fitted to" in frame.attrs["sentence"]


def test_noise_gives_neither_rule_nor_driver(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _plant(monkeypatch, _noise)
    results = _sampled(tmp_path, 120)
    frame = results.backfire()
    assert frame.loc[0, "rule"] == "" and 30 < frame.loc[0, "worse"] < 90
    assert "no rule of few factors" in frame.attrs["sentence"]
    assert "driven by no single factor" in results.drivers().attrs["sentence"]


def test_drivers_of_a_known_function(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _plant(monkeypatch, lambda unit: 0.3 * unit["inertia"] + 0.1 * unit["urgency"] - 0.2)
    results = _sampled(tmp_path, 64, design="saltelli")
    frame = results.drivers()
    gain = frame[frame["target"].str.startswith("What new_psa adds")]
    total = gain[gain["index"] == "ST"].set_index("factor")
    assert total.loc["inertia", "value"] == pytest.approx(0.9, abs=0.06)
    assert total.loc["urgency", "value"] == pytest.approx(0.1, abs=0.03)
    assert total.loc["trust_start", "value"] == pytest.approx(0.0, abs=0.01)
    assert (total["lo95"] <= total["value"]).all()
    ratio = gain[gain["index"] == "ratio"].set_index("factor")
    assert ratio.loc["inertia", "p_holm"] < 0.05 < ratio.loc["trust_start", "p_holm"]
    assert set(ratio["rows"]) == {128}, "rows that share values are not shuffled"
    wins = frame[frame["target"] == "whether new_psa is best"]
    assert len(wins) and "inertia" in frame.attrs["sentence"]
    assert (frame["factor_unit"] != "").all()


def test_rows_without_a_number_are_no_zeros(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _plant(monkeypatch, lambda unit: np.nan if unit["urgency"] > 0.9 else unit["inertia"])
    results = _sampled(tmp_path, 64, design="saltelli")
    frame = results.drivers()
    said = " ".join(frame.attrs["notes"])
    assert "left out whole" in said and "rows that were drawn apart have not a number" in said
    ratio = frame[frame["index"] == "ratio"]
    assert (ratio["rows"] < 128).all()
    assert results.backfire()["futures"].max() < 128


def test_whole_points_are_asked_of_their_own_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _plant(monkeypatch, lambda unit: -0.2 if unit["urgency"] > 0.6 else 0.1)
    folder = run(tmp_path, {"points": {"design": "latin_hypercube", "points": 120,
                                       "over": {"sanctions": None, **OVER}}}, worlds=2, months=1)
    results = psasim.open_results(folder)
    row = results.backfire().iloc[0]
    assert row["package"] == "a row's own package" and "urgency above 1." in row["rule"]
    assert "urgency" in results.drivers().attrs["sentence"]


def test_few_futures_say_how_many_would_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _plant(monkeypatch, _box)
    results = _sampled(tmp_path, 16)
    with pytest.raises(Unanswerable, match="at least 20"):
        results.drivers()
    notes = " ".join(results.backfire().attrs["notes"])
    assert "too few for a rule; about" in notes


def test_without_a_design_over_futures_it_is_said_which_would(one_future: Path) -> None:
    results = psasim.open_results(one_future)
    for ask in (results.drivers, results.backfire):
        with pytest.raises(Unanswerable, match="latin_hypercube"):
            ask()
