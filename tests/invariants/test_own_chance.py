"""Agents that draw at random: streams by seed, world and name, whoever else draws."""

from __future__ import annotations

import random
from itertools import combinations

import mesa
import numpy as np
import pytest
from scipy import stats

import psasim as ps
from psasim.engines.mesa import decider
from psasim.engines.mesa import model as delivery_model
from psasim.engines.mesa.model import DeliveryModel

GENERATORS = ("rng", "random")
MONTHS, WORLDS = 12, 60


class Gambler(ps.Department):
    """Tosses a coin a month, and does nothing on heads."""

    generator = "rng"

    def __init__(self, *given):
        super().__init__(*given)
        self.drawn = []

    def allocate(self, view):
        self.drawn.append(getattr(self, self.generator).random())
        return super().allocate(view) * (self.drawn[-1] < 0.5)


class Restless(Gambler):
    """Draws more than the others do."""

    def allocate(self, view):
        self.rng.random(100), [self.random.random() for _ in range(100)]
        return super().allocate(view)


def gambler(generator: str) -> type[Gambler]:
    return type("Gambler", (Gambler,), {"generator": generator})


def drawn(generator: str, world: int = 0, seed: int = 1, **given) -> np.ndarray:
    """What each department draws in a run, (departments, months)."""
    agents = given.pop("agents", None) or ps.Agents(department=gambler(generator))
    model = DeliveryModel("teaching", months=MONTHS, world=world, seed=seed, agents=agents, **given)
    model.run()
    return np.array([agent.drawn for agent in model.departments])


def check_spread(generator: str) -> None:
    """Heads of each department in a run, over worlds, are binomial."""
    heads = np.array([(drawn(generator, world) < 0.5).sum(axis=1) for world in range(WORLDS)])
    for of_department in heads.T:
        scaled = ((of_department - MONTHS / 2) ** 2).sum() / (MONTHS / 4)
        assert 0.001 < stats.chi2.cdf(scaled, WORLDS) < 0.999
    between = np.corrcoef(heads.T)[np.triu_indices(heads.shape[1], 1)]
    assert (np.abs(between) < 3.5 / WORLDS**0.5).all()


def check_independence(generator: str) -> None:
    """No two of agents, worlds and seeds share a draw."""
    streams = [row for seed in (1, 2) for world in (0, 1) for row in drawn(generator, world, seed)]
    assert len(streams) == 12
    for a, b in combinations(streams, 2):
        assert not np.isin(a, b).any()


@pytest.mark.parametrize("generator", GENERATORS)
def test_a_coin_has_the_spread_of_a_coin(generator: str) -> None:
    check_spread(generator)


@pytest.mark.parametrize("generator", GENERATORS)
def test_agents_worlds_and_seeds_have_streams_of_their_own(generator: str) -> None:
    check_independence(generator)


@pytest.mark.parametrize("generator", GENERATORS)
@pytest.mark.parametrize("check", [check_spread, check_independence])
def test_one_stream_for_every_world_is_seen(
    generator: str, check, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault that was: Mesa's generators, seeded with 0 whatever the world and seed."""
    monkeypatch.setattr(delivery_model, "stream", lambda *_: 0)
    monkeypatch.setattr(decider.Decider, generator, getattr(mesa.Agent, generator))
    with pytest.raises(AssertionError):
        check(generator)


@pytest.mark.parametrize("generator", GENERATORS)
def test_nobody_shifts_the_draws_of_others(generator: str) -> None:
    alone = drawn(generator)
    others = {"Learning": type("Restless", (Restless,), {"generator": generator})}
    others |= {key: gambler(generator) for key in ("Places", "Wellbeing")}
    names = [agent.key for agent in DeliveryModel("teaching", months=1).departments]
    assert set(names) == set(others)
    beside = drawn(generator, agents=ps.Agents(department=others))
    for name, before, after in zip(names, alone, beside, strict=True):
        assert (before == after).all() == (name != "Learning")


@pytest.mark.parametrize("generator", GENERATORS)
def test_draws_do_not_depend_on_who_draws_first_nor_on_the_package(generator: str) -> None:
    np.testing.assert_array_equal(drawn(generator), drawn(generator, governance="new_psa"))
    first, second = (DeliveryModel("teaching", seed=4) for _ in range(2))
    deciders = [[*m.departments, *m.bodies, m.centre] for m in (first, second)]
    ahead = [getattr(a, generator).random() for a in deciders[0]]
    back = [getattr(a, generator).random() for a in reversed(deciders[1])]
    assert ahead == back[::-1]
    assert len(set(ahead)) == len(ahead) > 4


@pytest.mark.parametrize("generator", GENERATORS)
def test_what_all_agents_of_a_world_share_differs_between_worlds_and_seeds(generator: str) -> None:
    shared = {
        getattr(DeliveryModel("teaching", months=1, world=world, seed=seed), generator).random()
        for world in range(3) for seed in range(3)
    }
    assert len(shared) == 9


@pytest.mark.parametrize("generator", GENERATORS)
def test_same_seed_same_bytes_in_any_batch(generator: str) -> None:
    """And what others do with the global generators moves nothing."""
    agents = ps.Agents(department=gambler(generator))
    many = ps.simulate("teaching", worlds=4, months=MONTHS, seed=3, agents=agents).to_frame()
    random.seed(0)
    np.random.seed(0)  # noqa: NPY002
    few = ps.simulate("teaching", worlds=2, months=MONTHS, seed=3, agents=agents).to_frame()
    assert many.iloc[:2].equals(few)
    assert many["attainment"].nunique() == 4
    model = DeliveryModel("teaching", world=3, months=MONTHS, rng=3, agents=gambler(generator))
    assert model.run().real[-1, :, 0].clip(0, 1).mean() == pytest.approx(many["attainment"][3])


def test_a_world_knows_what_it_was_drawn_for() -> None:
    from psasim.month.worlds import draw_worlds

    worlds = draw_worlds(DeliveryModel("teaching").layout, 5, range(10, 20), 3)
    part = worlds.columns(slice(2, 4))
    assert (part.seed, [*part.replicates], part.runs) == (5, [12, 13], 2)
    twice = part.repeated(2)
    assert ([*twice.replicates], twice.runs) == ([12, 13, 12, 13], 4)
    assert (twice.noise[..., 2:] == part.noise).all()
