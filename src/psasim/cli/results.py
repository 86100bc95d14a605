"""`psasim results DIR`: what a results folder holds; `--sql` asks it anything."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from psasim.cli.experiment import told
from psasim.experiment.folder.reader import StoredResults, open_results

EXAMPLE = "SELECT package, avg(attainment) FROM runs WHERE status = 'ok' GROUP BY package"


def main(arguments: Sequence[str]) -> None:
    """Print a folder's contrasts, or the answer to a query; raises psasim's errors."""
    parser = argparse.ArgumentParser(
        prog="psasim results", description=__doc__, epilog=f'example: --sql "{EXAMPLE}"'
    )
    parser.add_argument("folder", metavar="DIR", help="a results folder")
    parser.add_argument("--sql", help="a query over the tables runs, points and, "
                        "after trajectories=raw, trajectories_raw, by DuckDB")
    parser.add_argument("--headline", metavar="MEASURE", help="the measure that packages are put "
                        "in order by (default: the one of the run)")
    given = parser.parse_args(list(arguments))
    results = open_results(given.folder, given.headline)
    if given.sql is not None:
        print(results.sql(given.sql).df().to_string(index=False))
        return
    print(_contents(results))
    for part in results.by_scenario():
        print(f"\n{told(part)}")


def _contents(results: StoredResults) -> str:
    points = len(results.points)
    return (f"{results.folder}: {results.design.name}, {points:,} point{'s' * (points != 1)} in "
            f"{results.worlds:,} world{'s' * (results.worlds != 1)}, {results.months} months, seed "
            f"{results.seed}, psasim {results.manifest.study['version']}")
