"""The month: the only schedule, in the order of its phases."""

from psasim.month.publication import closing_figures
from psasim.month.schedule import start, step

__all__ = ["closing_figures", "start", "step"]
