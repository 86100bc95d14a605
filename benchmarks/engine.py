"""How fast the ensemble is, measured beside something else in the same run.

`python benchmarks/engine.py [--quick] [--write]`: prints a table of processor time, one
thread, median and range over repeats; exits with 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).with_name("results.md")
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def _row(line) -> tuple[str, ...]:
    value = line.value
    spread = "" if value.low == value.high else f"{value.low:.3g} to {value.high:.3g}"
    target = ""
    if line.limit is not None:
        target = f"{'at least' if line.at_least else 'at most'} {line.limit:g}"
    return (
        line.name, f"{value.median:.3g} {line.unit}".strip(), spread, target,
        "MISSED" if line.missed else "", line.note,
    )  # fmt: skip


def _show(line) -> None:
    name, value, spread, target, missed, note = _row(line)
    print(f"{name:<52} {value:>14}  {spread:<18} {target:<14} {missed:<6} {note}".rstrip(),
          flush=True)  # fmt: skip


def _machine() -> str:
    """Class of processor, as far as it matters for speed."""
    model, flags = platform.machine(), ""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        pairs = (line.partition(":") for line in cpuinfo.read_text().splitlines())
        facts = {key.strip(): value.strip() for key, _, value in pairs}
        model, flags = facts.get("model name", model), facts.get("flags", "")
    vectors = "with" if "avx512f" in flags else "without"
    return f"{model}, {vectors} AVX-512, {platform.system()}; one thread"


def _document(lines: list) -> str:
    used = ("psasim", "numpy", "mesa")
    versions = ", ".join([f"Python {platform.python_version()}",
                          *(f"{name} {version(name)}" for name in used)])  # fmt: skip
    head = ("measured", "median", "range", "target", "", "note")
    rows = [head, ("---",) * len(head), *(_row(line) for line in lines)]
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    return (
        "# Speed of the engines\n\n"
        f"Written by `python benchmarks/engine.py --write` on {date.today().isoformat()}: "
        f"{_machine()}. {versions}.\n"
        "Processor time; compare the ratios, which hold within this one run, not the times.\n\n"
        f"{table}\n"
    )


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and say which targets are missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer repeats and worlds")
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS.name} too")
    given = parser.parse_args(arguments)
    os.environ.update(dict.fromkeys(THREADS, "1"))  # read when NumPy is first imported
    import measure

    quick = measure.Effort(repeats=3, chunks=1, mesa=1)
    effort = quick if given.quick else measure.Effort(repeats=9, chunks=2, mesa=3)
    lines = []
    for line in measure.everything_measured(effort):
        _show(line)
        lines.append(line)
    if given.write:
        RESULTS.write_text(_document(lines), encoding="utf-8")
    missed = [line for line in lines if line.missed]
    for line in missed:
        _, value, _, target, *_ = _row(line)
        print(f"missed: {line.name} is {value}, must be {target}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
