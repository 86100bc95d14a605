"""A small fixed run whose digest the page must have too, on whatever browser it opens."""

from __future__ import annotations

from typing import Any

from psasim.declared.presets import preset
from psasim.results.simulate import simulate
from psasim.scenario.schema import Scenario

PACKAGE, MONTHS, WORLDS, SEED = "new_psa", 18, 3, 2007


def check(scenario: Scenario) -> dict[str, Any]:
    """The run's setting, as the page takes one, and its digest here."""
    package = preset(PACKAGE)
    results = simulate(scenario, package, worlds=WORLDS, months=MONTHS, seed=SEED)
    return {
        "scenario": scenario.name, "governance": package.settings(), "parameters": {},
        "months": MONTHS, "worlds": WORLDS, "seed": SEED, "digest": results.digest,
    }
