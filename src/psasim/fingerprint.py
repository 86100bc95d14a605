"""What decides the last bit of a number: the model, and, were arithmetic ever other, this machine.

Every function whose last bit could hang on a processor or a library is made of exactly
rounded operations (`mechanisms.elementary`), so the bit fingerprint is one constant.  It guards
against what nobody has seen: a machine or a compiler that rounds otherwise.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import numpy as np

from psasim.mechanisms import elementary, normal

BITS = "0d20a940a6826724"
"""The bit fingerprint of every machine that was tried."""
_MODEL = (
    *(f"declared/{name}.py" for name in ("declare", "levers", "parameters", "presets", "settings")),
    *(f"{room}/*.py" for room in ("structure", "coefficients", "mechanisms", "month")),
    "engines/**/*.py", "results/measures.py", "results/parts.py",
)
"""Sources that a number may depend on; facts of a scenario are hashed by themselves."""


@cache
def bit_fingerprint() -> str:
    """Hash of those functions on fixed inputs, 16 hexadecimal digits: `BITS`, or another."""
    x = np.arange(1, 4097) / 512.0
    values = (
        elementary.exp(-x), elementary.log(x), elementary.log1p(x), elementary.expm1(-x),
        normal.normal_quantile(x / 8.5), np.sqrt(x),
    )
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
