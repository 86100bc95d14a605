"""Stakes on figures crowd out the will to serve (Gneezy & Rustichini 2000; Frey)."""

from __future__ import annotations

from psasim.mechanisms.elementary import expm1
from psasim.mechanisms.ordered_sum import Floats


def will_left(stakes: Floats, crowding: Floats, scale: Floats) -> Floats:
    """Part of own-mission value that is left: 1 - kappa (1 - e^(-p/p0)).

    stakes: p, penalty and reward on the figures a contribution owns; crowding: kappa, what
    high stakes crowd out; scale: p0, the stake that crowds out two thirds of it.  As p0 -> 0
    any stake costs kappa: a fine is a price.
    """
    return 1.0 + crowding * expm1(-stakes / scale)
