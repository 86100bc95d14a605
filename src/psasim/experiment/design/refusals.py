"""What is refused before anything is computed: a comparison with nothing, and futures
(settings of the parameters) that the model cannot take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import numpy as np

from psasim.coefficients import build_coefficients
from psasim.declared.parameters import Parameters
from psasim.errors import InputError
from psasim.experiment.design.points import Design, Point
from psasim.scenario.schema import Scenario
from psasim.structure.layout import Layout, build_layout

Future = tuple[str, Parameters]
"""A scenario, by key, under one set of parameters."""

BESIDE = 256
"""Futures looked at together: only where one of them is refused are they told apart."""


def check(design: Design) -> None:
    """Raise `InputError` where there is nothing to compare, or no future can be run."""
    points = design.points
    if len(points) == len(design.scenarios) and {p.package for p in points} == {design.baseline}:
        raise InputError(
            f"nothing to compare: {design.baseline} is the baseline itself; choose another package "
            "with governance=, or another baseline="
        )
    layouts = {name: build_layout(item) for name, item in design.scenarios.items()}
    reasons: dict[Future, str] = {}
    for point in firsts(points):
        refused = _refused(layouts[point.scenario], [point])
        if not refused:
            return
        reasons |= refused
    first = next(iter(reasons.values()))
    raise InputError(first if len(reasons) == 1 else
                     f"all {len(reasons):,} futures are refused, the first as {first}")


def refusals(points: Iterable[Point], scenarios: Mapping[str, Scenario]) -> dict[Future, str]:
    """Why futures are refused, in the model's words; empty if none is."""
    found: dict[Future, str] = {}
    for name, group in groupby(firsts(points), key=lambda point: point.scenario):
        layout = build_layout(scenarios[name])
        items = list(group)
        for start in range(0, len(items), BESIDE):
            found |= _refused(layout, items[start : start + BESIDE])
    return found


def firsts(points: Iterable[Point]) -> Iterator[Point]:
    """The first point of each future."""
    seen: set[Future] = set()
    last: Point | None = None
    for point in points:
        same = last is not None and (
            last.parameters is point.parameters and last.scenario == point.scenario
        )
        last = point
        if not same and (point.scenario, point.parameters) not in seen:
            seen.add((point.scenario, point.parameters))
            yield point


def told(refused: Mapping[Future, str], futures: int) -> str:
    """`2 of 64 futures refused: ...`, with the first one's reason; empty if none is."""
    if not refused:
        return ""
    first = next(iter(refused.values()))
    reason = first if len(refused) == 1 else f"{first} (the first of them)"
    return f"{len(refused):,} of {futures:,} futures refused: {reason}"


def _refused(layout: Layout, points: Sequence[Point]) -> dict[Future, str]:
    """Those of the points whose settings are refused, found by halves.

    What goes wrong otherwise is left to the run, which records it as a failure.
    """
    try:
        with np.errstate(all="ignore"):
            build_coefficients(
                layout, [p.parameters for p in points], [p.governance for p in points]
            )
    except Exception as error:
        if len(points) > 1:
            half = len(points) // 2
            return _refused(layout, points[:half]) | _refused(layout, points[half:])
        if isinstance(error, InputError):
            return {(points[0].scenario, points[0].parameters): str(error)}
    return {}
