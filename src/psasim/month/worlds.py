"""Worlds: every shock of a replicate, drawn beforehand and shared by every design point.

A draw is a function of what it is for (seed, replicate, kind, month, and the *name* of the
outcome, indicator, contribution or link), never of the order in which it is taken, nor of
what else there is: levers, batches and engines never move one, more months keep the prefix,
and a scenario with an outcome, a body or a department more or fewer keeps every other
draw, so that a change of structure is a paired comparison too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import accumulate

import numpy as np

from psasim.mechanisms.ordered_sum import Floats
from psasim.month.draws import draw
from psasim.month.state import Shocks
from psasim.structure.identity import Hashes
from psasim.structure.layout import Layout

NORMAL, UNIFORM = "standard normal", "uniform in (0, 1)"

DRAWN = (
    ("outcome", "outcome", "shock of an outcome", NORMAL),
    ("problem", "outcome", "whether a problem arises", UNIFORM),
    ("detection", "outcome", "whether a problem is seen", UNIFORM),
    ("noise", "outcome, indicator", "noise of a figure", NORMAL),
    ("volunteer", "outcome, department", "whether a contribution convenes", UNIFORM),
    ("body", "body, outcome, department", "agreement and falling away of a single body", UNIFORM),
    ("body", "body, outcome, department", "agreement of a kind of body of count above 1", NORMAL),
)
"""Every kind of draw: its name, the keys that name the entity, what it decides, how it is
distributed."""


@dataclass(frozen=True, slots=True, eq=False)
class Worlds:
    """Shocks of some replicates, (months, rows, runs).

    seed, replicates: what they were drawn for; outcome, noise: standard normals over
    outcomes and indicators; problem, detection: uniforms over outcomes; volunteer:
    uniforms over contributions; body: over links, uniform for a single body, standard
    normal for a kind of many.
    """

    seed: int
    replicates: Sequence[int]
    outcome: Floats
    problem: Floats
    detection: Floats
    noise: Floats
    volunteer: Floats
    body: Floats

    @property
    def runs(self) -> int:
        """Number of replicates."""
        return self.outcome.shape[-1]

    @property
    def months(self) -> int:
        """Number of months."""
        return self.outcome.shape[0]

    def month(self, row: int) -> Shocks:
        """Shocks of the month after `row` months."""
        return Shocks(*(array[row] for array in self._shocks()))

    def columns(self, part: slice) -> Worlds:
        """Some of the replicates."""
        shocks = (array[..., part] for array in self._shocks())
        return Worlds(self.seed, self.replicates[part], *shocks)

    def repeated(self, times: int) -> Worlds:
        """The same replicates several times over, one set after the other."""
        if times == 1:
            return self
        shocks = (np.tile(array, (1, 1, times)) for array in self._shocks())
        return Worlds(self.seed, [*self.replicates] * times, *shocks)

    def _shocks(self) -> Iterator[Floats]:
        """In the order of the fields."""
        return (getattr(self, item.name) for item in fields(Shocks))


def draw_worlds(layout: Layout, seed: int, replicates: range, months: int) -> Worlds:
    """Draw the worlds of `replicates` for `months` months."""
    who = layout.identity
    many = layout.chain.count[:, 0] != 1
    normal = who.outcome, who.noise, who.body[many]
    uniform = who.problem, who.detection, who.volunteer, who.body[~many]
    normals, uniforms = draw(
        seed, np.concatenate(normal), np.concatenate(uniform), replicates, months
    )
    outcome, noise, kinds = _parts(normals, normal)
    problem, detection, volunteer, single = _parts(uniforms, uniform)
    body = np.empty((months, many.size, len(replicates)))
    body[:, many] = kinds
    body[:, ~many] = single
    return Worlds(seed, replicates, outcome, problem, detection, noise, volunteer, body)


def _parts(drawn: Floats, hashes: Sequence[Hashes]) -> list[Floats]:
    """Draws of several kinds of entity that were made together."""
    ends = accumulate(each.size for each in hashes)
    return [drawn[:, end - each.size : end] for each, end in zip(hashes, ends, strict=True)]
