"""`psasim cite DIR`: BibTeX of what a results folder rests on."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from psasim.experiment.folder.reader import open_results
from psasim.report.citing import cite


def main(arguments: Sequence[str]) -> None:
    """Print the entries, each once over the folder's scenarios; raises psasim's errors."""
    parser = argparse.ArgumentParser(prog="psasim cite", description=__doc__)
    parser.add_argument("folder", metavar="DIR", help="a results folder")
    given = parser.parse_args(list(arguments))
    entries: dict[str, None] = {}
    for results in open_results(given.folder).by_scenario():
        entries.update(dict.fromkeys(cite(results).split("\n@")))
    print("\n@".join(entries))
