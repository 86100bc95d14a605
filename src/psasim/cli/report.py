"""`psasim report DIR`: one page that answers what a folder was run for, with all its tables."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from psasim.analysis.prices import read_prices
from psasim.cli.results import check_folder
from psasim.reading.text import user_path
from psasim.report.plotting import loading


def main(arguments: Sequence[str]) -> None:
    """Write `DIR/report/`; raises psasim's errors."""
    parser = argparse.ArgumentParser(
        prog="psasim report", description=__doc__,
        epilog="writes DIR/report/: report.html, which stands by itself and may be sent; "
               "tables.xlsx; and each table as CSV")
    parser.add_argument("folder", metavar="DIR", help="a results folder")
    parser.add_argument("--headline", metavar="MEASURE", help="the measure that packages are put "
                        "in order by (default: the one of the run)")
    parser.add_argument("--prices", metavar="FILE", help="what a department-month and each lever "
                        "cost, in which costs are told (docs/analysis.md)")
    given = parser.parse_args(list(arguments))
    folder: Path = user_path(given.folder)
    check_folder(folder)
    prices = None if given.prices is None else read_prices(given.prices)
    with loading():
        from psasim.report.page import write_page
        from psasim.report.page.write import PAGE
    place = write_page(folder, given.headline, prices)
    print(f"{sum(1 for _ in place.glob('*.csv'))} tables beside it, and all in tables.xlsx",
          file=sys.stderr)
    print(f"report: {place / PAGE}")
