"""An experiment put together: its packages, its designs, and the points they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psasim.declared.levers import Governance
from psasim.declared.names import unknown
from psasim.declared.parameters import Parameters
from psasim.declared.presets import preset, preset_names
from psasim.engines.inputs import with_baseline
from psasim.experiment.design.crossing import Crossed
from psasim.experiment.design.decisions import add_packages, by_path, lever_packages
from psasim.experiment.design.designs import Drawn, beside, draw
from psasim.experiment.design.factors import DECISIONS, UNCERTAINTIES, Factor, Value
from psasim.experiment.design.facts import WithFacts
from psasim.experiment.design.listed import NAMES, listed_points, number_points
from psasim.experiment.design.packages import BASELINE
from psasim.experiment.design.plan import MOST_PACKAGES, MOST_ROWS, refuse_beyond
from psasim.experiment.design.points import Point
from psasim.scenario.schema import Scenario

Section = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Study:
    """What an experiment computes.

    packages: what is compared, by name, the baseline among them; points: every one of
    them in every scenario and future; factors: what its designs vary; designs: what
    they were drawn from, JSON-ready.
    """

    packages: Mapping[str, Governance]
    points: Sequence[Point]
    factors: tuple[Factor, ...]
    designs: Mapping[str, Any]


def crossed(
    scenarios: Mapping[str, Scenario], packages: Mapping[str, Governance], baseline: str,
    parameters: Parameters, *, levers: Section | None = None, uncertainties: Section | None = None,
    futures: Drawn | None = None,
) -> Study:
    """Each package under each future in each scenario.

    packages: by name, to which the rows of a design over `levers` are added, and the
    baseline; uncertainties: a design over parameters and facts; futures: rows of parameters,
    beside which it may vary facts.  Raises `InputError`.
    """
    designs: dict[str, Any] = {}
    factors: list[Factor] = []
    decisions: list[str] = []
    if levers is not None:
        on, drawn = _laid(levers, "experiment.levers", packages, DECISIONS, parameters)
        refuse_beyond(MOST_PACKAGES, drawn.rows, "experiment.levers", "packages",
                      "take fewer factors or levels, or a fraction (design: plackett_burman)")
        package = _known(packages)[on]
        packages = add_packages(
            packages, lever_packages(drawn, on, package), "experiment.levers"
        )
        decisions = list(drawn.columns)
        factors += drawn.factors
        names = [f"{on}{label}" for label in drawn.labels]
        designs["levers"] = {**drawn.settings, "base": on, "packages": names}
    if uncertainties is not None:
        path = "experiment.uncertainties"
        uncertain = WithFacts(UNCERTAINTIES, list(scenarios.values()))
        drawn = draw(uncertainties, path, uncertain, _by_path(parameters))
        futures = drawn if futures is None else beside(futures, drawn, path)
    if futures is not None:
        factors += futures.factors
        designs["uncertainties"] = dict(futures.settings)
    packages = with_baseline(packages, baseline)
    points = Crossed(scenarios, packages, parameters, decisions, futures)
    refuse_beyond(MOST_ROWS, len(points), "experiment", f"points ({len(packages):,} packages in "
                  f"{points.futures:,} futures, {len(scenarios)} scenarios)",
                  "take fewer of them, or draw levers and parameters together (experiment.points)")
    return Study(packages, points, tuple(factors), designs)


def listed(
    scenarios: Mapping[str, Scenario], packages: Mapping[str, Governance], baseline: str,
    parameters: Parameters, points: Section,
) -> Study:
    """The points of one design over levers and parameters together, and the baseline.

    packages: those that rows may name, beside the presets.  Raises `InputError`.
    """
    path = "experiment.points"
    declared = WithFacts({**DECISIONS, **UNCERTAINTIES}, list(scenarios.values()))
    on, drawn = _laid(points, path, packages, declared, parameters)
    refuse_beyond(MOST_PACKAGES, drawn.rows, path, "rows", "take fewer, or let levers and "
                  "uncertainties cross")
    known = _known(packages)
    if baseline not in known:
        raise unknown(baseline, known, "baseline")
    rows = listed_points(drawn, on, known, scenarios, parameters, path)
    numbered = number_points(rows, baseline, known[baseline])
    compared = {baseline: known[baseline]} | {p.package: p.governance for p in numbered}
    return Study(compared, numbered, drawn.factors, {"points": {**drawn.settings, "base": on}})


def _laid(
    given: Section, path: str, packages: Mapping[str, Governance],
    declared: Mapping[str, Any], parameters: Parameters,
) -> tuple[str, Drawn]:
    """The package a design is laid on, by name, and the design."""
    on = given.get("base", BASELINE)
    known = _known(packages)
    if not isinstance(on, str) or on not in known:
        raise unknown(str(on), known, f"{path}.base")
    rest = {key: value for key, value in given.items() if key != "base"}
    base = _by_path(parameters) | by_path(known[on])
    names = NAMES if declared.keys() > DECISIONS.keys() else ()
    return on, draw(rest, path, declared, base, names)


def _known(packages: Mapping[str, Governance]) -> dict[str, Governance]:
    return {name: preset(name) for name in preset_names()} | dict(packages)


def _by_path(parameters: Parameters) -> dict[str, Value]:
    return {f"parameters.{name}": value for name, value in parameters.items()}
