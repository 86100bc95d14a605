"""From delivered effort to the outcome: CES production and what is lost on the way."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from psasim.mechanisms.ordered_sum import (
    Floats,
    Groups,
    Ints,
    ordered_max,
    ordered_min,
    ordered_sum,
)

TINY = 1e-300


class Production(NamedTuple):
    """aggregate: M, (outcomes, runs), in planned effort; scarcity: (M/z)^(1-rho)."""

    aggregate: Floats
    scarcity: Floats


def aggregate(
    intensity: Floats, share: Floats, technology: Floats, groups: Groups, outcome: Ints
) -> Production:
    """M = (sum S z^rho)^(1/rho), prod z^S at rho = 0, clipped to [min z, max z].

    intensity: z > 0 (contributions, runs); share: S, summing to 1 over an outcome;
    technology: rho (outcomes, 1); outcome: outcome of each contribution.  The power mean
    is taken around the geometric one, log M = g + log(1 + sum S (e^(rho (log z - g)) - 1))
    / rho, which stays exact as rho -> 0 where the plain form divides rounding by rho.
    The clip keeps rounding from making progress out of no effort.
    """
    log_z = np.log(intensity)
    rho = technology.take(outcome, axis=0)
    log_g = ordered_sum(share * log_z, groups)
    tilted = share * np.expm1(rho * (log_z - log_g.take(outcome, axis=0)))
    geometric = technology == 0.0
    log_m = log_g + np.log1p(ordered_sum(tilted, groups)) / np.where(geometric, 1.0, technology)
    low, high = ordered_min(intensity, groups), ordered_max(intensity, groups)
    mean = np.minimum(np.maximum(np.exp(log_m), low), high)
    scarcity = np.exp((1.0 - rho) * (log_m.take(outcome, axis=0) - log_z))
    return Production(mean, scarcity)


def split(
    intensity: Floats,
    mean: Floats,
    share: Floats,
    planned: Floats,
    base: Floats,
    groups: Groups,
    outcome: Ints,
) -> tuple[Floats, Floats]:
    """Delivered effort split into what is realised and what partners do not match.

    mean: M (outcomes, runs); planned: S P (contributions, 1); base: business as usual
    b.  Returns (realised, mix loss), (contributions, runs), which sum to S P (z - b);
    realised sums to P (M - b) over an outcome, and the mix loss is never negative.
    """
    matched = mean.take(outcome, axis=0)
    excess = np.maximum(intensity - matched, 0.0)
    short = ordered_sum(share * np.maximum(matched - intensity, 0.0), groups)
    over = ordered_sum(share * excess, groups)
    used = np.minimum(1.0, short / np.maximum(over, TINY)).take(outcome, axis=0)
    spare = planned * excess
    realised = planned * (np.minimum(intensity, matched) - base) + used * spare
    return realised, (1.0 - used) * spare


def plan_path(month: float | Floats, log_keep: Floats, target_month: Floats) -> Floats:
    """Path of an outcome on plan: min(1, (1-(1-mu)^t)/(1-(1-mu)^T)), t/T at mu = 0.

    log_keep: log(1 - mu), (outcomes, 1).
    """
    still = log_keep == 0.0
    reach = np.where(still, target_month, -np.expm1(target_month * log_keep))
    return np.minimum(1.0, np.where(still, month, -np.expm1(month * log_keep)) / reach)


def yield_gain(log_keep: Floats, target_month: Floats, planned_yield: Floats) -> Floats:
    """G: progress of a month that realises all of planned effort.

    mu/(phi (1-(1-mu)^T)), 1/(phi T) at mu = 0, so that realising phi P a month just
    meets the target at month T.
    """
    still = log_keep == 0.0
    reach = np.where(still, target_month, -np.expm1(target_month * log_keep))
    return np.where(still, 1.0, -np.expm1(log_keep)) / (planned_yield * reach)


def advance(real: Floats, keep: Floats, gain: Floats, output: Floats, shock: Floats) -> Floats:
    """y <- (1-mu) y + G R/P + shock, of target; output: R/P (outcomes, runs)."""
    return keep * real + gain * output + shock
