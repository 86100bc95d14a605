"""Levers of one's own: they act on the coefficients that psasim's own levers have left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from psasim.coefficients.settings import Settings
from psasim.declared.levers import LEVERS, Lever
from psasim.declared.names import unknown
from psasim.errors import InputError
from psasim.mechanisms.ordered_sum import Floats
from psasim.structure.layout import Layout


def frozen(values: object) -> Floats:
    """A coefficient's array, which nothing writes to."""
    array = np.ascontiguousarray(values, dtype=np.float64)
    array.setflags(write=False)
    return array


def with_own_levers(values: Mapping[str, Floats], layout: Layout, s: Settings) -> dict[str, Floats]:
    """Coefficients once every lever of one's own that is set has acted, in order of declaration;
    a point that does not set one keeps every bit.

    Raises `psasim.errors.InputError` from a lever's exception, and where it gives an unknown
    coefficient, another shape, or what is no number.
    """
    moved = dict(values)
    for name, lever in LEVERS.own.items():
        strength = s.strength(name)
        if lever.act is not None and strength.any():
            for coefficient, value in _acted(lever, moved, strength, layout).items():
                moved[coefficient] = frozen(np.where(strength > 0.0, value, moved[coefficient]))
    return moved


def _acted(
    lever: Lever, values: Mapping[str, Floats], strength: Floats, layout: Layout
) -> Mapping[str, Floats]:
    """What a lever makes of coefficients, checked."""
    assert lever.act is not None
    try:
        given = dict(lever.act(values, strength, layout))
        acted = {name: np.asarray(value, dtype=np.float64) for name, value in given.items()}
    except Exception as error:
        said = " ".join(f"{type(error).__name__}: {error}".split())
        raise InputError(f"lever {lever.name} failed: {said}") from error
    for name, value in acted.items():
        if name not in values:
            raise unknown(name, values, f"lever {lever.name}: coefficient")
        _check(f"lever {lever.name}: {name}", value, values[name], strength.size)
    return acted


def _check(place: str, value: Floats, before: Floats, points: int) -> None:
    wanted: tuple[Any, ...] = (*before.shape[:-1], points)
    if value.shape not in (before.shape, wanted):
        raise InputError(f"{place} is of shape {value.shape}; it must be {wanted}")
    if not np.isfinite(value).all() and np.isfinite(before).all():
        raise InputError(f"{place} holds what is no finite number; check the arithmetic at "
                         "strengths from 0 to 1")
