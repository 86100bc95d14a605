"""One set of bits: here as on the machine that committed the hash, and with any features."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import psasim
from tests.bits.numbers import COMMITTED, digest

ROOT = Path(psasim.__file__).parent
ROOMS = ("structure", "coefficients", "mechanisms", "month", "results", "engines")
ELSEWHERE = {
    "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "power", "float_power", "logaddexp",
    "sin", "cos", "tan", "arcsin", "arccos", "arctan", "arctan2", "sinh", "cosh", "tanh", "cbrt",
    "einsum", "dot", "matmul", "inner", "hypot",
}
"""Functions of NumPy whose last bit hangs on a processor, a library or a batch."""
TOLD_APART = {"engines/ensemble.py": {"log2"}}
"""Where no number of a run hangs on it: how many runs to take at a time."""


def test_this_machine_gives_the_committed_bits() -> None:
    committed = COMMITTED.read_text(encoding="utf-8").strip()
    assert digest() == committed, (
        "other bits than committed; after a change of the model run python -m tests.bits.numbers "
        "--write"
    )


def _dispatched() -> str:
    """Features of this processor that NumPy chooses code by."""
    from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

    return " ".join(name for name in __cpu_dispatch__ if __cpu_features__.get(name))


@pytest.mark.slow
@pytest.mark.parametrize("settings", [
    {"NPY_DISABLE_CPU_FEATURES": "all"},
    {"NPY_DISABLE_CPU_FEATURES": "all",
     "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX512F,-AVX512VL,-AVX2,-FMA,-FMA4,-AVX,-SSE4_2"},
    {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4"},
], ids=["without NumPy's", "without NumPy's and glibc's", "without glibc's"])
def test_no_processor_feature_moves_a_bit(settings: dict[str, str]) -> None:
    if "NPY_DISABLE_CPU_FEATURES" in settings:
        settings = {**settings, "NPY_DISABLE_CPU_FEATURES": _dispatched()}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.bits.numbers"], text=True,
        capture_output=True, env={**os.environ, **settings}, cwd=Path(__file__).parents[2],
        check=True,
    )
    assert done.stdout.strip() == COMMITTED.read_text(encoding="utf-8").strip()


def _foreign(source: str) -> set[str]:
    """NumPy's inexact functions, products of matrices and float powers in a source."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") in ("np", "math"):
            found |= {node.attr} & ELSEWHERE
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
            found.add("@")
        elif (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow)
              and not _exact_power(node)):
            found.add("**")
    return found


def _exact_power(node: ast.BinOp) -> bool:
    """A square, or a power of a constant."""
    square = isinstance(node.right, ast.Constant) and node.right.value == 2
    return square or isinstance(node.left, ast.Constant)


@pytest.mark.parametrize("room", ROOMS)
def test_the_model_calls_no_inexact_function(room: str) -> None:
    for path in sorted((ROOT / room).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name == "results/student.py":  # decimals, which are exact everywhere
            continue
        found = _foreign(path.read_text(encoding="utf-8"))
        assert found <= TOLD_APART.get(name, set()), name


@pytest.mark.parametrize("line", [
    "y = np.exp(x)", "y = x ** 0.5", "y = a @ b", "y = math.log(x)", "y = (1 - q) ** (12 / p)",
])
def test_a_planted_call_is_seen(line: str) -> None:
    assert _foreign(line)


def test_a_last_bit_changes_the_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    from psasim.results import student

    before = student.student_quantile(0.975, 24)
    monkeypatch.setattr(
        "tests.bits.numbers.student_quantile", lambda p, n: np.nextafter(before, 3.0)
    )
    assert digest() != COMMITTED.read_text(encoding="utf-8").strip()
