"""What decides the last bit of a number: this machine, and this model.

exp, log, pow, log1p and expm1 differ in the last bit between processors with and
without AVX-512, so "same seed, same bytes" holds within one fingerprint.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import numpy as np

_MODEL = (
    "declared/*.py", "structure/*.py", "coefficients/*.py", "mechanisms/*.py", "month/*.py",
    "engines/**/*.py", "results/*.py",
)
"""Sources that a number may depend on; facts of a scenario are hashed by themselves."""


def bit_fingerprint() -> str:
    """Hash of those functions on fixed inputs, 16 hexadecimal digits."""
    x = np.arange(1, 4097) / 512.0
    values = (np.exp(-x), np.log(x), np.power(x, 0.37), np.log1p(x), np.expm1(-x))
    return hashlib.sha256(b"".join(value.tobytes() for value in values)).hexdigest()[:16]


@cache
def model_digest() -> str:
    """Hash of the model's own sources, 16 hexadecimal digits: which model gave a number."""
    root = Path(__file__).parent
    files = sorted(path for pattern in _MODEL for path in root.glob(pattern))
    digest = hashlib.sha256()
    for path in files:
        text = path.read_text(encoding="utf-8")
        digest.update(f"{path.relative_to(root).as_posix()}\n{text}\n".encode())
    return digest.hexdigest()[:16]
