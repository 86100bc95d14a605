"""A short decision rule: the tree of two questions that loses least (a policy tree, found exactly:
Zhou, Athey & Wager 2023, Operations Research 71).

A classification tree would fit which model is first, and count a near miss as much as a disaster;
this one fits what is gained.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

PARTS, LEAST = 8, 16
"""Parts of a circumstance's range between which a question may be asked; futures a leaf needs."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """model: number of the model that is advised; futures: how many it was found on."""

    model: int
    futures: int


@dataclass(frozen=True, slots=True)
class Question:
    """Whether circumstance number `circumstance` is below `at`."""

    circumstance: int
    at: float
    below: Question | Leaf
    above: Question | Leaf


def find(given: Floats, gains: Floats, depth: int) -> Question | Leaf:
    """The tree of `depth` questions at most with the largest gain.

    given: circumstances, (futures, circumstances); gains: (futures, models).
    """
    return _find(given, gains, [_between(column) for column in given.T], depth)[1]


def advice(tree: Question | Leaf, given: Floats) -> NDArray[np.intp]:
    """The model that is advised in each of `given`, (futures,)."""
    if isinstance(tree, Leaf):
        return np.full(len(given), tree.model)
    below = given[:, tree.circumstance] < tree.at
    return np.where(below, advice(tree.below, given), advice(tree.above, given))


def leaves(tree: Question | Leaf) -> Iterator[tuple[list[tuple[int, float, bool]], Leaf]]:
    """Each leaf after the answers that lead to it: circumstance, at, whether it is below."""
    if isinstance(tree, Leaf):
        yield [], tree
        return
    for below, part in ((True, tree.below), (False, tree.above)):
        for answers, leaf in leaves(part):
            yield [(tree.circumstance, tree.at, below), *answers], leaf


def _between(column: Floats) -> list[float]:
    """Halfway between neighbouring values, or of many values between parts of equal size."""
    values = np.unique(column)
    if len(values) > PARTS:
        values = np.quantile(column, np.arange(1, PARTS) / PARTS)
        return [float(value) for value in np.unique(values)]
    return [float(value) for value in (values[1:] + values[:-1]) / 2.0]


def _find(
    given: Floats, gains: Floats, cuts: list[list[float]], depth: int
) -> tuple[float, Question | Leaf]:
    """The gain of a tree, in all futures together, and the tree; of equal ones the shorter."""
    total = gains.sum(axis=0)
    best: tuple[float, Question | Leaf] = (
        float(total.max()), Leaf(int(total.argmax()), len(gains)))
    if depth == 0:
        return best
    deeper = partial(_find, cuts=cuts, depth=depth - 1)
    for circumstance, places in enumerate(cuts):
        for at in places:
            below = given[:, circumstance] < at
            if min(below.sum(), (~below).sum()) < LEAST:
                continue
            (low, left), (high, right) = (
                deeper(given[side], gains[side]) for side in (below, ~below))
            if low + high > best[0] + 1e-9:
                best = low + high, Question(circumstance, at, left, right)
    return best
