"""T7: a problem goes undetected for tau/2 + tau (1-d)/d months on average."""

import numpy as np
import pytest
from scipy.stats import binom

from psasim.mechanisms.review import arise, combine, detect

RUNS = 30_000


def delays(period: int, detection: float) -> np.ndarray:
    """Months each problem went undetected; one a run, spread over the months of a period."""
    rng = np.random.default_rng([period, round(1e6 * detection)])
    onset = np.arange(RUNS) % period + 1
    problem, delay, month = np.zeros(RUNS), np.zeros(RUNS), 0
    while month < period or problem.any():
        month += 1
        problem = arise(problem, np.full(RUNS, 0.5), np.where(onset == month, 0.0, 1.0))
        chance = np.full(RUNS, detection if month % period == 0 else 0.0)
        seen = detect(problem, chance, rng.random(RUNS))
        delay = np.where(seen > 0.0, month - (onset - 0.5), delay)  # they arise mid-month
        problem = problem - seen
    return delay


@pytest.mark.parametrize("period", [1, 3, 6, 12])
@pytest.mark.parametrize("detection", [0.3, 0.7, 1.0])
def test_mean_undetected_time(period, detection):
    measured = delays(period, detection)
    expected = period / 2 + period * (1 - detection) / detection
    error = max(1e-12, measured.std() / np.sqrt(RUNS))
    assert measured.mean() == pytest.approx(expected, abs=4 * error)


def test_printed_delay():
    assert delays(6, 0.7).mean() == pytest.approx(5.57, abs=0.06)


@pytest.mark.parametrize("hazard", [0.01, 0.2, 0.9])
def test_problems_arise_at_their_hazard_and_stay(hazard):
    rng = np.random.default_rng(3)
    problem = np.zeros(RUNS)
    for _ in range(3):
        before = problem
        problem = arise(problem, np.full(RUNS, hazard), rng.random(RUNS))
        assert np.all(problem >= before)
    low, high = binom.interval(1 - 1e-4, RUNS, 1 - (1 - hazard) ** 3)
    assert low <= problem.sum() <= high


def test_what_there_is_not_cannot_be_seen():
    assert not detect(np.zeros(5), np.ones(5), np.zeros(5)).any()


def test_chances_combine_so_that_none_hides_another():
    x, y, z = (np.array(v) for v in (0.5, 0.2, 0.1))
    assert combine(x) == 0.5
    assert combine(x, y, z) == pytest.approx(1 - 0.5 * 0.8 * 0.9, rel=1e-14)
    assert combine(x, np.array(0.0)) == 0.5
    assert combine(x, np.array(1.0)) == 1.0
