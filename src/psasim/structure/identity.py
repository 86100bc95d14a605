"""Who is who, for the draws of a world: a hash of each entity's name, never its row.

An outcome more, a body fewer or two departments merged leave every other entity's hash,
and so its luck, as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from psasim.mechanisms.ordered_sum import Ints
from psasim.scenario.schema import Scenario

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Identity:
    """64-bit hashes of what chance meets, one for each kind of draw.

    outcome, problem, detection: of outcomes; noise: of indicators, by outcome and key;
    volunteer: of contributions, by outcome and department; body: of links, by body, outcome
    and department.
    """

    outcome: Hashes
    problem: Hashes
    detection: Hashes
    noise: Hashes
    volunteer: Hashes
    body: Hashes


def identity(scenario: Scenario, body: Ints, contribution: Ints) -> Identity:
    """Hashes of a checked scenario; body, contribution: of each link."""
    outcomes = [(o.key,) for o in scenario.outcomes]
    contributions = [(c.outcome, c.department) for c in scenario.contributions]
    return Identity(
        outcome=_hashes("outcome", outcomes),
        problem=_hashes("problem", outcomes),
        detection=_hashes("detection", outcomes),
        noise=_hashes("noise", [(i.outcome, i.key) for i in scenario.indicators]),
        volunteer=_hashes("volunteer", contributions),
        body=_hashes("body", [
            (scenario.bodies[b].key, *contributions[c])
            for b, c in zip(body, contribution, strict=True)
        ]),
    )


def _hashes(kind: str, names: Iterable[tuple[str, ...]]) -> Hashes:
    return np.array([hash_of(kind, *name) for name in names], dtype=np.uint64)


def hash_of(*parts: str) -> int:
    """64 bits of what something is called."""
    digest = blake2b("\n".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")
