"""How the scalar loop is compiled: by what Numba documents, or harder.

Numba counts references to the arrays a function borrows.  An option it does not document
leaves that out, which halves the time of this loop; `measure.py` runs the loop both ways.
"""

from __future__ import annotations

import os
from functools import partial

from numba import njit

SETTING = "SCALAR_REFERENCES"
UNCOUNTED = "uncounted"

_undocumented = {"_nrt": False} if os.environ.get(SETTING) == UNCOUNTED else {}
compiled = partial(njit, fastmath=True, **_undocumented)
