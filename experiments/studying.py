"""What every study here shares: it runs the command of its README, keeps extracts of what came
out, and from those alone draws its figures and writes what it found into the README.

    python -m experiments.NAME.study

A study is a folder with README.md, experiment.yaml and study.py, whose `STUDY` says what is kept,
drawn and told.  `made_with.json` has the model it was made with, and how long that took.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from psasim import open_results
from psasim.analysis.finished import FinishedResults
from psasim.fingerprint import model_digest
from psasim.report.style import styled

ROOT = Path(__file__).parents[1]
Tables = Mapping[str, pd.DataFrame]
STAMP, README = "made_with.json", "README.md"
BEGIN, END = "<!-- {name}: written by study.py -->\n", "<!-- end of {name} -->\n"
COMMAND = re.compile(r"^ {4}(\S*psasim run experiment=\S+/experiment\.yaml.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Study:
    """What one study keeps, tells and draws.

    folder: of the study; extract: tables by name, of the results of its command; paragraph: the
    answer in one paragraph, with its decisive number, interval and limit; finding: all of it, in
    Markdown; draw: figures by name.  The last three see the extracts alone.
    """

    folder: Path
    extract: Callable[[FinishedResults], Tables]
    paragraph: Callable[[Tables], str]
    finding: Callable[[Tables], str]
    draw: Callable[[Tables], Mapping[str, Figure]]

    def main(self) -> None:
        """Run, keep and write; what goes wrong in the run is told by the command itself."""
        with tempfile.TemporaryDirectory() as folder:
            results = self.run(Path(folder) / "results")
            tables = self.extract(results)
            made = {"model": model_digest(), "runs": sum(results.runs().values()),
                    "seconds": round(_processor_time())}
        self.keep(tables)
        (self.folder / STAMP).write_text(json.dumps(made) + "\n", encoding="utf-8", newline="\n")
        self.write()

    def run(self, folder: Path, *more: str) -> FinishedResults:
        """The results of the README's command, in `folder`; more: settings beside its own."""
        command = [sys.executable, "-m", "psasim", *self.command(), *more,
                   f"hydra.run.dir={folder}"]
        code = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL).returncode
        if code:
            sys.exit(code)
        return open_results(folder)

    def command(self) -> list[str]:
        """Arguments of the one `psasim run` that the README gives."""
        (line,) = COMMAND.findall(self.readme())
        return shlex.split(line)[1:]

    def readme(self) -> str:
        return (self.folder / README).read_text(encoding="utf-8")

    def keep(self, tables: Tables) -> None:
        """Write the extracts; nothing else of the runs is kept."""
        for name, table in tables.items():
            table.to_csv(self.folder / f"{name}.csv", index=False, float_format="%.6f",
                         encoding="utf-8", lineterminator="\n")

    def kept(self) -> dict[str, pd.DataFrame]:
        """The extracts as they are committed."""
        return {file.stem: pd.read_csv(file, keep_default_na=False, na_values=[""])
                for file in sorted(self.folder.glob("*.csv"))}

    def texts(self, tables: Tables) -> dict[str, str]:
        """What stands between the README's markers, by their name."""
        return {"paragraph": self.paragraph(tables), "finding": self.finding(tables),
                "time": self._time()}

    def _time(self) -> str:
        made = json.loads((self.folder / STAMP).read_text(encoding="utf-8"))
        return (f"{made['runs']:,} runs took {made['seconds']} seconds of a processor core when "
                "these numbers were made: half of that on two idle cores.")

    def filled(self, tables: Tables) -> str:
        """The README with what the extracts say."""
        text = self.readme()
        for name, told in self.texts(tables).items():
            begin, end = BEGIN.format(name=name), END.format(name=name)
            before, rest = text.split(begin)
            text = f"{before}{begin}\n{told}\n\n{end}{rest.split(end)[1]}"
        return text

    def write(self) -> None:
        """Draw the figures and write the README, from the extracts."""
        tables = self.kept()
        with styled():
            for name, figure in self.draw(tables).items():
                figure.savefig(self.folder / f"{name}.svg",
                               metadata={"Date": None, "Creator": None})
        path = self.folder / README
        path.write_text(self.filled(tables), encoding="utf-8", newline="\n")


def _processor_time() -> float:
    """Seconds of this process and those that it ran."""
    return sum(os.times()[:4])
