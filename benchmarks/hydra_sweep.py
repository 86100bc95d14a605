"""A Hydra sweep of 500 jobs through psasim's launcher, beside Hydra's own launcher.

    python benchmarks/hydra_sweep.py [--jobs 500] [--stock 20]

Both run the same commands in a fresh process and an empty folder: worlds, tables and
figures included.  Hydra's own launcher takes as long for each job as for the last, so a
few of its jobs are timed and scaled up; `--stock 500` times them all.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SMALL = ("scenario=teaching", "worlds=20", "governance=new_psa")
STOCK = ("hydra/launcher=basic", "hydra/sweeper=basic")


def sweep(jobs: int) -> list[str]:
    """Overrides that make so many jobs: strengths of a lever by values of a parameter."""
    values = max(number for number in range(1, 26) if jobs % number == 0)
    strengths = ",".join(f"{place / (jobs // values):.6f}" for place in range(jobs // values))
    inertia = ",".join(f"{0.08 + 0.12 * place / values:.6f}" for place in range(values))
    return [f"governance.sanctions.strength={strengths}", f"parameters.inertia={inertia}"]


def seconds(jobs: int, *flags: str) -> float:
    """Wall time of the whole command; raises if it fails or a job is missing."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "psasim", "run", "-m", *SMALL, *sweep(jobs), *flags,
                   "hydra.sweep.dir=swept", "hydra.sweep.subdir='${hydra.job.num}'"]
        start = time.perf_counter()
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        elapsed = time.perf_counter() - start
        folders = [path for path in Path(folder, "swept").iterdir() if path.name.isdecimal()]
        assert len(folders) == jobs, f"{len(folders)} job folders of {jobs}"
    return elapsed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=500)
    parser.add_argument("--stock", type=int, default=20, help="jobs of Hydra's own launcher")
    given = parser.parse_args()
    start = seconds(1)
    ours = seconds(given.jobs)
    few, many = seconds(1, *STOCK), seconds(given.stock, *STOCK)
    a_job = (many - few) / (given.stock - 1)
    stock = few + a_job * (given.jobs - 1)
    print(f"one job                         {start:8.1f} s")
    print(f"psasim, {given.jobs} jobs               {ours:8.1f} s")
    print(f"Hydra's launcher, {given.stock} jobs       {many:8.1f} s, {a_job:.2f} s a job")
    print(f"Hydra's launcher, {given.jobs} jobs      {stock:8.1f} s"
          f"{'' if given.stock == given.jobs else ' (scaled)'}")
    print(f"ratio                           {stock / ours:8.1f}")


if __name__ == "__main__":
    main()
