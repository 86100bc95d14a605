"""From delivered effort to the outcome: CES production and what is lost on the way."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from psasim.mechanisms.elementary import exp, expm1, log, log1p
from psasim.mechanisms.ordered_sum import TINY, Bools, Floats, Groups, Ints, ordered_sum

NEAREST_TO_ZERO = 1e-3
"""Smallest technology but 0 itself for which M is good to about 1e-12."""


class Production(NamedTuple):
    """aggregate: M, (outcomes, runs), in units of z; scarcity: (M/z)^(1-rho)."""

    aggregate: Floats
    scarcity: Floats


def aggregate(
    intensity: Floats, share: Floats, technology: Floats, groups: Groups, outcome: Ints
) -> Production:
    """M = (sum S z^rho)^(1/rho), prod z^S at rho = 0.

    intensity: z > 0 (contributions, runs), relative to business as usual; share: S,
    summing to 1 over an outcome; technology: rho (outcomes, 1), 0 or at least
    `NEAREST_TO_ZERO` from it; outcome: outcome of each contribution.  The power mean is
    taken around the geometric one, log M = g + log(1 + sum S (e^(rho (log z - g)) - 1))
    / rho: where every z is 1, M is exactly 1, so that rounding makes no progress out of
    no effort.
    """
    log_z = log(intensity)
    rho = technology.take(outcome, axis=0)
    log_g = ordered_sum(share * log_z, groups)
    tilt = log_g.take(outcome, axis=0)
    np.subtract(log_z, tilt, out=tilt)
    tilt *= rho
    exp(tilt, out=tilt)
    tilt -= 1.0
    tilt *= share
    geometric = technology == 0.0
    log_m = log_g + log1p(ordered_sum(tilt, groups)) / np.where(geometric, 1.0, technology)
    gap = log_m.take(outcome, axis=0)
    gap -= log_z
    gap *= 1.0 - rho
    return Production(exp(log_m), exp(gap, out=gap))


def split(
    intensity: Floats,
    mean: Floats,
    share: Floats,
    usual: Floats,
    groups: Groups,
    outcome: Ints,
) -> tuple[Floats, Floats]:
    """Delivered effort split into what is realised and what partners do not match.

    intensity, mean: z and M relative to business as usual; usual: business as usual
    b S P, department-months (contributions, 1).  Returns (realised, mix loss),
    (contributions, runs), which sum to b S P (z - 1); realised sums to b P (M - 1) over
    an outcome, and the mix loss is never negative.
    """
    matched = mean.take(outcome, axis=0)
    lower = np.minimum(intensity, matched)
    matched -= lower
    excess = intensity - lower
    short = ordered_sum(np.multiply(share, matched, out=matched), groups)
    over = ordered_sum(share * excess, groups)
    used = np.minimum(1.0, short / np.maximum(over, TINY)).take(outcome, axis=0)
    excess *= usual
    used *= excess
    excess -= used
    lower -= 1.0
    lower *= usual
    lower += used
    return lower, excess


def _still(log_keep: Floats) -> Bools:
    """Whether an outcome does not drift: where quotients of so little drift are not numbers."""
    return log_keep > -TINY


def plan_path(
    month: float | Floats, log_keep: Floats, target_month: Floats, start: Floats | float = 0.0
) -> Floats:
    """Path of an outcome on plan: min(1, y0 (1-mu)^t + rest (1-(1-mu)^t)/(1-(1-mu)^T)).

    log_keep: log(1 - mu), (outcomes, 1); start: y0; rest: 1 - y0 (1-mu)^T, what the plan
    must add.  t/T in place of the quotient at mu = 0.
    """
    still = _still(log_keep)
    reach = np.where(still, target_month, -expm1(target_month * log_keep))
    way = np.where(still, month, -expm1(month * log_keep)) / reach
    if np.any(start):
        left = start * exp(target_month * log_keep)
        way = start * exp(month * log_keep) + (1.0 - left) * way
    return np.minimum(1.0, way)


def yield_gain(log_keep: Floats, target_month: Floats, planned_yield: Floats) -> Floats:
    """G: progress of a month that realises all of planned effort.

    mu/(phi (1-(1-mu)^T)), 1/(phi T) at mu = 0, so that realising phi P a month leads from 0
    to the target in T months.
    """
    still = _still(log_keep)
    reach = np.where(still, target_month, -expm1(target_month * log_keep))
    return np.where(still, 1.0, -expm1(log_keep)) / (planned_yield * reach)


def advance(real: Floats, keep: Floats, gain: Floats, output: Floats, shock: Floats) -> Floats:
    """y <- (1-mu) y + G R/P + shock, of target; output: R/P (outcomes, runs)."""
    return keep * real + gain * output + shock
