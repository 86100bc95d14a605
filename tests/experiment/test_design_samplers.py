"""Designs that fill a space: strata, sequences, seeds."""

from __future__ import annotations

import numpy as np
import pytest
from SALib.analyze import sobol as analyse
from scipy.stats import qmc

from psasim.errors import InputError
from psasim.experiment.design.designs import Drawn, draw
from psasim.experiment.design.factors import DECISIONS, UNCERTAINTIES

OVER = ["inertia", "substitution", "urgency"]
BASE = {path: item.default for path, item in {**UNCERTAINTIES, **DECISIONS}.items()}


def _drawn(design: str, points: int, **settings: object) -> Drawn:
    given = {"design": design, "points": points, "over": OVER, **settings}
    return draw(given, "here", {**UNCERTAINTIES, **DECISIONS}, BASE)


def _unit(drawn: Drawn) -> np.ndarray:
    """Fractions of the ranges, (rows, factors)."""
    return np.stack([
        (drawn.columns[f.path] - f.low) / (f.high - f.low) for f in drawn.factors
    ], axis=1)


@pytest.mark.parametrize("points", [2, 7, 64, 1000])
def test_latin_hypercube_meets_each_stratum_once(points: int) -> None:
    strata = np.floor(_unit(_drawn("latin_hypercube", points)) * points).astype(int)
    for column in strata.T:
        assert sorted(column) == list(range(points))


def test_sobol_is_the_sequence_of_the_library() -> None:
    expected = qmc.Sobol(3, rng=5).random(64)
    assert np.allclose(_unit(_drawn("sobol", 64, seed=5)), expected, rtol=0, atol=1e-12)


def test_sobol_goes_on_where_a_shorter_one_ends() -> None:
    shorter, longer = (_unit(_drawn("sobol", points)) for points in (64, 128))
    assert np.array_equal(longer[:64], shorter)


@pytest.mark.parametrize("second_order, rows", [(False, 64 * 5), (True, 64 * 8)])
def test_saltelli_swaps_one_column_at_a_time(second_order: bool, rows: int) -> None:
    drawn = _drawn("saltelli", 64, second_order=second_order)
    assert drawn.rows == rows
    blocks = _unit(drawn).reshape(64, -1, 3)
    first, last = blocks[:, 0], blocks[:, -1]
    for column in range(3):
        swapped = first.copy()
        swapped[:, column] = last[:, column]
        assert np.array_equal(blocks[:, 1 + column], swapped)


def test_saltelli_rows_give_the_indices_of_a_known_function() -> None:
    """Of a sum of uniform inputs each has its share of the variance."""
    drawn = _drawn("saltelli", 512)
    problem = {"num_vars": 3, "names": OVER, "bounds": [[0, 1]] * 3}
    values = _unit(drawn) @ [3.0, 2.0, 1.0]
    found = analyse.analyze(problem, values, calc_second_order=False, seed=1)
    assert np.allclose(found["S1"], np.array([9, 4, 1]) / 14, atol=0.03)
    assert np.allclose(found["ST"], np.array([9, 4, 1]) / 14, atol=0.03)


@pytest.mark.parametrize("design", ["latin_hypercube", "sobol", "saltelli"])
def test_the_seed_decides_and_is_recorded(design: str) -> None:
    same, again, other = (_drawn(design, 16, seed=seed) for seed in (3, 3, 4))
    assert same.settings == again.settings
    assert same.settings["seed"] == 3
    assert np.array_equal(_unit(same), _unit(again))
    assert not np.array_equal(_unit(same), _unit(other))
    assert same.settings["rows_sha256"] != other.settings["rows_sha256"]


def test_whole_numbers_and_choices_take_equal_parts() -> None:
    over = ["stocktakes", "lead", "lead.kind", "local_governance", "local_governance.tiers"]
    columns = _drawn("latin_hypercube", 36, over=over).columns
    kinds, counts = np.unique(columns["governance.lead.kind"], return_counts=True)
    assert dict(zip(kinds, counts, strict=True)) == {"all": 9, "none": 9, "single": 9, "two": 9}
    tiers, counts = np.unique(columns["governance.local_governance.tiers"], return_counts=True)
    assert tiers.tolist() == list(range(1, 10))
    assert set(counts) == {4}


@pytest.mark.parametrize("given, words", [
    ({"points": 100}, "not a power of two"), ({"points": 1}, "greater than or equal to 2"),
    ({"points": "64"}, "valid integer"), ({"seed": -1}, "here.seed = -1"),
    ({"sed": 1}, "did you mean 'seed'?"),
])
def test_refused(given: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words.replace("?", r"\?")):
        draw({"design": "sobol", "points": 64, "over": OVER, **given}, "here", UNCERTAINTIES, BASE)
