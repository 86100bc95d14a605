"""Standard normal deviates from uniform ones: the quantile (Wichura 1988, AS 241, PPND16).

One deviate for each uniform number, so that a draw's place can be reckoned, tails and all; of
exactly rounded operations and `elementary.log`, so that every processor gives its bits.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from psasim.mechanisms.elementary import log
from psasim.mechanisms.ordered_sum import Floats

Terms = tuple[list[NDArray], list[NDArray]]


def _terms(above: tuple[float, ...], below: tuple[float, ...]) -> Terms:
    """Coefficients of a ratio of polynomials, highest power first; as 0-d arrays, since a
    Python float costs more a call."""
    return [np.array(term) for term in above], [np.array(term) for term in below]


_CENTRE = _terms(
    (2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4,
     4.5921953931549871457e4, 1.3731693765509461125e4, 1.9715909503065514427e3,
     1.3314166789178437745e2, 3.3871328727963666080e0),
    (5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4,
     2.1213794301586595867e4, 5.3941960214247511077e3, 6.8718700749205790830e2,
     4.2313330701600911252e1, 1.0),
)
_SHOULDER = _terms(
    (7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
     1.27045825245236838258e0, 3.64784832476320460504e0, 5.76949722146069140550e0,
     4.63033784615654529590e0, 1.42343711074968357734e0),
    (1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
     1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940e0,
     2.05319162663775882187e0, 1.0),
)
_TAIL = _terms(
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
     2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e0,
     5.46378491116411436990e0, 6.65790464350110377720e0),
    (2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
     7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1,
     5.99832206555887937690e-1, 1.0),
)
_WIDTH, _SQUARE, _HALF = np.array(0.425), np.array(0.180625), np.array(0.5)


def normal_quantile(uniform: Floats) -> Floats:
    """z with Phi(z) = u, for u in (0, 1), any shape; relative error about 1e-15."""
    q = uniform - _HALF
    distance = _SQUARE - q * q
    z = _ratio(_CENTRE, distance)
    z *= q
    far = np.flatnonzero(np.abs(q.ravel()) > _WIDTH)
    if far.size:
        z.ravel()[far] = _far(uniform.ravel()[far])
    return z


def _far(uniform: Floats) -> Floats:
    """Beyond .425 of the middle."""
    low = uniform < _HALF
    r = np.sqrt(-log(np.minimum(uniform, 1.0 - uniform)))
    size = _ratio(_SHOULDER, r - 1.6)
    beyond = np.flatnonzero(r > 5.0)
    if beyond.size:
        size[beyond] = _ratio(_TAIL, r[beyond] - 5.0)
    return np.where(low, -size, size)


def _ratio(terms: Terms, x: Floats) -> Floats:
    above, below = (_polynomial(coefficients, x) for coefficients in terms)
    above /= below
    return above


def _polynomial(coefficients: list[NDArray], x: Floats) -> Floats:
    total = x * coefficients[0]
    total += coefficients[1]
    for coefficient in coefficients[2:]:
        total *= x
        total += coefficient
    return total
