"""A draw is a function of what it is for, never of the order in which it is taken."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import strategies as st

from psasim.month.worlds import draw_worlds
from psasim.scenario import load_scenario
from psasim.structure.layout import build_layout
from tests.invariants.support import arrays, assert_alike, over
from tests.strategies import scenarios


@over(scenarios(), st.integers(0, 2**63), st.integers(0, 50), st.integers(1, 9), st.integers(1, 9))
def test_a_replicate_is_the_same_alone_and_in_a_batch(
    scenario, seed: int, first: int, replicates: int, months: int
) -> None:
    """Same seed, same bits: in any batch of replicates, as in a batch of its own."""
    layout = build_layout(scenario)
    batch = draw_worlds(layout, seed, range(first, first + replicates), months)
    assert_alike(batch, draw_worlds(layout, seed, range(first, first + replicates), months))
    for row in range(replicates):
        alone = draw_worlds(layout, seed, range(first + row, first + row + 1), months)
        assert_alike(batch.columns(slice(row, row + 1)), alone)


@over(scenarios(), st.integers(0, 2**63), st.integers(1, 6), st.integers(1, 9))
def test_more_months_and_more_replicates_keep_what_was_drawn(
    scenario, seed: int, months: int, more: int
) -> None:
    """Longer and wider worlds begin with the shorter and narrower ones."""
    layout = build_layout(scenario)
    short = draw_worlds(layout, seed, range(2), months)
    long = draw_worlds(layout, seed, range(2 + more), months + more).columns(slice(0, 2))
    for name, values in arrays(short).items():
        np.testing.assert_array_equal(values, arrays(long)[name][:months])


def test_seeds_replicates_and_kinds_differ() -> None:
    layout = build_layout(load_scenario("teaching"))
    first, second = (draw_worlds(layout, seed, range(2), 40) for seed in (1, 2))
    streams = [
        values[..., run].ravel()[:80]
        for worlds in (first, second)
        for values in arrays(worlds).values()
        for run in range(2)
    ]
    assert len(streams) == 24
    for a, b in combinations(streams, 2):
        assert not np.isin(a, b).any()


@pytest.mark.parametrize("name", ["teaching", "child_obesity"])
def test_shocks_have_the_distributions_they_are_named_for(name: str) -> None:
    layout = build_layout(load_scenario(name))
    worlds = draw_worlds(layout, 7, range(400), 36)
    single = layout.chain.count[:, 0] == 1
    uniform = [worlds.problem, worlds.detection, worlds.volunteer, worlds.body[:, single]]
    normal = [worlds.outcome, worlds.noise, worlds.body[:, ~single]]
    for values, mean, spread in [
        *((u, 0.5, 12**-0.5) for u in uniform if u.size),
        *((z, 0.0, 1.0) for z in normal if z.size),
    ]:
        assert abs(values.mean() - mean) < 5 * spread / values.size**0.5
        assert abs(values.std() / spread - 1) < 5 / values.size**0.5
