"""exp, log, log1p and expm1 with one set of bits on every processor.

Libraries and processors round these differently.  Here they are made of operations that
IEEE 754 rounds exactly (+ - x /, square root, comparison, moves of bits), in a fixed order,
number by number, so that neither a processor's features nor the length of a block can move a
bit.  Argument reduction by table (Tang 1989, 1990): exp x = 2^(n/128) e^r with |r| <= log 2 /
256, log x = k log 2 + log c + log(1 + r) with c the multiple of 1/128 nearest to the
significand; then Taylor's series, short since r is small.  Tables and constants are
reckoned when the module is read, in decimal arithmetic, which rounds them correctly.

Largest error seen over ten million arguments, in units of the last place: exp 1.0, log 0.9,
log1p 1.3, expm1 1.1; special values as NumPy's.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context, Decimal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from psasim.mechanisms.ordered_sum import Floats

_EXACT = Context(prec=50)
_PARTS = 128
"""Steps of the tables to a doubling, and to 1."""


def _constant(value: Decimal | float) -> NDArray:
    """A 0-d array: a Python float costs more a call."""
    return np.array(float(value))


def _grid(value: Decimal, bits: int) -> Decimal:
    """The nearest multiple of 2^-bits."""
    return _EXACT.divide((value * 2**bits).to_integral_value(), Decimal(2**bits))


def _pairs(values: list[Decimal], bits: int) -> tuple[Floats, Floats]:
    """Each value as a multiple of 2^-bits and what is left."""
    high = [_grid(value, bits) for value in values]
    low = [_EXACT.subtract(value, part) for value, part in zip(values, high, strict=True)]
    return np.array([float(part) for part in high]), np.array([float(part) for part in low])


_LOG2 = _EXACT.ln(Decimal(2))
_STEP = _EXACT.divide(_LOG2, Decimal(_PARTS))
_PER_STEP = _constant(_EXACT.divide(Decimal(1), _STEP))
_STEP_HIGH = _constant(_grid(_STEP, 41))
_STEP_LOW = _constant(_EXACT.subtract(_STEP, _grid(_STEP, 41)))
_LOG2_HIGH = _constant(_grid(_LOG2, 42))
_LOG2_LOW = _constant(_EXACT.subtract(_LOG2, _grid(_LOG2, 42)))
_ROOTS = [_EXACT.exp(_EXACT.multiply(_STEP, Decimal(j))) for j in range(_PARTS)]
_ROOT = np.array([float(root) for root in _ROOTS])
_ROOT_LOW = np.array([
    float(_EXACT.subtract(root, Decimal(float(root)))) for root in _ROOTS
])
_FIRST = 90
"""Least multiple of 1/128 that a significand of at least sqrt(1/2) is nearest to."""
_LOG_HIGH, _LOG_LOW = _pairs(
    [_EXACT.ln(_EXACT.divide(Decimal(j), Decimal(_PARTS))) for j in range(_FIRST, 183)], 42
)
_OVER = [_constant(_EXACT.divide(Decimal(1), Decimal(n))) for n in range(2, 9)]
_FACTORIALS = [_constant(_EXACT.divide(Decimal(1), Decimal(n))) for n in (2, 6, 24, 120)]
_ONE, _MINUS_ONE, _INFINITE = _constant(1.0), _constant(-1.0), _constant(np.inf)
_SMALL, _LARGE, _HUGE = _constant(-708.0), _constant(709.0), _constant(800.0)
_LEAST, _BELOW_LEAST = _constant(2.0**-1022), _constant(2.0**-1022 - 2.0**-1074)
_LIFT, _LIFTED = _constant(2.0**54), _constant(_EXACT.multiply(_LOG2, Decimal(54)))
_INTO_PARTS, _PART = _constant(_PARTS), _constant(1.0 / _PARTS)
_LAST_PART, _PART_BITS = np.array(_PARTS - 1), np.array(7)
_BIAS, _POINT = np.array(1023), np.array(52)
_SIGNIFICAND = np.array((1 << 52) - 1)
_BELOW_ONE = np.array(np.sqrt(0.5)).view(np.int64)
"""Bits of the least significand: those of log are in [sqrt(1/2), sqrt 2)."""


def exp(x: ArrayLike, out: Floats | None = None) -> Floats:
    """e^x, elementwise, in `out` if given (which may be `x`)."""
    return _apply(_exp, _exp_anywhere, _SMALL, _LARGE, x, out)


def expm1(x: ArrayLike, out: Floats | None = None) -> Floats:
    """e^x - 1, elementwise, without loss where x is small."""
    return _apply(_expm1, _expm1_anywhere, _SMALL, _LARGE, x, out)


def log(x: ArrayLike, out: Floats | None = None) -> Floats:
    """Natural logarithm, elementwise; -inf at 0, nan below."""
    return _apply(_log, _log_anywhere, _BELOW_LEAST, _INFINITE, x, out)


def log1p(x: ArrayLike, out: Floats | None = None) -> Floats:
    """log(1 + x), elementwise, without loss where x is small."""
    return _apply(_log1p, _log1p_anywhere, _MINUS_ONE, _LIFT, x, out)


def power(base: ArrayLike, exponent: ArrayLike) -> Floats:
    """base^exponent for base > 0, good to about |exponent log base| units of the last place."""
    return exp(np.asarray(exponent) * log(base))


def _apply(
    usual: Callable, anywhere: Callable, above: NDArray, below: NDArray,
    x: ArrayLike, out: Floats | None,
) -> Floats:
    """`usual` where all of x lies between the bounds, else `anywhere`; to the same bits."""
    values = np.asarray(x, dtype=np.float64)
    if values.ndim == 0:
        return _apply(usual, anywhere, above, below, values[None], out)[0]
    if values.size and above < values.min() and values.max() < below:
        return usual(values, out)
    found = anywhere(values)
    if out is None:
        return found
    out[...] = found
    return out


def _exp(x: Floats, out: Floats | None) -> Floats:
    whole, rest = _steps(x)
    root = _ROOT.take(whole & _LAST_PART)
    rest = _series(rest)
    rest *= root
    result = np.add(root, rest, out=out)
    whole >>= _PART_BITS
    whole <<= _POINT
    bits = result.view(np.int64)
    bits += whole
    return result


def _expm1(x: Floats, out: Floats | None) -> Floats:
    whole, rest = _steps(x)
    part = whole & _LAST_PART
    root, low = _ROOT.take(part), _ROOT_LOW.take(part)
    whole >>= _PART_BITS
    whole += _BIAS
    whole <<= _POINT
    scale = whole.view(np.float64)
    rest = _series(rest)
    rest *= root
    rest += low
    rest *= scale
    root *= scale
    root -= _ONE
    return np.add(root, rest, out=out)


def _log1p(x: Floats, out: Floats | None) -> Floats:
    above = x + _ONE
    lost = np.where(x < _ONE, x - (above - _ONE), _ONE - (above - x))
    lost /= above
    return _log(above, out, lost)


def _steps(x: Floats) -> tuple[NDArray, Floats]:
    """x = whole log(2)/128 + rest."""
    nearest = x * _PER_STEP
    np.rint(nearest, out=nearest)
    whole = nearest.astype(np.int64)
    rest = x - nearest * _STEP_HIGH
    nearest *= _STEP_LOW
    rest -= nearest
    return whole, rest


def _series(r: Floats) -> Floats:
    """e^r - 1 for |r| <= log(2)/256: r + r^2 (1/2 + r/6 + r^2/24 + r^3/120)."""
    half, sixth, next_, last = _FACTORIALS
    total = r * last
    total += next_
    total *= r
    total += sixth
    total *= r
    total += half
    total *= r
    total *= r
    total += r
    return total


def _log(x: Floats, out: Floats | None, more: Floats | None = None) -> Floats:
    """log x + more for normal x > 0, `more` being far smaller than the last place of x."""
    bits = x.view(np.int64) - _BELOW_ONE
    doublings = bits >> _POINT
    bits &= _SIGNIFICAND
    bits += _BELOW_ONE
    rest = bits.view(np.float64)
    nearest = rest * _INTO_PARTS
    np.rint(nearest, out=nearest)
    place = nearest.astype(np.int64)
    place -= _FIRST
    nearest *= _PART
    rest -= nearest
    rest /= nearest
    k = doublings.astype(np.float64)
    high = k * _LOG2_HIGH
    high += _LOG_HIGH.take(place)
    k *= _LOG2_LOW
    k += _LOG_LOW.take(place)
    if more is not None:
        k += more
    series = rest * _OVER[6]
    for coefficient in _OVER[5:0:-1]:
        np.subtract(coefficient, series, out=series)
        series *= rest
    np.subtract(_OVER[0], series, out=series)
    series *= rest
    series *= rest
    k -= series
    rest += k
    return np.add(high, rest, out=out)


def _exp_anywhere(x: Floats) -> Floats:
    """Also where the result is not a normal number: in two factors."""
    lost = np.isnan(x)
    held = np.minimum(np.maximum(np.where(lost, 0.0, x), -_HUGE), _HUGE)
    part = np.rint(held * 0.5)
    with np.errstate(over="ignore", under="ignore"):
        apart = _exp(part, None) * _exp(held - part, None)
    usual = (x > _SMALL) & (x < _LARGE)
    return np.where(usual, _exp(np.where(usual, x, 0.0), None), np.where(lost, np.nan, apart))


def _expm1_anywhere(x: Floats) -> Floats:
    usual = (x > _SMALL) & (x < _LARGE)
    near = _expm1(np.where(usual, x, 0.0), None)
    return np.where(usual, near, _exp_anywhere(np.where(usual, 0.0, x)) - 1.0)


def _log_anywhere(x: Floats) -> Floats:
    tiny = (x > 0.0) & (x < _LEAST)
    usual = (x >= _LEAST) & (x < np.inf)
    with np.errstate(over="ignore"):
        found = _log(np.where(tiny, x * _LIFT, np.where(usual, x, 1.0)), None)
    found -= np.where(tiny, _LIFTED, 0.0)
    special = np.where(x > 0.0, np.inf, np.where(x == 0.0, -np.inf, np.nan))
    return np.where(tiny | usual, found, special)


def _log1p_anywhere(x: Floats) -> Floats:
    usual = (x > -1.0) & (x < _LIFT)
    near = _log1p(np.where(usual, x, 0.0), None)
    return np.where(usual, near, _log_anywhere(np.where(usual, 1.0, x) + 1.0))
