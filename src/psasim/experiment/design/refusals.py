"""What is refused before anything is computed: a comparison with nothing, and futures
(settings of the parameters) that the model cannot take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import numpy as np

from psasim.coefficients import build_coefficients
from psasim.errors import InputError
from psasim.experiment.design.points import Design, Point
from psasim.scenario.schema import Scenario
from psasim.structure.layout import Layout, build_layout

Future = tuple[str, int]
"""A scenario, by key, and the number of a future in it."""

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
    for point in points:
        if (point.scenario, point.future) not in seen:
            seen.add((point.scenario, point.future))
            yield point


def told(refused: Mapping[Future, str], points: Iterable[Point]) -> str:
    """`2 of 64 futures refused: ...`, with the first one's reason; empty if none is.

    points: those that futures are counted of; of several scenarios each is told by itself.
    """
    if not refused:
        return ""
    futures = Counter(point.scenario for point in firsts(points))
    by_scenario: dict[str, list[str]] = {}
    for (scenario, _), reason in refused.items():
        by_scenario.setdefault(scenario, []).append(reason)
    said = []
    for scenario, reasons in by_scenario.items():
        name = f" in {scenario}" if len(futures) > 1 else ""
        more = " (the first of them)" if len(reasons) > 1 else ""
        said.append(f"{len(reasons):,} of {futures[scenario]:,} futures refused{name}: "
                    f"{reasons[0]}{more}")
    return "; ".join(said)


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
            return {(points[0].scenario, points[0].future): str(error)}
    return {}
