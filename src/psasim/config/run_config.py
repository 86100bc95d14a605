"""Everything that decides a run's numbers, checked and frozen."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from psasim.declared.levers import Governance
from psasim.declared.parameters import Parameters
from psasim.errors import InputError
from psasim.experiment.computing.backends import Backend
from psasim.experiment.design.factors import Factor
from psasim.experiment.design.points import Design, Point
from psasim.experiment.folder.store import DETAILS, RAW
from psasim.experiment.keep import KEEP
from psasim.experiment.precision import Precision
from psasim.extensions import NONE, Extensions, told
from psasim.fingerprint import model_digest
from psasim.scenario.schema import Scenario

LONGEST = 60
"""Characters of an experiment's name in that of its folder; few file systems take 255 bytes."""


@dataclass(frozen=True, slots=True)
class RunConfig:
    """Everything that decides a run's numbers, checked.

    scenarios: by name; packages: what is compared, by name, `baseline` among them;
    experiment: the name of the study, or of the package when one is tried by itself;
    parameter_set: the option of the `parameters` group; points: each package in each
    scenario and future; factors: what the designs vary; designs: what they were drawn
    from, JSON-ready; backend: where it is computed, which moves no number; precision:
    what worlds are added for, None for the fixed number; trajectories: `bands`, or `raw`
    where the monthly outcomes of every run are kept as well; keep: `measures`, or `details`
    where outcomes and departments of every run are kept as well; headline: the measure that
    packages are put in order by; extensions: of the user's own.

    Raises `InputError` where raw ones would not tell runs apart.
    """

    scenarios: Mapping[str, Scenario]
    packages: Mapping[str, Governance]
    baseline: str
    parameters: Parameters
    worlds: int
    months: int
    seed: int
    engine: str
    experiment: str
    parameter_set: str
    points: Sequence[Point]
    factors: tuple[Factor, ...]
    designs: Mapping[str, Any]
    backend: Backend
    precision: Precision | None
    trajectories: str
    keep: str
    headline: str
    extensions: Extensions = NONE

    def __post_init__(self) -> None:
        if self.trajectories == "raw" and not self.design.is_by_package:
            raise InputError(
                "trajectories = raw tells runs apart by package and world, and here "
                f"{len(self.points):,} points share {len(self.packages):,} packages; keep to one "
                "scenario and one future, or use trajectories=bands"
            )

    @property
    def rows(self) -> tuple[str, ...]:
        """Which rows are kept of every run beside its measures."""
        return tuple(name for name, asked in ((RAW, self.trajectories == "raw"),
                                              (DETAILS, self.keep == "details")) if asked)

    @property
    def scenario(self) -> Scenario:
        """The scenario, or the first of several."""
        return next(iter(self.scenarios.values()))

    @property
    def design(self) -> Design:
        """What is computed: the points, and what they are held against."""
        return Design(self.experiment, self.scenarios, self.points, self.baseline, self.designs,
                      self.extensions)

    def settings(self) -> dict[str, Any]:
        """The settings as JSON-ready data; the scenario by name, governance as levers that are on.
        """
        return {
            "scenario": self.scenario.name,
            "experiment": self.experiment,
            "packages": {name: package.settings() for name, package in self.packages.items()},
            "baseline": self.baseline,
            "parameter_set": self.parameter_set,
            "parameters": dict(self.parameters),
            "worlds": self.worlds,
            "months": self.months,
            "seed": self.seed,
            "engine": self.engine,
            "headline": self.headline,
            **({"precision": asdict(self.precision)} if self.precision else {}),
            **({"trajectories": "raw"} if self.trajectories == "raw" else {}),
            **({"keep": self.keep} if self.keep != KEEP.default else {}),
            **({"designs": dict(self.designs)} if self.designs else {}),
            **({"extensions": own} if (own := told(self.extensions)) else {}),
        }

    @property
    def folder_name(self) -> str:
        """`<experiment>-<hash8>`, addressed by content.

        The hash covers scenario, design, parameters, months, seed and version; not
        worlds, to which more can be added, nor engine, backend, trajectories, keep and
        headline, which move no number.
        """
        settings = self.settings()
        for free in ("worlds", "engine", "parameter_set", "precision", "trajectories", "keep",
                     "headline"):
            settings.pop(free, None)
        facts = [asdict(scenario) for scenario in self.scenarios.values()]
        content = {**settings, "scenario": facts, "model": model_digest()}
        text = json.dumps(content, sort_keys=True)
        name = re.sub(r"[^\w.+=-]+", "-", self.experiment)
        return f"{name[:LONGEST]}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
