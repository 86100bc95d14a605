"""Runs that fail: each found by itself in its batch, with where and why it failed.

A run fails where it raises or where a measure is not finite.  It becomes a record, and
the runs beside it keep their numbers, to the bit.
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

import psasim
from psasim.coefficients import Coefficients
from psasim.engines.rule import decide
from psasim.engines.variant import USUAL, Variant
from psasim.mechanisms.ordered_sum import Floats
from psasim.month import start, step
from psasim.month.state import Flows, State
from psasim.month.worlds import Worlds
from psasim.structure.layout import Layout

_ROOT = Path(psasim.__file__).parent


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a run failed: origin (month, and the mechanism or quantity), the error in a
    line, and the traceback; empty where nothing was raised."""

    origin: str
    error: str
    traceback: str


def packed(records: Sequence[Mapping[str, Any]]) -> bytes:
    """Records of failed runs as JSON, each cause in it once."""
    causes: dict[tuple[str, ...], int] = {}
    names = [item.name for item in fields(Failure)]
    runs = [
        (r["point"], r["world"], causes.setdefault(tuple(r[n] for n in names), len(causes)))
        for r in records
    ]
    return json.dumps({"causes": list(causes), "runs": runs}).encode()


def unpacked(content: bytes) -> list[dict[str, Any]]:
    """The records: point, world, origin, error, traceback."""
    told = json.loads(content)
    causes = [asdict(Failure(*cause)) for cause in told["causes"]]
    return [{"point": p, "world": w, **causes[cause]} for p, w, cause in told["runs"]]


def months(
    layout: Layout, k: Coefficients, worlds: Worlds, variant: Variant = USUAL
) -> Iterator[tuple[State, Flows]]:
    """The months of runs side by side, one after the other."""
    decisions = decide(variant.rule, layout, worlds)
    state = start(layout, k, worlds.runs)
    for row in range(worlds.months):
        state, flows = step(state, layout, k, worlds.month(row), decisions)
        state = variant.after(state, flows, layout, k, worlds)
        yield state, flows


def raised(error: Exception, month: int | None = None) -> Failure:
    """The failure of a run that raised, in `month` if that is known."""
    place = _place(error)
    origin = place if month is None else f"month {month}: {place}"
    lines = "".join(traceback.format_exception(error)).replace(f"{_ROOT.parent}/", "")
    return Failure(origin, f"{type(error).__name__}: {error}", lines)


def diagnose(
    layout: Layout, k: Coefficients, world: Worlds, measures: dict[str, Floats],
    variant: Variant = USUAL,
) -> Failure:
    """Why the run of one world gave measures that are not finite."""
    wrong = ", ".join(name for name, value in measures.items() if not np.isfinite(value).all())
    error = f"not finite: {wrong}"
    number = 0
    try:
        for number, (state, flows) in enumerate(months(layout, k, world, variant), start=1):
            names = _not_finite(flows) + _not_finite(state)
            if names:
                return Failure(f"month {number}: {', '.join(names)}", error, "")
    except Exception as problem:
        return raised(problem, number + 1)
    return Failure("measures", error, "")


def failing_month(
    layout: Layout, k: Coefficients, world: Worlds, variant: Variant = USUAL
) -> int | None:
    """The month in which the run of one world raises; None if all months pass, as agents of
    one's own do here, whose errors name the month."""
    passed = 0
    try:
        for _ in months(layout, k, world, variant):
            passed += 1
    except Exception:
        return passed + 1
    return None


def _not_finite(item: State | Flows) -> list[str]:
    """Names of the arrays with a value that is not finite; what is reported has none before the
    first figure is out."""
    arrays = {field.name: getattr(item, field.name) for field in fields(item)
              if field.name != "reported"}
    return [
        name for name, value in arrays.items()
        if isinstance(value, np.ndarray) and not np.isfinite(value).all()
    ]


def _place(error: Exception) -> str:
    """The innermost module of psasim on the way to the error."""
    modules = [
        Path(frame.filename).relative_to(_ROOT).with_suffix("").as_posix()
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(_ROOT)
    ]
    mechanisms = [module for module in modules if module.startswith("mechanisms/")]
    return (mechanisms or modules or ["outside psasim"])[-1].replace("/", ".")
