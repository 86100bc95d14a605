"""What is handed over of a comparison: files, table, sentences, figures."""

from importlib import import_module
from types import ModuleType

from psasim.report.files import write, write_stored
from psasim.report.findings import findings
from psasim.report.futures import head, spread_table, survival_table
from psasim.report.plotting import loading
from psasim.report.table import table

__all__ = [
    "figures", "findings", "head", "spread_table", "survival_table", "table", "write",
    "write_stored",
]


def __getattr__(name: str) -> ModuleType:
    """Figures, and matplotlib with them, load where they are asked for."""
    if name != "figures":
        raise AttributeError(f"module 'psasim.report' has no attribute {name!r}")
    with loading():
        return import_module("psasim.report.figures")
