"""A draw is a function of what it is for, never of the order in which it is taken, nor of what
else there is."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import strategies as st

from psasim.month.worlds import draw_worlds
from psasim.scenario import Contribution, Scenario, checked, load_scenario
from psasim.structure.layout import Layout, build_layout
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


def _by_name(scenario: Scenario) -> dict[tuple[str, ...], np.ndarray]:
    """Every draw of a scenario, (months, runs), by what it is for."""
    layout = build_layout(scenario)
    worlds = draw_worlds(layout, 5, range(3), 4)
    named: dict[tuple[str, ...], np.ndarray] = {}
    for kind, names in _names(layout).items():
        for row, name in enumerate(names):
            named[kind, *name] = getattr(worlds, kind)[:, row]
    assert sum(values[0].shape[0] for values in arrays(worlds).values()) == len(named)
    return named


def _names(layout: Layout) -> dict[str, list[tuple[str, ...]]]:
    scenario, chain = layout.scenario, layout.chain
    outcomes = [(o.key,) for o in scenario.outcomes]
    shares = [(c.outcome, c.department) for c in scenario.contributions]
    return {
        "outcome": outcomes, "problem": outcomes, "detection": outcomes,
        "noise": [(i.outcome, i.key) for i in scenario.indicators],
        "volunteer": shares,
        "body": [(scenario.bodies[b].key, *shares[c])
                 for b, c in zip(chain.body, chain.contribution, strict=True)],
    }


def _merged(scenario: Scenario, gone: str, into: str) -> Scenario:
    """One department takes over another's tasks, targets and bodies."""
    owner = lambda key: into if key == gone else key  # noqa: E731
    shares: dict[tuple[str, str], Contribution] = {}
    for c in scenario.contributions:
        key = (owner(c.department), c.outcome)
        before = shares.get(key)
        shares[key] = replace(
            c, department=key[0], share=c.share + (before.share if before else 0.0),
            lead=c.lead or bool(before and before.lead),
        )
    return checked(replace(
        scenario,
        departments=tuple(d for d in scenario.departments if d.key != gone),
        contributions=tuple(shares.values()),
        indicators=tuple(replace(i, department=owner(i.department)) for i in scenario.indicators),
        bodies=tuple(
            replace(b, parents=tuple(dict.fromkeys(map(owner, b.parents)))) for b in scenario.bodies
        ),
    ))


@pytest.mark.parametrize("name, gone, into", [
    ("csr2007", "DIUS", "DCSF"), ("sr2004", "ODPM", "DH"),
])
def test_merging_two_departments_leaves_every_other_draw(name: str, gone: str, into: str) -> None:
    """What both scenarios have by name meets the same luck, whatever its row."""
    before = load_scenario(name)
    ours, theirs = _by_name(before), _by_name(_merged(before, gone, into))
    kept = ours.keys() & theirs.keys()
    for key in kept:
        np.testing.assert_array_equal(ours[key], theirs[key])
    assert {key for key in ours if key not in kept} <= {key for key in ours if gone in key}
    assert all(into in key for key in theirs if key not in kept)
    assert all(("outcome", o.key) in kept for o in before.outcomes)


@over(scenarios())
def test_one_outcome_fewer_leaves_every_other_draw(scenario) -> None:
    if len(scenario.outcomes) < 2:
        return
    gone = scenario.outcomes[0].key
    without = replace(
        scenario,
        outcomes=scenario.outcomes[1:],
        contributions=tuple(c for c in scenario.contributions if c.outcome != gone),
        indicators=tuple(i for i in scenario.indicators if i.outcome != gone),
        bodies=(),
    )
    theirs = _by_name(checked(without))
    ours = _by_name(scenario)
    for key, values in theirs.items():
        np.testing.assert_array_equal(ours[key], values)


def test_draws_are_independent_over_names_replicates_and_months() -> None:
    """Neighbours in every direction are uncorrelated, and no number comes twice."""
    worlds = draw_worlds(build_layout(load_scenario("csr2007")), 2007, range(400), 24)
    noise = worlds.noise
    for a, b in [
        (noise[:, 1:], noise[:, :-1]), (noise[1:], noise[:-1]), (noise[..., 1:], noise[..., :-1]),
        (worlds.problem[:, :30], worlds.detection[:, :30]),
        (noise[1:, :, :-1], noise[:-1, :, 1:]),
    ]:
        a, b = a.ravel(), b.ravel()
        assert abs(np.corrcoef(a, b)[0, 1]) < 4.5 / a.size**0.5
        assert abs(np.corrcoef(a * a, b * b)[0, 1]) < 4.5 / a.size**0.5
    every = np.concatenate([values.ravel() for values in arrays(worlds).values()])
    assert np.unique(every).size == every.size


def test_a_planted_key_by_row_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were draws keyed by row, merging would move them."""
    from psasim.structure import identity

    def by_row(kind: str, names) -> np.ndarray:
        return np.arange(len(list(names)), dtype=np.uint64)

    monkeypatch.setattr(identity, "_hashes", by_row)
    with pytest.raises(AssertionError):
        test_merging_two_departments_leaves_every_other_draw("csr2007", "DIUS", "DCSF")
