"""`psasim doctor`: what is installed here, what works, how fast, and whether the bits are right."""

from __future__ import annotations

import argparse
import platform
import time
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, requires, version

import numpy as np
from packaging.requirements import Requirement

import psasim
from psasim.cli.table import terminal_width, text_table
from psasim.errors import StoreError
from psasim.experiment.computing.backends import cores
from psasim.fingerprint import BITS, bit_fingerprint, model_digest
from psasim.results.simulate import simulate

REFERENCE = 1.06
"""Milliseconds of a csr2007 run on one core, where docs/scaling.md was measured."""

SHARE, ROUNDS = 256, 3


def main(arguments: Sequence[str]) -> None:
    """Print it; raises `StoreError` where the bits are not those of other machines."""
    parser = argparse.ArgumentParser(prog="psasim doctor", description=__doc__)
    parser.parse_args(list(arguments))
    print(f"psasim {psasim.__version__}, model {model_digest()}, Python "
          f"{platform.python_version()}, {platform.system()} {platform.machine()}, "
          f"{cores()} cores\n")
    print(text_table(("package", "for", "installed", "asked"), _packages(), terminal_width()))
    took = _milliseconds()
    print(f"\nspeed: {took:.2f} ms a run of csr2007 on one core, as things are now; "
          f"{REFERENCE / took:.2f} of the speed of docs/scaling.md")
    own = bit_fingerprint()
    if own != BITS:
        raise StoreError(f"bits: {own}, and every machine that was tried gives {BITS}: this one "
                         "rounds otherwise; tell the maintainers")
    print(f"bits: {own}, those of every machine that was tried")


def _packages() -> list[tuple[str, str, str, str]]:
    """What psasim needs and its extras, each with what is here."""
    rows = []
    for text in requires("psasim") or ():
        asked = Requirement(text)
        extra = _extra(asked)
        if asked.name == "psasim" or extra in ("test", "browser"):
            continue
        try:
            here = version(asked.name)
        except PackageNotFoundError:
            here = "no" if extra else "MISSING"
        else:
            here += "" if asked.specifier.contains(here, prereleases=True) else " (not as asked)"
        rows.append((asked.name, extra or "psasim", here, str(asked.specifier)))
    return sorted(rows, key=lambda row: (row[1] != "psasim", row[1], row[0]))


def _extra(asked: Requirement) -> str:
    marker = str(asked.marker or "")
    return marker.partition("extra == ")[2].strip("\"'") if "extra == " in marker else ""


def _milliseconds() -> float:
    """Of a run of csr2007, the least of a few rounds."""
    least = np.inf
    for _ in range(ROUNDS):
        began = time.perf_counter()
        simulate("csr2007", "new_psa", worlds=SHARE)
        least = min(least, time.perf_counter() - began)
    return 1000.0 * least / SHARE
