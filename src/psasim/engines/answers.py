"""What deciders answer, held against what is legal: for agents and for rules alike."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from psasim.mechanisms.ordered_sum import Floats, ordered_sum
from psasim.month.decisions import Outlook
from psasim.structure.layout import Layout

ROUNDING = 1e-9
"""Part of capacity by which efforts may miss their sum."""


def freeze(question: Any) -> None:
    """Make a view's arrays read-only: whoever decides sees them and changes none."""
    for item in fields(question):
        value = getattr(question, item.name)
        if isinstance(value, np.ndarray):
            value.flags.writeable = False


def numbers(answer: Any) -> NDArray[Any] | None:
    """An array of truth values, whole or real numbers; None of anything else."""
    try:
        array = np.asarray(answer)
    except Exception:  # rows of different length, or an object with a mind of its own
        return None
    return array if array.dtype.kind in "biuf" else None


def are_parts(array: NDArray[Any]) -> bool:
    """Whether all are between 0 and 1."""
    return bool(((array >= 0.0) & (array <= 1.0)).all())


def overspent(effort: Floats, outlook: Outlook, layout: Layout) -> tuple[int, int] | None:
    """(department, run) of an effort below 0, of no number, or beyond what is usable; None if
    all are legal."""
    spent = ordered_sum(effort, layout.by_department)
    legal = spent <= outlook.usable + ROUNDING * outlook.capacity
    legal &= ordered_sum(1.0 * ~(effort >= 0.0), layout.by_department) == 0.0
    if legal.all():
        return None
    department, run = np.argwhere(~legal)[0]
    return int(department), int(run)


def in_a_line(error: Exception) -> str:
    """An exception with its message."""
    return " ".join(f"{type(error).__name__}: {error}".split())
