"""What every agent has: its own chance, and decisions whose names are checked."""

from __future__ import annotations

import hashlib
from functools import cached_property
from random import Random
from typing import Any, ClassVar

import mesa
import numpy as np

from psasim.engines.slips import refuse_slips


def stream(seed: int, world: int, name: str) -> int:
    """What the generators of `name` are seeded with in a world."""
    return int.from_bytes(hashlib.sha256(f"{seed} {world} {name}".encode()).digest(), "big")


class Decider(mesa.Agent):
    """An agent with decisions to override and generators of its own.

    model: the `psasim.DeliveryModel` it decides in; key: what it is called; rng, random:
    NumPy's and Python's generator, each a stream by (seed, world, key) that nobody else
    draws from and no package moves.  `model.rng` and `model.random` are one stream a
    world, which its agents share.
    """

    model: Any
    key: str
    hooks: ClassVar[tuple[str, ...]]

    def __init_subclass__(cls, **given: Any) -> None:
        super().__init_subclass__(**given)
        refuse_slips(cls)

    @cached_property
    def rng(self) -> np.random.Generator:
        return np.random.Generator(np.random.Philox(self._stream))

    @cached_property
    def random(self) -> Random:
        return Random(self._stream)

    @property
    def _stream(self) -> int:
        return stream(self.model.seed, self.model.world, self.key)
