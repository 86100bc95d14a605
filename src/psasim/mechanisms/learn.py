"""What changes slowly: attention, trust, knowledge and buy-in."""

from __future__ import annotations

import numpy as np

from psasim.mechanisms.ordered_sum import (
    Floats,
    Groups,
    Ints,
    ordered_max,
    ordered_sum,
    unit,
)


def attention(held: Floats, floor: Floats, decay: Floats, refresh: Floats) -> Floats:
    """Attention decays to a floor and is refreshed part of the way to 1 (requirement R39)."""
    faded = floor + (held - floor) * (1.0 - decay)
    return faded + refresh * (1.0 - faded)


def trust(
    held: Floats,
    pull: Floats,
    activity: Floats,
    owners: Floats,
    loss: Floats,
    groups: Groups,
    outcome: Ints,
    faster: Floats | float = 1.0,
) -> Floats:
    """Trust in co-owners moves to what is seen of their effort.

    held + eta v (mean over co-owners of min(1, e/(S P)) - held), less the loss to
    misattributed sanctions; pull: eta v; faster: how many times as
    fast trust falls as it rises (Slovic 1993).  What is not seen changes nothing, nor does
    anything where there is no co-owner.  With the stake of `psasim.mechanisms.stake` a
    symmetric team settles at min(1, A (n w + a)/(n - A a delta v (n-1))).
    """
    joint = 1.0 * (owners > 1.0)
    mean = ordered_sum(activity, groups).take(outcome, axis=0)
    mean -= activity
    mean *= 1.0 / np.maximum(owners - 1.0, 1.0)
    mean -= held
    mean *= joint * np.where(mean < 0.0, np.minimum(1.0, faster * pull), pull)
    mean += held
    mean -= joint * loss
    return unit(mean, out=mean)


def knowledge(
    held: Floats,
    learning: Floats,
    progress: Floats,
    sharing: Floats,
    groups: Groups,
    outcome: Ints,
) -> Floats:
    """Learning by doing, and from the best co-owner where practice is shared.

    progress: realised over planned effort, at least 0, cut to 1; (contributions, runs).
    """
    learned = np.minimum(progress, 1.0)
    learned *= 1.0 - held
    learned *= learning
    learned += held
    if np.any(sharing > 0.0):
        best = ordered_max(held, groups).take(outcome, axis=0)
        best -= held
        best *= sharing
        learned += best
    return np.minimum(learned, 1.0, out=learned)


def effectiveness(base: Floats, knowledge: Floats, support: Floats, outcome: Ints) -> Floats:
    """k0 + (1-k0) know, support moving knowledge part of the way to 1.

    knowledge: (contributions, runs); support: (outcomes, runs); outcome: of contributions.
    """
    missed = 1.0 - knowledge
    missed *= ((1.0 - base) * (1.0 - support)).take(outcome, axis=0)
    return np.subtract(1.0, missed, out=missed)


def buy_in(held: Floats, target: Floats, rate: Floats, loss: Floats) -> Floats:
    """Buy-in moves to a body's engagement, less what sanctions cost it; (links, runs)."""
    moved = (1.0 - rate) * held
    moved += rate * target
    moved -= loss
    return unit(moved)
