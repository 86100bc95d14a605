"""Effort of a multitask agent with substitutes and a capacity (Holmstrom & Milgrom 1991)."""

from __future__ import annotations

import numpy as np

from psasim.mechanisms.ordered_sum import TINY, Floats, Groups, Ints, ordered_sum


def allocate(
    stake: Floats,
    size: Floats,
    capacity: Floats,
    usable: Floats,
    substitution: Floats,
    groups: Groups,
    department: Ints,
    taken: Floats | float = 0.0,
) -> Floats:
    """Effort on every task, (tasks, runs), tasks grouped by department.

    Maximises sum beta e - (1-g)/2 sum e^2/m - g/(2K) (H + sum e)^2 with sum e <= usable:
    e = m max(0, beta - theta)/(1-g), where theta is the larger of the shared cost
    g (S + (1-g) H)/(K(1-g) + g m) and the shadow price (S - (1-g) usable)/m over active tasks, S
    and m being their sums of m beta and m.

    stake: beta (tasks, runs); size: m > 0; capacity, usable: (departments, runs);
    substitution: g in [0, .5]; taken: H, what overhead and gaming take of capacity, which
    tires like other work, (departments, runs); groups, department: tasks by department.

    Solved exactly: theta rises from the set of all tasks with a stake and the set of
    active tasks shrinks, so that a fixed point is reached within tasks + 1 passes and
    further passes change no bit.  Closed forms: T2, T3, T5 at m = K = 1.
    """
    free = 1.0 - substitution
    worth = size * stake
    active = stake > 0.0
    while True:
        at_stake = active.astype(np.float64)
        weight = ordered_sum(size * at_stake, groups)
        at_stake *= worth
        total = ordered_sum(at_stake, groups)
        shared = substitution * (total + free * taken) / (capacity * free + substitution * weight)
        price = (total - free * usable) / np.maximum(weight, TINY)
        theta = np.where(usable > 0.0, np.maximum(shared, price), np.inf)
        margin = theta.take(department, axis=0)
        np.subtract(stake, margin, out=margin)
        still = active & (margin > 0.0)
        if np.count_nonzero(still) == np.count_nonzero(active):
            effort = np.maximum(margin, 0.0, out=margin)
            effort *= size * (1.0 / free)
            return effort
        active = still


def adjust(
    previous: Floats,
    chosen: Floats,
    inertia: Floats,
    usable: Floats,
    groups: Groups,
    department: Ints,
    release: Floats | None = None,
) -> Floats:
    """Effort after inertia, (1-lam) e + lam e*, scaled down to what is usable.

    release: the same where effort falls, by task (inertia if None): letting go is faster
    than building up (Hamermesh & Pfann 1996).
    """
    moved = chosen - previous
    moved *= inertia if release is None else np.where(moved < 0.0, release, inertia)
    moved += previous
    total = ordered_sum(moved, groups)
    scale = np.minimum(1.0, usable / np.maximum(total, TINY))
    moved *= scale.take(department, axis=0)
    return moved


def release_rates(
    release: Floats, inertia: Floats, technology: Floats, substitution: Floats
) -> Floats:
    """Part of the way down that effort moves in a month, on contributions of a technology.

    max(lambda, min(release, 1.4/(1 + (1 - rho)/(1 - g)))): fast, but no faster than the mix
    allows.  A task that overshoots its choice by fall and by rise in turn is multiplied by
    (1 - lambda (1+Gamma)) (1 - release (1+Gamma)), Gamma as in `inertia_bound`, so that
    within both bounds it comes to rest.
    """
    gamma = (1.0 - technology) / (1.0 - substitution)
    return np.maximum(inertia, np.minimum(release, np.minimum(1.0, 1.4 / (1.0 + gamma))))


def inertia_bound(lowest_technology: float, substitution: float) -> float:
    """Largest inertia a month: min(1, 1.4/(1 + (1 - rho_min)/(1 - g))).

    Best response to a mix alternates beyond 2/(1 + Gamma), Gamma = (1 - rho) (z-b)/z
    dlog e/dlog beta, which is at most (1 - rho)/(1 - g) where a stake is no lower than
    the department's others.  Nearer a task's corner it can be more: at the bound one
    random run in hundreds still alternates, by a hundredth of M; at .7 of it none did.
    Beyond 1 effort would overshoot its choice, and turn negative.
    """
    return min(1.0, 1.4 / (1.0 + (1.0 - lowest_technology) / (1.0 - substitution)))


def lowest_technology(inertia: float, substitution: float) -> float:
    """The technology at which `inertia` is at its bound; it is below it at any higher one."""
    return 1.0 - (1.4 / inertia - 1.0) * (1.0 - substitution)
