"""What is refused before anything is computed: a comparison with nothing, and futures
(settings of what is uncertain) that the model cannot take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from psasim.coefficients import refuse_settings
from psasim.errors import InputError
from psasim.experiment.design.points import Design, Point
from psasim.scenario.facts import with_facts
from psasim.scenario.schema import Scenario

Future = tuple[str, int]
"""A scenario, by key, and the number of a future in it."""


def check(design: Design) -> None:
    """Raise `InputError` where there is nothing to compare, or no future can be run."""
    points = design.points
    if len(points) == len(design.scenarios) and {p.package for p in points} == {design.baseline}:
        raise InputError(
            f"nothing to compare: {design.baseline} is the baseline itself; choose another package "
            "with governance=, or another baseline="
        )
    reasons = []
    for point in firsts(points):
        reason = _refused(point, design.scenarios[point.scenario])
        if not reason:
            return
        reasons.append(reason)
    first = reasons[0]
    raise InputError(first if len(reasons) == 1 else
                     f"all {len(reasons):,} futures are refused, the first as {first}")


def refusals(points: Iterable[Point], scenarios: Mapping[str, Scenario]) -> dict[Future, str]:
    """Why futures are refused, in the model's words; empty if none is."""
    reasons = {
        (point.scenario, point.future): _refused(point, scenarios[point.scenario])
        for point in firsts(points)
    }
    return {future: reason for future, reason in reasons.items() if reason}


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


def _refused(point: Point, scenario: Scenario) -> str:
    """Why a point's future is refused; empty if it is not.

    What goes wrong otherwise is left to the run, which records it as a failure.
    """
    try:
        refuse_settings(with_facts(scenario, point.facts), point.parameters)
    except InputError as error:
        return str(error)
    return ""
