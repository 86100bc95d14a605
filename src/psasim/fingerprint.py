"""The bit fingerprint: which last bits this machine gives.

exp, log, pow, log1p and expm1 differ in the last bit between processors with and
without AVX-512, so "same seed, same bytes" holds within one fingerprint.
"""

from __future__ import annotations

import hashlib

import numpy as np


def bit_fingerprint() -> str:
    """Hash of those functions on fixed inputs, 16 hexadecimal digits."""
    x = np.arange(1, 4097) / 512.0
    values = (np.exp(-x), np.log(x), np.power(x, 0.37), np.log1p(x), np.expm1(-x))
    return hashlib.sha256(b"".join(value.tobytes() for value in values)).hexdigest()[:16]
