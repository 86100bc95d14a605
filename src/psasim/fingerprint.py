"""What decides the last bit of a number: the model, and, were arithmetic ever other, this machine.

Every function whose last bit could hang on a processor or a library is made of exactly
rounded operations (`mechanisms.elementary`), so the bit fingerprint is one constant.  It guards
against what nobody has seen: a machine or a compiler that rounds otherwise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from psasim.mechanisms import elementary, normal

BITS = "0d20a940a6826724"
"""The bit fingerprint of every machine that was tried."""
_MODEL = (
    *(f"declared/{name}.py" for name in (
        "declare", "levers", "parameter_table", "parameters", "presets", "settings")),
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
    return _hash("".join(f"{value} {name}\n" for name, value in source_hashes(_MODEL).items()))


def source_hashes(patterns: Sequence[str]) -> dict[str, str]:
    """Hash of each of psasim's sources, 16 hexadecimal digits, by its path below the package.

    patterns: of paths, as `Path.glob` takes them.  Ends of lines play no part.
    """
    root = Path(__file__).parent
    found = {path.relative_to(root).as_posix(): path
             for pattern in patterns for path in root.glob(pattern)}
    return {name: _hash(found[name].read_text(encoding="utf-8")) for name in sorted(found)}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
