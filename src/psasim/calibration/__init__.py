"""Calibration: which parameter sets the evidence does not rule out.

History matching (Craig et al. 1997; Vernon, Goldstein & Bower 2010): parameter sets are
drawn over the declared ranges, run, and ruled out where a statistic lies implausibly far
from its band.  What is left is the plausible ensemble, shipped with psasim.
"""

from psasim.calibration.shipped import plausible

__all__ = ["plausible"]
