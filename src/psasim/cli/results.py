"""`psasim results DIR`: what a results folder holds; `--sql` asks it anything."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from psasim.cli.experiment import told
from psasim.errors import StoreError
from psasim.experiment.folder.look import of_another_model, steadily
from psasim.experiment.folder.manifest import MANIFEST
from psasim.experiment.folder.query import rows
from psasim.experiment.folder.reader import StoredResults, open_results
from psasim.reading.text import user_path

EXAMPLE = "SELECT package, avg(attainment) FROM runs WHERE status = 'ok' GROUP BY package"


def main(arguments: Sequence[str]) -> None:
    """Print a folder's contrasts, or the answer to a query; raises psasim's errors."""
    parser = argparse.ArgumentParser(
        prog="psasim results", description=__doc__, epilog=f'example: --sql "{EXAMPLE}"'
    )
    parser.add_argument("folder", metavar="DIR", help="a results folder")
    parser.add_argument("--sql", help="a query over the tables runs, points and, "
                        "after trajectories=raw, trajectories_raw, after keep=details, details; by "
                        "DuckDB")
    parser.add_argument("--headline", metavar="MEASURE", help="the measure that packages are put "
                        "in order by (default: the one of the run)")
    given = parser.parse_args(list(arguments))
    folder = user_path(given.folder)
    check_folder(folder)

    def answer() -> str:
        results = open_results(folder, given.headline)
        if given.sql is not None:
            return str(rows(results.sql(given.sql)).to_string(index=False))
        return "\n\n".join([_contents(results), *map(_told, results.by_scenario())])

    print(steadily(folder, answer))


def check_folder(folder: Path) -> None:
    """Raise `StoreError` with the folders below, where those are the ones that hold results."""
    below = sorted(path.parent for path in folder.glob(f"*/{MANIFEST}"))
    if below and not (folder / MANIFEST).exists():
        names = "".join(f"\n  {path}" for path in below)
        raise StoreError(f"{folder} holds no results itself; folders of results below it:{names}")


def _told(part: StoredResults) -> str:
    """Table and findings of a scenario, as far as it has come."""
    if not part.worlds or part.baseline not in part.packages:
        what = f"of {part.baseline} " if part.worlds else ""
        return (f"{part.scenario.title}: no runs {what}yet, so there is nothing to compare; give "
                "the command that made the folder again")
    return told(part)


def _contents(results: StoredResults) -> str:
    points, whole = len(results.points), len(results.design.points)
    said = [f"{results.folder}: {results.design.name}, {_many(points, 'point')} in "
            f"{_many(results.worlds, 'world')}, {results.months} months, seed "
            f"{results.seed}, psasim {results.manifest.study['version']}"]
    if points < whole:
        said.append(f"as far as it has come: {points:,} of {_many(whole, 'point')} have runs; the "
                    "command that made the folder goes on from there")
    if results.kept > results.worlds:
        said.append(f"{results.kept:,} worlds are kept; shown are those of the last report")
    other = of_another_model(results.manifest)
    if other is not None:
        said.append(f"{other}: its numbers can be read, and neither added to nor replayed")
    return "\n".join(said)


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"
