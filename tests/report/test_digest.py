"""The digest tells any difference in bits, and nothing else."""

from __future__ import annotations

import numpy as np

from psasim.results.digest import Digest
from psasim.results.simulate import compare

RUNS = 12
MEASURES = list(np.random.default_rng(1).random((3, RUNS)))


def _digest(measures=MEASURES, point=3, world=None, pieces: int = 1) -> str:
    digest = Digest()
    worlds = np.arange(RUNS) if world is None else world
    for part in np.array_split(np.arange(RUNS), pieces):
        digest.add(np.full(part.size, point), worlds[part], [m[part] for m in measures])
    return str(digest)


def test_it_is_the_same_in_any_order_and_in_any_pieces() -> None:
    order = np.random.default_rng(2).permutation(RUNS)
    assert _digest(pieces=5) == _digest()
    assert _digest([m[order] for m in MEASURES], world=order) == _digest()


def test_the_last_bit_of_any_number_changes_it() -> None:
    found = {_digest()}
    for which in range(3):
        for run in range(RUNS):
            other = [m.copy() for m in MEASURES]
            other[which][run] = np.nextafter(other[which][run], 2.0)
            found.add(_digest(other))
    assert len(found) == 1 + 3 * RUNS


def test_points_worlds_and_measures_are_told_apart() -> None:
    swapped = [MEASURES[1], MEASURES[0], MEASURES[2]]
    world = np.arange(RUNS)[::-1].copy()
    assert len({_digest(), _digest(swapped), _digest(point=4), _digest(world=world)}) == 4


def test_what_is_no_number_counts_whatever_its_bits() -> None:
    one, other = [m.copy() for m in MEASURES], [m.copy() for m in MEASURES]
    one[0][2] = np.nan
    other[0][2] = np.array([0xFFF8000000000123], dtype=np.uint64).view(np.float64)[0]
    assert _digest(one) == _digest(other) != _digest()


def test_it_is_the_same_in_memory_whatever_the_batch(monkeypatch) -> None:
    from psasim.engines import ensemble

    packages = ["departmental", "new_psa"]
    given = compare(packages, scenario="teaching", worlds=9, months=6).digest
    monkeypatch.setattr(ensemble, "side_by_side", lambda layout: 2)
    assert compare(packages, scenario="teaching", worlds=9, months=6).digest == given
    assert compare(packages, scenario="teaching", worlds=9, months=6, seed=1).digest != given
