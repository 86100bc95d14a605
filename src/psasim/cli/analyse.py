"""`psasim analyse DIR [QUESTION ...]`: what a finished experiment says to a question."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from psasim.analysis.answer import Answer
from psasim.analysis.best import INDIFFERENCE
from psasim.analysis.finished import FinishedResults, open_results
from psasim.analysis.prices import EXAMPLE, read_prices
from psasim.analysis.questions import QUESTIONS, Asked
from psasim.analysis.ranking import spread_between, told_between
from psasim.cli.results import check_folder
from psasim.cli.table import prose
from psasim.declared.names import one_of
from psasim.errors import InputError, Unanswerable
from psasim.experiment.folder.look import steadily
from psasim.reading.text import user_path
from psasim.report.columns import Column, lines, that_fit

FEW = 12
"""Rows of a table that are printed; a file has all."""

Answers = Mapping[str, Mapping[str, Answer | Unanswerable]]


def main(arguments: Sequence[str]) -> None:
    """Print the answers, and write their tables where asked; raises psasim's errors."""
    parser = argparse.ArgumentParser(
        prog="psasim analyse", description=__doc__, formatter_class=argparse.RawTextHelpFormatter,
        epilog="questions:\n" + "\n".join(f"  {n:<9} {q.words}" for n, q in QUESTIONS.items())
        + f"\n\na file of prices:\n{EXAMPLE}")
    add = parser.add_argument
    add("folder", metavar="DIR", help="a results folder")
    add("questions", metavar="QUESTION", nargs="*", default=[],
        help="some of those below; all if none is named")
    add("--headline", metavar="MEASURE", help="the measure that answers are about")
    add("--package", metavar="NAME", help="the package that is meant, where one is")
    add("--indifference", metavar="NUMBER", type=float, default=INDIFFERENCE,
        help="a difference in the headline that nobody minds (%(default)s)")
    add("--probability", metavar="NUMBER", type=float, default=0.95,
        help="of being right about the best (%(default)s)")
    add("--prices", metavar="FILE", help="what a department-month and each lever cost")
    add("--csv", metavar="FOLDER", help="write every table there, whole")
    given = parser.parse_args(list(arguments))
    names = [one_of(name, QUESTIONS, "question") for name in given.questions] or list(QUESTIONS)
    prices = None if given.prices is None else read_prices(given.prices)
    asked = Asked(prices, given.package, given.indifference, given.probability)
    folder = user_path(given.folder)
    check_folder(folder)

    def answer() -> tuple[FinishedResults, Answers]:
        results = open_results(folder, given.headline)
        if not results.worlds:
            raise InputError(f"{folder} has no runs yet; give the command that made it again")
        parts = results.by_scenario()
        return results, {name: dict(_answers(parts, name, asked)) for name in names}

    results, answers = steadily(folder, answer)
    if given.csv is not None:
        _write(user_path(given.csv), answers)
    several = len(results.by_scenario()) > 1
    said = {name: [_told(name, scenario if several else "", item)
                   for scenario, item in by_scenario.items()]
            for name, by_scenario in answers.items()}
    if several and "ranking" in said:
        said["ranking"].append(_between(results.by_scenario()))
    print("\n\n".join(text for texts in said.values() for text in texts))


def _answers(
    parts: Sequence[FinishedResults], name: str, asked: Asked
) -> Iterator[tuple[str, Answer | Unanswerable]]:
    """By scenario; where there is no answer, why."""
    for part in parts:
        try:
            yield part.scenario.name, QUESTIONS[name].answer(part, asked)
        except Unanswerable as why:
            yield part.scenario.name, why


def _told(name: str, scenario: str, item: Answer | Unanswerable) -> str:
    head = f"{QUESTIONS[name].words}{f'  ({scenario})' if scenario else ''}"
    head = f"{head}\n{'-' * len(head)}"
    if isinstance(item, Unanswerable):
        return f"{head}\n{prose(f'No answer: {item}.')}"
    said = [head, prose(item.sentence), *_table(item.brief, item.units)]
    for title, table in item.beside.items():
        said += [prose(title), *_table(table, {})]
    said.append(prose(f"From {item.runs:,} runs."))
    return "\n".join([*said, *(prose(f"Note: {note}.") for note in item.notes)])


def _between(parts: Sequence[FinishedResults]) -> str:
    """Where the spread comes from over several scenarios."""
    head = "Where does the spread come from?  (all scenarios)"
    try:
        table = spread_between(parts)
    except Unanswerable as why:
        said = [prose(f"No answer: {why}.")]
    else:
        said = [prose(told_between(table)), *_table(
            table[["package", "sd_scenarios", "sd_futures", "sd_worlds"]],
            dict.fromkeys(("sd_scenarios", "sd_futures", "sd_worlds"), table["unit"].iloc[0]))]
    return "\n".join([head, "-" * len(head), *said])


def _table(table: pd.DataFrame, of: Mapping[str, str]) -> list[str]:
    """The first rows of what fits a terminal, with units by column."""
    if table.empty:
        return []
    shown = table.head(FEW)
    labels = [str(label) for label in shown.iloc[:, 0]]
    columns = [Column((str(column).replace("_", " "),), [_cell(value) for value in shown[column]])
               for column in shown.columns[1:]]
    said = ["", *lines(labels, that_fit(labels, columns)), ""]
    units = {c: u for c, u in of.items() if c in table and u != "see unit"}
    if units:
        said.append(prose("Units: " + "; ".join(
            f"{', '.join(c for c, own in units.items() if own == unit)} {unit}"
            for unit in dict.fromkeys(units.values())) + "."))
    if len(table) > FEW:
        said.append(f"{len(table) - FEW:,} more rows: --csv FOLDER writes all.")
    return said


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str) and pd.isna(value):
        return "-"
    if isinstance(value, float) and 0.0 < abs(value) < 0.0005:
        return f"{value:.1g}"
    if isinstance(value, float):
        return f"{value:z.3f}" if abs(value) < 1000.0 else f"{value:,.0f}"
    return str(value)


def _write(folder: Path, answers: Answers) -> None:
    """A file a table; nothing that is there is written over."""
    frames: dict[str, dict[str, pd.DataFrame]] = {}
    for name, by_scenario in answers.items():
        for scenario, item in by_scenario.items():
            if isinstance(item, Answer):
                frames.setdefault(name, {})[scenario] = item.table
                for other, table in item.more.items():
                    frames.setdefault(f"{name}-{other}", {})[scenario] = table
    for file in (folder / f"{name}.csv" for name in frames):
        if file.exists():
            raise InputError(f"--csv: {file} is there already; name another folder")
    folder.mkdir(parents=True, exist_ok=True)
    for name, tables in frames.items():
        whole = pd.concat(tables, names=["scenario"]).reset_index(level=0)
        whole.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n")
