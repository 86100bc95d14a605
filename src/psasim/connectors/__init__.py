"""The libraries researchers know, each joined by a few lines: problems for SALib, a model for the
EMA Workbench, datasets of xarray, graphs of networkx.

Names load on first use; one whose library is not installed raises `psasim.errors.InputError`,
which says what to install.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from psasim.errors import InputError

_HOME = {
    "EnsembleEvaluator": "ema",
    "chain": "graphs",
    "dataset": "datasets",
    "ema_model": "ema",
    "monthly": "datasets",
    "owners": "graphs",
    "salib_problem": "ranges",
}

_EXTRAS = {"ema_workbench": "ema", "xarray": "xarray"}
"""Libraries that psasim does not bring along, each with the extra that does."""

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'psasim.connectors' has no attribute {name!r}")
    try:
        return getattr(import_module(f"psasim.connectors.{_HOME[name]}"), name)
    except ModuleNotFoundError as error:
        extra = _EXTRAS.get(str(error.name).partition(".")[0])
        if extra is None:
            raise
        raise InputError(
            f"psasim.connectors.{name} needs {error.name}, which is not installed; "
            f"pip install 'psasim[{extra}]', or -e '.[{extra}]' -c constraints.txt in a clone"
        ) from None


def __dir__() -> list[str]:
    return __all__
