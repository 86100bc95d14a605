"""Asks the model a pattern: an experiment of its own, in a store that can be resumed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from psasim.declared.parameters import Parameters
from psasim.engines.inputs import as_governance, as_scenario
from psasim.experiment.computing.backends import Backend
from psasim.experiment.design.points import Design, Point, factors_of
from psasim.experiment.folder.inputs import digest
from psasim.experiment.folder.manifest import study_of
from psasim.experiment.folder.store import Store
from psasim.experiment.runner import Progress, Report, fill
from psasim.validation.pattern import Arm, Pattern
from psasim.validation.runs import read_runs
from psasim.validation.verdict import Finding, judge, unanswered

SEED = 2007


def ask(
    pattern: Pattern, plausible: Sequence[Parameters], worlds: int, folder: Path, *,
    backend: Backend, report: Report | None = None,
) -> Finding:
    """The finding for a pattern over plausible parameter sets, and for how it was asked before.

    folder: under which the pattern's results folder, named by its content, is made or
    gone on with; report: called as runs are done.
    """
    if pattern.silent:
        return unanswered(pattern)
    found = _asked(pattern, plausible, worlds, folder, backend, report)
    before = pattern.as_before
    if before is None:
        return found
    done = len(pattern.arms) * len(plausible) * worlds

    def further(progress: Progress) -> None:
        if report is not None:
            report(replace(progress, done=done + progress.done))

    return replace(found, formerly=_asked(before, plausible, worlds, folder, backend, further))


def _asked(
    pattern: Pattern, plausible: Sequence[Parameters], worlds: int, folder: Path,
    backend: Backend, report: Report | None,
) -> Finding:
    design = design_of(pattern, plausible)
    place = folder / f"{pattern.id}-{_content(design, pattern.months)}"
    with Store(place, design, seed=SEED, months=pattern.months) as store:
        fill(store, range(worlds), backend=backend, engine="ensemble",
             bands=worlds if pattern.paths else 0, report=report)
        names = [arm.name for arm in pattern.arms]
        runs = read_runs(store, names, len(plausible), worlds, pattern.paths)
    return judge(pattern, runs)


def runs_of(pattern: Pattern, sets: int, worlds: int) -> int:
    """How many runs a pattern takes, as it is asked and was asked."""
    arms = len(pattern.arms) + (len(pattern.formerly.arms) if pattern.formerly else 0)
    return arms * sets * worlds


def design_of(pattern: Pattern, plausible: Sequence[Parameters]) -> Design:
    """Every arm under every parameter set, arm after arm."""
    scenarios = {arm.name: as_scenario(arm.scenario) for arm in pattern.arms}
    points = [
        _point(number, arm, parameters) for number, (arm, parameters) in enumerate(
            (arm, parameters) for arm in pattern.arms for parameters in plausible)
    ]
    return Design(f"pattern-{pattern.id}", scenarios, points, pattern.arms[0].name)


def _point(number: int, arm: Arm, plausible: Parameters) -> Point:
    governance = as_governance(arm.governance)
    parameters = Parameters(**{**plausible, **arm.parameters})
    factors = factors_of(governance, parameters)
    return Point(number, arm.name, arm.name, governance, parameters, factors)


def _content(design: Design, months: int) -> str:
    points = [[p.package, p.governance.settings(), dict(p.parameters)] for p in design.points]
    study = study_of(design, SEED, months)
    return digest(json.dumps([study, points], sort_keys=True).encode())[:8]
