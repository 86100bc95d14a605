"""Effects of levers: additive, pure interactions, fractions, and nothing at all."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from psasim.analysis.statistics.effects import effects, pairs_pass_for_levers
from psasim.experiment.design.level_designs import _plackett_burman
from tests.analysis.coverage import held, least

NAMES = ["a", "b", "c", "d", "e"]
FULL = np.array(list(product([-1.0, 1.0], repeat=5)))
FRACTION = FULL[FULL[:, 4] == FULL[:, :4].prod(axis=1)]  # e = abcd: resolution 5
COARSE = FULL[(FULL[:, 3] == FULL[:, 0] * FULL[:, 1]) & (FULL[:, 4] == FULL[:, 0] * FULL[:, 2])]


def _worlds(rng: np.random.Generator, signs: np.ndarray, of: np.ndarray, worlds: int = 20):
    """Values whose luck is shared by all rows, and some that is not."""
    own = rng.normal(0, 0.05, (len(signs), worlds))
    return of[:, None] + rng.normal(0, 0.5, worlds) + own


@pytest.mark.parametrize("signs", [FULL, FRACTION], ids=["full", "fraction"])
def test_additive(signs: np.ndarray) -> None:
    weights = np.array([0.3, -0.2, 0.1, 0.0, 0.05])
    found = effects(NAMES, signs, _worlds(np.random.default_rng(1), signs, signs @ weights / 2))
    assert found.clear and found.terms[:5] == tuple((name,) for name in NAMES)
    assert len(found.terms) == 15
    assert np.allclose(found.mean[:5], weights, atol=0.02)
    assert (found.p[:3] < 0.05).all() and found.p[3] > 0.05
    assert (found.p[5:] > 0.05).all()


def test_a_pure_interaction_is_no_effect_of_either() -> None:
    of = 0.15 * FULL[:, 0] * FULL[:, 3]
    found = effects(NAMES, FULL, _worlds(np.random.default_rng(2), FULL, of))
    sure = {term for term, p in zip(found.terms, found.p, strict=True) if p < 0.05}
    assert sure == {("a", "d")}
    assert found.mean[found.terms.index(("a", "d"))] == pytest.approx(0.3, abs=0.02)


@pytest.mark.parametrize("factor, holds", [(1.0, True), (0.5, False)])
def test_the_interval_covers(factor: float, holds: bool) -> None:
    weights = np.array([0.3, -0.2, 0.1, 0.0, 0.05])

    def statement(rng: np.random.Generator) -> bool:
        found = effects(NAMES, FRACTION, _worlds(rng, FRACTION, FRACTION @ weights / 2, 8))
        reach = factor * (found.high[0] - found.low[0]) / 2
        return bool(abs(found.mean[0] - 0.3) <= reach)

    assert (held(statement) >= least(0.95)) is holds


def test_noise_moves_nothing() -> None:
    def statement(rng: np.random.Generator) -> bool:
        found = effects(NAMES, FULL, _worlds(rng, FULL, np.zeros(len(FULL)), 10))
        return bool((found.p >= 0.05).all())

    assert held(statement) >= least(0.95)


def test_a_coarse_fraction_says_what_it_cannot_tell_apart() -> None:
    found = effects(NAMES, COARSE, _worlds(np.random.default_rng(3), COARSE, COARSE[:, 3]))
    assert ("a", "b") in found.alias[found.terms.index(("d",))]
    assert pairs_pass_for_levers(COARSE) and not pairs_pass_for_levers(FULL)


def test_plackett_burman_keeps_to_single_levers() -> None:
    names = [f"l{i}" for i in range(11)]
    signs = _plackett_burman(11)
    folded = np.vstack([signs, -signs])
    for rows, pass_for in ((signs, True), (folded, False)):
        found = effects(names, rows, _worlds(np.random.default_rng(4), rows, 0.1 * rows[:, 2]))
        assert not found.clear and len(found.terms) == 11
        assert np.flatnonzero(found.p < 0.05).tolist() == [2]
        assert pairs_pass_for_levers(rows) is pass_for


def test_one_world_has_no_interval() -> None:
    found = effects(NAMES, FULL, FULL[:, :1])
    assert np.isnan(found.p).all() and found.mean[0] == 2.0
