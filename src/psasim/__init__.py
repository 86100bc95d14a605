"""psasim: what makes departments deliver together?

An agent-based model of HM Treasury's 2007 public service agreements.  The public
names load on first use, so that `import psasim` stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOME = {
    "Agents": "psasim.engines.mesa.agents",
    "Centre": "psasim.engines.mesa.agents",
    "DeliveryBody": "psasim.engines.mesa.agents",
    "DeliveryModel": "psasim.engines.mesa.model",
    "Department": "psasim.engines.mesa.agents",
    "Governance": "psasim.declared.levers",
    "Assumption": "psasim.declared.declare",
    "Extensions": "psasim.extensions",
    "Source": "psasim.declared.declare",
    "Rule": "psasim.engines.rule",
    "Variant": "psasim.engines.variant",
    "hook": "psasim.extensions",
    "lever": "psasim.extensions",
    "measure": "psasim.extensions",
    "mechanism": "psasim.extensions",
    "InputError": "psasim.errors",
    "Parameters": "psasim.declared.parameters",
    "Results": "psasim.results.results",
    "cite": "psasim.report.citing",
    "calibrate": "psasim.cli.calibrate",
    "compare": "psasim.results.simulate",
    "compare_scenarios": "psasim.results.structures",
    "evaluate": "psasim.experiment.evaluate",
    "figures": "psasim.report",
    "load_scenario": "psasim.scenario",
    "open_results": "psasim.analysis.finished",
    "preset": "psasim.declared.presets",
    "preset_names": "psasim.declared.presets",
    "run_experiment": "psasim.cli.from_python",
    "save": "psasim.report.saved",
    "scenario_names": "psasim.scenario",
    "simulate": "psasim.results.simulate",
}

__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'psasim' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
