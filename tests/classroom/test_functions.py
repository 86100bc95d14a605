"""Elementary functions, draws and digest of the page: equal to Python's in every bit."""

from __future__ import annotations

import numpy as np
import pytest

from psasim.mechanisms import elementary
from psasim.mechanisms.normal import normal_quantile
from psasim.month.draws import draw
from psasim.results.digest import Digest
from tests.classroom.node import differing, model, run

pytestmark = pytest.mark.browser

FUNCTIONS = {name: getattr(elementary, name) for name in ("exp", "expm1", "log", "log1p")}
EVERY = "for (const name of input) keep(name, array('x').map(psasim[name]));"


def _arguments() -> np.ndarray:
    """A million numbers of every size and sign, edges and what is no number among them."""
    rng = np.random.default_rng(11)
    bits = rng.integers(0, 2**64, 300_000, dtype=np.uint64).view(np.float64)
    bits = np.where(np.isnan(bits), np.nan, bits)  # quiet ones
    edges = np.array([0.0, -0.0, np.inf, -np.inf, np.nan, 1.0, -1.0, 2.0**54, 2.0**-1022,
                      5e-324, -708.0, 709.0, 709.8, -745.2, 800.0, -800.0, 1.7e308])
    near = np.concatenate([edges, np.nextafter(edges, np.inf), np.nextafter(edges, -np.inf)])
    return np.concatenate([
        bits, near, rng.uniform(-800.0, 800.0, 200_000), rng.uniform(-2.0, 2.0, 250_000),
        np.exp(rng.uniform(-40.0, 40.0, 250_000)),
    ])


def test_elementary_functions_over_a_million_arguments() -> None:
    x = _arguments()
    _, kept = run(EVERY, list(FUNCTIONS), {"x": x})
    differ = {name: differing(kept[name], function(x)) for name, function in FUNCTIONS.items()}
    assert differ == dict.fromkeys(FUNCTIONS, 0)


def test_normal_quantiles_over_a_million_arguments() -> None:
    rng = np.random.default_rng(12)
    words = rng.integers(0, 2**52, 900_000).astype(np.float64)
    tails = np.exp(rng.uniform(-36.0, -1.0, 100_000))
    u = np.concatenate([(words + 0.5) * 2.0**-52, tails, 1.0 - tails])
    u = u[(u > 0.0) & (u < 1.0)]
    _, kept = run("keep('z', array('u').map(psasim.normalQuantile));", None, {"u": u})
    assert differing(kept["z"], normal_quantile(u)) == 0


@pytest.mark.parametrize("seed", [0, 1, 2007, 2**32 + 5, 2**53, 2**64 - 1])
def test_draws(seed: int) -> None:
    rng = np.random.default_rng(13)
    hashes = rng.integers(0, 2**64, 40, dtype=np.uint64)
    normal, uniform = hashes[:15], hashes[15:]
    expected = draw(seed, normal, uniform, range(190, 230), 40)
    task = """
    for (const kind of ["normal", "uniform"])
      keep(kind, psasim.draw(BigInt(input.seed), input[kind], kind === "normal", 190, 40, 40));
    """
    given = {"seed": str(seed), "normal": [f"{h:016x}" for h in normal],
             "uniform": [f"{h:016x}" for h in uniform]}
    _, kept = run(task, given)
    for kind, values in zip(("normal", "uniform"), expected, strict=True):
        assert differing(kept[kind], values) == 0


def test_digest() -> None:
    rng = np.random.default_rng(14)
    measures = rng.standard_normal((3, 5, 200))
    measures[1, 2, 17] = np.nan
    measures.view(np.uint64)[2, 4, 5] = 0xFFF8000000000123  # no number either, of other bits
    measures[0, 0, 3] = -0.0
    expected = Digest()
    for point in range(3):
        expected.add(point, np.arange(30, 230), list(measures[point]))
    task = """
    const values = array("values"), digest = new psasim.Digest();
    for (let point = 0; point < 3; point++)
      digest.add(point, 30, [0, 1, 2, 3, 4].map((row) =>
        values.subarray((point * 5 + row) * 200, (point * 5 + row + 1) * 200)));
    output = String(digest);
    """
    assert run(task, None, {"values": measures})[0] == str(expected)


def test_a_planted_difference_is_seen() -> None:
    x = np.linspace(-5.0, 5.0, 10_001)
    planted = model().replace("(root + series(rest) * root)", "(root * (1 + series(rest)))")
    assert planted != model()
    _, kept = run(EVERY, ["exp"], {"x": x}, planted)
    assert 0 < differing(kept["exp"], elementary.exp(x)) < x.size
