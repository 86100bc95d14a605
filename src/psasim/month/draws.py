"""Numbers that are a function of what they are for: seed, kind, name, replicate and month.

A counter-based generator (SplitMix64: Steele, Lea & Flood 2014, with Stafford's thirteenth
mix): every entity has a key, made of the seed and a hash of what it is, and a draw is
a mix of the key and the number of its replicate and month.  So a replicate, a month or an
entity more moves no other draw, and a batch of any size costs a few passes over whole arrays.
Integers modulo 2^64 and one exact scaling: the same bits everywhere.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from psasim.mechanisms.normal import normal_quantile
from psasim.mechanisms.ordered_sum import Floats

Keys = NDArray[np.uint64]

MOST_MONTHS = 1 << 12
"""Months a replicate has numbers for."""
_BLOCK = 1 << 14
"""Numbers drawn at a time: what stays in a processor's cache."""


def _word(value: int) -> NDArray:
    return np.array(value, dtype=np.uint64)


STEP = _word(0x9E3779B97F4A7C15)
"""Odd, 2^64 over the golden ratio: from one number of a stream to the next."""
_STRIDE = STEP * _word(MOST_MONTHS)
_SHIFTS = _word(30), _word(27), _word(31)
_FACTORS = _word(0xBF58476D1CE4E5B9), _word(0x94D049BB133111EB)
_TO_52_BITS = _word(12)
_HALF, _SCALE = np.array(0.5), np.array(2.0**-52)


def draw(
    seed: int, normal: Keys, uniform: Keys, replicates: range, months: int
) -> tuple[Floats, Floats]:
    """Standard normals and uniform numbers in (0, 1), (months, entities, replicates) each.

    normal, uniform: 64-bit hashes of the entities each is for, (entities,); seed: at least
    0; months: at most `MOST_MONTHS`.  Uniform numbers have 52 bits and a half.
    """
    hashes = np.concatenate([normal, uniform])
    values = np.empty((months, hashes.size, len(replicates)))
    if values.size:
        numbers = np.arange(replicates.start, replicates.stop, dtype=np.uint64)
        numbers *= _STRIDE
        start = mix(hashes + _mixed(seed))[:, None] + numbers
        at_once = max(1, _BLOCK // start.size)
        for month in range(0, months, at_once):
            passed = np.arange(month + 1, min(month + at_once, months) + 1, dtype=np.uint64)
            passed *= STEP
            block = values[month : month + at_once]
            _uniform(start + passed[:, None, None], out=block)
            block[:, : normal.size] = normal_quantile(block[:, : normal.size])
    return values[:, : normal.size], values[:, normal.size :]


def _uniform(counter: Keys, out: Floats) -> None:
    mixed = mix(counter)
    mixed >>= _TO_52_BITS
    np.add(mixed, _HALF, out=out)
    out *= _SCALE


@cache
def _mixed(seed: int) -> np.uint64:
    """A seed as it goes into keys."""
    return mix(np.array([seed], dtype=np.uint64) + STEP)[0]


def mix(bits: Keys) -> Keys:
    """Every bit of the result depends on every bit; in place."""
    bits ^= bits >> _SHIFTS[0]
    bits *= _FACTORS[0]
    bits ^= bits >> _SHIFTS[1]
    bits *= _FACTORS[1]
    bits ^= bits >> _SHIFTS[2]
    return bits
