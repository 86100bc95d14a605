"""Student's quantile, correctly rounded wherever it is computed.

Up to `EXACT` degrees of freedom the distribution is a finite sum (Abramowitz & Stegun 1964,
26.7.3 and 26.7.4), solved by Newton's method in decimal arithmetic; beyond, the expansion in
1/freedom (26.7.5) is good to the last place or two.  Libraries differ in the last bits.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import cache

import numpy as np

from psasim.mechanisms.normal import normal_quantile

EXACT = 1000
"""Degrees of freedom up to which the sum is taken."""
_DIGITS = 30


@cache
def student_quantile(probability: float, freedom: int) -> float:
    """t with P(T <= t) = probability, for 1/2 <= probability < 1 and freedom >= 1."""
    near = _expanded(probability, freedom)
    if freedom > EXACT:
        return near
    with localcontext() as context:
        context.prec = _DIGITS
        wanted = 2 * Decimal(probability) - 1
        t = Decimal(near if freedom > 2 else 1.0)
        while True:
            inside, density = _inside(t, freedom)
            step = (inside - wanted) / (2 * density)
            t = max(t - step, t / 10)
            if abs(step) <= abs(t) * Decimal("1e-25"):
                return float(t)


def _expanded(probability: float, freedom: int) -> float:
    """26.7.5: the normal quantile and what four powers of 1/freedom add."""
    x = float(normal_quantile(np.array([probability]))[0])
    s = x * x
    added = (
        (s + 1.0) / 4.0,
        ((5.0 * s + 16.0) * s + 3.0) / 96.0,
        (((3.0 * s + 19.0) * s + 17.0) * s - 15.0) / 384.0,
        ((((79.0 * s + 776.0) * s + 1482.0) * s - 1920.0) * s - 945.0) / 92160.0,
    )
    total = 0.0
    for term in reversed(added):
        total = (total + term) / freedom
    return x * (1.0 + total)


def _inside(t: Decimal, freedom: int) -> tuple[Decimal, Decimal]:
    """P(|T| <= t), and the density at t."""
    square = 1 / (1 + t * t / freedom)
    cosine = square.sqrt()
    sine = t / Decimal(freedom).sqrt() * cosine
    odd = freedom % 2
    term = cosine if odd else Decimal(1)
    total = term if freedom > 1 else Decimal(0)
    for k in range(2 + odd, freedom - 1, 2):
        term *= square * (k - 1) / k
        total += term
    # The last coefficient is what the density's constant is made of.
    constant = Decimal(freedom - 1) * term / cosine ** (freedom - 2) if freedom > 1 else Decimal(1)
    power = cosine ** (freedom + 1)
    root = Decimal(freedom).sqrt()
    if not odd:
        return sine * total, constant * power / (2 * root)
    pi = 4 * _arctangent(Decimal(1))
    angle = _arctangent(t / root)
    return 2 / pi * (angle + sine * total), constant * power / (pi * root)


def _arctangent(x: Decimal) -> Decimal:
    """By halving the angle three times, then its series."""
    for _ in range(3):
        x = x / (1 + (1 + x * x).sqrt())
    square, power, total, k = -x * x, x, x, 1
    while abs(power) > abs(total) * Decimal(10) ** (-_DIGITS - 2):
        k += 2
        power *= square
        total += power / k
    return 8 * total
