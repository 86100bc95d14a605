"""Worlds: every shock of a replicate, drawn beforehand and shared by every design point.

A draw is a function of what it is for (seed, replicate, kind, month, row), never of
the order in which it is taken: levers, batches and engines never move one, and more
months keep the prefix.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np

from psasim.mechanisms.ordered_sum import Floats
from psasim.month.state import Shocks
from psasim.structure.layout import Layout


class Kind(IntEnum):
    """Kinds of decision or chance; each has a counter region of its own."""

    OUTCOME = 1
    PROBLEM = 2
    DETECTION = 3
    NOISE = 4
    VOLUNTEER = 5
    SINGLE_BODY = 6
    KIND_OF_BODY = 7


NORMAL = {Kind.OUTCOME, Kind.NOISE, Kind.KIND_OF_BODY}


@dataclass(frozen=True, slots=True, eq=False)
class Worlds:
    """Shocks of some replicates, (months, rows, runs).

    outcome, noise: standard normals over outcomes and indicators; problem, detection:
    uniforms over outcomes; volunteer: uniforms over contributions; body: over links,
    uniform for a single body, standard normal for a kind of many.
    """

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
        return Shocks(*(getattr(self, item.name)[row] for item in fields(Shocks)))

    def columns(self, part: slice) -> Worlds:
        """Some of the replicates."""
        return Worlds(*(getattr(self, name)[..., part] for name in self.__slots__))


def _sizes(layout: Layout) -> dict[Kind, int]:
    single = int((layout.chain.count == 1).sum())
    return {
        Kind.OUTCOME: layout.outcomes,
        Kind.PROBLEM: layout.outcomes,
        Kind.DETECTION: layout.outcomes,
        Kind.NOISE: layout.indicators,
        Kind.VOLUNTEER: layout.contributions,
        Kind.SINGLE_BODY: single,
        Kind.KIND_OF_BODY: layout.chain.body.size - single,
    }


def draw_worlds(layout: Layout, seed: int, replicates: range, months: int) -> Worlds:
    """Draw the worlds of `replicates` for `months` months.

    One Philox generator is keyed anew by (seed, replicate) with a counter region for
    each kind; months run slowest, so that more months keep the prefix.
    """
    sizes = _sizes(layout)
    drawn = {
        kind: np.empty((len(replicates), months, size)) for kind, size in sizes.items()
    }
    bits = np.random.Philox(key=[0, 0])
    generator = np.random.Generator(bits)
    state = bits.state
    for row, replicate in enumerate(replicates):
        state["state"]["key"] = np.array([seed, replicate], dtype=np.uint64)
        for kind, values in drawn.items():
            state["state"]["counter"] = np.array([0, 0, kind, 0], dtype=np.uint64)
            state["buffer_pos"] = 4
            state["has_uint32"] = 0
            bits.state = state
            if kind in NORMAL:
                generator.standard_normal(out=values[row])
            else:
                generator.random(out=values[row])
    last = {kind: np.ascontiguousarray(np.moveaxis(v, 0, -1)) for kind, v in drawn.items()}
    body = np.empty((months, layout.chain.body.size, len(replicates)))
    single = layout.chain.count[:, 0] == 1
    body[:, single] = last[Kind.SINGLE_BODY]
    body[:, ~single] = last[Kind.KIND_OF_BODY]
    return Worlds(
        last[Kind.OUTCOME],
        last[Kind.PROBLEM],
        last[Kind.DETECTION],
        last[Kind.NOISE],
        last[Kind.VOLUNTEER],
        body,
    )
