"""Many checked configurations as one experiment, each distinct point in it once."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from psasim.declared.levers import Governance
from psasim.declared.parameters import PARAMETERS, Parameters
from psasim.errors import InputError
from psasim.experiment.design.points import Design, Point
from psasim.scenario.schema import Scenario


@dataclass(frozen=True, slots=True)
class Batch:
    """One design of many, and where each finds its points in it.

    design: every distinct point, once; packages: by name; places: numbers of its
    points, for each of the designs.
    """

    design: Design
    packages: Mapping[str, Governance]
    places: tuple[tuple[int, ...], ...]

    def digest(self) -> str:
        """A hash of the points, 16 hexadecimal digits."""
        digest = hashlib.sha256()
        for p in self.design.points:
            what = (p.scenario, p.package, p.governance.settings(), p.parameters.changed(),
                    dict(p.facts), p.future)
            digest.update(repr(what).encode())
        return digest.hexdigest()[:16]


def together(name: str, designs: Sequence[Design]) -> Batch:
    """The designs as one.

    A package keeps its name; another of the same name gets a number.  Futures that designs
    have in common are one, and those that are equal within a design stay apart.  Raises
    `InputError` where two scenarios have one name, or baselines differ.
    """
    scenarios: dict[str, Scenario] = {}
    packages: dict[str, Governance] = {}
    points: dict[Hashable, Point] = {}
    futures: dict[Hashable, int] = {}
    places = []
    for design in designs:
        for key, scenario in design.scenarios.items():
            if scenarios.setdefault(key, scenario) != scenario:
                raise InputError(f"scenario: two files are called {key}; rename one")
        named: dict[str, str] = {}
        own = _futures(design.points, futures)
        numbers = []
        for point in design.points:
            package = named.get(point.package)
            if package is None:
                package = named[point.package] = _named(point, packages)
            what = point.scenario, package, own[point.future]
            added = replace(point, number=len(points), package=package, future=own[point.future],
                            row=None)
            numbers.append(points.setdefault(what, added).number)
        places.append(tuple(numbers))
    baselines = {design.baseline for design in designs}
    if len(baselines) > 1:
        raise InputError(f"baseline: jobs of one sweep differ ({', '.join(sorted(baselines))}); "
                         "start a sweep for each")
    return Batch(Design(name, scenarios, tuple(points.values()), baselines.pop()), packages,
                 tuple(places))


def _futures(points: Iterable[Point], known: dict[Hashable, int]) -> dict[int, int]:
    """The number in the batch of each future of a design; `known` grows by those that are new."""
    times: Counter[Hashable] = Counter()
    found: dict[int, int] = {}
    for point in points:
        if point.future not in found:
            what = point.uncertain, times[point.uncertain]
            times[point.uncertain] += 1
            found[point.future] = known.setdefault(what, len(known))
    return found


def common(parameters: Iterable[Parameters]) -> Parameters:
    """The values that all have; the default where they differ."""
    found: dict[str, set[float]] = {name: set() for name in PARAMETERS}
    for item in set(parameters):
        for name, value in item.items():
            found[name].add(value)
    return Parameters(**{name: v.pop() for name, v in found.items() if len(v) == 1})


def _named(point: Point, packages: dict[str, Governance]) -> str:
    name, number = point.package, 1
    while packages.setdefault(name, point.governance) != point.governance:
        number += 1
        name = f"{point.package}-{number}"
    return name
