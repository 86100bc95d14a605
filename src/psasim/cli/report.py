"""`psasim report DIR`: one page that answers what a folder was run for, with all its tables."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

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
    given = parser.parse_args(list(arguments))
    folder: Path = user_path(given.folder)
    check_folder(folder)
    with loading():
        from psasim.report.page import write_page
        from psasim.report.page.write import PAGE
    place = write_page(folder, given.headline)
    print(f"{sum(1 for _ in place.glob('*.csv'))} tables beside it, and all in tables.xlsx",
          file=sys.stderr)
    print(f"report: {place / PAGE}")
