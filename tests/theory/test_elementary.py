"""exp, log, log1p, expm1 against decimal arithmetic, NumPy's special values and themselves."""

from __future__ import annotations

from decimal import Context, Decimal

import numpy as np
import pytest

from psasim.mechanisms import elementary
from psasim.mechanisms.normal import normal_quantile

EXACT = Context(prec=60)
BOUND = {"exp": 1.1, "expm1": 3.5, "log": 1.1, "log1p": 1.4}
"""Units of the last place."""


def _spread(name: str, number: int) -> np.ndarray:
    """Arguments over all the range, and close to where accuracy is easily lost."""
    rng = np.random.default_rng(7)
    near = rng.normal(0.0, 1.0, number) * 10.0 ** rng.uniform(-12, 0.5, number)
    if name in ("exp", "expm1"):
        return np.concatenate([near, rng.uniform(-700.0, 700.0, number)])
    wide = 10.0 ** rng.uniform(-300 if name == "log" else -20, 300, number)
    return np.concatenate([wide, 1.0 + near] if name == "log" else [wide, near])


def _truth(name: str, x: float) -> Decimal:
    exact = Decimal(float(x))
    if name == "exp":
        return EXACT.exp(exact)
    if name == "expm1":
        return EXACT.subtract(EXACT.exp(exact), Decimal(1))
    return EXACT.ln(exact if name == "log" else EXACT.add(exact, Decimal(1)))


@pytest.mark.parametrize("name", BOUND)
def test_error_is_within_its_bound(name: str) -> None:
    x = _spread(name, 1500)
    x = x[x > {"log": 0.0, "log1p": -1.0}.get(name, -np.inf)]
    for argument, value in zip(x, getattr(elementary, name)(x), strict=True):
        truth = _truth(name, argument)
        place = np.spacing(abs(float(truth)))
        assert abs(Decimal(float(value)) - truth) <= Decimal(BOUND[name]) * Decimal(place), argument


@pytest.mark.parametrize("name", BOUND)
def test_special_values_are_numpys(name: str) -> None:
    special = [0.0, -0.0, 1.0, -1.0, -2.0, np.inf, -np.inf, np.nan, 5e-324, 1e-310, 2.0**-1022,
               709.5, 709.78, 710.0, -708.5, -745.0, -746.0, 1.7e308, -1.7e308]
    with np.errstate(all="ignore"):
        wanted = getattr(np, name)(np.array(special))
    np.testing.assert_allclose(getattr(elementary, name)(np.array(special)), wanted, rtol=1e-13)
    for argument, value in zip(special, wanted, strict=True):
        np.testing.assert_allclose(getattr(elementary, name)(argument), value, rtol=1e-13)


@pytest.mark.parametrize("name", BOUND)
def test_a_number_is_alone_as_in_any_block(name: str) -> None:
    """No choice hangs on a block: with extremes among them, alone, and in place."""
    function = getattr(elementary, name)
    x = _spread(name, 300)
    x = np.abs(x) if name in ("log", "log1p") else x
    together = function(x)
    extreme = np.array([np.nan, 1e300, 1e-310])
    np.testing.assert_array_equal(function(np.concatenate([x, extreme]))[: x.size], together)
    np.testing.assert_array_equal([function(value) for value in x], together)
    column = x.reshape(-1, 2)
    np.testing.assert_array_equal(function(column[:, 1]), together[1::2])
    kept = x.copy()
    assert function(kept, out=kept) is kept
    np.testing.assert_array_equal(kept, together)


def test_exp_and_log_are_exact_where_they_must_be() -> None:
    """e^0 is 1 and log 1 is 0 to the bit: rounding makes no progress out of no effort."""
    assert elementary.exp(0.0) == 1.0 and elementary.log(1.0) == 0.0
    assert elementary.log1p(0.0) == 0.0 and elementary.expm1(0.0) == 0.0


def test_normal_quantile_inverts_the_distribution() -> None:
    from scipy.special import ndtri

    tail = 10.0 ** -np.linspace(0.5, 15.5, 400)
    u = np.concatenate([np.random.default_rng(3).random(20_000), tail, 1.0 - tail, [0.5]])
    np.testing.assert_allclose(normal_quantile(u), ndtri(u), rtol=4e-15, atol=1e-300)
